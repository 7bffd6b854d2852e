"""Lanes: which scanner a scan came from, told by a letter on a colour, and by its name."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPainter, QPalette, QPen, QPixmap, QPixmapCache

from dockmark.devices.lights import DeviceLight
from dockmark.ui.theme import lane_flood
from dockmark.ui.words import _, seen

LANES = 6


@dataclass(frozen=True, slots=True)
class Lane:
    """The lane of one scanner: its number from 1, and what people call the scanner."""

    number: int
    name: str

    @property
    def letter(self) -> str:
        """A for the first."""
        return chr(ord("A") + self.number - 1)

    @property
    def words(self) -> str:
        """Letter and name, for tools and screen readers."""
        return _("Lane {letter}, {name}").format(letter=self.letter, name=seen(self.name))


def lanes_of(lights: Iterable[DeviceLight]) -> dict[str, Lane]:
    """The lane of each device that has one, by what its scans bear."""
    return {light.url: Lane(light.lane, light.name) for light in lights if light.lane}


def lane_badge(lane: int, side: int) -> QPixmap:
    """The letter of a lane on its colour, edged so that it stands out on any ground."""
    ratio = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
    edge = QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)
    key = f"lane|{lane}|{side}|{ratio}|{edge.name()}"
    picture = QPixmap()
    if QPixmapCache.find(key, picture):
        return picture
    picture = _painted(lane, side, ratio, edge)
    QPixmapCache.insert(key, picture)
    return picture


def _painted(lane: int, side: int, ratio: float, edge: QColor) -> QPixmap:
    colours = lane_flood(lane)
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(QColor(colours.ground))
    box = QRectF(0.5, 0.5, side - 1, side - 1)
    painter.drawRoundedRect(box, side * 0.22, side * 0.22)
    font = QFont(QGuiApplication.font())
    font.setPixelSize(max(1, round(side * 0.68)))
    font.setWeight(QFont.Weight.Bold)
    painter.setFont(font)
    painter.setPen(QColor(colours.text))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), Lane(lane, "").letter)
    painter.end()
    return picture
