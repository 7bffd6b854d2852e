"""The time line of a unit: newest first, a page at a time; what was taken back is struck out and says so."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QFrame, QListView

from dockmark.desks.card_views import Timeline, TimelineEntry
from dockmark.ui.cards import gap
from dockmark.ui.icons import drawn
from dockmark.ui.theme import scaled, target
from dockmark.ui.two_lines import BELOW, OWN, SMALL, Index, TwoLines, prepare
from dockmark.ui.words import _, seen, when
from dockmark.wording import event_line, reason_word

_ROOT = QModelIndex()
_UNDONE = OWN
_MOST_IN_SIGHT = 12


class TimelineModel(QAbstractListModel):
    """Entries, newest first; a further page is put behind them."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[TimelineEntry] = []
        self.more = ""
        self.total = 0

    def show_page(self, page: Timeline) -> None:
        """Show this page and no other. Pages opened before stay where the line only grew at its newer end."""
        kept = self._kept(page)
        if kept == self._entries:
            return
        self.beginResetModel()
        if len(kept) == len(page.entries):
            self.more = page.more
        self._entries, self.total = kept, page.total
        self.endResetModel()

    def clear(self) -> None:
        """Forget everything: another unit, or another moment."""
        if self._entries:
            self.beginResetModel()
            self._entries, self.more, self.total = [], "", 0
            self.endResetModel()

    def add_page(self, page: Timeline) -> None:
        """Put an older page behind."""
        self.more, self.total = page.more, page.total
        if not page.entries:
            return
        first = len(self._entries)
        self.beginInsertRows(_ROOT, first, first + len(page.entries) - 1)
        self._entries += page.entries
        self.endInsertRows()

    def entry(self, row: int) -> TimelineEntry | None:
        """The entry at that place."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def row_of(self, event: str) -> int:
        """Where that event stands; -1 where it is not among those read so far."""
        return next((row for row, entry in enumerate(self._entries) if entry.id == event), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entry(index.row()) if index.isValid() else None
        if entry is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return event_line(entry.type, entry.facts)
        if role == BELOW:
            return below(entry)
        if role == _UNDONE:
            return bool(entry.undone_by)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{event_line(entry.type, entry.facts)} {below(entry)}"
        return None

    def _kept(self, page: Timeline) -> list[TimelineEntry]:
        """The new page, and behind it what was read before of the same line."""
        last = page.entries[-1].id if page.entries else ""
        row = self.row_of(last)
        if row < 0 or not page.more:
            return list(page.entries)
        return [*page.entries, *self._entries[row + 1 :]]


def below(entry: TimelineEntry) -> str:
    """When, who, where, and that it was taken back."""
    parts = [when(entry.at), seen(entry.who), seen(entry.station)]
    if entry.undone_by:
        parts.insert(0, _("taken back"))
    return " · ".join(part for part in parts if part)


def reason_of(entry: TimelineEntry) -> str:
    """Why somebody did it, where a reason was given."""
    reason = entry.facts.get("reason") or entry.facts.get("override_reason")
    note = entry.facts.get("note") or entry.facts.get("override_note")
    told = reason_word(reason) if isinstance(reason, str) and reason else ""
    return f"{told} “{seen(note)}”".strip() if isinstance(note, str) and note else told


class _EntryPainter(TwoLines):
    """What was taken back is struck out, with an arrow before it."""

    edge_letters = 0.3

    def picture(self, painter: QPainter, rect: QRect, index: Index, palette: QPalette) -> QRect:
        if not index.data(_UNDONE):
            return rect
        high, below = painter.fontMetrics().height(), QFontMetrics(scaled(painter.font(), SMALL)).height()
        side, edge = round(high * 0.9), round(high * self.edge_letters)
        top = rect.top() + (rect.height() - high - below) // 2 + (high - side) // 2
        painter.drawPixmap(rect.left() + edge, top, drawn("undo", side, painter.pen().color()))
        return rect.adjusted(side + edge, 0, 0, 0)

    def title(self, painter: QPainter, index: Index, small_ink: QColor) -> None:
        if index.data(_UNDONE):
            struck = QFont(painter.font())
            struck.setStrikeOut(True)
            painter.setFont(struck)
            painter.setPen(small_ink)


class TimelineView(QListView):
    """The list itself; opening an entry by Enter or click tells it."""

    opened = Signal(object)  # TimelineEntry

    def __init__(self, most_in_sight: int = _MOST_IN_SIGHT) -> None:
        super().__init__()
        self._most = most_in_sight
        self.lines = TimelineModel()
        self.lines.setParent(self)
        self.setModel(self.lines)
        prepare(self, "unitHistory", _("History of this unit"), _EntryPainter(self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        for changed in (self.lines.modelReset, self.lines.rowsInserted):
            changed.connect(self._make_room)
        self._make_room()
        self.activated.connect(self._on_opened)
        self.clicked.connect(self._on_opened)

    def show_page(self, page: Timeline) -> None:
        """Show this page; the choice stays on the same entry where it is still there."""
        before = self.lines.entry(self.currentIndex().row())
        self.lines.show_page(page)
        row = self.lines.row_of(before.id) if before is not None else -1
        if row >= 0:
            self.setCurrentIndex(self.lines.index(row))

    def show_lines(self, entries: Sequence[TimelineEntry]) -> None:
        """Show these and no more."""
        self.lines.show_page(Timeline(entries=tuple(entries), total=len(entries)))

    def choose(self, event: str) -> bool:
        """Bring that event into sight; false where it is not among those read so far."""
        row = self.lines.row_of(event)
        if row >= 0:
            self.setCurrentIndex(self.lines.index(row))
            self.scrollTo(self.lines.index(row))
        return row >= 0

    def _make_room(self) -> None:
        """As high as its entries while they are few: a list is not scrolled within a card that is scrolled."""
        rows = min(max(self.lines.rowCount(), 2), self._most)
        hint = self.sizeHintForRow(0) if self.lines.rowCount() else target()
        self.setMinimumHeight(rows * hint + gap(self))

    def _on_opened(self, index: QModelIndex) -> None:
        if (entry := self.lines.entry(index.row())) is not None:
            self.opened.emit(entry)
