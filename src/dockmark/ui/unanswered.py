"""Sees to it that no scan is lost with the window: what waits too long is kept, and offered at the next start."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

import shiboken6
from PySide6.QtCore import QObject, QTimer

from dockmark.ui.actions import Work, action
from dockmark.ui.notices import Notice
from dockmark.ui.scan_shelf import Shelved, read_shelf, shelved, write_shelf
from dockmark.ui.theme import Role
from dockmark.ui.words import _, ngettext, number

if TYPE_CHECKING:
    from dockmark.ui.shell import Shell

_LOOK_MS: Final = 300
"""What was answered before is never written."""


class Unanswered(QObject):
    """Keeps them in the state folder, for each data folder apart."""

    def __init__(self, shell: Shell, folder: Path) -> None:
        super().__init__(shell)
        self._shell = shell
        self._folder = folder
        self._file: Path | None = None
        self._offered: list[Shelved] = []
        self._written: list[Shelved] = []
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.keep)
        self._acts = [
            action(shell, None, Work(_("Take the scans that were not answered"), "Alt+Shift+N", self._on_go_on)),
            action(shell, None, Work(_("Throw away the scans that were not answered"), "Alt+Shift+W",
                                     self._on_throw_away)),
        ]  # fmt: skip
        self._enable()

    def expect(self, data: Path) -> None:
        """That ledger is being opened: what is scanned meanwhile waits for it."""
        file = self._folder / f"scans-{sha256(str(data.absolute()).encode()).hexdigest()[:16]}.json"
        if file != self._file:
            self._file = file
            self._offered = self._written = read_shelf(file)
        self._timer.start()

    def attend(self, data: Path) -> None:
        """It is open: offer what waited for it when the window ended."""
        self.expect(data)
        self._offer()

    def rest(self) -> None:
        """The ledger is going to be closed. What it still answers is taken off by a last `keep`."""
        self._timer.stop()
        self._shell.notices.take_back("unanswered")
        for each in self._acts:
            each.setEnabled(False)

    def close(self) -> None:
        """The ledger is closed: whatever it did not answer stays kept."""
        self.keep()
        self._file = None

    def keep(self) -> None:
        """Write down what waits now, where it is not written already."""
        if self._file is None or not shiboken6.isValid(self._shell):
            return
        now = [*self._offered, *(shelved(desk, scan) for desk, scan in self._shell.gate.unanswered())]
        if now != self._written and write_shelf(self._file, now):
            self._written = now

    def _offer(self) -> None:
        self._enable()
        count = len(self._offered)
        if not count:
            self._shell.notices.take_back("unanswered")
            return
        if self._offered[0].scan is None:
            words = _("Before these scans somebody scanned a badge. Scan yours, then go on.")
        else:
            words = ngettext(
                "{count} scan was not answered when the window closed. It is not recorded.",
                "{count} scans were not answered when the window closed. They are not recorded.", count,
            ).format(count=number(count))  # fmt: skip
        notice = Notice(
            Role.WARN, words, _("Take them now"), self._on_go_on, may_close=False, other=_("Throw away"),
            do_other=self._on_throw_away,
        )  # fmt: skip
        self._shell.notices.say("unanswered", notice)

    def _enable(self) -> None:
        for each in self._acts:
            each.setEnabled(bool(self._offered))

    def _on_go_on(self) -> None:
        """In their order, up to the next badge; a badge itself has to be scanned again."""
        waiting = self._offered[1:] if self._offered[0].scan is None else self._offered
        badge = next((place for place, each in enumerate(waiting) if each.scan is None), len(waiting))
        self._offered = waiting[badge:]
        for each in waiting[:badge]:
            if each.scan is not None:
                self._shell.gate.take_for(each.desk, each.scan)
        self._offer()
        self.keep()

    def _on_throw_away(self) -> None:
        self._offered = []
        self._offer()
        self.keep()
