"""The six lights of the unit card: each a row that opens how it was worked out."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from dockmark.custody.lights import Finding, Lamp, Light
from dockmark.custody.reasoning import Step
from dockmark.ui.buttons import Colour, CommandButton
from dockmark.ui.cards import emptied, gap, rows
from dockmark.ui.icons import status_shape
from dockmark.ui.labels import Caption, Headline, Sentence, Value
from dockmark.ui.theme import target
from dockmark.ui.verdicts import lamp_face
from dockmark.ui.words import _, finding_words, lamp_word, light_word
from dockmark.wording import step_words


class LightRow(QPushButton):
    """One light: shape, its name, one word, and why. Pressed, it opens its arithmetic below."""

    def __init__(self, light: Light) -> None:
        super().__init__()
        self.light = light
        self.setObjectName(f"light_{light.value}")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setMinimumHeight(target())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._lamp = Lamp.UNKNOWN
        self._shape = QLabel()
        self._shape.setObjectName(f"lightShape_{light.value}")
        self.word = Value(f"lightWord_{light.value}", weight=QFont.Weight.Bold)
        self.why = Sentence(f"lightWhy_{light.value}", 0.95)
        self._lay_out()

    def show_finding(self, finding: Finding | None) -> None:
        """Show how this light stands; without a finding it is unknown."""
        lamp = finding.state if finding is not None else Lamp.UNKNOWN
        is_other, self._lamp = lamp is not self._lamp or not self.word.text(), lamp
        self.word.setText(lamp_word(self._lamp))
        self.why.setText(finding_words(finding.code, finding.facts) if finding is not None and finding.code else "")
        if self.why.isHidden() == bool(self.why.text()):
            self.why.setVisible(bool(self.why.text()))
        self.setAccessibleName(f"{light_word(self.light)}: {self.word.text()}")
        self.setAccessibleDescription(self.why.text())
        if is_other:
            self._tint()

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.totalSizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return layout.totalMinimumSize() if layout is not None else super().minimumSizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_shape"):
            self._tint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        radius = self.fontMetrics().height() * 0.35
        if self.isDown() or self.underMouse() or self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(
                palette.color(Colour.Midlight if self.isDown() or self.underMouse() else Colour.AlternateBase)
            )
            painter.drawRoundedRect(box, radius, radius)
        self._paint_arrow(painter, palette.color(Colour.PlaceholderText))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(Colour.WindowText), 2.5))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _paint_arrow(self, painter: QPainter, ink: QColor) -> None:
        """Points down while there is more to be opened, up while it is open."""
        side = self.fontMetrics().height() * 0.22
        middle = QPointF(self.width() - gap(self) * 1.4, gap(self) + self.fontMetrics().height() / 2)
        turn = -1 if self.isChecked() else 1
        painter.setPen(QPen(ink, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline(
            QPolygonF([middle + QPointF(x * side, y * turn * side / 2) for x, y in ((-1, -1), (0, 1), (1, -1))])
        )

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        space = gap(self)
        grid.setContentsMargins(space // 2, space, space * 3, space)
        grid.setHorizontalSpacing(space)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._shape, 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Headline(light_word(self.light), 1.0), 0, 1)
        self.word.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self.word, 0, 2)
        grid.addWidget(self.why, 1, 1, 1, 2)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _tint(self) -> None:
        role, shape = lamp_face(self._lamp)
        side = round(self.fontMetrics().height() * 1.25)
        self._shape.setPixmap(status_shape(shape, role, side, self.window().palette()))


class LightSteps(QWidget):
    """The arithmetic of one light, a sentence for each step."""

    def __init__(self, light: Light) -> None:
        super().__init__()
        self.light = light
        self.setObjectName(f"lightSteps_{light.value}")
        self.setAccessibleName(_("How it was worked out: {light}").format(light=light_word(light)))
        self._steps: tuple[Step, ...] = ()
        self.beside = CommandButton(f"besideButton_{light.value}", _("Side by side"), "unit")
        self.beside.hide()
        self._lines = QWidget()
        self._grid = QGridLayout(self._lines)
        space = gap(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(space)
        self._grid.setVerticalSpacing(space // 2)
        self._grid.setColumnStretch(1, 1)
        body = rows(self, spacing=1)
        body.setContentsMargins(space, space // 2, space, space)
        self._nothing = Sentence(f"lightStepsNone_{light.value}", 0.95)
        self._nothing.setText(_("It is worked out step by step once the unit is recorded."))
        body.addWidget(self._nothing)
        body.addWidget(self._lines)
        body.addWidget(self.beside)
        self.hide()

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show these."""
        self._nothing.setVisible(not steps)
        if tuple(steps) == self._steps:
            return
        self._steps = tuple(steps)
        emptied(self._grid)
        for number, step in enumerate(self._steps):
            said = Sentence(f"lightStep_{self.light.value}_{number}", 0.95)
            said.setText(step_words(step.code, step.facts))
            said.setAccessibleName(said.text())
            count = Caption(f"{number + 1}.")
            self._grid.addWidget(count, number, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(said, number, 1)
