"""The quiet surfaces that the window is laid out on."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from dockmark.ui.theme import Role, flood


class Card(QFrame):
    """A rounded surface. Its ground is the palette's base; `edged` draws a fine line around it."""

    def __init__(
        self, name: str = "", *, edged: bool = True, ground: QPalette.ColorRole = QPalette.ColorRole.Base
    ) -> None:
        super().__init__()
        if name:
            self.setObjectName(name)
        self._edged = edged
        self._ground = ground
        self._status: Role | None = None

    def mark(self, status: Role | None) -> None:
        """Draw the edge in the colour of that status; what it means is said by shape and words on the card."""
        self._status = status
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        line, inset = QPen(palette.color(QPalette.ColorRole.Mid), 1), 0.5
        if self._status is not None:
            line, inset = QPen(QColor(flood(self._status, palette).ink), 3), 1.5
        painter.setPen(line if self._edged else Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(self._ground))
        radius = self.fontMetrics().height() * 0.45
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius)


class TallScroll(QScrollArea):
    """Scrolls its content up and down only; asks for no more height than its content."""

    def __init__(self, name: str, content: QWidget) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        from dockmark.ui.scroll_bar import quiet_scrolling  # its styles are slow to load, and nothing scrolls at first

        quiet_scrolling(self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.setWidget(content)
        content.setAutoFillBackground(False)

    def minimumSizeHint(self) -> QSize:
        content = self.widget()
        width = content.minimumSizeHint().width() if content is not None else 0
        return QSize(width, self.fontMetrics().height() * 4)


def gap(widget: QWidget) -> int:
    """The one distance that everything is spaced by."""
    return max(6, round(widget.fontMetrics().height() * 0.55))


def _spaced(made: QBoxLayout, widget: QWidget, margin: float, spacing: float) -> None:
    space = gap(widget)
    edge = round(space * margin)
    made.setContentsMargins(edge, edge, edge, edge)
    made.setSpacing(round(space * spacing))


def rows(parent: QWidget, margin: float = 0.0, spacing: float = 1.0) -> QVBoxLayout:
    """Lay that widget's content out from top to bottom; distances in gaps."""
    made = QVBoxLayout(parent)
    _spaced(made, parent, margin, spacing)
    return made


def columns(parent: QWidget, margin: float = 0.0, spacing: float = 1.0) -> QHBoxLayout:
    """Lay that widget's content out from left to right; distances in gaps."""
    made = QHBoxLayout(parent)
    _spaced(made, parent, margin, spacing)
    return made


def emptied(layout: QLayout) -> None:
    """Take everything out of that layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
