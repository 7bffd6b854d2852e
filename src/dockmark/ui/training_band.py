"""The band across the whole window while nothing is real: a word, a pattern and a colour, and the way out."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from dockmark.ui.actions import key_for
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import columns, gap
from dockmark.ui.labels import Sentence
from dockmark.ui.theme import Role, flood, flooded
from dockmark.ui.words import _

_STRIPES: Final = 8


class TrainingBand(QWidget):
    """Stands above everything else, on every page."""

    wanted = Signal(str)  # leave or sheet

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("trainingBand")
        words = _("TRAINING: nothing here is real")
        self.setAccessibleName(words)
        self.words = Sentence("trainingWords", 1.5, QFont.Weight.Black)
        self.words.setText(words)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sheet = CommandButton("bandSheetButton", _("Practice sheet"), "printer")
        self.leave = CommandButton("bandLeaveButton", _("Leave training"), "back")
        key_for(self.sheet, "Ctrl+Shift+G")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        line = columns(self, margin=1, spacing=1.5)
        edge = round(self.fontMetrics().height() * 0.8 * (_STRIPES + 1))
        line.setContentsMargins(edge, gap(self) // 2, edge, gap(self) // 2)
        line.addWidget(self.words, 1)
        line.addWidget(self.sheet)
        line.addWidget(self.leave)
        self.sheet.clicked.connect(lambda: self.wanted.emit("sheet"))
        self.leave.clicked.connect(lambda: self.wanted.emit("leave"))
        self._colour()
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _colour(self) -> None:
        self.words.setPalette(flooded(Role.WARN, self.palette()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground of a warning; stripes at both ends, as around a building site."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = flood(Role.WARN, self.palette())
        painter.fillRect(self.rect(), QColor(colours.ground))
        painter.setPen(QPen(Qt.PenStyle.NoPen))
        painter.setBrush(QColor(colours.text))
        step = self.fontMetrics().height() * 0.8
        for end in (0.0, self.width() - step * _STRIPES):
            painter.save()
            painter.setClipRect(round(end), 0, round(step * _STRIPES), self.height())
            for number in range(-int(self.height() / step) - 2, _STRIPES + 1, 2):
                left = end + number * step
                painter.drawPolygon(
                    QPolygonF(
                        [
                            QPointF(left, self.height()), QPointF(left + step, self.height()),
                            QPointF(left + step + self.height(), 0), QPointF(left + self.height(), 0),
                        ]
                    )
                )  # fmt: skip
            painter.restore()
