"""What the window keeps for bad days: the log, the word whether it was closed, where somebody was."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dockmark.ui.caretaker import Caretaker

if TYPE_CHECKING:
    from dockmark.station.logs import Crash, WindowSession
    from dockmark.ui.bridge import Bridge
    from dockmark.ui.resume import Resume
    from dockmark.ui.service import Service
    from dockmark.ui.shell import Shell
    from dockmark.ui.unanswered import Unanswered


class Keeper:
    """Begun off the window's thread; without a state folder it only watches, and keeps nothing."""

    def __init__(self, state: Path | None) -> None:
        self._state = state
        self._session: WindowSession | None = None
        self._crash: Crash | None = None
        self._caretaker: Caretaker | None = None
        self._resume: Resume | None = None
        self._unanswered: Unanswered | None = None

    def begin(self) -> None:
        """Open the log, and look how the window before ended."""
        if self._state is None:
            return
        from dockmark.station.logs import WindowSession, begin_log

        begin_log(self._state)
        self._session = WindowSession(self._state)
        self._crash = self._session.begin()

    def watch(self, shell: Shell, bridge: Bridge, data: Path | None) -> None:
        """The window is built: watch over it, and say what has to be said. That ledger is being opened."""
        self._caretaker = Caretaker(shell, bridge)
        if self._state is not None:
            from dockmark.ui.resume import Resume

            self._resume = Resume(shell, bridge, self._state / "window")
            from dockmark.ui.unanswered import Unanswered

            self._unanswered = Unanswered(shell, self._state / "window")
            if data is not None:
                self._unanswered.expect(data)
        if self._crash is not None:
            self._caretaker.tell_of(self._crash)

    def attend(self, service: Service) -> None:
        """A station is open: back to where somebody was with it."""
        if self._caretaker is not None:
            self._caretaker.attend(service)
        if self._resume is not None:
            self._resume.bring_back(service.info.data)
        if self._unanswered is not None:
            self._unanswered.attend(service.info.data)

    def rest(self) -> None:
        """The station is going to be closed."""
        if self._resume is not None:
            self._resume.rest()
        if self._unanswered is not None:
            self._unanswered.rest()
        if self._caretaker is not None:
            self._caretaker.attend(None)

    def close(self) -> None:
        """The window was closed as it should be, and the station with it."""
        if self._unanswered is not None:
            self._unanswered.close()
        if self._caretaker is not None:
            self._caretaker.close()
        if self._session is not None:
            self._session.end()
