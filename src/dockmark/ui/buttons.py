"""Buttons that say what they do, which barcode does the same, and which key."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy

from dockmark.ui.cards import gap
from dockmark.ui.icons import drawn
from dockmark.ui.theme import outline, scaled, target
from dockmark.ui.ways import ways

Colour = QPalette.ColorRole


class CommandButton(QPushButton):
    """A button of at least 12 mm: a drawing, what it does, and below in small the barcode and key that do the same."""

    def __init__(
        self, name: str, says: str, drawing: str = "", hint: str = "", *, keys: str = "", main: bool = False
    ) -> None:
        super().__init__(says.replace("&", "&&"))
        self.setObjectName(name)
        self.setAccessibleName(says)
        self.setAutoDefault(False)
        self._drawing = drawing
        self._hint = ways(hint)
        self._keys = ways(keys)
        self._main = main
        self.setMinimumHeight(max(target(), self._line_heights() + gap(self)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleDescription(self._hint)

    @property
    def is_main(self) -> bool:
        """Whether it is what one mostly comes for: where it stands, ENTER by barcode presses it."""
        return self._main

    def say(self, says: str, hint: str | None = None) -> None:
        """Change what it says, and perhaps its small line."""
        self.setText(says.replace("&", "&&"))
        self.setAccessibleName(says)
        if hint is not None:
            self._hint = ways(hint)
            self.setAccessibleDescription(self._hint)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics, small = QFontMetrics(self._title_font()), QFontMetrics(self._hint_font())
        title = metrics.horizontalAdvance(self._title())
        if self._keys:
            title += small.horizontalAdvance(self._keys) + gap(self) * 2
        width = max(title, small.horizontalAdvance(self._hint))
        widest = self.fontMetrics().averageCharWidth() * 60
        return QSize(min(widest, width) + self._picture_room() + round(gap(self) * 2.6), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button in focus, as Space does; a key held down presses it once."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        ink = self._ink()
        left = round(gap(self) * 1.4)
        if self._drawing:
            side = self._picture_side()
            painter.drawPixmap(left, (self.height() - side) // 2, drawn(self._drawing, side, ink))
            left += self._picture_room()
        self._paint_words(painter, left, ink)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.EnabledChange):
            self.update()
        elif event.type() is QEvent.Type.FontChange and hasattr(self, "_hint"):
            self.setMinimumHeight(max(target(), self._line_heights() + gap(self)))
            self.updateGeometry()
        super().changeEvent(event)

    def _title(self) -> str:
        return self.text().replace("&&", "&")

    def _title_font(self) -> QFont:
        return scaled(self.font(), 1.0, QFont.Weight.DemiBold)

    def _hint_font(self) -> QFont:
        return scaled(self.font(), 0.85)

    def _line_heights(self) -> int:
        lines = QFontMetrics(self._title_font()).height()
        return lines + QFontMetrics(self._hint_font()).height() if self._hint else lines

    def _picture_side(self) -> int:
        return round(self.fontMetrics().height() * 1.3)

    def _picture_room(self) -> int:
        return self._picture_side() + gap(self) if self._drawing else 0

    def _group(self) -> QPalette.ColorGroup:
        return QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled

    def _strong(self) -> bool:
        return self.isEnabled() and (self._main or self.isChecked())

    def _ink(self) -> QColor:
        role = Colour.HighlightedText if self._strong() else Colour.ButtonText
        return self.palette().color(self._group(), role)

    def _paint_ground(self, painter: QPainter) -> None:
        palette = self.palette()
        ground = palette.color(self._group(), Colour.Highlight if self._strong() else Colour.Button)
        if self.isEnabled() and self.isDown():
            ground = ground.darker(115)
        elif self.isEnabled() and self.underMouse():
            ground = ground.lighter(112) if self._strong() else palette.color(Colour.Midlight)
        painter.setBrush(ground)
        painter.setPen(QPen(outline(palette), 1))
        radius = self.fontMetrics().height() * 0.35
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.drawRoundedRect(box, radius, radius)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(Colour.WindowText), 2.5))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _paint_words(self, painter: QPainter, left: int, ink: QColor) -> None:
        title, small = QFontMetrics(self._title_font()), QFontMetrics(self._hint_font())
        room = self.width() - left - gap(self)
        top = (self.height() - self._line_heights()) // 2
        painter.setPen(ink)
        painter.setFont(self._title_font())
        words = title.elidedText(self._title(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(left, top + title.ascent(), words)
        if self._keys:
            painter.setFont(self._hint_font())
            start = left + title.horizontalAdvance(words) + gap(self) * 2
            painter.drawText(start, top + title.ascent(), self._keys)
        if self._hint:
            painter.setFont(self._hint_font())
            below = small.elidedText(self._hint, Qt.TextElideMode.ElideRight, room)
            painter.drawText(left, top + title.height() + small.ascent(), below)
