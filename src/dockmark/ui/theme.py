"""Every colour of the window: a light and a dark palette, and four status roles that read at 7:1 in both."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from dockmark.ui.focus_ring import FocusRings

Colour = QPalette.ColorRole

PAPER: Final = Qt.GlobalColor.white
INK: Final = Qt.GlobalColor.black
"""A barcode is black on white in every look: a scanner reads it from the screen."""

SMALLEST_TARGET_MM: Final = 12
_SET_FONT: Final = Qt.WidgetAttribute.WA_SetFont


class Appearance(StrEnum):
    """What the operator chose: as the system says, or always one of the two."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Role(StrEnum):
    """The four status colours. A colour never stands alone: a shape and a word go with it."""

    OK = "ok"
    WARN = "warn"
    STOP = "stop"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Flood:
    """A status as a ground to write on: `text` reads on `ground`; `ink` draws the shape on a card."""

    ground: str
    text: str
    ink: str


_LIGHT_FLOODS: Final = {
    Role.OK: Flood("#0F5A2E", "#FFFFFF", "#0F5A2E"),
    Role.WARN: Flood("#FFC933", "#1F1600", "#8A5200"),
    Role.STOP: Flood("#96120F", "#FFFFFF", "#A31512"),
    Role.INFO: Flood("#0B4A86", "#FFFFFF", "#0B4A86"),
}
_DARK_FLOODS: Final = {
    Role.OK: Flood("#145C33", "#FFFFFF", "#5FD68F"),
    Role.WARN: Flood("#F0B429", "#1A1200", "#F6C453"),
    Role.STOP: Flood("#A11A16", "#FFFFFF", "#FF8A80"),
    Role.INFO: Flood("#134F8C", "#FFFFFF", "#7DBBF5"),
}

_LANES: Final = (
    # Bright and deep by turns, so that neighbours differ without any sense of colour; none is the colour of a status.
    Flood("#5B34A6", "#FFFFFF", "#5B34A6"),
    Flood("#7FDDD6", "#06201F", "#7FDDD6"),
    Flood("#70431A", "#FFFFFF", "#70431A"),
    Flood("#F5B3D4", "#2B0A1C", "#F5B3D4"),
    Flood("#1D2E6E", "#FFFFFF", "#1D2E6E"),
    Flood("#CBDF68", "#181D02", "#CBDF68"),
)

_LIGHT: Final = {
    Colour.Window: "#EEF1F4",
    Colour.WindowText: "#15202B",
    Colour.Base: "#FFFFFF",
    Colour.AlternateBase: "#F6F8FA",
    Colour.Text: "#15202B",
    Colour.PlaceholderText: "#55636F",
    Colour.Button: "#FBFCFD",
    Colour.ButtonText: "#15202B",
    Colour.BrightText: "#FFFFFF",
    Colour.Light: "#FFFFFF",
    Colour.Midlight: "#E2E8ED",
    Colour.Mid: "#C3CCD4",
    Colour.Dark: "#8996A1",
    Colour.Shadow: "#5B6873",
    Colour.Highlight: "#0B5CAD",
    Colour.HighlightedText: "#FFFFFF",
    Colour.Accent: "#0B5CAD",
    Colour.Link: "#0B5CAD",
    Colour.LinkVisited: "#5B3A9E",
    Colour.ToolTipBase: "#15202B",
    Colour.ToolTipText: "#FFFFFF",
}
_DARK: Final = {
    Colour.Window: "#12181E",
    Colour.WindowText: "#E9EEF3",
    Colour.Base: "#1B232B",
    Colour.AlternateBase: "#202932",
    Colour.Text: "#E9EEF3",
    Colour.PlaceholderText: "#9DABB8",
    Colour.Button: "#27313B",
    Colour.ButtonText: "#E9EEF3",
    Colour.BrightText: "#FFFFFF",
    Colour.Light: "#3A4652",
    Colour.Midlight: "#2C3741",
    Colour.Mid: "#3D4955",
    Colour.Dark: "#0C1115",
    Colour.Shadow: "#05080A",
    Colour.Highlight: "#5BA8F0",
    Colour.HighlightedText: "#06121D",
    Colour.Accent: "#5BA8F0",
    Colour.Link: "#7DBBF5",
    Colour.LinkVisited: "#C3A6FF",
    Colour.ToolTipBase: "#E9EEF3",
    Colour.ToolTipText: "#12181E",
}
_FADED: Final = {False: "#7A8691", True: "#75828E"}
_OUTLINE: Final = {False: "#74818D", True: "#8593A0"}
_OUTLINED: Final = ("QLineEdit", "QComboBox", "QAbstractSpinBox", "QCheckBox", "QRadioButton")
"""Controls that the style draws: it makes their edge from the colour of the window, 1.4 times darker."""
_FADES: Final = (Colour.WindowText, Colour.Text, Colour.ButtonText)


def palette(dark: bool) -> QPalette:
    """The whole palette of one appearance."""
    made = QPalette()
    for role, name in (_DARK if dark else _LIGHT).items():
        made.setColor(role, QColor(name))
    for role in _FADES:
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(_FADED[dark]))
    return made


def outline(painted: QPalette) -> QColor:
    """The edge of what can be pressed, typed into or drawn: 3:1 on every ground that it stands on."""
    return QColor(_OUTLINE[is_dark(painted)])


def is_dark(painted: QPalette) -> bool:
    """Whether that palette writes light on dark."""
    return painted.color(Colour.Window).lightness() < painted.color(Colour.WindowText).lightness()


def flood(role: Role, painted: QPalette) -> Flood:
    """The colours of a status under that palette."""
    return (_DARK_FLOODS if is_dark(painted) else _LIGHT_FLOODS)[role]


def flooded(role: Role, painted: QPalette) -> QPalette:
    """The ground and text of a status under that palette, for a panel and all that stands on it."""
    # An empty palette: what is not named here goes on following the application, and so tells of its changes.
    colours, made = flood(role, painted), QPalette()
    for ground in (Colour.Window, Colour.Base, Colour.Button):
        made.setColor(ground, QColor(colours.ground))
    for text in (Colour.WindowText, Colour.Text, Colour.ButtonText, Colour.PlaceholderText):
        made.setColor(text, QColor(colours.text))
    return made


def lane_flood(lane: int) -> Flood:
    """The colours of a lane, counted from 1; the same in light and dark, because they stand on the scanners too."""
    return _LANES[(lane - 1) % len(_LANES)]


def contrast(one: QColor, other: QColor) -> float:
    """How well one colour reads on the other: 1 not at all, 21 black on white."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def target() -> int:
    """The side of the smallest thing that a finger or a glove shall hit: 12 mm of a plain screen."""
    screen = QGuiApplication.primaryScreen()
    dots = max(96.0, screen.logicalDotsPerInch()) if screen else 96.0
    return math.ceil(SMALLEST_TARGET_MM / 25.4 * dots)


def scaled(font: QFont, factor: float, weight: QFont.Weight | None = None) -> QFont:
    """That font, larger or smaller, perhaps of another weight."""
    made = QFont(font)
    made.setPointSizeF(max(1.0, font.pointSizeF() * factor))
    if weight is not None:
        made.setWeight(weight)
    return made


class Theme(QObject):
    """Keeps the application in the appearance that was chosen, also when the system changes its mind."""

    def __init__(self, app: QApplication, appearance: Appearance = Appearance.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._appearance = appearance
        app.setStyle("Fusion")
        font = app.font()
        font.setPointSizeF(max(10.5, font.pointSizeF()))
        self._plain = font
        self._text_percent = 100
        app.setFont(font)
        FocusRings(app)
        app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        self.choose(appearance)

    @property
    def appearance(self) -> Appearance:
        """What was chosen last."""
        return self._appearance

    def choose(self, appearance: Appearance) -> None:
        """Take that appearance from now on."""
        self._appearance = appearance
        asked = {
            Appearance.SYSTEM: Qt.ColorScheme.Unknown,
            Appearance.LIGHT: Qt.ColorScheme.Light,
            Appearance.DARK: Qt.ColorScheme.Dark,
        }[appearance]
        self._app.styleHints().setColorScheme(asked)
        self._paint()

    @property
    def text_percent(self) -> int:
        """How large everything is written."""
        return self._text_percent

    def write(self, percent: int) -> None:
        """Write everything that large from now on, from 100 to 200: also what stands on the screen already."""
        percent = min(200, max(100, percent))
        factor = percent / self._text_percent
        if percent == self._text_percent:
            return
        self._text_percent = percent
        # What follows its parent grows by itself; what has a size of its own is told.
        own = [(each, each.font()) for each in self._app.allWidgets() if each.testAttribute(_SET_FONT)]
        self._app.setFont(scaled(self._plain, percent / 100))
        for widget, font in own:
            widget.setFont(scaled(font, factor))
        QTimer.singleShot(0, self, self._draw_anew)

    def _draw_anew(self) -> None:
        """Pictures are as large as the text beside them: whatever tints its own when colours change draws it anew."""
        for each in self._app.allWidgets():
            self._app.sendEvent(each, QEvent(QEvent.Type.PaletteChange))

    @Slot()
    def _on_scheme_changed(self) -> None:
        self._paint()

    def _paint(self) -> None:
        system = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        dark = self._appearance is Appearance.DARK or (self._appearance is Appearance.SYSTEM and system)
        self._app.setPalette(palette(dark))
        edged = palette(dark)
        edged.setColor(Colour.Window, QColor(_OUTLINE[dark]).lighter(140))
        for name in _OUTLINED:
            self._app.setPalette(edged, name)  # type: ignore[arg-type]  # stubs: bytes; it takes text
