"""The scanners of this station: kept beside its other settings, opened, closed and changed while work goes on.

They are kept in a file of the state folder and not in the ledger: cables belong to this machine, whatever data folder
is open, and a copy of the data must not carry the ports of another machine along.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeVar

from dockmark.devices.hid_ports import hid_scanners
from dockmark.devices.lights import DeviceLight, DeviceState
from dockmark.devices.scanner_kinds import AnyScanner, scanner_at
from dockmark.devices.scanner_thread import Heard, ScannerNote
from dockmark.devices.serial_ports import FoundPort, serial_ports
from dockmark.devices.serial_profile import Doubt
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.scanner_settings import (
    FILE,
    LANES,
    ScannerSettings,
    checked,
    keep_scanners,
    kept_scanners,
    lane_letter,
)
from dockmark.station.workers import Workers

__all__ = ["FILE", "ScannerSettings", "ScannerTried", "ScannerView", "Scanners", "lane_letter"]

T = TypeVar("T")
log = logging.getLogger(__name__)

WAIT_S: Final = 2.0
MOST: Final = 16


@dataclass(frozen=True, slots=True)
class ScannerView:
    """One scanner: how it is set, and how it stands."""

    settings: ScannerSettings
    note: ScannerNote


@dataclass(frozen=True, slots=True)
class ScannerTried:
    """What came from the scanner that is being tried out; it went to no desk."""

    id: str
    heard: Heard


class Scanners:
    """Owns the scanners. What changes them returns a Future and is done on one thread, in order.

    It tells `scanned` (a `Scan`, to go to the desk that is open) and `scanner_tried` (a `ScannerTried`), each on the
    thread of its scanner and in its order; `lit` is called when how one of them stands has changed.
    """

    def __init__(self, file: Path, tell: Callable[[str, object], None], lit: Callable[[], None]) -> None:
        self._file: Final = file
        self._tell: Final = tell
        self._lit: Final = lit
        self._lock: Final = threading.Lock()
        self._hands: Final = Workers(1, thread_name_prefix="scanners")
        self._settings: tuple[ScannerSettings, ...] = kept_scanners(file)
        self._running: dict[str, AnyScanner] = {}
        self._tried = ""
        self._is_on = False

    @property
    def settings(self) -> tuple[ScannerSettings, ...]:
        """The scanners of this station, in the order of their lanes."""
        with self._lock:
            return tuple(sorted(self._settings, key=lambda each: (each.lane, each.name)))

    def views(self) -> tuple[ScannerView, ...]:
        """How each scanner is set and stands."""
        return tuple(ScannerView(each, self._note(each.id)) for each in self.settings)

    def lights(self) -> tuple[DeviceLight, ...]:
        """A light for each scanner."""
        return tuple(
            DeviceLight(view.settings.device, view.settings.name, view.note.state, view.note.code,
                        lane=view.settings.lane)
            for view in self.views()
        )  # fmt: skip

    def start(self) -> None:
        """Open all of them, each on a thread of its own; returns at once. Starting twice is fine."""
        self._hands.submit(self._start)

    def close(self) -> None:
        """Close them; a port that hangs is left to itself."""
        with self._lock:
            self._is_on = False
            running, self._running = list(self._running.values()), {}
        self._hands.shutdown(wait=True, cancel_futures=True)
        _close(running)

    # -- changing them ----------------------------------------------------------------------------------------------

    def add(self, settings: ScannerSettings) -> "Future[ScannerSettings]":
        """Take a scanner into use. Without an id, name or lane it is given the next free one."""
        return self._submit(self._add, settings)

    def change(self, settings: ScannerSettings) -> "Future[ScannerSettings]":
        """Set the scanner of that id anew; it is opened anew where that is needed."""
        return self._submit(self._change, settings)

    def remove(self, id: str) -> "Future[None]":
        """Use that scanner no more."""
        return self._submit(self._remove, id)

    def found(self) -> "Future[tuple[FoundPort, ...]]":
        """The HID POS scanners and serial ports of this machine, those in use here left out."""
        return self._submit(self._found)

    def try_out(self, id: str) -> None:
        """What this scanner sends is told as `scanner_tried` and goes to no desk, until another or none is named."""
        with self._lock:
            self._tried = id

    # -- on the thread that changes them ------------------------------------------------------------------------------

    def _submit(self, work: "Callable[..., T]", *what: object) -> "Future[T]":
        return self._hands.submit(work, *what)

    def _start(self) -> None:
        with self._lock:
            self._is_on = True
        for each in self.settings:
            self._open(each)
        self._lit()

    def _add(self, wanted: ScannerSettings) -> ScannerSettings:
        others = self.settings
        if len(others) >= MOST:
            raise Refusal(Refused.BAD_VALUE, field="scanner", value=wanted.port[:60])
        ids = {each.id for each in others}
        lanes = {each.lane for each in others}
        lane = wanted.lane or next((number for number in range(1, LANES + 1) if number not in lanes), 1)
        made = replace(
            wanted,
            id=next(str(number) for number in range(1, MOST + 2) if str(number) not in ids),
            name=wanted.name.strip() or _free_name(lane, others),
            port=str(wanted.address),
            lane=lane,
        )
        checked(made, others)
        self._keep((*others, made))
        self._open(made)
        self._lit()
        return made

    def _change(self, wanted: ScannerSettings) -> ScannerSettings:
        before = self._named(wanted.id)
        wanted = replace(wanted, name=wanted.name.strip(), port=str(wanted.address))
        others = tuple(each for each in self.settings if each.id != wanted.id)
        checked(wanted, others)
        self._keep((*others, wanted))
        if (before.device, before.port, before.profile) != (wanted.device, wanted.port, wanted.profile):
            self._shut(wanted.id)
            self._open(wanted)
        self._lit()
        return wanted

    def _remove(self, id: str) -> None:
        self._named(id)
        self._keep(tuple(each for each in self.settings if each.id != id))
        self._shut(id)
        self._lit()

    def _found(self) -> tuple[FoundPort, ...]:
        with self._lock:
            used = {scanner.note.path for scanner in self._running.values()}
            used |= {each.port for each in self._settings}
        listed = (*hid_scanners(), *serial_ports())
        return tuple(port for port in listed if port.path not in used and str(port.address) not in used)

    def _named(self, id: str) -> ScannerSettings:
        found = next((each for each in self.settings if each.id == id), None)
        if found is None:
            raise Refusal(Refused.BAD_VALUE, field="scanner", value=id[:60])
        return found

    def _keep(self, settings: tuple[ScannerSettings, ...]) -> None:
        keep_scanners(self._file, settings)
        with self._lock:
            self._settings = settings

    def _open(self, settings: ScannerSettings) -> None:
        scanner = scanner_at(
            settings.device, settings.address, settings.profile,
            lambda heard: self._take(settings.id, heard), lambda note: self._lit(),
        )  # fmt: skip
        with self._lock:
            if not self._is_on or settings.id in self._running:
                return
            self._running[settings.id] = scanner
        scanner.start()

    def _shut(self, id: str) -> None:
        with self._lock:
            scanner = self._running.pop(id, None)
        if scanner is not None:
            _close([scanner])

    # -- on the threads of the scanners -------------------------------------------------------------------------------

    def _take(self, id: str, heard: Heard) -> None:
        with self._lock:
            is_tried, is_on = self._tried == id, self._is_on
        if is_tried:
            self._tell("scanner_tried", ScannerTried(id, heard))
        elif heard.scan is not None and is_on:
            self._tell("scanned", heard.scan)
        elif heard.doubt is not Doubt.NOTHING:
            log.info("scanner %s: %s, %d bytes", id, heard.doubt, len(heard.raw))

    def _note(self, id: str) -> ScannerNote:
        with self._lock:
            scanner = self._running.get(id)
        return scanner.note if scanner is not None else ScannerNote(DeviceState.OPENING)


def _close(scanners: list[AnyScanner]) -> None:
    for each in scanners:
        each.stop()
    for each in scanners:
        each.close(WAIT_S)


def _free_name(lane: int, others: tuple[ScannerSettings, ...]) -> str:
    """`LANE-A`, or where another bears it, `LANE-A-2` and so on."""
    taken = {each.name.casefold() for each in others}
    plain = f"LANE-{lane_letter(lane)}"
    names = [plain, *(f"{plain}-{number}" for number in range(2, MOST + 2))]
    return next(name for name in names if name.casefold() not in taken)
