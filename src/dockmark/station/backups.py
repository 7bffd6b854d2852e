"""The backups of a workstation: made once a day by themselves and whenever somebody asks, told of while they go on."""

import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dockmark.record.refusal import Conflict, Refusal
from dockmark.station.backing_up import backups_in, drop_old, make_backup
from dockmark.station.backup_files import Backup
from dockmark.station.backup_settings import BackupSettings, is_due, keep_settings, kept_settings
from dockmark.station.faults import FAULTS
from dockmark.station.folders import state_folder
from dockmark.station.imports import yielding
from dockmark.station.workers import Workers

if TYPE_CHECKING:
    from dockmark.station.station import Station

_FIRST_S: Final = 120.0
"""So long after somebody came to work it is looked for the first time: the morning's first scans come first."""
_LOOK_S: Final = 600.0
_TOLD_EVERY_S: Final = 0.1


class CalledOff(Exception):  # noqa: N818 - says what happened
    """Somebody did not want the backup any more, or the station closes."""


@dataclass(frozen=True, slots=True)
class BackupNews:
    """How far a backup is (`stage`, `done` of `total`); `code` where it was refused; all empty when it ended well."""

    stage: str = ""
    done: int = 0
    total: int = 0
    code: str = ""
    facts: tuple[tuple[str, object], ...] = ()


class Backups:
    """One backup at a time, on a thread of its own. Tells `backup` news."""

    def __init__(self, station: "Station") -> None:
        self._station = station
        self._thread = Workers(1, thread_name_prefix="backup")
        self._asked = Workers(1, thread_name_prefix="backups asked")
        self._called_off = threading.Event()
        self._over = threading.Event()
        self._clockwork: threading.Thread | None = None
        self._told = 0.0
        self.is_under_way = False

    def settings(self) -> BackupSettings:
        """Where they lie, whether one is made every day, and how many stay."""
        return kept_settings(state_folder(), self._station.data)

    def use(self, settings: BackupSettings) -> Future[BackupSettings]:
        """Keeps other settings; they hold from the next backup on."""

        def work() -> BackupSettings:
            keep_settings(state_folder(), self._station.data, settings)
            return self.settings()

        return self._asked.submit(work)

    def all(self) -> Future[list[Backup]]:
        """The backups of this ledger in the folder, the latest first."""
        return self._asked.submit(lambda: backups_in(self.settings().folder, self._station.ledger.identity.ledger))

    def make(self) -> Future[Backup]:
        """Makes one now. The Future raises the Refusal, or `CalledOff` after `cancel`."""
        self._called_off.clear()
        return self._thread.submit(self._made)

    def cancel(self) -> None:
        """Calls off what is under way: nothing of it stays."""
        self._called_off.set()

    def begin(self) -> None:
        """From now on one is made every day, where that is wanted. A practice depot is not worth one."""
        if self._clockwork is None and not self._station.is_training and not self._station.ledger.read_only:
            self._clockwork = threading.Thread(target=self._look_daily, name="backup clock", daemon=True)
            self._clockwork.start()

    def close(self) -> None:
        """Calls off what is under way and ends the threads."""
        self._over.set()
        self._called_off.set()
        if self._clockwork is not None:
            self._clockwork.join()
        self._thread.shutdown(wait=True, cancel_futures=True)
        self._asked.shutdown(wait=True, cancel_futures=True)

    def make_if_due(self) -> bool:
        """Makes one where none was made within a day; true where one was. What is refused is told, not raised."""
        if not self.settings().daily:
            return False
        try:
            station = self._station.ledger.identity.station
            ours = [it.made_us for it in self.all().result() if it.station == station]
            if not is_due(ours, self._station.ledger.clock.now_us()):
                return False
            self.make().result()
        except (Refusal, Conflict, CalledOff):
            return False
        return True

    def _look_daily(self) -> None:
        wait = _FIRST_S
        while not self._over.wait(wait):
            wait = _LOOK_S
            try:
                self.make_if_due()
            except Exception as trouble:  # the border of this thread: the next look comes all the same
                if not self._over.is_set():
                    FAULTS.take(trouble, "daily backup")

    def _made(self) -> Backup:
        settings, news = self.settings(), BackupNews()
        self.is_under_way = True
        try:
            with yielding():
                made = make_backup(self._station.ledger, self._station.data, settings.folder, self._tell)
            drop_old(settings.folder, made, settings.keep)
        except Refusal as no:
            news = BackupNews(code=no.code.value, facts=tuple(no.facts.items()))
            raise
        finally:
            self.is_under_way = False
            self._station.tell("backup", news)
        return made

    def _tell(self, stage: str, done: int, total: int) -> None:
        if self._called_off.is_set():
            raise CalledOff
        now = time.monotonic()
        if now - self._told >= _TOLD_EVERY_S or done >= total:
            self._told = now
            self._station.tell("backup", BackupNews(stage, done, total))
