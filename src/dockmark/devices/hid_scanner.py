"""A HID POS scanner, read by a thread of its own that finds it again when it was unplugged."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Final

from dockmark.devices.debounce import Debounce
from dockmark.devices.hid_ports import HidBus, HidLink, find_hid, hid_bus, open_hid
from dockmark.devices.hid_pos import HidPos, HidScan, layout_of
from dockmark.devices.lights import DeviceState
from dockmark.devices.serial_ports import PortTrouble, trouble_of
from dockmark.devices.serial_profile import Doubt, SerialProfile, is_garbled
from dockmark.devices.serial_scanner import FIRST_PAUSE_S, LONGEST_PAUSE_S, Heard, ScannerNote
from dockmark.devices.serial_url import PortAddress
from dockmark.identifiers.reading import Scan

log = logging.getLogger(__name__)

READ_MS: Final = 50


class HidScanner:
    """Tells of each scan and of each change of its state, on its own thread; asks nothing and blocks nobody."""

    def __init__(
        self,
        device: str,
        address: PortAddress,
        profile: SerialProfile,
        on_heard: Callable[[Heard], None],
        on_note: Callable[[ScannerNote], None],
        find_bus: Callable[[], HidBus | None] = hid_bus,
    ) -> None:
        self.device: Final = device
        self.address: Final = address
        self.profile: Final = profile
        self._on_heard: Final = on_heard
        self._on_note: Final = on_note
        self._find_bus: Final = find_bus
        self._stop: Final = threading.Event()
        self._thread: Final = threading.Thread(target=self._run, name=f"scanner {device}", daemon=True)
        self._debounce: Final = Debounce()
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
        """Read no more; it is given back within the time of one read."""
        self._stop.set()

    def close(self, wait_s: float = 2.0) -> None:
        """Stop, and wait until it is given back, but not for ever."""
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
        bus = self._find_bus()
        if bus is None:
            self._tell(DeviceState.FAULTED, PortTrouble.IO)
            return False
        rows = find_hid(bus, self.address)
        if isinstance(rows, PortTrouble):
            self._tell_away(rows)
            return False
        try:
            link, row, descriptor = open_hid(bus, rows)
        except OSError as error:
            trouble = trouble_of(error)
            self._tell_away(PortTrouble.NO_RULE if trouble is PortTrouble.NOT_ALLOWED else trouble)
            return False
        path = row.path.decode("utf-8", "replace")
        try:
            self._was_open = True
            cut = self._note.code == Doubt.CUT_OFF
            self._tell(DeviceState.READY, Doubt.CUT_OFF if cut else "", path)
            self._read(link, HidPos(layout_of(descriptor), row.vendor), path)
        finally:
            _let_go(link)
        return True

    def _read(self, link: HidLink, protocol: HidPos, path: str) -> None:
        while not self._stop.is_set():
            try:
                report = link.read(READ_MS)
            except OSError:
                self._take(protocol.lose(), path)
                code = self._note.code if self._note.code == Doubt.CUT_OFF else PortTrouble.LOST
                self._tell(DeviceState.BACKOFF, code, path)
                return
            now = time.monotonic_ns() // 1_000_000
            self._take(protocol.feed(report, now) if report else protocol.tick(now), path)

    def _take(self, scans: list[HidScan], path: str) -> None:
        for each in scans:
            scan, doubt = self._meant(each)
            if scan is not None and not self._debounce.is_new(each.raw, time.monotonic_ns() // 1_000_000):
                continue
            is_bad = doubt not in (Doubt.NOTHING, Doubt.NO_SYMBOLOGY)
            self._tell(DeviceState.FAULTED if is_bad else DeviceState.READY, doubt, path)
            self._on_heard(Heard(each.raw, scan, doubt))

    def _meant(self, each: HidScan) -> tuple[Scan | None, Doubt]:
        """The scan under the profile of this scanner, and what is amiss."""
        if each.doubt not in (Doubt.NOTHING, Doubt.NO_SYMBOLOGY):
            return None, each.doubt
        if not each.raw.startswith(self.profile.prefix):
            return None, Doubt.NO_PREFIX
        raw = each.raw.removeprefix(self.profile.prefix)
        if self.profile.separator:
            raw = raw.replace(self.profile.separator, b"\x1d")
        if not raw:
            return None, Doubt.NO_PREFIX
        doubt = Doubt.GARBLED if is_garbled(raw) else each.doubt
        return Scan(raw=raw, symbology=each.symbology, device=self.device), doubt

    # -- telling ----------------------------------------------------------------------------------------------------

    def _tell_away(self, trouble: PortTrouble) -> None:
        """It cannot be read now: not there, or there and not ours."""
        if trouble is not PortTrouble.ABSENT:
            self._tell(DeviceState.FAULTED, trouble)
        elif not self._was_open:
            self._tell(DeviceState.ABSENT, trouble)
        elif self._note.code not in (PortTrouble.LOST, Doubt.CUT_OFF):
            self._tell(DeviceState.BACKOFF, PortTrouble.LOST)

    def _tell(self, state: DeviceState, code: str = "", path: str = "") -> None:
        note = ScannerNote(state, str(code), path)
        if note == self._note or self._stop.is_set():
            return
        self._note = note
        self._on_note(note)


def _let_go(link: HidLink) -> None:
    try:
        link.close()
    except OSError:
        log.info("a scanner that was unplugged could not be given back")
