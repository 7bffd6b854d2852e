"""A ZPL label printer on USB (printer class), through pyusb."""

import contextlib
import sys
from collections.abc import Iterator
from typing import Any, Final

from dockmark.devices.label_printer import Format, PrinterState, PrinterStatus, Sent, SentOutcome, Why
from dockmark.devices.printer_url import UsbAddress
from dockmark.devices.usb_link import PrinterPort, UsbLink, find_printer_port
from dockmark.devices.zpl_dialogue import LinkDown, Manner, Patience, ZplDialogue

_PAPER_EMPTY: Final = 0x20
_SELECTED: Final = 0x10
_NO_ERROR: Final = 0x08


class UsbPrinter:
    """One printer by maker, product and serial: its place on the bus changes each time it is plugged in."""

    format: Format = "zpl"

    def __init__(
        self, url: str, address: UsbAddress, patience: Patience | None = None, backend: Any | None = None
    ) -> None:
        self.url: Final = url
        self._address: Final = address
        self._patience: Final = patience or Patience()
        self._dialogue: Final = ZplDialogue(self._patience)
        self._backend: Final = backend

    def send(self, job: bytes, *, name: str) -> Sent:
        """Claim the printer, hand one job over, give the printer back to the system."""
        if not job:
            return Sent(SentOutcome.FAILED, Why.EMPTY_JOB)
        try:
            with self._open() as link:
                port = link.port_status()
                state = port_state(port)
                if state in {PrinterState.PAPER_OUT, PrinterState.FAULT}:
                    return Sent(SentOutcome.AWAY, Why(state.value))
                self._mind_manners(link)
                return self._dialogue.deliver(link, job)
        except LinkDown as down:
            lasting = down.code in {
                Why.LIBUSB_MISSING,
                Why.NOT_ALLOWED,
                Why.DRIVER_IN_THE_WAY,
                Why.SEVERAL_MATCH,
                Why.NO_PRINTER_PORT,
            }
            return Sent(SentOutcome.FAILED if lasting else SentOutcome.AWAY, down.code)

    def status(self) -> PrinterStatus:
        """The port's own status byte where it says something is wrong, else the printer's answer to `~HS`."""
        try:
            with self._open() as link:
                port = link.port_status()
                state = port_state(port)
                if state in {PrinterState.PAPER_OUT, PrinterState.FAULT}:
                    return PrinterStatus(state, raw=bytes([port or 0]))
                self._mind_manners(link)
                answer = self._dialogue.status(link)
                return PrinterStatus(state) if answer.state is PrinterState.UNKNOWN else answer
        except LinkDown as down:
            return PrinterStatus(PrinterState.NOT_ANSWERING, down.code)

    def _mind_manners(self, link: UsbLink) -> None:
        """A port with no way back never answers: do not wait for it."""
        if not link.can_answer:
            self._dialogue.manner = Manner.MUTE

    @contextlib.contextmanager
    def _open(self) -> Iterator[UsbLink]:
        devices = matching_devices(self._address, self._backend)
        if not devices:
            raise LinkDown(Why.ABSENT, began=False)
        if len(devices) > 1:
            raise LinkDown(Why.SEVERAL_MATCH, began=False)
        port = _printer_port(devices[0])
        with UsbLink(devices[0], port, self._patience) as link:
            yield link


def _printer_port(device: Any) -> PrinterPort:
    import usb.core

    try:
        port = find_printer_port(device)
    except usb.core.USBError as error:
        raise LinkDown(Why.USB_ERROR, began=False) from error
    if port is None:
        raise LinkDown(Why.NO_PRINTER_PORT, began=False)
    return port


def port_state(port: int | None) -> PrinterState:
    """What the status byte of the printer class says. All zero comes from firmware that fills nothing in."""
    if not port:
        return PrinterState.UNKNOWN
    if port & _PAPER_EMPTY:
        return PrinterState.PAPER_OUT
    if not port & _NO_ERROR:
        return PrinterState.FAULT
    return PrinterState.READY if port & _SELECTED else PrinterState.UNKNOWN


def usb_backend() -> Any:
    """libusb as this system has it, or None where pyusb finds it by itself."""
    if sys.platform == "linux":
        return None
    import libusb_package
    import usb.backend.libusb1

    return usb.backend.libusb1.get_backend(find_library=libusb_package.find_library)


def matching_devices(address: UsbAddress, backend: Any | None = None) -> list[Any]:
    """The plugged-in devices of that address. Raises `LinkDown` when they cannot be told."""
    import usb.core

    try:
        found = list(
            usb.core.find(
                find_all=True,
                backend=backend or usb_backend(),
                idVendor=address.vendor,
                idProduct=address.product,
            )
        )
    except (usb.core.NoBackendError, ImportError) as error:
        raise LinkDown(Why.LIBUSB_MISSING, began=False) from error
    except usb.core.USBError as error:
        raise LinkDown(Why.USB_ERROR, began=False) from error
    if not address.serial:
        return found
    serials = [serial_of(device) for device in found]
    if found and address.serial not in serials and None in serials:
        raise LinkDown(Why.NOT_ALLOWED, began=False)  # it may be there, but we may not ask it
    return [device for device, serial in zip(found, serials, strict=True) if serial == address.serial]


def serial_of(device: Any) -> str | None:
    """The serial number a device gives: empty when it has none, None when it may not be asked."""
    import usb.core

    if not device.iSerialNumber:
        return ""
    try:
        return str(device.serial_number or "")
    except (usb.core.USBError, ValueError, NotImplementedError):
        return None
