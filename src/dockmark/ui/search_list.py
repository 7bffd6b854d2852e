"""What was found, kind by kind: a head over the first of each kind, and the typed text marked in every line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from dockmark.ui.cards import gap
from dockmark.ui.scroll_bar import quiet_scrolling
from dockmark.ui.theme import scaled, target

Index = QModelIndex | QPersistentModelIndex
Colour = QPalette.ColorRole
_ROOT = QModelIndex()
HEAD: Final = int(Qt.ItemDataRole.UserRole) + 1
"""The head that stands over an entry, such as `Units · 3`; empty where none does."""
_BELOW: Final = HEAD + 1


@dataclass(frozen=True, slots=True)
class FoundLine:
    """One line: what it is known by, its two texts, and the head over it where it is the first of its kind."""

    key: str
    title: str
    below: str = ""
    head: str = ""


class FoundModel(QAbstractListModel):
    """Lines as they were handed over; replaced as a whole."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[FoundLine] = []

    def show_lines(self, lines: Sequence[FoundLine]) -> None:
        """Show these from now on."""
        if list(lines) == self.lines:
            return
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return ". ".join(text for text in (line.head, line.title, line.below) if text)
            case _:
                return {HEAD: line.head, _BELOW: line.below}.get(role)


class FoundList(QListView):
    """The lines; arrows go from line to line, Enter or a click tells the key."""

    chosen = Signal(str)

    def __init__(self, name: str, says: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(says)
        self.found = FoundModel()
        self.found.setParent(self)
        self.setModel(self.found)
        self._painter = _Lines(self)
        self.setItemDelegate(self._painter)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        quiet_scrolling(self)
        self.setMinimumHeight(target() + gap(self))
        self.activated.connect(self._on_opened)
        self.clicked.connect(self._on_opened)

    def show_lines(self, lines: Sequence[FoundLine], typed: str) -> None:
        """Show these, with what was typed marked; the choice stays on the same key where it is still there."""
        before = self.current_key()
        self._painter.typed = typed.casefold()
        self.found.show_lines(lines)
        self.viewport().update()
        for row, line in enumerate(lines):
            if line.key == before:
                self.setCurrentIndex(self.found.index(row))

    def current_key(self) -> str:
        """The key of the line that is chosen, or nothing."""
        row = self.currentIndex().row()
        return self.found.lines[row].key if 0 <= row < len(self.found.lines) else ""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A head is no button."""
        at = event.position().toPoint()
        index = self.indexAt(at)
        head = self._painter.head_height(self.font()) if index.isValid() and index.data(HEAD) else 0
        if head and at.y() < self.visualRect(index).top() + head:
            return
        super().mouseReleaseEvent(event)

    def _on_opened(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self.found.lines):
            self.chosen.emit(self.found.lines[index.row()].key)


class _Lines(QStyledItemDelegate):
    """Paints the head, the title with the typed text in bold, and the small line below it."""

    typed = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        font: QFont = option.font
        lines = QFontMetrics(font).height() + QFontMetrics(scaled(font, 0.88)).height()
        head = self.head_height(font) if index.data(HEAD) else 0
        return QSize(10, max(target(), round(lines * 1.3)) + head)

    def head_height(self, font: QFont) -> int:
        """The height of a head."""
        return round(QFontMetrics(font).height() * 1.9)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        palette: QPalette = option.palette
        font: QFont = option.font
        rect = QRect(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        if head := str(index.data(HEAD) or ""):
            height = self.head_height(font)
            self._paint_head(painter, QRect(rect.left(), rect.top(), rect.width(), height), head, palette, font)
            rect.setTop(rect.top() + height)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, palette.color(Colour.Highlight))
        else:
            painter.setPen(QPen(palette.color(Colour.Midlight), 1))
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        ink = palette.color(Colour.HighlightedText if chosen else Colour.Text)
        small = ink if chosen else palette.color(Colour.PlaceholderText)
        self._paint_lines(painter, rect, index, font, (ink, small))
        painter.restore()

    def _paint_head(self, painter: QPainter, rect: QRect, head: str, palette: QPalette, font: QFont) -> None:
        painter.setFont(scaled(font, 0.92, QFont.Weight.DemiBold))
        painter.setPen(palette.color(Colour.PlaceholderText))
        edge = round(QFontMetrics(font).height() * 0.55)
        painter.drawText(rect.adjusted(edge, 0, -edge, -edge // 3), Qt.AlignmentFlag.AlignBottom, head)

    def _paint_lines(
        self, painter: QPainter, rect: QRect, index: Index, font: QFont, inks: tuple[QColor, QColor]
    ) -> None:
        below_font = scaled(font, 0.88)
        metrics, below = QFontMetrics(font), QFontMetrics(below_font)
        edge = round(metrics.height() * 0.55)
        room = rect.width() - 2 * edge
        second = str(index.data(_BELOW) or "")
        top = rect.top() + (rect.height() - metrics.height() - (below.height() if second else 0)) // 2
        painter.setPen(inks[0])
        self._write(painter, font, rect.left() + edge, top, room, str(index.data() or ""))
        painter.setPen(inks[1])
        self._write(painter, below_font, rect.left() + edge, top + metrics.height(), room, second)

    def _write(self, painter: QPainter, font: QFont, left: int, top: int, room: int, text: str) -> None:
        """One line, cut where there is no room, with the typed text in bold."""
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
        start = shown.casefold().find(self.typed) if self.typed else -1
        cut = start + len(self.typed)
        whole = start < 0 or len(shown.casefold()) != len(shown)
        pieces = [(shown, False)] if whole else [(shown[:start], False), (shown[start:cut], True), (shown[cut:], False)]
        bold = scaled(font, 1.0, QFont.Weight.Bold)
        bold.setUnderline(True)
        for piece, is_typed in pieces:
            used = bold if is_typed else font
            painter.setFont(used)
            metrics = QFontMetrics(used)
            painter.drawText(left, top + metrics.ascent(), piece)
            left += metrics.horizontalAdvance(piece)
