"""A scroll bar that is only a quiet handle."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QStyle, QStyleOptionSlider

from dockmark.ui.theme import outline


class QuietScrollBar(QScrollBar):
    """Works as every scroll bar; draws nothing but its handle."""

    def __init__(self, orientation: Qt.Orientation = Qt.Orientation.Vertical) -> None:
        super().__init__(orientation)

    def sizeHint(self) -> QSize:
        if self.orientation() is Qt.Orientation.Horizontal:
            return QSize(super().sizeHint().width(), self.fontMetrics().height())
        return QSize(self.fontMetrics().height(), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, self
        )
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        grasped = self.isSliderDown() or self.underMouse()
        colours = self.palette()
        painter.setBrush(colours.color(QPalette.ColorRole.PlaceholderText) if grasped else outline(colours))
        inset = min(handle.width(), handle.height()) * 0.28
        across = self.orientation() is Qt.Orientation.Horizontal
        edges = (1, inset, -1, -inset) if across else (inset, 1, -inset, -1)
        box = QRectF(handle).adjusted(*edges)
        radius = min(box.width(), box.height()) / 2
        painter.drawRoundedRect(box, radius, radius)


def quiet_scrolling(area: QAbstractScrollArea) -> None:
    """Give that area the quiet bar, and none across."""
    area.setVerticalScrollBar(QuietScrollBar())
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
