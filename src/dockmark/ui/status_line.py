"""The line at the bottom: station, operator, ledger, devices, labels still to be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from dockmark.ui.cards import columns, gap
from dockmark.ui.device_lights import DeviceLights
from dockmark.ui.icons import status_shape
from dockmark.ui.labels import Caption, Value
from dockmark.ui.lanes import Lane, lanes_of
from dockmark.ui.theme import Role
from dockmark.ui.words import _, ngettext, number, said, seen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dockmark.desks.views import JobView, StationInfo
    from dockmark.devices.lights import DeviceLight

_OK: Final = (Role.OK, "ok")
_WARN: Final = (Role.WARN, "warn")
_OPEN_JOBS: Final = ("queued", "sending", "unknown", "failed")


class _Item(QWidget):
    """One thing: caption, shape, word."""

    def __init__(self, name: str, says: str, *, shaped: bool) -> None:
        super().__init__()
        self._face: tuple[Role, str] | None = None
        self.value = Value(name, 1.0, QFont.Weight.Normal)
        self._shape = QLabel()
        self._shape.setVisible(shaped)
        line = columns(self, spacing=0.7)
        self.caption = Caption(says, self.value)
        line.addWidget(self.caption)
        line.addWidget(self._shape)
        line.addWidget(self.value)

    def say(self, text: str, face: tuple[Role, str] | None = None) -> None:
        self.value.setText(seen(text) or "—")
        self._face = face
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_face"):
            self._tint()

    def _tint(self) -> None:
        self._shape.setVisible(self._face is not None)
        if self._face is not None:
            role, shape = self._face
            self._shape.setPixmap(status_shape(shape, role, self.fontMetrics().height(), self.palette()))


class StatusLine(QWidget):
    """Says how everything stands that the clerk does not have in hand."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("statusLine")
        self.setAccessibleName(_("State of the station"))
        self._station = _Item("statusStation", _("Station"), shaped=False)
        self._operator = _Item("statusOperator", _("Operator"), shaped=False)
        self._ledger = _Item("statusLedger", _("Ledger"), shaped=True)
        self._devices = DeviceLights("statusDevices")
        self._device_caption = Caption(_("Devices"))
        self._spool = _Item("statusSpool", _("Labels"), shaped=True)
        line = columns(self, spacing=3)
        line.setContentsMargins(gap(self), 0, gap(self), 0)
        for item in (self._station, self._operator, self._ledger):
            line.addWidget(item)
        line.addStretch(1)
        for widget in (self._device_caption, self._devices, self._spool):
            line.addWidget(widget)
        self.show_info(None)
        self.show_devices(())
        self.show_jobs(())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Where it is narrow, captions go first, then the names of devices that are well."""
        items = (self._station, self._operator, self._ledger, self._spool)
        between = gap(self) * 3 * (len(items) + 2)
        shapes = 2 * (self.fontMetrics().height() + gap(self))
        plain = sum(item.value.sizeHint().width() for item in items) + shapes + between
        told = (*(item.caption for item in items), self._device_caption)
        captions = sum(caption.sizeHint().width() + gap(self) for caption in told)
        has_room = plain + captions + self._devices.width_at(0) <= self.width()
        self._device_caption.setVisible(has_room)
        for item in items:
            item.caption.setVisible(has_room)
        fitting = (brevity for brevity in (0, 1) if plain + self._devices.width_at(brevity) <= self.width())
        self._devices.be_brief(next(fitting, 2))

    def show_info(self, info: StationInfo | None) -> None:
        """Who works where, and whether anything may be recorded."""
        if info is None:
            for item in (self._station, self._operator):
                item.say("")
            self._ledger.say(_("not open"))
            return
        self._station.say(info.name)
        self._operator.say(info.operator_name or info.operator)
        if info.read_only:
            self._ledger.say(_("read only: {why}").format(why=said(info.read_only)), _WARN)
        else:
            self._ledger.say(_("recording"), _OK)

    def show_devices(self, lights: Sequence[DeviceLight]) -> None:
        """A light for each device; without any, the keyboard wedge that always listens."""
        self._devices.show_lights(lights)
        self._lanes = lanes_of(lights)
        self._share()

    def lane_of(self, device: str) -> Lane | None:
        """The lane of the scanner whose scans bear this device."""
        return self._lanes.get(device)

    def show_jobs(self, jobs: Sequence[JobView]) -> None:
        """How many labels still wait, and whether one needs an answer."""
        waiting = [job for job in jobs if job.state in _OPEN_JOBS]
        unsure = [job for job in waiting if job.state in ("unknown", "failed")]
        if unsure:
            words = ngettext("{count} asks for you", "{count} ask for you", len(unsure))
            self._spool.say(words.format(count=number(len(unsure))), _WARN)
        elif waiting:
            words = ngettext("{count} waits", "{count} wait", len(waiting))
            self._spool.say(words.format(count=number(len(waiting))), (Role.INFO, "info"))
        else:
            self._spool.say(_("all printed"), _OK)
