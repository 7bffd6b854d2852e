"""The driver of a scanner, by the kind of its address."""

from collections.abc import Callable

from dockmark.devices.hid_scanner import HidScanner
from dockmark.devices.scanner_thread import Heard, ScannerNote
from dockmark.devices.serial_profile import SerialProfile
from dockmark.devices.serial_scanner import SerialScanner
from dockmark.devices.serial_url import PortAddress

AnyScanner = SerialScanner | HidScanner


def scanner_at(
    device: str,
    address: PortAddress,
    profile: SerialProfile,
    on_heard: Callable[[Heard], None],
    on_note: Callable[[ScannerNote], None],
) -> AnyScanner:
    """The scanner at that address, not yet started."""
    make = HidScanner if address.is_hid else SerialScanner
    return make(device, address, profile, on_heard, on_note)
