"""The rail at the left: one button for each desk and page, with its drawing, name and key."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from dockmark.ui.cards import TallScroll, gap, rows
from dockmark.ui.icons import drawn
from dockmark.ui.theme import scaled, target
from dockmark.ui.ways import key_words
from dockmark.ui.words import _

Colour = QPalette.ColorRole


@dataclass(frozen=True, slots=True)
class Stop:
    """One place that the rail leads to. `below` places stand at the foot of the rail."""

    name: str
    says: str
    drawing: str
    key: str
    below: bool = False


class RailButton(QPushButton):
    """Drawing, name and key from top to bottom."""

    def __init__(self, stop: Stop) -> None:
        super().__init__(stop.says)
        self.stop = stop
        self.setObjectName(f"rail_{stop.name}")
        self.setAccessibleName(stop.says)
        self._key = key_words(stop.key)
        self.setAccessibleDescription(self._key)
        self.setCheckable(True)
        self._words = 2
        """How many of name and key are written."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def nextCheckState(self) -> None:
        """Only an open place is marked. Pressing marks nothing; in an exclusive group Tab would come to one alone."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there, as Space does."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()

    def sizeHint(self) -> QSize:
        wide = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(wide + gap(self) * 2, self.height_with(self._words))

    def height_with(self, words: int) -> int:
        """Its height where that many of name and key are written."""
        lines = (self.fontMetrics().height(), QFontMetrics(scaled(self.font(), 0.82)).height())
        return max(target(), self._side() + sum(lines[:words]) + gap(self) // 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def write(self, words: int) -> None:
        """Write name and key, the name alone, or neither: then the drawing says it, and the hint."""
        if words != self._words:
            self._words = words
            self.setToolTip("" if words == 2 else f"{self.stop.says} ({self.stop.key})")
            self.updateGeometry()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        box = QRectF(self.rect()).adjusted(2, 1, -2, -1)
        radius = self.fontMetrics().height() * 0.45
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(Colour.Highlight if self.isChecked() else Colour.Midlight))
            painter.drawRoundedRect(box, radius, radius)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = Colour.HighlightedText if self.isChecked() else Colour.WindowText
            painter.setPen(QPen(palette.color(ring), 2.5))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)
        self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        palette = self.palette()
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        ink = palette.color(group, Colour.HighlightedText if self.isChecked() else Colour.WindowText)
        side = self._side()
        name, small = self.font(), scaled(self.font(), 0.82)
        heights = QFontMetrics(name).height(), QFontMetrics(small).height()
        top = (self.height() - side - sum(heights[: self._words])) // 2
        painter.drawPixmap((self.width() - side) // 2, top, drawn(self.stop.drawing, side, ink))
        painter.setPen(ink)
        middle = int(Qt.AlignmentFlag.AlignCenter)
        lines = (
            (name, heights[0], self.text(), top + side),
            (small, heights[1], self._key, top + side + heights[0]),
        )
        for font, height, words, start in lines[: self._words]:
            painter.setFont(font)
            painter.drawText(QRect(0, start, self.width(), height), middle, words)

    def _side(self) -> int:
        return round(self.fontMetrics().height() * 1.5)


class Rail(QWidget):
    """The places that there are; each button belongs to an action of the window."""

    def __init__(self, stops: Sequence[Stop]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName(_("Desks"))
        self.buttons: dict[str, RailButton] = {}
        column = rows(self, spacing=0.3)
        for stop in stops:
            if stop.below and column.count() and not any(b.stop.below for b in self.buttons.values()):
                column.addStretch(1)
            button = RailButton(stop)
            self.buttons[stop.name] = button
            column.addWidget(button)

    def wake(self, names: Sequence[str]) -> None:
        """Only these places can be gone to now."""
        for name, button in self.buttons.items():
            button.setEnabled(name in names)

    def says(self, name: str) -> str:
        """What the place of that name is called; empty where the rail does not lead to it."""
        return self.buttons[name].stop.says if name in self.buttons else ""

    def fit(self, height: int) -> None:
        """Write as much as there is room for in that height: names and keys, names, or drawings alone."""
        words = next((words for words in (2, 1) if self._needed(words) <= height), 0)
        for button in self.buttons.values():
            button.write(words)

    def _needed(self, words: int) -> int:
        layout = self.layout()
        assert layout is not None, "it was laid out when it was made"
        edges = layout.contentsMargins()
        whole = sum(button.height_with(words) for button in self.buttons.values())
        return whole + layout.spacing() * len(self.buttons) + edges.top() + edges.bottom()

    def mark(self, name: str) -> None:
        """Show that this place is open, and no other."""
        for each, button in self.buttons.items():
            button.setChecked(each == name)


class RailScroll(TallScroll):
    """The rail, as wide as it is; it scrolls where the text is so large that the screen is too low for it."""

    def __init__(self, rail: Rail) -> None:
        super().__init__("railScroll", rail)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        rail = self.widget()
        hint = rail.sizeHint() if rail is not None else super().sizeHint()
        short = self.height() < hint.height()
        return QSize(hint.width() + (self.verticalScrollBar().sizeHint().width() if short else 0), hint.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), self.fontMetrics().height() * 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        rail = self.widget()
        if isinstance(rail, Rail):
            rail.fit(self.height())
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()
