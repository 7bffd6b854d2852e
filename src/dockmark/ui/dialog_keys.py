"""The keys of dialogs, which come and go: written down once, so that the sheet can show them. A test holds both equal.

What every dialog has is left out: ENTER presses its main button, and SKIP closes it.
"""

from dataclasses import dataclass

from dockmark.ui.words import _


@dataclass(frozen=True, slots=True)
class DialogKeys:
    """One dialog: its object name, what it is called, its keys and what each does."""

    name: str
    title: str
    keys: tuple[tuple[str, str], ...]


def dialog_keys() -> tuple[DialogKeys, ...]:
    """Every dialog that has keys of its own."""
    return (*_of_papers(), *_of_units(), *_of_lists())


def _of_papers() -> tuple[DialogKeys, ...]:
    pages = (("PgUp", _("Page before")), ("PgDown", _("Next page")))
    sizes = (("Ctrl+-", _("Smaller")), ("Ctrl++", _("Larger")), ("Ctrl+0", _("Fit")))
    papers = (*pages, *sizes, ("F12", _("Attach a file")), ("Ctrl+S", _("Save")), ("Ctrl+P", _("Print")))
    return (
        DialogKeys("keysDialog", _("Keys"), (("Ctrl+P", _("Print command sheet")),)),
        DialogKeys("previewDialog", _("Papers"), papers),
        DialogKeys("finishDialog", _("Finish"), (("Ctrl+R", _("Finish and see the papers")),)),
        DialogKeys("certificateDialog", _("Attach a file"), (("Ctrl+O", _("Browse…")),)),
        DialogKeys("printerDialog", _("Printer"), (("Ctrl+0", _("No printer")),)),
    )


def _of_units() -> tuple[DialogKeys, ...]:
    turn = (("Left", _("Back")), ("Right", _("Next")))
    beside = (("Ctrl+J", _("These are one unit…")), ("Ctrl+Shift+J", _("These are two units…")))
    cards = tuple((f"Ctrl+{place}", f"{_('Open its card')} ({place})") for place in (1, 2, 3))
    return (
        DialogKeys("photoDialog", _("Photos"), (*turn, ("Ctrl+S", _("Save a copy")), ("Del", _("Take away")))),
        DialogKeys("besideDialog", _("Side by side"), (*beside, *cards)),
        DialogKeys(
            "entryDialog", _("Entry"), (("Ctrl+R", _("Show the scan")), ("Ctrl+1", _("Show what took it back")))
        ),
        DialogKeys("masterUnsavedDialog", _("Not saved"), (("Alt+L", _("Leave it unsaved")), ("Ctrl+S", _("Save")))),
    )


def _of_lists() -> tuple[DialogKeys, ...]:
    moves = (("Alt+Up", _("Up")), ("Alt+Down", _("Down")), ("Alt+0", _("As at first")))
    return (
        DialogKeys("columnsDialog", _("Columns"), moves),
        DialogKeys("viewsDialog", _("Views"), (("Del", _("Remove the view")),)),
    )
