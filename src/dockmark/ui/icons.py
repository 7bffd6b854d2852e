"""The drawings of the window, tinted from the palette so that they read in light and dark."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from dockmark.packed import packed
from dockmark.ui.theme import Role, flood


@lru_cache(maxsize=128)
def _drawing(name: str) -> bytes:
    return packed("icons", f"{name}.svg").read_bytes()


def drawn(name: str, side: int, colour: QColor, mark: QColor | None = None) -> QPixmap:
    """That drawing in one colour (and the mark on it in another), sharp on the densest screen there is."""
    ratio = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
    key = f"{name}|{side}|{ratio}|{colour.name()}|{mark.name() if mark else ''}"
    picture = QPixmap()
    if QPixmapCache.find(key, picture):
        return picture
    picture = _painted(name, round(side * ratio), colour, mark)
    picture.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, picture)
    return picture


def _painted(name: str, dots: int, colour: QColor, mark: QColor | None) -> QPixmap:
    source = _drawing(name).replace(b"currentColor", colour.name().encode())
    if mark is not None:
        source = source.replace(b"markColor", mark.name().encode())
    picture = QPixmap(dots, dots)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(source)).render(painter, QRectF(picture.rect()))
    painter.end()
    return picture


def icon(name: str, side: int, palette: QPalette, role: QPalette.ColorRole = QPalette.ColorRole.ButtonText) -> QIcon:
    """That drawing as an icon in a colour of the palette, greyed where disabled."""
    made = QIcon(drawn(name, side, palette.color(role)))
    faded = drawn(name, side, palette.color(QPalette.ColorGroup.Disabled, role))
    made.addPixmap(faded, QIcon.Mode.Disabled)
    return made


def status_shape(shape: str, role: Role, side: int, palette: QPalette) -> QPixmap:
    """The shape of a status as it stands on a card: its own ink, the mark cut out in the card's ground."""
    ink = QColor(flood(role, palette).ink)
    return drawn(f"shape_{shape}", side, ink, palette.color(QPalette.ColorRole.Base))
