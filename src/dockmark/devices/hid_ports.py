"""HID devices of this machine: listed, found again by maker, product and serial number, opened and read.

Through hidapi where it is there, else on Linux through libusb, the system's driver taken off and given back.
"""

import contextlib
import errno
import importlib
import logging
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from dockmark.devices.discovery import tame
from dockmark.devices.hid_pos import REPORT, USAGE_PAGE, is_scanner
from dockmark.devices.serial_ports import FoundPort, PortTrouble
from dockmark.devices.serial_url import PortAddress, read_port

log = logging.getLogger(__name__)

MAKERS: Final = frozenset({0x0C2E, 0x0536, 0x05E0, 0x05F9, 0x1EAB, 0x0ACD, 0x04B4, 0x065A, 0x0DB5, 0x2DD6, 0x1A86})
"""Who makes scanners: asked only where the system does not tell what a device is for."""
_HID_CLASS: Final = 3
_CONTROL_MS: Final = 500
_MOST_DESCRIPTOR: Final = 4096


@dataclass(frozen=True, slots=True)
class HidRow:
    """One interface of one device as it is listed; `page` is 0 where the system does not tell it."""

    path: bytes
    vendor: int
    product: int
    serial: str
    name: str
    page: int
    handle: Any = None


class HidLink(Protocol):
    """An open device. `read` returns nothing when nothing came in time, and raises `OSError` when it is gone."""

    def read(self, within_ms: int) -> bytes:
        """The next report, or nothing in that time."""

    def descriptor(self) -> bytes:
        """The report descriptor, or nothing where it cannot be had."""

    def close(self) -> None:
        """Give it back."""


class HidBus(Protocol):
    """Where devices are looked for."""

    def rows(self) -> Sequence[HidRow]:
        """What is plugged in."""

    def open(self, row: HidRow) -> HidLink:
        """Open one; raises `OSError`."""


class HidApiBus:
    """Devices as hidapi sees them."""

    def __init__(self, hid: Any) -> None:
        self._hid: Final = hid

    def rows(self) -> Sequence[HidRow]:
        """What is plugged in."""
        return [
            HidRow(
                row["path"], row["vendor_id"], row["product_id"], tame(row.get("serial_number")),
                _name(row.get("manufacturer_string"), row.get("product_string")), row.get("usage_page") or 0,
            )
            for row in self._hid.enumerate()
        ]  # fmt: skip

    def open(self, row: HidRow) -> HidLink:
        """Open one."""
        device = self._hid.device()
        try:
            device.open_path(row.path)
        except OSError as error:
            # hidapi tells no number; the row was listed a moment ago, so it is there and not ours.
            raise OSError(error.errno or errno.EACCES, str(error)) from error
        return _HidApiLink(device)


class _HidApiLink:
    def __init__(self, device: Any) -> None:
        self._device: Final = device

    def read(self, within_ms: int) -> bytes:
        try:
            return bytes(self._device.read(REPORT, within_ms))
        except ValueError as error:  # closed under us
            raise OSError(errno.ENODEV, str(error)) from error

    def descriptor(self) -> bytes:
        with contextlib.suppress(OSError, ValueError, AttributeError):
            return bytes(self._device.get_report_descriptor())
        return b""

    def close(self) -> None:
        self._device.close()


class UsbHidBus:
    """Devices as libusb sees them: Linux, where hidapi is not there."""

    def __init__(self, backend: Any = None) -> None:
        self._backend: Final = backend

    def rows(self) -> Sequence[HidRow]:
        """What is plugged in."""
        import usb.core

        try:
            devices = list(usb.core.find(find_all=True, backend=self._backend))
        except (usb.core.USBError, usb.core.NoBackendError, NotImplementedError):
            return []
        return [row for device in devices for row in _usb_rows(device)]

    def open(self, row: HidRow) -> HidLink:
        """Open one."""
        return _UsbHidLink(*row.handle)


def _usb_rows(device: Any) -> list[HidRow]:
    import usb.core

    rows: list[HidRow] = []
    with contextlib.suppress(usb.core.USBError, NotImplementedError):
        for interface in device.get_active_configuration():
            way_in = next((each for each in interface if each.bEndpointAddress & 0x80), None)
            if interface.bInterfaceClass != _HID_CLASS or way_in is None:
                continue
            number = interface.bInterfaceNumber
            path = f"{device.bus}-{device.address}:{number}".encode()
            row = HidRow(
                path, device.idVendor, device.idProduct, _string(device, "serial_number"),
                _name(_string(device, "manufacturer"), _string(device, "product")), 0,
                (device, number, way_in.bEndpointAddress),
            )  # fmt: skip
            rows.append(row)
    return rows


def _string(device: Any, name: str) -> str:
    import usb.core

    try:
        return tame(getattr(device, name))
    except (usb.core.USBError, NotImplementedError, ValueError, UnicodeError):
        return ""


class _UsbHidLink:
    """The claimed interface; closing it hands it back to the system's own driver."""

    def __init__(self, device: Any, interface: int, way_in: int) -> None:
        import usb.core
        import usb.util

        self._device: Final = device
        self._interface: Final = interface
        self._way_in: Final = way_in
        self._was_detached = False
        try:
            with contextlib.suppress(NotImplementedError):
                if device.is_kernel_driver_active(interface):
                    device.detach_kernel_driver(interface)
                    self._was_detached = True
            usb.util.claim_interface(device, interface)
        except (usb.core.USBError, NotImplementedError) as error:
            self.close()
            raise OSError(getattr(error, "errno", None) or errno.EBUSY, str(error)) from error

    def read(self, within_ms: int) -> bytes:
        import usb.core

        try:
            return bytes(self._device.read(self._way_in, REPORT, within_ms))
        except usb.core.USBTimeoutError:
            return b""
        except usb.core.USBError as error:
            raise OSError(error.errno or errno.EIO, str(error)) from error

    def descriptor(self) -> bytes:
        import usb.core

        with contextlib.suppress(usb.core.USBError, NotImplementedError):
            told = self._device.ctrl_transfer(0x81, 6, 0x2200, self._interface, _MOST_DESCRIPTOR, _CONTROL_MS)
            return bytes(told)
        return b""

    def close(self) -> None:
        import usb.core
        import usb.util

        faults = (usb.core.USBError, NotImplementedError)
        with contextlib.suppress(*faults):
            usb.util.release_interface(self._device, self._interface)
        if self._was_detached:
            self._was_detached = False
            with contextlib.suppress(*faults):
                self._device.attach_kernel_driver(self._interface)
        with contextlib.suppress(*faults):
            usb.util.dispose_resources(self._device)


def hid_bus() -> HidBus | None:
    """The way to HID devices on this machine, or None where there is none."""
    try:
        return HidApiBus(importlib.import_module("hid"))
    except ImportError:
        return UsbHidBus() if sys.platform == "linux" else None


def hid_scanners(bus: HidBus | None = None) -> tuple[FoundPort, ...]:
    """The HID POS scanners that are plugged in, each once."""
    bus = bus or hid_bus()
    found: dict[str, FoundPort] = {}
    for row in _rows(bus) if bus is not None else ():
        if row.page not in (0, USAGE_PAGE) or (row.page == 0 and row.vendor not in MAKERS):
            continue
        text = f"hid={row.vendor:04x}:{row.product:04x}" + (f":{row.serial}" if row.serial else "")
        address = read_port(text)
        if address is not None:
            found.setdefault(text, FoundPort(text, row.name or text, address))
    return tuple(found.values())


def find_hid(bus: HidBus, address: PortAddress) -> tuple[HidRow, ...] | PortTrouble:
    """The rows by which that scanner may be read, the likeliest first, or why there is none."""
    matching = [row for row in _rows(bus) if _is_it(row, address)]
    if not matching:
        return PortTrouble.ABSENT
    told = [row for row in matching if row.page == USAGE_PAGE] or [row for row in matching if row.page == 0]
    if not told:
        return PortTrouble.KEYBOARD
    # Interfaces of one device bear one serial number; without one, two devices cannot be told apart.
    if not address.serial and (len({row.serial for row in told}) > 1 or len({_device(row) for row in told}) > 1):
        return PortTrouble.SEVERAL
    return tuple(sorted(told, key=lambda row: row.path))


def open_hid(bus: HidBus, rows: Sequence[HidRow]) -> tuple[HidLink, HidRow, bytes]:
    """The first of these that is a bar code scanner, with its descriptor; raises `OSError`."""
    first: OSError | None = None
    for row in rows:
        try:
            link = bus.open(row)
        except OSError as error:
            first = first or error
            continue
        descriptor = link.descriptor()
        if row.page == USAGE_PAGE or is_scanner(descriptor) or (not descriptor and len(rows) == 1):
            return link, row, descriptor
        link.close()
    raise first or OSError(errno.ENOTTY, "no bar code scanner")


def _rows(bus: HidBus) -> Sequence[HidRow]:
    try:
        return bus.rows()
    except (OSError, ValueError, RuntimeError):
        log.info("the HID devices could not be listed")
        return ()


def _is_it(row: HidRow, address: PortAddress) -> bool:
    same = (row.vendor, row.product) == (address.vendor, address.product)
    return same and (not address.serial or row.serial == address.serial)


def _device(row: HidRow) -> bytes:
    """The device that an interface belongs to, where its path tells it (`bus-port:configuration.interface`)."""
    return row.path.rpartition(b":")[0] if row.page == 0 else row.path


def _name(maker: str | None, product: str | None) -> str:
    return " ".join(filter(None, (tame(maker), tame(product))))
