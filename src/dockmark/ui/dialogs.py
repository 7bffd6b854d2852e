"""A dialog can be answered by a scan: ENTER or the command that it asks about says yes, SKIP closes it."""

from datetime import date
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from PySide6.QtWidgets import QDialog

if TYPE_CHECKING:
    from dockmark.identifiers.reading import Scan
    from dockmark.ui.buttons import CommandButton

ANSWERED_BY: Final = "answeredBy"
"""Dynamic property of a dialog: the word of the command that accepts it."""


@runtime_checkable
class TakesReason(Protocol):
    """A dialog that is answered by the scan of a reason."""

    def take_reason(self, code: str) -> bool: ...


@runtime_checkable
class TakesBadge(Protocol):
    """A dialog in which somebody says by badge who signs."""

    def take_badge(self, payload: str) -> bool: ...


def answered(dialog: QDialog, scan: "Scan") -> bool:
    """Whether that scan was the answer to the dialog; it is closed then."""
    # At the first scan while a dialog is open: the shell is painted without what reads scans.
    from dockmark.identifiers import read
    from dockmark.identifiers.reading import DockmarkTag, TagKind

    found = read(scan, today=date.today())
    if isinstance(found, DockmarkTag) and found.kind is TagKind.REASON and isinstance(dialog, TakesReason):
        return dialog.take_reason(found.payload)
    if isinstance(found, DockmarkTag) and found.kind is TagKind.BADGE and isinstance(dialog, TakesBadge):
        return dialog.take_badge(found.payload)
    if not isinstance(found, DockmarkTag) or found.kind is not TagKind.COMMAND:
        return False
    return _commanded(dialog, found.payload)


def _commanded(dialog: QDialog, word: str) -> bool:
    """Whether that command was one for the dialog."""
    from dockmark.ui.deeds import deeds

    if word == dialog.property(ANSWERED_BY):
        dialog.accept()
    elif word == "SKIP":
        dialog.reject()
    elif word == "ENTER" and (main := _main(dialog)) is not None:
        main.click()
    elif (deed := next((each for each in deeds(dialog) if each.word == word), None)) is not None:
        if deed.action.isEnabled():
            deed.action.trigger()
    else:
        return False
    return True


def _main(dialog: QDialog) -> "CommandButton | None":
    from dockmark.ui.buttons import CommandButton

    buttons = dialog.findChildren(CommandButton)
    return next((each for each in buttons if each.is_main and each.isVisible() and each.isEnabled()), None)
