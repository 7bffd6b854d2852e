"""Finds printers: on USB, among the queues of the operating system, and on the network."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from dockmark.devices import winspool
from dockmark.devices.label_printer import Why
from dockmark.devices.printer_url import QueueAddress, read_printer_url
from dockmark.devices.queue_printer import is_spooler_up, run_quietly
from dockmark.record.refusal import Refusal

_ASK_S: Final = 10.0
_LONGEST_TEXT: Final = 64
_MOST: Final = 256


class DeviceKind(StrEnum):
    """How a found device is connected."""

    USB = "usb"
    QUEUE = "queue"
    RAW_TCP = "raw_tcp"
    LPD = "lpd"
    """It announces another protocol only; its URL names the usual raw port and has yet to be tried."""


@dataclass(frozen=True, slots=True)
class FoundDevice:
    """A printer that could be used under this URL. Name and detail come from the device: show them, trust nothing."""

    url: str
    name: str
    kind: DeviceKind
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """What a look around found, or the code of why it could not look."""

    devices: tuple[FoundDevice, ...] = ()
    reason: Why = Why.NOTHING

    def __iter__(self) -> Iterator[FoundDevice]:
        return iter(self.devices)


def tame(text: object) -> str:
    """Text that a device gives of itself: printable, short, one line."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text or "")
    return "".join(char for char in words[:1024] if char.isprintable()).strip()[:_LONGEST_TEXT]


def usb_printers(backend: Any | None = None) -> Findings:
    """The printers on USB that this program could drive."""
    try:
        import usb.core
    except ImportError:
        return Findings(reason=Why.LIBUSB_MISSING)
    from dockmark.devices.usb_printer import usb_backend

    try:
        devices = list(usb.core.find(find_all=True, backend=backend or usb_backend()) or ())
    except (usb.core.NoBackendError, ImportError):
        return Findings(reason=Why.LIBUSB_MISSING)
    except (usb.core.USBError, NotImplementedError):
        return Findings(reason=Why.USB_ERROR)
    found = (_usb_printer(device) for device in devices[:_MOST])
    return Findings(tuple(each for each in found if each is not None))


def _usb_printer(device: Any) -> FoundDevice | None:
    import usb.core

    from dockmark.devices.usb_link import find_printer_port
    from dockmark.devices.usb_printer import serial_of

    try:
        if find_printer_port(device) is None:
            return None
    except (usb.core.USBError, NotImplementedError):
        return None
    url = f"usb:{device.idVendor:04x}:{device.idProduct:04x}"
    serial = serial_of(device)
    with_serial = f"{url}:{serial}"
    if serial and _is_url(with_serial):
        url = with_serial
    return FoundDevice(url, _usb_name(device) or url, DeviceKind.USB, "" if serial is not None else Why.NOT_ALLOWED)


def _usb_name(device: Any) -> str:
    import usb.core

    try:
        return " ".join(filter(None, (tame(device.manufacturer), tame(device.product))))
    except (usb.core.USBError, ValueError, NotImplementedError):
        return ""


def queues() -> Findings:
    """The print queues of the operating system."""
    if sys.platform == "win32":
        return _as_queues(winspool.printer_names())
    try:
        code, words = run_quietly("lpstat", "-e", within_s=_ASK_S)
    except (OSError, subprocess.TimeoutExpired):
        return Findings(reason=Why.TIMED_OUT)
    if code == 127:
        return Findings(reason=Why.LP_MISSING)
    found = _as_queues(words.split("\n")) if code == 0 else Findings()
    return found if found.devices or is_spooler_up() else Findings(reason=Why.SPOOLER_AWAY)


def _as_queues(names: list[str]) -> Findings:
    stripped = (name.strip() for name in names)
    usable = [name for name in stripped if name and _is_queue(name)][:_MOST]
    return Findings(tuple(FoundDevice(f"queue:{name}", tame(name), DeviceKind.QUEUE) for name in usable))


def _is_queue(name: str) -> bool:
    return _is_url(f"queue:{name}") and read_printer_url(f"queue:{name}") == QueueAddress(name, raw=False)


def _is_url(url: str) -> bool:
    try:
        read_printer_url(url)
    except Refusal:
        return False
    return True
