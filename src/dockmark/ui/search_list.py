"""What was found, kind by kind: a head over the first of each kind, and the typed text marked in every line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyleOptionViewItem

from dockmark.ui.theme import scaled
from dockmark.ui.two_lines import BELOW, OWN, Index, TwoLines, prepare

_ROOT = QModelIndex()
HEAD: Final = OWN
"""The head that stands over an entry, such as `Units · 3`; empty where none does."""


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
                return {HEAD: line.head, BELOW: line.below}.get(role)


class FoundList(QListView):
    """The lines; arrows go from line to line, Enter or a click tells the key."""

    chosen = Signal(str)

    def __init__(self, name: str, says: str) -> None:
        super().__init__()
        self.found = FoundModel()
        self.found.setParent(self)
        self.setModel(self.found)
        self._painter = _Lines(self)
        prepare(self, name, says, self._painter)
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


class _Lines(TwoLines):
    """A head over the first of each kind, and the typed text in bold."""

    typed = ""
    height_lines = 1.3

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        head = self.head_height(option.font) if index.data(HEAD) else 0
        return super().sizeHint(option, index) + QSize(0, head)

    def head_height(self, font: QFont) -> int:
        """The height of a head."""
        return round(QFontMetrics(font).height() * 1.9)

    def head(self, painter: QPainter, rect: QRect, index: Index, palette: QPalette) -> QRect:
        words = str(index.data(HEAD) or "")
        if not words:
            return rect
        font, height = QFont(painter.font()), self.head_height(painter.font())
        edge = round(QFontMetrics(font).height() * self.edge_letters)
        painter.setFont(scaled(font, 0.92, QFont.Weight.DemiBold))
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        room = QRect(rect.left() + edge, rect.top(), rect.width() - 2 * edge, height - edge // 3)
        painter.drawText(room, Qt.AlignmentFlag.AlignBottom, words)
        painter.setFont(font)
        return rect.adjusted(0, height, 0, 0)

    def write_line(self, painter: QPainter, room: QRect, text: str) -> None:
        """One line, cut where there is no room, with the typed text in bold."""
        font = QFont(painter.font())
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        start = shown.casefold().find(self.typed) if self.typed else -1
        cut = start + len(self.typed)
        whole = start < 0 or len(shown.casefold()) != len(shown)
        pieces = [(shown, False)] if whole else [(shown[:start], False), (shown[start:cut], True), (shown[cut:], False)]
        bold = scaled(font, 1.0, QFont.Weight.Bold)
        bold.setUnderline(True)
        left = room.left()
        for piece, is_typed in pieces:
            used = bold if is_typed else font
            painter.setFont(used)
            metrics = QFontMetrics(used)
            painter.drawText(left, room.top() + metrics.ascent(), piece)
            left += metrics.horizontalAdvance(piece)
