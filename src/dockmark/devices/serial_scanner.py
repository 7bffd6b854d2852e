"""A scanner on a serial port, read by a thread of its own that finds it again when it was unplugged."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dockmark.devices.debounce import Debounce
from dockmark.devices.framer import IDLE_MS, Ended, Frame, Framer, Suffix
from dockmark.devices.lights import DeviceState
from dockmark.devices.serial_ports import READ_S, PortTrouble, find_port, open_port, trouble_of
from dockmark.devices.serial_profile import Doubt, SerialProfile, scan_of
from dockmark.devices.serial_url import PortAddress
from dockmark.identifiers.reading import Scan

if TYPE_CHECKING:
    import serial

log = logging.getLogger(__name__)

TORN_MS: Final = 500
"""No scanner pauses that long inside a scan: what is held then has lost its ending."""
SLOW_OPEN_S: Final = 3.0
FIRST_PAUSE_S: Final = 0.1
LONGEST_PAUSE_S: Final = 1.0
_LOOK_EVERY: Final = 10
"""After so many empty reads it is looked whether the port still stands where it was opened."""

Opener = Callable[[str, SerialProfile], "serial.Serial"]


@dataclass(frozen=True, slots=True)
class ScannerNote:
    """How a scanner stands: the state, the code of why (see `wording`), and the port that it is read from."""

    state: DeviceState
    code: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came between two endings, as it came: a scan, or what makes it none."""

    raw: bytes
    scan: Scan | None
    doubt: Doubt = Doubt.NOTHING


class SerialScanner:
    """Tells of each scan and of each change of its state, on its own thread; asks nothing and blocks nobody."""

    def __init__(
        self,
        device: str,
        address: PortAddress,
        profile: SerialProfile,
        on_heard: Callable[[Heard], None],
        on_note: Callable[[ScannerNote], None],
        opener: Opener = open_port,
    ) -> None:
        self.device: Final = device
        self.address: Final = address
        self.profile: Final = profile
        self._on_heard: Final = on_heard
        self._on_note: Final = on_note
        self._opener: Final = opener
        self._stop: Final = threading.Event()
        self._thread: Final = threading.Thread(target=self._run, name=f"scanner {device}", daemon=True)
        self._debounce: Final = Debounce()
        self._told: Final = threading.Lock()
        self._note = ScannerNote(DeviceState.OPENING)
        self._was_open = False
        self._opening = ""

    @property
    def note(self) -> ScannerNote:
        """How it stands now."""
        return self._note

    def start(self) -> None:
        """Begin to look for the port and to read it."""
        self._thread.start()

    def stop(self) -> None:
        """Read no more; the port is closed within the time of one read. A port that hangs is left to itself."""
        self._stop.set()

    def close(self, wait_s: float = 2.0) -> None:
        """Stop, and wait until the port is closed, but not for ever."""
        self.stop()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(wait_s)

    # -- the thread -------------------------------------------------------------------------------------------------

    def _run(self) -> None:
        pause = FIRST_PAUSE_S
        while not self._stop.is_set():
            try:
                if self._read_until_lost():
                    pause = FIRST_PAUSE_S
            except Exception:
                log.exception("the thread of %s goes on after a fault", self.device)
                self._tell(DeviceState.FAULTED, PortTrouble.IO)
            self._stop.wait(pause)
            pause = min(LONGEST_PAUSE_S, pause * 2)

    def _read_until_lost(self) -> bool:
        """One connection from beginning to end; whether there was one."""
        path = find_port(self.address)
        if isinstance(path, PortTrouble):
            self._tell_away(path)
            return False
        stands = Path(path).resolve() if "/" in path else None
        port = self._open(path)
        if port is None:
            return False
        try:
            self._was_open = True
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
        # A scan that was cut off stays told until the next one comes whole.
        cut = self._note.code == Doubt.CUT_OFF
        self._tell(DeviceState.READY, Doubt.CUT_OFF if cut else "", path)
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
            if scan is not None and not self._debounce.is_new(frame.raw, time.monotonic_ns() // 1_000_000):
                continue
            is_bad = doubt not in (Doubt.NOTHING, Doubt.NO_SYMBOLOGY)
            self._tell(DeviceState.FAULTED if is_bad else DeviceState.READY, doubt, path)
            self._on_heard(Heard(frame.raw + frame.ending, scan, doubt))

    # -- telling ----------------------------------------------------------------------------------------------------

    def _tell_away(self, trouble: PortTrouble, path: str = "") -> None:
        """The port cannot be read now: not there, or there and not ours."""
        if trouble is not PortTrouble.ABSENT:
            self._tell(DeviceState.FAULTED, trouble, path)
        elif not self._was_open:
            self._tell(DeviceState.ABSENT, trouble, path)
        elif self._note.code not in (PortTrouble.LOST, Doubt.CUT_OFF):
            self._tell(DeviceState.BACKOFF, PortTrouble.LOST, path)

    def _tell_slow(self) -> None:
        if path := self._opening:
            self._tell(DeviceState.FAULTED, PortTrouble.SLOW, path)

    def _tell(self, state: DeviceState, code: str = "", path: str = "") -> None:
        with self._told:
            note = ScannerNote(state, str(code), path)
            if note == self._note or self._stop.is_set():
                return
            self._note = note
        self._on_note(note)


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
