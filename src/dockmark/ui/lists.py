"""A list of two-line entries: what, and below in small where and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from dockmark.ui.cards import gap
from dockmark.ui.icons import status_shape
from dockmark.ui.lanes import lane_badge
from dockmark.ui.scroll_bar import quiet_scrolling
from dockmark.ui.theme import Role, scaled, target

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_BELOW = int(Qt.ItemDataRole.UserRole) + 1
_ENTRY = _BELOW + 1


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
        if role == _BELOW:
            return entry.below
        if role == _ENTRY:
            return entry
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.title}. {entry.below}" if entry.below else entry.title
        return None


class _TwoLines(QStyledItemDelegate):
    """Paints the title and the small line below it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        palette: QPalette = option.palette
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        ink = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        small = ink if chosen else QPalette.ColorRole.PlaceholderText
        painter.save()
        if chosen:
            painter.fillRect(rect, palette.color(QPalette.ColorRole.Highlight))
        else:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Midlight), 1))
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        rect = self._picture(painter, rect, index, palette)
        self._write(painter, rect, index, palette.color(ink), palette.color(small))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        font: QFont = option.font
        lines = QFontMetrics(font).height() + QFontMetrics(scaled(font, 0.88)).height()
        return QSize(10, max(target(), round(lines * 1.35)))

    def _picture(self, painter: QPainter, rect: QRect, index: Index, palette: QPalette) -> QRect:
        """Draw lane and status where there are any; the room that they leave for the words."""
        entry: Entry = index.data(_ENTRY)
        metrics = painter.fontMetrics()
        side, edge = round(metrics.height() * 1.3), round(metrics.height() * 0.55)
        top = rect.center().y() - side // 2
        if entry.lane:
            painter.drawPixmap(rect.left() + edge, top, lane_badge(entry.lane, side))
            rect = rect.adjusted(side + edge, 0, 0, 0)
        if entry.status is not None:
            role, shape = entry.status
            picture = status_shape(shape, role, side, palette)
            painter.drawPixmap(rect.right() - edge - side, top, picture)
            rect = rect.adjusted(0, 0, -side - edge, 0)
        return rect

    def _write(self, painter: QPainter, rect: QRect, index: Index, ink: Any, small_ink: Any) -> None:
        font = painter.font()
        small = scaled(font, 0.88)
        metrics, below = QFontMetrics(font), QFontMetrics(small)
        edge = round(metrics.height() * 0.55)
        room = rect.width() - 2 * edge
        second = str(index.data(_BELOW) or "")
        block = metrics.height() + (below.height() if second else 0)
        top = rect.top() + (rect.height() - block) // 2
        painter.setPen(ink)
        title = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room)
        painter.drawText(rect.left() + edge, top + metrics.ascent(), title)
        if second:
            painter.setFont(small)
            painter.setPen(small_ink)
            words = below.elidedText(second, Qt.TextElideMode.ElideRight, room)
            painter.drawText(rect.left() + edge, top + metrics.height() + below.ascent(), words)


class EntryList(QListView):
    """A list of entries; opening one by click, Enter or double click tells its key."""

    chosen = Signal(str)

    def __init__(self, name: str, says: str, *, acted_on: bool = True) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(says)
        self._entries = EntriesModel()
        self._entries.setParent(self)
        self.setModel(self._entries)
        self.setItemDelegate(_TwoLines(self))
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        quiet_scrolling(self)
        self.setMinimumHeight(target() + gap(self))
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
