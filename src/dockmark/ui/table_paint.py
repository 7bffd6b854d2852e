"""How a table looks: a quiet header, and cells with room around their text."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from dockmark.ui.cards import gap
from dockmark.ui.scroll_bar import quiet_scrolling
from dockmark.ui.theme import scaled, target
from dockmark.ui.words import _

Colour = QPalette.ColorRole
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class QuietHeader(QHeaderView):
    """Small grey titles over a fine line, set like the column below them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setMinimumHeight(self.fontMetrics().height() + gap(self) * 2)
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(self.fontMetrics().averageCharWidth() * 4)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - the name is Qt's
        painter.save()
        palette = self.palette()
        edge = gap(self) + self.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1
        painter.fillRect(rect, palette.color(Colour.Base))
        painter.setPen(QPen(palette.color(Colour.Mid), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        model, across = self.model(), Qt.Orientation.Horizontal
        title = str(model.headerData(logicalIndex, across, Qt.ItemDataRole.DisplayRole) or "")
        side = model.headerData(logicalIndex, across, Qt.ItemDataRole.TextAlignmentRole)
        font = scaled(self.font(), 0.9)
        painter.setFont(font)
        painter.setPen(palette.color(Colour.PlaceholderText))
        inner = rect.adjusted(edge, 0, -edge, 0)
        shown = QFontMetrics(font).elidedText(title, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(side or Qt.AlignmentFlag.AlignVCenter), shown)
        painter.restore()


def title_room(header: QHeaderView, title: str) -> int:
    """The width that a column needs to show its title whole."""
    edge = gap(header) + header.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1
    return QFontMetrics(scaled(header.font(), 0.9)).horizontalAdvance(title) + 2 * edge + 1


def cell_room(table: QWidget, text: str, *, pictured: bool) -> int:
    """The width that a column needs to show that cell whole."""
    edge = gap(table) + table.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1
    picture = target() * 2 // 5 + edge // 2 if pictured else 0
    return table.fontMetrics().horizontalAdvance(text) + 2 * edge + picture + 1


def widths(room: int, shares: Sequence[int], least: Sequence[int]) -> list[int]:
    """The room shared out, where no column gets less than it needs; they may need more than there is."""
    shared, left, open_ = list(least), room, set(range(len(shares)))
    while open_:
        whole = sum(shares[each] for each in open_)
        short = {each for each in open_ if left * shares[each] // whole < least[each]}
        if not short:
            break
        left = max(0, left - sum(least[each] for each in short))
        open_ -= short
    for place, each in enumerate(sorted(open_)):
        rest = sum(shares[other] for other in sorted(open_)[place:])
        shared[each] = left * shares[each] // rest
        left -= shared[each]
    return shared


class Cells(Protocol):
    """What a table paints: text, side and picture of a cell."""

    def cell(self, row: int, column: int) -> "tuple[str, bool, QPixmap | None]": ...


class RoomyCells(QStyledItemDelegate):
    """Cells with a gap at both sides; the whole row is marked where it is chosen.

    It takes its texts from the model directly: the usual way asks for seven roles a cell, which a scan would feel.
    """

    def __init__(self, cells: Cells, parent: QWidget) -> None:
        super().__init__(parent)
        self._cells = cells
        self._metrics = parent.fontMetrics()
        self._edge = gap(parent) + parent.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        palette: QPalette = option.palette
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, palette.color(Colour.Highlight))
        text, is_number, picture = self._cells.cell(index.row(), index.column())
        left, room = rect.left() + self._edge, rect.width() - 2 * self._edge
        if picture is not None:
            side = round(picture.width() / picture.devicePixelRatio())
            painter.drawPixmap(left, rect.top() + (rect.height() - side) // 2, picture)
            left, room = left + side + self._edge // 2, room - side - self._edge // 2
        if not text or room <= 0:
            return
        if self._metrics.horizontalAdvance(text) > room:
            text = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.setPen(palette.color(Colour.HighlightedText if chosen else Colour.Text))
        painter.drawText(left, rect.top(), room, rect.height(), _RIGHT if is_number else _LEFT, text)


def prepare_table(view: QTableView, cells: Cells, *, row_height: int) -> QuietHeader:
    """Make a table one that is read row by row: quiet titles, no grid, one row chosen at a time."""
    view.setFrameShape(QFrame.Shape.NoFrame)
    header = QuietHeader(view)
    header.setObjectName(f"{view.objectName()}Header")
    header.setAccessibleName(_("Titles of the columns"))
    view.setHorizontalHeader(header)
    view.setItemDelegate(RoomyCells(cells, view))
    view.setShowGrid(False)
    view.setAlternatingRowColors(True)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    quiet_scrolling(view)
    down = view.verticalHeader()
    down.hide()
    down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    down.setDefaultSectionSize(row_height)
    return header
