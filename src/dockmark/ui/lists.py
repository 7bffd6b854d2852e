"""A list of two-line entries: what, and below in small where and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QListView

from dockmark.ui.icons import status_shape
from dockmark.ui.lanes import lane_badge
from dockmark.ui.theme import Role
from dockmark.ui.two_lines import BELOW, OWN, Index, TwoLines, prepare

_ROOT = QModelIndex()
_ENTRY = OWN


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the key that a choice tells, and its two lines."""

    key: str
    title: str
    below: str = ""
    lane: int = 0
    """The lane whose letter stands before it."""
    status: tuple[Role, str] | None = None
    """Role and shape of a status that stands at its end; the title or the line below says it in words."""


class EntriesModel(QAbstractListModel):
    """Entries as they were handed over; replaced as a whole."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these from now on."""
        if list(entries) == self._entries:
            return
        self.beginResetModel()
        self._entries = list(entries)
        self.endResetModel()

    def entry(self, row: int) -> Entry | None:
        """The entry at that place."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entry(index.row()) if index.isValid() else None
        if entry is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == BELOW:
            return entry.below
        if role == _ENTRY:
            return entry
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.title}. {entry.below}" if entry.below else entry.title
        return None


class _Pictured(TwoLines):
    """Lane before the words, status behind them."""

    def picture(self, painter: QPainter, rect: QRect, index: Index, palette: QPalette) -> QRect:
        entry: Entry = index.data(_ENTRY)
        metrics = painter.fontMetrics()
        side, edge = round(metrics.height() * 1.3), round(metrics.height() * self.edge_letters)
        top = rect.center().y() - side // 2
        if entry.lane:
            painter.drawPixmap(rect.left() + edge, top, lane_badge(entry.lane, side))
            rect = rect.adjusted(side + edge, 0, 0, 0)
        if entry.status is not None:
            role, shape = entry.status
            painter.drawPixmap(rect.right() - edge - side, top, status_shape(shape, role, side, palette))
            rect = rect.adjusted(0, 0, -side - edge, 0)
        return rect


class EntryList(QListView):
    """A list of entries; opening one by click, Enter or double click tells its key."""

    chosen = Signal(str)

    def __init__(self, name: str, says: str, *, acted_on: bool = True) -> None:
        super().__init__()
        self._entries = EntriesModel()
        self._entries.setParent(self)
        self.setModel(self._entries)
        prepare(self, name, says, _Pictured(self))
        self.setUniformItemSizes(True)
        if acted_on:
            self.activated.connect(self._on_opened)
            self.clicked.connect(self._on_opened)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these; the choice stays on the same key where it is still there."""
        before = self._entries.entry(self.currentIndex().row())
        self._entries.show_entries(entries)
        for row, entry in enumerate(entries):
            if before is not None and entry.key == before.key:
                self.setCurrentIndex(self._entries.index(row))
                return

    def choose(self, key: str) -> None:
        """Select the entry of that key, and no other; opens nothing."""
        for row in range(self.model().rowCount()):
            entry = self._entries.entry(row)
            if entry is not None and entry.key == key:
                self.setCurrentIndex(self._entries.index(row))
                return
        self.setCurrentIndex(QModelIndex())

    def current_key(self) -> str:
        """The key of the entry that is selected, or nothing."""
        entry = self._entries.entry(self.currentIndex().row())
        return entry.key if entry else ""

    def _on_opened(self, index: QModelIndex) -> None:
        if (entry := self._entries.entry(index.row())) is not None:
            self.chosen.emit(entry.key)
