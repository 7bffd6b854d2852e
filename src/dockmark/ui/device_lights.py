"""The lights of the devices at the foot of the window: one for each, with its lane, its name and how it stands."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QWidget

from dockmark.devices.lights import DeviceLight, DeviceSort, DeviceState
from dockmark.ui.cards import columns, emptied, gap
from dockmark.ui.icons import status_shape
from dockmark.ui.labels import Value
from dockmark.ui.lanes import lane_badge
from dockmark.ui.theme import Role
from dockmark.ui.words import _, printing, said, seen

if TYPE_CHECKING:
    from collections.abc import Sequence

_FACES: Final = {
    DeviceState.READY: (Role.OK, "ok"),
    DeviceState.OPENING: (Role.INFO, "info"),
    DeviceState.ABSENT: (Role.WARN, "warn"),
    DeviceState.BACKOFF: (Role.WARN, "warn"),
    DeviceState.FAULTED: (Role.WARN, "warn"),
}
_LONGEST: Final = 24


def light_name(light: DeviceLight) -> str:
    """What the device is called."""
    if light.sort is DeviceSort.WEDGE:
        return _("Keyboard scanner")
    if light.sort is DeviceSort.PRINTER:
        return _("Label printer")
    return seen(light.name, _LONGEST)


def light_word(light: DeviceLight) -> str:
    """How the device stands, in a word or two."""
    return {
        DeviceState.ABSENT: _("not connected"),
        DeviceState.OPENING: _("opening"),
        DeviceState.FAULTED: _("needs a hand"),
        DeviceState.BACKOFF: _("away, tried again"),
        DeviceState.READY: _("ready"),
    }[light.state]


def light_sentence(light: DeviceLight) -> str:
    """How the device stands and what to do about it."""
    if light.sort is DeviceSort.WEDGE:
        return _("Scanners that type are listened to, whatever has the focus.")
    if not light.detail:
        return f"{light_name(light)}: {light_word(light)}"
    words = printing(light.detail) if light.sort is DeviceSort.PRINTER else said(light.detail)
    return f"{light_name(light)}: {words}"


class LightItem(QWidget):
    """One device: its lane, the shape of its state, and its words. Words that are good news give way first."""

    def __init__(self, name: str, light: DeviceLight) -> None:
        super().__init__()
        self.setObjectName(name)
        self._light = light
        self._lane = QLabel()
        self._shape = QLabel()
        self.value = Value(f"{name}Words", 1.0, QFont.Weight.Normal)
        line = columns(self, spacing=0.6)
        for widget in (self._lane, self._shape, self.value):
            line.addWidget(widget)
        self.show_light(light)

    @property
    def is_good(self) -> bool:
        """Whether there is nothing to be done about this device."""
        return self._light.state is DeviceState.READY and not self._light.detail

    def show_light(self, light: DeviceLight) -> None:
        """Show how the device stands now."""
        self._light = light
        self.value.setText(self._words(0))
        sentence = light_sentence(light)
        self.setAccessibleName(sentence)
        self.setToolTip(f"<qt>{escape(sentence)}</qt>")  # told to be marked up, so that nothing in it is taken for it
        self._tint()

    def width_at(self, brevity: int) -> int:
        """The width at that brevity: 0 every word, 1 the words of what is not well, 2 no more than its name."""
        pictures = 2 if self._light.lane else 1
        words = "" if brevity and self.is_good else self._words(brevity)
        return self.fontMetrics().horizontalAdvance(words) + pictures * round(
            self.fontMetrics().height() + gap(self) * 0.6
        )

    def be_brief(self, brevity: int) -> None:
        """Say no more than there is room for."""
        self.value.setText(self._words(brevity))
        self.value.setVisible(not (brevity and self.is_good))

    def _words(self, brevity: int) -> str:
        name = light_name(self._light)
        if self.is_good or brevity > 1:
            return name
        word = light_word(self._light) if self._light.state is not DeviceState.READY else _("look here")
        return f"{name}: {word}"

    @property
    def words(self) -> str:
        """All that it would say with room enough."""
        return self._words(0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "value"):
            self._tint()

    def _tint(self) -> None:
        side = self.fontMetrics().height()
        self._lane.setVisible(bool(self._light.lane))
        if self._light.lane:
            self._lane.setPixmap(lane_badge(self._light.lane, side))
        role, shape = _FACES[self._light.state] if self.is_good or self._light.state is not DeviceState.READY else (
            Role.WARN, "warn",
        )  # fmt: skip
        self._shape.setPixmap(status_shape(shape, role, side, self.palette()))


class DeviceLights(QWidget):
    """All devices in a row. Its `text` says how the worst of them stands, or who is ready."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(_("Devices"))
        self._line = columns(self, spacing=1.8)
        self._items: dict[str, LightItem] = {}

    def show_lights(self, lights: Sequence[DeviceLight]) -> None:
        """Show these devices from now on; without any, the keyboard that always listens."""
        if not lights:
            lights = (DeviceLight("wedge", "", DeviceState.READY, sort=DeviceSort.WEDGE),)
        names = _names(lights)
        if names != list(self._items):
            emptied(self._line)
            self._items = {name: LightItem(name, light) for name, light in zip(names, lights, strict=True)}
            for item in self._items.values():
                self._line.addWidget(item)
        for name, light in zip(names, lights, strict=True):
            self._items[name].show_light(light)
        bad = [item.words for item in self._items.values() if not item.is_good]
        good = [light_name(light) for light in lights if light.sort is not DeviceSort.WEDGE]
        summary = bad[0] if bad else ", ".join(good[:3]) or light_name(lights[0])
        self.setProperty("text", summary)
        self.setAccessibleDescription(summary)
        self.updateGeometry()

    def width_at(self, brevity: int) -> int:
        """The width at that brevity: 0 every word, 1 the words of what is not well, 2 no more than their names."""
        return sum(item.width_at(brevity) + round(gap(self) * 2.4) for item in self._items.values())

    def be_brief(self, brevity: int) -> None:
        """Say no more than there is room for."""
        for item in self._items.values():
            item.be_brief(brevity)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() * 3 * max(1, len(self._items)), self.fontMetrics().height())


def _names(lights: Sequence[DeviceLight]) -> list[str]:
    """An object name for each light, made of its address."""
    made: list[str] = []
    for light in lights:
        plain = "printer" if light.sort is DeviceSort.PRINTER else light.url
        name = f"light_{re.sub(r'[^A-Za-z0-9-]', '_', plain)}"
        made.append(name if name not in made else f"{name}_{len(made)}")
    return made
