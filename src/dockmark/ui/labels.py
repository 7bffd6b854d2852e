"""Texts of the window. Everything shown is plain text: a scan is never read as markup or a mnemonic."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy, QStyle, QWidget

from dockmark.ui.theme import scaled, target

Colour = QPalette.ColorRole


def escaped(text: str) -> str:
    """Text for a button or a menu, where a lone `&` would be read as a mnemonic."""
    return text.replace("&", "&&")


class Caption(QLabel):
    """A small grey word that says what stands below or beside it."""

    def __init__(self, text: str, buddy: QWidget | None = None) -> None:
        super().__init__(text)
        if buddy is not None and buddy.objectName():
            self.setObjectName(f"{buddy.objectName()}Caption")
        self.setFont(scaled(self.font(), 0.92))
        self.setForegroundRole(Colour.PlaceholderText)
        if buddy is None:
            self.setTextFormat(Qt.TextFormat.PlainText)
        else:
            self.setBuddy(buddy)


class Value(QLabel):
    """One value, shortened with an ellipsis where there is no room; the whole of it stays readable for tools."""

    def __init__(self, name: str, factor: float = 1.0, weight: QFont.Weight = QFont.Weight.DemiBold) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(scaled(self.font(), factor, weight))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 4, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        metrics = self.fontMetrics()
        if metrics.horizontalAdvance(self.text()[:2000]) <= self.contentsRect().width():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        shown = metrics.elidedText(self.text()[:2000], Qt.TextElideMode.ElideRight, self.contentsRect().width())
        state = self.isEnabled()
        self.style().drawItemText(
            painter, self.contentsRect(), int(self.alignment()), self.palette(), state, shown, self.foregroundRole()
        )


class Sentence(QLabel):
    """A sentence that wraps."""

    def __init__(self, name: str, factor: float = 1.0, weight: QFont.Weight | None = None) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setFont(scaled(self.font(), factor, weight))
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)


class Headline(QLabel):
    """The title of a page or a card."""

    def __init__(self, text: str, factor: float = 1.15) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(scaled(self.font(), factor, QFont.Weight.DemiBold))


class Reading(QLineEdit):
    """A value that can be read, selected and copied, never typed into; tools see name and value."""

    def __init__(self, name: str, says: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(says)
        self.setReadOnly(True)
        clear = QPalette()
        clear.setColor(Colour.Base, Qt.GlobalColor.transparent)
        self.setPalette(clear)
        self.setFrame(False)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def show_text(self, text: str) -> None:
        """Show that text from its beginning."""
        self.setText(text)
        self.setCursorPosition(0)


class Field(QLineEdit):
    """A field for codes: large enough for a glove, and no input method composes what is typed into it.

    A scanner that types would otherwise reach an input method before the wedge filter sees its keys.
    """

    def __init__(self, name: str, says: str, hint: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(says)
        self.setPlaceholderText(hint)
        self.setMinimumHeight(target())
        margin = self.fontMetrics().averageCharWidth()
        self.setTextMargins(margin, 0, margin, 0)
        self.setMaxLength(500)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def minimumSizeHint(self) -> QSize:
        """Its hint is to be read whole wherever it stands."""
        hint, margins = super().minimumSizeHint(), self.textMargins()
        metrics = self.fontMetrics()
        words = metrics.horizontalAdvance(self.placeholderText()) + metrics.averageCharWidth() * 2
        return QSize(max(hint.width(), words + margins.left() + margins.right()), hint.height())

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z takes back what was typed here; where that is nothing, it is the desk's: the last unit."""
        asked = event.type() is QEvent.Type.ShortcutOverride
        undo = QKeySequence.StandardKey.Undo
        if asked and isinstance(event, QKeyEvent) and event.matches(undo) and not self.isUndoAvailable():
            event.ignore()
            return False
        return super().event(event)


def captioned(text: str, value: QWidget) -> tuple[Caption, QWidget]:
    """A caption that names its value for sighted and for listening users."""
    return Caption(text, value), value


def line_height(widget: QWidget) -> int:
    """The natural distance between two things on that widget."""
    return widget.style().pixelMetric(QStyle.PixelMetric.PM_LayoutVerticalSpacing) + widget.fontMetrics().height()
