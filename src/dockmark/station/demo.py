"""`dockmark demo`: a data folder with the sample depot, and the sheet that is scanned from."""

from pathlib import Path

from dockmark.desks.sampling import SampleSheet, Tag, fill_sample
from dockmark.documents.sheet import TagCell, TagGroup, tag_sheet
from dockmark.station.setup import create_ledger
from dockmark.wording import _, command_help, command_word, reason_word
from dockmark.wording.samples import sample_word

SHEET = "sample-depot.pdf"
OPERATOR, NAME = "anna", "Anna Almqvist"


def make_demo(data: Path) -> dict[str, str]:
    """Makes the folder, fills it, and writes the sheet of scannable labels into it."""
    ledger = create_ledger(data, OPERATOR, NAME)
    try:
        sheet = fill_sample(ledger)
    finally:
        ledger.close()
    file = data / SHEET
    file.write_bytes(sheet_of(sheet))
    return {"result": "created", "data": str(data), "operator": OPERATOR, "sheet": str(file)}


def sheet_of(sheet: SampleSheet) -> bytes:
    """The sheet as PDF: the delivery first, then what can be wrong with it, then what is scanned at every desk."""
    headings = {
        "delivery": _("A delivery: scan the box, then its units"),
        "trouble": _("Trouble: what else may lie in the box"),
        "commands": _("Commands"),
        "reasons": _("Reasons"),
        "keypad": _("Keypad"),
        "numbers": _("Quantities"),
        "places": _("Places"),
        "orders": _("Orders and advices"),
        "badges": _("Badges"),
    }
    groups = [
        TagGroup(headings[name], [TagCell(tag.raw, _caption(name, tag), _note(name, tag)) for tag in tags])
        for name, tags in sheet.groups.items()
    ]
    return tag_sheet(_("Sample depot"), groups)


def _caption(group: str, tag: Tag) -> str:
    if group in ("commands", "keypad"):
        return command_word(tag.caption) if tag.caption.isalpha() else tag.caption
    return sample_word(tag.caption)


def _note(group: str, tag: Tag) -> str:
    if group == "commands":
        return command_help(tag.caption)
    if group == "reasons":
        return reason_word(tag.caption)
    return sample_word(tag.note)
