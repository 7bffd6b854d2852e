"""Keeps an eye on what work rests on: the ledger's lock, the disk, faults of our own; and says so in the notices."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from dockmark.station.disk import MB, Room, RoomState
from dockmark.station.faults import FAULTS, Fault
from dockmark.station.logs import Crash
from dockmark.ui.bridge import Bridge
from dockmark.ui.notices import Notice, Notices
from dockmark.ui.service import Service
from dockmark.ui.shell import Shell
from dockmark.ui.theme import Role
from dockmark.ui.words import _, ngettext, number

LOOK_MS: Final = 5000


class Caretaker(QObject):
    """Tells of trouble in words, once, and takes it back by itself when it is over."""

    _faulted = Signal(object)  # Fault

    def __init__(self, shell: Shell, bridge: Bridge) -> None:
        super().__init__(shell)
        self._shell = shell
        self._notices: Notices = shell.notices
        self._bridge = bridge
        self._service: Service | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._faulted.connect(self._on_fault)
        bridge.told.connect(self._on_told)
        FAULTS.listen(self._faulted.emit)

    def attend(self, service: Service | None) -> None:
        """Watch over that station from now on, or over none."""
        self._service = service
        self._notices.take_back("locked")
        if service is None:
            self._timer.stop()
        else:
            self._timer.start()
            self.look()

    def close(self) -> None:
        """Watch no longer."""
        FAULTS.listen(None)
        self.attend(None)

    def tell_of(self, crash: Crash) -> None:
        """The window before this one ended by itself."""
        words = _("Dockmark ended unexpectedly last time. Everything recorded is there, and work goes on where it was.")
        self._notices.say("crash", Notice(Role.INFO, words, _("Make a report…"), self._report))

    # -- the disk -------------------------------------------------------------------------------------------------

    def look(self) -> None:
        if self._service is not None:
            self._bridge.ask(self, self._service.room(), self._on_room, failed=self._on_no_room, topic="room")

    def _on_room(self, room: Room) -> None:
        free = number(room.free // MB)
        if room.state is RoomState.OUT:
            words = _("The disk is full but for {free} MB: new scans are not taken. Make room; work goes on by itself.")
            self._notices.say("disk", Notice(Role.STOP, words.format(free=free), may_close=False))
        elif room.state is RoomState.LOW:
            words = _("The disk has only {free} MB left. Make room soon: below 50 MB no new scans are taken.")
            self._notices.say("disk", Notice(Role.WARN, words.format(free=free), may_close=False))
        else:
            self._notices.take_back("disk")

    def _on_no_room(self, _why: BaseException) -> None:
        """The station is being closed: nothing to tell."""

    # -- the lock -------------------------------------------------------------------------------------------------

    def _on_told(self, news: str, content: object) -> None:
        if news != "waiting":
            return
        if not isinstance(content, float) or self._service is None:
            self._notices.take_back("locked")
            return
        seconds = max(1, round(content))
        words = ngettext(
            "Another program has held the ledger for {count} second, perhaps a backup."
            " What you scan waits and is recorded as soon as it is free.",
            "Another program has held the ledger for {count} seconds, perhaps a backup."
            " What you scan waits and is recorded as soon as it is free.",
            seconds,
        ).format(count=number(seconds))
        self._notices.say("locked", Notice(Role.WARN, words, may_close=False))

    # -- faults of our own ----------------------------------------------------------------------------------------

    def _on_fault(self, fault: object) -> None:
        if not isinstance(fault, Fault):
            return
        words = _("Something went wrong inside Dockmark ({what}). It was written down; work goes on.")
        self._notices.say("fault", Notice(Role.WARN, words.format(what=fault.kind), _("Make a report…"), self._report))

    def _report(self) -> None:
        from dockmark.ui.support_dialog import SupportDialog

        dialog = SupportDialog(self._shell, self._bridge, self._service)
        dialog.finished.connect(dialog.deleteLater)
        dialog.ask()
