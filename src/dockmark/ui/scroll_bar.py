"""A scroll bar that is only a quiet handle."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QStyle, QStyleOptionSlider


class QuietScrollBar(QScrollBar):
    """Works as every scroll bar; draws nothing but its handle."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Vertical)

    def sizeHint(self) -> QSize:
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
        role = QPalette.ColorRole.Dark if self.isSliderDown() or self.underMouse() else QPalette.ColorRole.Mid
        colour = self.palette().color(role)
        if role is QPalette.ColorRole.Dark and colour.lightness() < 60:
            colour = self.palette().color(QPalette.ColorRole.PlaceholderText)
        painter.setBrush(colour)
        inset = handle.width() * 0.28
        box = QRectF(handle).adjusted(inset, 1, -inset, -1)
        painter.drawRoundedRect(box, box.width() / 2, box.width() / 2)


def quiet_scrolling(area: QAbstractScrollArea) -> None:
    """Give that area the quiet bar, and none across."""
    area.setVerticalScrollBar(QuietScrollBar())
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
