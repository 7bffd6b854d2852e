"""A scanner on a serial port, read by a thread of its own that finds it again when it was unplugged."""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dockmark.devices.framer import IDLE_MS, Ended, Frame, Framer, Suffix
from dockmark.devices.lights import DeviceState
from dockmark.devices.scanner_thread import Heard, ScannerNote, ScannerThread
from dockmark.devices.serial_ports import READ_S, PortTrouble, find_port, open_port, trouble_of
from dockmark.devices.serial_profile import Doubt, SerialProfile, scan_of
from dockmark.devices.serial_url import PortAddress

if TYPE_CHECKING:
    import serial

log = logging.getLogger(__name__)

TORN_MS: Final = 500
"""No scanner pauses that long inside a scan: what is held then has lost its ending."""
SLOW_OPEN_S: Final = 3.0
_LOOK_EVERY: Final = 10
"""After so many empty reads it is looked whether the port still stands where it was opened."""

Opener = Callable[[str, SerialProfile], "serial.Serial"]


class SerialScanner(ScannerThread):
    """A scanner on a serial port."""

    def __init__(
        self,
        device: str,
        address: PortAddress,
        profile: SerialProfile,
        on_heard: Callable[[Heard], None],
        on_note: Callable[[ScannerNote], None],
        opener: Opener = open_port,
    ) -> None:
        super().__init__(device, address, profile, on_heard, on_note)
        self._opener: Final = opener
        self._opening = ""

    def _read_until_lost(self) -> bool:
        path = find_port(self.address)
        if isinstance(path, PortTrouble):
            self._tell_away(path)
            return False
        stands = Path(path).resolve() if "/" in path else None
        port = self._open(path)
        if port is None:
            return False
        try:
            self._read(port, path, stands)
        finally:
            _let_go(port)
        return True

    def _open(self, path: str) -> "serial.Serial | None":
        slow = threading.Timer(SLOW_OPEN_S, self._tell_slow)
        slow.daemon = True
        self._opening = path
        slow.start()
        try:
            port = self._opener(path, self.profile)
        except (OSError, ValueError) as error:
            self._tell_away(trouble_of(error), path)
            return None
        finally:
            self._opening = ""
            slow.cancel()
        if self._stop.is_set():  # it hung until nobody wanted it any more
            _let_go(port)
            return None
        self._tell_open(path)
        return port

    def _read(self, port: "serial.Serial", path: str, stands: Path | None) -> None:
        by_pause = self.profile.suffix is Suffix.IDLE
        # A prefix says itself what stands before a scan; without one, STX does not belong to it.
        start = b"" if self.profile.prefix else b"\x02"
        framer = Framer(self.profile.suffix, idle_ms=IDLE_MS if by_pause else TORN_MS, start=start)
        quiet_ms, empty = 0, 0
        while not self._stop.is_set():
            before = time.monotonic()
            data, is_lost = _take(port)
            if data:
                empty = 0
                self._take_frames(framer.feed(data, quiet_ms), path)
            else:
                # Time counts while nothing came, not while this thread had to wait for others.
                quiet_ms += round(min(time.monotonic() - before, READ_S) * 1000)
                empty += 1
                self._take_frames(framer.tick(quiet_ms), path)
            if is_lost or (empty % _LOOK_EVERY == _LOOK_EVERY - 1 and _has_gone(path, stands)):
                self._tell(DeviceState.BACKOFF, Doubt.CUT_OFF if framer.lose() else PortTrouble.LOST, path)
                return

    def _take_frames(self, frames: list[Frame], path: str) -> None:
        for frame in frames:
            scan, doubt = scan_of(frame, self.profile, self.device)
            is_crackle = frame.ended is Ended.IDLE and doubt is Doubt.GARBLED and len(frame.raw) <= 2
            if is_crackle or (scan is None and doubt is Doubt.NOTHING):
                continue  # bytes of a plug, or an ending without a scan
            self._hear(frame.raw, scan, doubt, path, frame.ending)

    def _tell_slow(self) -> None:
        if path := self._opening:
            self._tell(DeviceState.FAULTED, PortTrouble.SLOW, path)


def _take(port: "serial.Serial") -> tuple[bytes, bool]:
    """What came, and whether the line broke after it: what was read before a break is not lost with it."""
    data = b""
    try:
        data = port.read(1)
        if data and (waiting := port.in_waiting):
            data += port.read(waiting)
    except (OSError, TypeError):  # TypeError: pyserial, where the port was closed under it
        return data, True
    return data, False


def _has_gone(path: str, stands: Path | None) -> bool:
    """Whether the port was unplugged, or another one stands in its place, though reading says nothing of it."""
    if stands is None:
        return False
    here = Path(path)
    return not here.exists() or here.resolve() != stands


def _let_go(port: "serial.Serial") -> None:
    try:
        port.close()
    except OSError:
        log.info("a port that was unplugged could not be closed")
