"""A HID POS scanner, read by a thread of its own that finds it again when it was unplugged."""

import logging
import time
from collections.abc import Callable
from typing import Final

from dockmark.devices.hid_ports import HidBus, HidLink, find_hid, hid_bus, open_hid
from dockmark.devices.hid_pos import HidPos, HidScan, layout_of
from dockmark.devices.lights import DeviceState
from dockmark.devices.scanner_thread import Heard, ScannerNote, ScannerThread
from dockmark.devices.serial_ports import PortTrouble, trouble_of
from dockmark.devices.serial_profile import Doubt, SerialProfile, is_garbled
from dockmark.devices.serial_url import PortAddress
from dockmark.identifiers.reading import Scan

log = logging.getLogger(__name__)

READ_MS: Final = 50


class HidScanner(ScannerThread):
    """A scanner that speaks HID POS."""

    def __init__(
        self,
        device: str,
        address: PortAddress,
        profile: SerialProfile,
        on_heard: Callable[[Heard], None],
        on_note: Callable[[ScannerNote], None],
        find_bus: Callable[[], HidBus | None] = hid_bus,
    ) -> None:
        super().__init__(device, address, profile, on_heard, on_note)
        self._find_bus: Final = find_bus

    def _read_until_lost(self) -> bool:
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
            self._tell_open(path)
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
            self._hear(each.raw, scan, doubt, path)

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


def _let_go(link: HidLink) -> None:
    try:
        link.close()
    except OSError:
        log.info("a scanner that was unplugged could not be given back")
