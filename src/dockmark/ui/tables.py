"""Tables that hold a few hundred rows: precise changes, selection kept by key, nothing fetched while painting."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPalette, QPixmap, QResizeEvent
from PySide6.QtWidgets import QTableView

from dockmark.ui.cards import gap
from dockmark.ui.icons import status_shape
from dockmark.ui.table_paint import cell_room, prepare_table, title_room, widths
from dockmark.ui.theme import Role, target

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")
_ROOT = QModelIndex()
_MEASURED = 60
"""Rows by which the width of a column is measured: its words repeat."""
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_DECORATION = int(Qt.ItemDataRole.DecorationRole)
_TOLD = frozenset({_DISPLAY, _ALIGNMENT, _DECORATION, int(Qt.ItemDataRole.AccessibleTextRole)})
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its title, the text of a cell, its share of the width, and perhaps a status shape."""

    title: str
    text: Callable[[Row], str]
    share: int = 10
    number: bool = False
    shape: Callable[[Row], tuple[Role, str] | None] | None = None
    spoken: Callable[[Row], str] | None = None
    whole: bool = False
    """Never shortened, as numbers and what has a shape are not: its cells are words, which must be read."""

    @property
    def is_whole(self) -> bool:
        """Whether a cell of it is never shortened."""
        return self.whole or self.number or self.shape is not None


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Rows that are replaced as a whole; only what differs is announced."""

    def __init__(self, columns: Sequence[Column[Row]], key: Callable[[Row], str]) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self._key = key
        self._rows: list[Row] = []
        self._texts: dict[str, tuple[str, ...]] = {}

    @property
    def columns(self) -> tuple[Column[Row], ...]:
        """The columns from left to right."""
        return self._columns

    def row(self, number: int) -> Row | None:
        """The row at that place."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def cell(self, row: int, column: int) -> tuple[str, bool, QPixmap | None]:
        """Text of a cell, whether it is a number, and its picture."""
        shown, about = self._rows[row], self._columns[column]
        picture = _picture(about.shape(shown)) if about.shape is not None else None
        return self._texts_of(shown)[column], about.number, picture

    def _texts_of(self, row: Row) -> tuple[str, ...]:
        key = self._key(row)
        texts = self._texts.get(key)
        if texts is None:
            texts = self._texts[key] = tuple(column.text(row) for column in self._columns)
        return texts

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows from now on."""
        self._texts = {}
        before = [self._key(row) for row in self._rows]
        after = [self._key(row) for row in rows]
        steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        for tag, old, old_end, new, new_end in reversed(steps):
            if tag == "equal":
                continue
            if old_end > old:
                self.beginRemoveRows(_ROOT, old, old_end - 1)
                del self._rows[old:old_end]
                self.endRemoveRows()
            if new_end > new:
                self.beginInsertRows(_ROOT, old, old + new_end - new - 1)
                self._rows[old:old] = rows[new:new_end]
                self.endInsertRows()
        self._tell_changes(rows)

    def _tell_changes(self, rows: Sequence[Row]) -> None:
        for number, (was, now) in enumerate(zip(self._rows, rows, strict=True)):
            if was != now:
                self._rows[number] = now
                self._texts.pop(self._key(now), None)
                self.dataChanged.emit(self.index(number, 0), self.index(number, len(self._columns) - 1))

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _TOLD:  # asked for seven roles a cell while painting: the rest must cost nothing
            return None
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        column = self._columns[index.column()]
        if role == _DISPLAY:
            return column.text(row)
        if role == _ALIGNMENT:
            return _RIGHT if column.number else _LEFT
        if role == _DECORATION:
            return _picture(column.shape(row)) if column.shape is not None else None
        return (column.spoken or column.text)(row)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self._columns[section].number else _LEFT
        return None


def _picture(shape: tuple[Role, str] | None) -> QPixmap | None:
    if shape is None:
        return None
    role, name = shape
    return status_shape(name, role, target() * 2 // 5, QGuiApplication.palette())


class RowsTable(QTableView, Generic[Row]):
    """A table of whole rows. Columns share the width until the operator moves one."""

    chosen = Signal(object)  # the row that the operator opened

    def __init__(self, name: str, says: str, model: RowsModel[Row], *, acted_on: bool, empty: str = "") -> None:
        super().__init__()
        self._empty = empty
        self.setAccessibleDescription(empty)
        self.setObjectName(name)
        self.setAccessibleName(says)
        self._shown = model
        self._spreading = False
        self._moved = False
        model.setParent(self)
        self.setModel(model)
        self._look(acted_on)
        self._connect(acted_on)

    def current(self) -> Row | None:
        """The row that is selected."""
        return self._shown.row(self.currentIndex().row())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._empty and self._shown.rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            edge = gap(self) * 2
            room = self.viewport().rect().adjusted(edge, 0, -edge, 0)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self._empty)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._moved:
            self._spread()

    def _on_rows(self) -> None:
        """Other rows may need other widths."""
        if not self._moved and any(column.is_whole for column in self._shown.columns):
            self._spread()

    def _look(self, acted_on: bool) -> None:
        height = target() if acted_on else self.fontMetrics().height() + gap(self) * 2
        header = prepare_table(self, self._shown, row_height=height)
        self.setMinimumHeight(header.minimumHeight() + height)

    def natural_height(self) -> int:
        """The height that shows every row."""
        down = self.verticalHeader()
        return self.horizontalHeader().minimumHeight() + down.defaultSectionSize() * self._shown.rowCount() + 2

    def _connect(self, acted_on: bool) -> None:
        self.horizontalHeader().sectionResized.connect(self._on_section_resized)
        for changed in (self._shown.rowsInserted, self._shown.dataChanged):
            changed.connect(self._on_rows)
        if acted_on:
            self.activated.connect(self._on_opened)
            self.clicked.connect(self._on_opened)

    def _on_section_resized(self) -> None:
        self._moved = self._moved or not self._spreading

    def _on_opened(self, index: QModelIndex) -> None:
        if (row := self._shown.row(index.row())) is not None:
            self.chosen.emit(row)

    def _spread(self) -> None:
        self._spreading = True
        shares = [column.share for column in self._shown.columns]
        least = [self._least(number) for number in range(len(shares))]
        for number, width in enumerate(widths(self.viewport().width(), shares, least)):
            self.setColumnWidth(number, width)
        self._spreading = False

    def _least(self, number: int) -> int:
        """The width in which the title can be read, and the cells where they are words or numbers."""
        column = self._shown.columns[number]
        least = title_room(self.horizontalHeader(), column.title)
        if not column.is_whole:
            return least
        texts = {self._shown.cell(row, number)[0] for row in range(min(_MEASURED, self._shown.rowCount()))}
        pictured = column.shape is not None
        return max(least, *(cell_room(self, text, pictured=pictured) for text in texts), 0)
