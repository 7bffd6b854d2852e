"""A dialog can be answered by a scan: the command that it asks about says yes, SKIP closes it."""

from datetime import date
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from PySide6.QtWidgets import QDialog

if TYPE_CHECKING:
    from dockmark.identifiers.reading import Scan

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
    if found.payload == dialog.property(ANSWERED_BY):
        dialog.accept()
        return True
    if found.payload == "SKIP":
        dialog.reject()
        return True
    return False
