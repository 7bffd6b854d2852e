"""What every scanner with a line of its own has: a thread that reads it and finds it again when it was unplugged."""

import logging
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from dockmark.devices.debounce import Debounce
from dockmark.devices.lights import DeviceState
from dockmark.devices.serial_ports import PortTrouble
from dockmark.devices.serial_profile import Doubt, SerialProfile
from dockmark.devices.serial_url import PortAddress
from dockmark.identifiers.reading import Scan

log = logging.getLogger(__name__)

FIRST_PAUSE_S: Final = 0.1
LONGEST_PAUSE_S: Final = 1.0


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


class ScannerThread(ABC):
    """Tells of each scan and of each change of its state, on its own thread; asks nothing and blocks nobody."""

    def __init__(
        self,
        device: str,
        address: PortAddress,
        profile: SerialProfile,
        on_heard: Callable[[Heard], None],
        on_note: Callable[[ScannerNote], None],
    ) -> None:
        self.device: Final = device
        self.address: Final = address
        self.profile: Final = profile
        self._on_heard: Final = on_heard
        self._on_note: Final = on_note
        self._stop: Final = threading.Event()
        self._thread: Final = threading.Thread(target=self._run, name=f"scanner {device}", daemon=True)
        self._debounce: Final = Debounce()
        self._told: Final = threading.Lock()
        self._note = ScannerNote(DeviceState.OPENING)
        self._was_open = False

    @property
    def note(self) -> ScannerNote:
        """How it stands now."""
        return self._note

    def start(self) -> None:
        """Begin to look for the scanner and to read it."""
        self._thread.start()

    def stop(self) -> None:
        """Read no more; it is given back within the time of one read. What hangs is left to itself."""
        self._stop.set()

    def close(self, wait_s: float = 2.0) -> None:
        """Stop, and wait until it is given back, but not for ever."""
        self.stop()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(wait_s)

    @abstractmethod
    def _read_until_lost(self) -> bool:
        """One connection from beginning to end; whether there was one."""

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

    # -- telling ----------------------------------------------------------------------------------------------------

    def _hear(self, raw: bytes, scan: Scan | None, doubt: Doubt, path: str, ending: bytes = b"") -> None:
        """Something came: told, unless the scanner sent the same once more."""
        if scan is not None and not self._debounce.is_new(raw, time.monotonic_ns() // 1_000_000):
            return
        is_bad = doubt not in (Doubt.NOTHING, Doubt.NO_SYMBOLOGY)
        self._tell(DeviceState.FAULTED if is_bad else DeviceState.READY, doubt, path)
        self._on_heard(Heard(raw + ending, scan, doubt))

    def _tell_open(self, path: str) -> None:
        """It is read from here on. A scan that was cut off stays told until the next one comes whole."""
        self._was_open = True
        self._tell(DeviceState.READY, Doubt.CUT_OFF if self._note.code == Doubt.CUT_OFF else "", path)

    def _tell_away(self, trouble: PortTrouble, path: str = "") -> None:
        """It cannot be read now: not there, or there and not ours."""
        if trouble is not PortTrouble.ABSENT:
            self._tell(DeviceState.FAULTED, trouble, path)
        elif not self._was_open:
            self._tell(DeviceState.ABSENT, trouble, path)
        elif self._note.code not in (PortTrouble.LOST, Doubt.CUT_OFF):
            self._tell(DeviceState.BACKOFF, PortTrouble.LOST, path)

    def _tell(self, state: DeviceState, code: str = "", path: str = "") -> None:
        with self._told:
            note = ScannerNote(state, str(code), path)
            if note == self._note or self._stop.is_set():
                return
            self._note = note
        self._on_note(note)
