"""The strip at the top: the last scan, what it means, and the verdict that is read from three metres."""

import math
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QWidget

from dockmark.desks.answer import Answer
from dockmark.ui.cards import Card, columns, gap, rows
from dockmark.ui.icons import drawn
from dockmark.ui.labels import Caption, Reading, Sentence, Value
from dockmark.ui.lanes import Lane, lane_badge
from dockmark.ui.theme import flooded, scaled
from dockmark.ui.verdicts import Face, face
from dockmark.ui.words import _, seen, told

SCREEN_PART: Final = 12
"""The capitals of the verdict word are at least the screen's height divided by this."""
NARROWEST: Final = 60
"""Per cent of their width that letters may be pressed to."""


class ScanStrip(Card):
    """Floods with the verdict of the last scan: shape, one word, colour; below it the sentence."""

    def __init__(self) -> None:
        super().__init__("scanStrip", ground=QPalette.ColorRole.Window)
        self.setAccessibleName(_("Last scan"))
        self._face: Face | None = None
        self._lane: Lane | None = None
        self._is_tinting = False
        self._build_verdict()
        self._build_scan()
        self._lay_out()
        self._size_word()

    def show_answer(self, answer: Answer, raw: str = "", meaning: str = "", lane: Lane | None = None) -> None:
        """Flood with that answer; `raw` is the scan as it came, or nothing for a key or button."""
        self._show_lane(lane)
        self.show_face(face(answer), told(answer))
        self.last_scan.show_text(seen(raw) if raw else "—")
        self.meaning.show_text(meaning or "—")

    def show_face(self, shown: Face | None, sentence: str) -> None:
        """Show that verdict, or with None a quiet strip that only says something."""
        self._face = shown
        if shown is not None:
            self.word.setText(shown.word)
        self.sentence.setText(sentence)
        self._size_word()
        self._tint()

    def _show_lane(self, lane: Lane | None) -> None:
        """Which scanner it was: its letter on its colour, and its name."""
        self._lane = lane
        for widget in (self._badge, self.lane):
            widget.setVisible(lane is not None)
        if lane is not None:
            self._badge.setPixmap(lane_badge(lane.number, round(self.lane.fontMetrics().height() * 1.7)))
            self.lane.setText(seen(lane.name))
            self._badge.setAccessibleName(lane.words)

    def be_quiet(self, word: str, sentence: str) -> None:
        """No verdict now: say what the strip waits for."""
        self.word.setText(word)
        self.show_face(None, sentence)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._size_word()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._size_word()
        # Where there is room, a sentence of two lines does not push everything below it down.
        line = self.sentence.fontMetrics().lineSpacing()
        self.sentence.setMinimumHeight(line * 2 if self.window().height() > line * 36 else line)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kinds = (QEvent.Type.PaletteChange, QEvent.Type.ApplicationPaletteChange)
        if event.type() in kinds and not self._is_tinting:
            self._tint()

    def _build_verdict(self) -> None:
        self._shape = QLabel()
        self._shape.setObjectName("verdictShape")
        self._shape.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.word = QLabel()
        self.word.setObjectName("verdictWord")
        self.word.setTextFormat(Qt.TextFormat.PlainText)
        self.word.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.word.setMinimumWidth(1)
        self.sentence = Sentence("scanSentence", 1.25, QFont.Weight.DemiBold)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)

    def _build_scan(self) -> None:
        self.last_scan = Reading("lastScan", _("Last scan"))
        self.last_scan.setFont(_upright(self.last_scan.font()))
        self.meaning = Reading("scanMeaning", _("Meaning of the last scan"))
        self._badge = QLabel()
        self._badge.setObjectName("scanLaneBadge")
        self._badge.setTextFormat(Qt.TextFormat.PlainText)
        self.lane = Value("scanLane", 1.0)
        self._show_lane(None)
        for field in (self.last_scan, self.meaning):
            field.show_text("—")
            field.setFont(scaled(field.font(), 1.1))

    def _lay_out(self) -> None:
        space = gap(self)
        scan = QWidget()
        grid = QGridLayout(scan)
        grid.setContentsMargins(space * 2, 0, 0, 0)
        grid.setHorizontalSpacing(space)
        grid.setVerticalSpacing(space // 2)
        grid.setRowStretch(0, 1)
        grid.setRowStretch(3, 1)
        told = ((_("Scan"), self.last_scan), (_("Meaning"), self.meaning))
        for row, (text, field) in enumerate(told, start=1):
            grid.addWidget(Caption(text, field), row, 0)
            grid.addWidget(field, row, 1)
        middle = Qt.AlignmentFlag.AlignCenter
        grid.addWidget(self._badge, 1, 2, middle)
        grid.addWidget(self.lane, 2, 2, middle)
        grid.setColumnStretch(1, 1)
        verdict = QWidget()
        line = columns(verdict, spacing=1.6)
        line.addWidget(self._shape)
        line.addWidget(self.word)
        line.addWidget(scan, 1)
        whole = rows(self, margin=1.6, spacing=0.2)
        edge = whole.contentsMargins()
        whole.setContentsMargins(edge.left(), edge.top() // 2, edge.right(), edge.bottom())
        whole.addWidget(verdict)
        whole.addWidget(self.sentence)

    def _size_word(self) -> None:
        """Give the word its size of the screen, narrower letters where it would not leave room for the scan."""
        wanted = self.screen().geometry().height() / SCREEN_PART
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Bold)
        font.setPixelSize(100)
        font.setPixelSize(math.ceil(wanted * 100 / max(1.0, QFontMetricsF(font).capHeight())) + 1)
        room = max(1.0, self.width() - wanted * 1.6) * 0.68
        wide = QFontMetricsF(font).horizontalAdvance(self.word.text())
        if wide > room:
            font.setStretch(max(NARROWEST, int(100 * room / wide)))
        if font != self.word.font():
            self.word.setFont(font)
            # From the top of an accented capital to a little below the line; nothing hangs deeper.
            self.word.setFixedHeight(math.ceil(QFontMetricsF(font).ascent() + wanted * 0.12))
            self._paint_shape()

    def _tint(self) -> None:
        self._is_tinting = True
        app = QApplication.palette()
        self.setPalette(flooded(self._face.role, app) if self._face else _quiet(app))
        self._is_tinting = False
        self._paint_shape()
        self.update()

    def _paint_shape(self) -> None:
        self._shape.setVisible(self._face is not None)
        if self._face is not None:
            side = math.ceil(self.screen().geometry().height() / SCREEN_PART * 1.1)
            colours = self.palette()
            ink, mark = colours.color(QPalette.ColorRole.WindowText), colours.color(QPalette.ColorRole.Window)
            self._shape.setPixmap(drawn(f"shape_{self._face.shape}", side, ink, mark))


def _quiet(app: QPalette) -> QPalette:
    made = QPalette()
    made.setColor(QPalette.ColorRole.Window, app.color(QPalette.ColorRole.Base))
    made.setColor(QPalette.ColorRole.WindowText, app.color(QPalette.ColorRole.PlaceholderText))
    return made


def _upright(font: QFont) -> QFont:
    made = QFont(font)
    made.setFamilies(["DejaVu Sans Mono", "Consolas", "Menlo", "monospace"])
    made.setStyleHint(QFont.StyleHint.Monospace)
    return made
