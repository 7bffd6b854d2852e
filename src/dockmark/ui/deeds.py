"""Everything that a window can do: where, by which key, by which barcode. The one list behind F1 and the sheet."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from dockmark.identifiers.window_tags import work_word
from dockmark.ui.actions import KEY, WORD
from dockmark.ui.mnemonics import plain
from dockmark.ui.pages import Pages

WINDOW: Final = "window"
UNIT: Final = "unit"
"""Homes beside the pages and dialogs."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One piece of work: where it is done, what its tag carries, its key and its name."""

    home: str
    word: str
    key: str
    says: str
    action: QAction


def deeds(root: QWidget, pages: Pages | None = None) -> list[Deed]:
    """What can be done in that window or dialog, as it was made. A second key of the same deed is left out."""
    found: dict[tuple[str, str], Deed] = {}
    for action in root.findChildren(QAction):
        owner, key = action.parent(), str(action.property(KEY) or "")
        if not key or not isinstance(owner, QWidget) or owner.window() is not root:
            continue  # of a dialog, or a choice in a menu
        home, says = _home(owner, root, pages), plain(action.text())
        word = str(action.property(WORD) or "") or work_word(home, key)
        found.setdefault((home, says), Deed(home, word, key, says, action))
    return list(found.values())


def _home(owner: QObject, root: QWidget, pages: Pages | None) -> str:
    if pages is None:
        return root.objectName()
    if isinstance(owner, QWidget) and (owner is pages.card or pages.card.isAncestorOf(owner)):
        return UNIT
    return pages.home_of(owner) or WINDOW
