"""The row of steps over the wizard: where one is, what was done, what comes. One can go back to what was done."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStackedWidget, QWidget

from dockmark.ui.cards import columns, gap
from dockmark.ui.one_of import OneOf
from dockmark.ui.theme import scaled, target
from dockmark.ui.words import _

Colour = QPalette.ColorRole


class StepStack(QStackedWidget):
    """One step at a time; it asks for the room of the step in front and not of the largest."""

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown is not None else super().minimumSizeHint()

    def show_step(self, place: int) -> None:
        """Bring that step to the front."""
        self.setCurrentIndex(place)
        self.updateGeometry()


class StepButton(QPushButton):
    """The number of a step in a disc, and its name."""

    def __init__(self, name: str, number: int, says: str) -> None:
        super().__init__(says)
        self.setObjectName(name)
        self.setAccessibleName(_("Step {number}: {name}").format(number=number, name=says))
        self.setCheckable(True)
        self.setAutoDefault(False)
        self._number = str(number)
        self.setMinimumHeight(target())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._font()).horizontalAdvance(self.text())
        return QSize(self._disc() + words + gap(self) * 4, target())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._disc() + gap(self) * 4, target())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        ink = palette.color(group, Colour.WindowText)
        strong = palette.color(Colour.Highlight)
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        if self.hasFocus():
            painter.setPen(QPen(palette.color(Colour.WindowText), 2.5))
            painter.drawRoundedRect(box, gap(self), gap(self))
        elif self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(Colour.Midlight))
            painter.drawRoundedRect(box, gap(self), gap(self))
        self._paint_disc(painter, ink, strong)
        left = gap(self) * 2 + self._disc()
        painter.setFont(self._font())
        painter.setPen(ink)
        words = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width() - left - gap(self)
        )
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), words)
        if self.isChecked():
            painter.fillRect(QRectF(box.left() + gap(self), box.bottom() - 2, box.width() - 2 * gap(self), 3), strong)

    def _paint_disc(self, painter: QPainter, ink: QColor, strong: QColor) -> None:
        side = self._disc()
        disc = QRectF(gap(self), (self.height() - side) / 2, side, side)
        here = self.isChecked()
        painter.setPen(QPen(Qt.PenStyle.NoPen) if here else QPen(ink, 1.5))
        painter.setBrush(QBrush(strong) if here else QBrush(Qt.BrushStyle.NoBrush))
        painter.drawEllipse(disc)
        painter.setPen(self.palette().color(Colour.HighlightedText) if here else ink)
        painter.setFont(scaled(self.font(), 0.95, QFont.Weight.DemiBold))
        painter.drawText(disc, int(Qt.AlignmentFlag.AlignCenter), self._number)

    def _disc(self) -> int:
        return round(self.fontMetrics().height() * 1.5)

    def _font(self) -> QFont:
        return scaled(self.font(), 1.0, QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal)


class StepBar(QWidget):
    """The steps from left to right."""

    chosen = Signal(int)

    def __init__(self, prefix: str, steps: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName(f"{prefix}Steps")
        self._group = OneOf(self)
        line = columns(self, spacing=0.5)
        self.buttons: list[StepButton] = []
        for number, says in enumerate(steps, 1):
            button = StepButton(f"{prefix}Step{number}", number, says)
            self.buttons.append(button)
            self._group.addButton(button, number - 1)
            line.addWidget(button)
        self._group.idClicked.connect(self.chosen)

    def show_step(self, step: int, reachable: Sequence[int]) -> None:
        """This step is open, and one can go to these."""
        for place, button in enumerate(self.buttons):
            button.setChecked(place == step)
            button.setEnabled(place == step or place in reachable)
