"""The line at the bottom: station, operator, ledger, devices, labels still to be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from dockmark.devices.lights import DeviceLight, DeviceState
from dockmark.ui.cards import columns, gap
from dockmark.ui.icons import status_shape
from dockmark.ui.labels import Caption, Value
from dockmark.ui.theme import Role
from dockmark.ui.words import _, ngettext, number, said, seen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dockmark.desks.views import JobView, StationInfo

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

    def natural_width(self) -> int:
        """The width with its caption."""
        return self.caption.sizeHint().width() + self.value.sizeHint().width() + gap(self) * 4

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
        self._devices = _Item("statusDevices", _("Scanner"), shaped=True)
        self._spool = _Item("statusSpool", _("Labels"), shaped=True)
        line = columns(self, spacing=3)
        line.setContentsMargins(gap(self), 0, gap(self), 0)
        for item in (self._station, self._operator, self._ledger):
            line.addWidget(item)
        line.addStretch(1)
        for item in (self._devices, self._spool):
            line.addWidget(item)
        self.show_info(None)
        self.show_devices(())
        self.show_jobs(())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        items = (self._station, self._operator, self._ledger, self._devices, self._spool)
        wanted = sum(item.natural_width() for item in items) + gap(self) * 3 * len(items)
        for item in items:
            item.caption.setVisible(wanted <= self.width())

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
        """The device that is worst off; without any, the keyboard wedge that always listens."""
        bad = [light for light in lights if light.state is not DeviceState.READY]
        if not lights:
            self._devices.say(_("keyboard, listening"), _OK)
        elif bad:
            words = {
                DeviceState.ABSENT: _("not connected"),
                DeviceState.OPENING: _("opening"),
                DeviceState.FAULTED: _("needs a hand"),
                DeviceState.BACKOFF: _("away, tried again"),
            }
            self._devices.say(f"{bad[0].name}: {words.get(bad[0].state, bad[0].state.value)}", _WARN)
        else:
            self._devices.say(", ".join(light.name for light in lights[:3]), _OK)

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
