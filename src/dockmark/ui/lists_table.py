"""The table of a list: every row can be reached by key, however many there are."""

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from dockmark.lookup.lists.columns import Column, Kind
from dockmark.ui.cards import gap
from dockmark.ui.lists_model import ListModel
from dockmark.ui.lists_words import has_shapes, title_of
from dockmark.ui.scroll_bar import QuietScrollBar
from dockmark.ui.table_paint import cell_room, prepare_table, title_room
from dockmark.ui.theme import target
from dockmark.wording.lists import cell_word

Index = QModelIndex | QPersistentModelIndex
_LETTERS: Final = {
    "description": 13, "name": 16, "supplier": 16, "place": 8, "condition": 14, "hold": 8, "state": 9, "reason": 16,
}  # fmt: skip


class ListTable(QTableView):
    """Rows of a list; Enter or a double click opens one, Ctrl+C copies it."""

    opened = Signal(int)  # number of the row
    sort_wanted = Signal(str)  # key of the column

    def __init__(self, model: ListModel) -> None:
        super().__init__()
        self._rows = model
        self._empty = ""
        self._spreading = False
        self._moved = False
        self.setObjectName("listTable")
        model.setParent(self)
        self.setModel(model)
        self._look()
        self.activated.connect(self._on_activated)
        model.replaced.connect(self._on_replaced)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.horizontalHeader().sectionClicked.connect(self._on_section_clicked)
        self.horizontalHeader().sectionResized.connect(self._on_section_resized)

    def say_empty(self, words: str) -> None:
        """What stands in the table while it has no rows."""
        self._empty = words
        self.setAccessibleDescription(words)
        self.viewport().update()

    def spread(self) -> None:
        """Share the width among the columns anew."""
        self._moved = False
        self._spread()

    def current_row(self) -> int:
        """The number of the row that is chosen, or -1."""
        return self.currentIndex().row()

    def moveCursor(
        self,
        cursorAction: QAbstractItemView.CursorAction,  # noqa: N803 - the name is Qt's
        modifiers: Qt.KeyboardModifier,
    ) -> QModelIndex:
        """Home and End go to the first and the last row, not to the ends of a row."""
        ends = {
            QAbstractItemView.CursorAction.MoveHome: 0,
            QAbstractItemView.CursorAction.MoveEnd: self._rows.rowCount() - 1,
        }
        if cursorAction in ends and self._rows.rowCount():
            return self._rows.index(ends[cursorAction], max(0, self.currentIndex().column()))
        return super().moveCursor(cursorAction, modifiers)

    def keyboardSearch(self, search: str) -> None:
        """Letters look for nothing here: it would go through a million rows. Filters do that."""

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and _is_copy(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_copy(event):
            self.copy_row()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat() and self.currentIndex().isValid():
                self.opened.emit(self.current_row())
        else:
            super().keyPressEvent(event)

    def copy_row(self) -> None:
        """The row that is chosen, its cells parted by tabs, for any other program."""
        row = self.current_row()
        if row >= 0:
            cells = (" ".join(text.split()) for text in self._rows.texts(row))
            QGuiApplication.clipboard().setText("\t".join(cells))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._empty or self._rows.rowCount():
            return
        painter = QPainter(self.viewport())
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        edge = gap(self) * 3
        room: QRect = self.viewport().rect().adjusted(edge, edge, -edge, -edge)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self._empty)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._moved:
            self._spread()

    def _look(self) -> None:
        header = prepare_table(self, self._rows, row_height=target())
        header.setSectionsClickable(True)
        header.setFixedHeight(target())
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBar(QuietScrollBar(Qt.Orientation.Horizontal))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setMinimumHeight(target() * 3)

    def _on_activated(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())

    def _on_replaced(self, kept: int) -> None:
        """Stay on the row that was chosen, wherever it stands now; of new rows begin with the first."""
        if self._rows.rowCount() == 0:
            return
        index = self._rows.index(max(0, kept), 0)
        self.setCurrentIndex(index)
        if kept >= 0:
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        else:
            self.scrollToTop()

    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid():
            self._rows.kept_key = self._rows.key(current.row())

    def _on_section_clicked(self, section: int) -> None:
        if 0 <= section < len(self._rows.columns):
            self.sort_wanted.emit(self._rows.columns[section].key)

    def _on_section_resized(self) -> None:
        self._moved = self._moved or not self._spreading

    def _spread(self) -> None:
        """Every column has room for its words; what is left is shared."""
        columns = self._rows.columns
        if not columns:
            return
        self._spreading = True
        least = [self._least(column) for column in columns]
        spare = max(0, self.viewport().width() - sum(least))
        shares = [_letters(column) for column in columns]
        left = sum(shares)
        for number, width in enumerate(least):
            more = spare * shares[number] // left
            spare, left = spare - more, left - shares[number]
            self.setColumnWidth(number, width + more)
        self._spreading = False

    def _least(self, column: Column) -> int:
        """The width in which the title and every word that may stand in a cell can be read."""
        letters = _letters(column) * self.fontMetrics().averageCharWidth() + gap(self) * 3 // 2
        title = title_room(self.horizontalHeader(), f"{title_of(column)} ▼")
        words = [cell_word(column.words, code) for code in column.choices]
        cells = [cell_room(self, word, pictured=has_shapes(column)) for word in words]
        return max(letters, title, *cells)


def _letters(column: Column) -> int:
    """How many letters a column should have room for."""
    if column.key in _LETTERS:
        return _LETTERS[column.key]
    return {Kind.MOMENT: 16, Kind.DAY: 11, Kind.NUMBER: 8, Kind.FLAG: 8, Kind.STATE: 12}.get(column.kind, 12)


def _is_copy(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Copy)
