"""How a table looks: a quiet header, and cells with room around their text."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from dockmark.ui.cards import gap
from dockmark.ui.theme import scaled

Colour = QPalette.ColorRole


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


class RoomyCells(QStyledItemDelegate):
    """Cells with a gap at both sides; the whole row is marked where it is chosen."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        palette: QPalette = option.palette
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, palette.color(Colour.Highlight))
        edge = round(QFontMetrics(option.font).height() * 0.55)
        option.rect = rect.adjusted(edge, 0, -edge, 0)
        option.state &= ~QStyle.StateFlag.State_HasFocus
        super().paint(painter, option, index)
        option.rect = rect
