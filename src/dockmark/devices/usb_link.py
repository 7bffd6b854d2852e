"""Bytes to and from the printer-class port of a USB device, claimed for the time of one job."""

import contextlib
import errno
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final, Self

import usb.core
import usb.util

from dockmark.devices.label_printer import Why
from dockmark.devices.zpl_dialogue import LinkDown, Patience

_PRINTER_CLASS: Final = 7
_BIDIRECTIONAL: Final = 2
_RAW_PROTOCOLS: Final = {0, 1, _BIDIRECTIONAL}  # 3 wraps bytes in packets, 4 is IPP
_CHUNK: Final = 16384
_READ: Final = 512
_CONTROL_MS: Final = 1000
_GET_DEVICE_ID: Final = 0
_GET_PORT_STATUS: Final = 1
_CLASS_IN: Final = 0xA1


@dataclass(frozen=True, slots=True)
class PrinterPort:
    """Where on the device the printer is: configuration, interface, setting and its end points."""

    configuration: int
    interface: int
    setting: int
    way_out: int
    way_in: int | None


def find_printer_port(device: Any) -> PrinterPort | None:
    """The device's printer port, one with a way back if there is such; None when it is no printer."""
    ports = [
        (interface.bInterfaceProtocol == _BIDIRECTIONAL, port)
        for configuration in device
        for interface in configuration
        if interface.bInterfaceClass == _PRINTER_CLASS and interface.bInterfaceProtocol in _RAW_PROTOCOLS
        if (port := _port(configuration.bConfigurationValue, interface)) is not None
    ]
    return max(ports, key=lambda each: (each[0], each[1].way_in is not None))[1] if ports else None


def _port(configuration: int, interface: Any) -> PrinterPort | None:
    ways: dict[int, int] = {}
    for endpoint in interface:
        if usb.util.endpoint_type(endpoint.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK:
            direction = usb.util.endpoint_direction(endpoint.bEndpointAddress)
            ways.setdefault(direction, endpoint.bEndpointAddress)
    way_out = ways.get(usb.util.ENDPOINT_OUT)
    if way_out is None:
        return None
    return PrinterPort(
        configuration,
        interface.bInterfaceNumber,
        interface.bAlternateSetting,
        way_out,
        ways.get(usb.util.ENDPOINT_IN),
    )


class UsbLink:
    """The claimed port. Leaving the `with` block releases it and hands it back to the system's own driver."""

    def __init__(self, device: Any, port: PrinterPort, patience: Patience) -> None:
        self._device: Final = device
        self._port: Final = port
        self._patience: Final = patience
        self._was_detached = False

    def __enter__(self) -> Self:
        try:
            self._claim()
        except (usb.core.USBError, NotImplementedError) as error:
            self._give_back()
            raise LinkDown(_code(error), began=False) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._give_back()

    @property
    def can_answer(self) -> bool:
        """The port has a way back."""
        return self._port.way_in is not None

    def port_status(self) -> int | None:
        """The status byte of the printer class, or None when the printer does not give one."""
        with contextlib.suppress(usb.core.USBError, NotImplementedError):
            answer = self._device.ctrl_transfer(_CLASS_IN, _GET_PORT_STATUS, 0, self._port.interface, 1, _CONTROL_MS)
            return int(answer[0]) if len(answer) else None
        return None

    def device_id(self) -> bytes:
        """The IEEE 1284 id with its two length bytes, or nothing."""
        with contextlib.suppress(usb.core.USBError, NotImplementedError):
            where = self._port.interface << 8 | self._port.setting
            return bytes(self._device.ctrl_transfer(_CLASS_IN, _GET_DEVICE_ID, 0, where, 1024, _CONTROL_MS))
        return b""

    def write(self, data: bytes) -> None:
        """Hand all of `data` to the printer. A time-out may hide a part that went, so it counts as begun."""
        job_ends = time.monotonic() + self._patience.job_s
        done = 0
        while done < len(data):
            left = min(self._patience.stall_s, job_ends - time.monotonic())
            if left <= 0:
                raise LinkDown(Why.STALLED)
            try:
                step = self._device.write(self._port.way_out, data[done : done + _CHUNK], _milliseconds(left))
            except usb.core.USBTimeoutError as error:
                raise LinkDown(Why.STALLED) from error
            except usb.core.USBError as error:
                gone_before = done == 0 and error.errno in {errno.ENODEV, errno.ENOENT}
                raise LinkDown(_code(error), began=not gone_before) from error
            if not step:
                raise LinkDown(Why.STALLED, began=True)
            done += step

    def read(self, within_s: float) -> bytes:
        """What the printer says next, or nothing in that time."""
        if self._port.way_in is None:
            time.sleep(max(within_s, 0.0))
            return b""
        try:
            data = bytes(self._device.read(self._port.way_in, _READ, _milliseconds(within_s)))
        except usb.core.USBTimeoutError:
            return b""
        except usb.core.USBError as error:
            raise LinkDown(_code(error)) from error
        if not data:
            time.sleep(min(max(within_s, 0.0), 0.01))  # an empty packet: do not spin
        return data

    def has_undelivered(self) -> bool:
        """A bulk write returns when the printer has taken the bytes."""
        return False

    def _claim(self) -> None:
        number = self._port.interface
        with contextlib.suppress(NotImplementedError):
            if self._device.is_kernel_driver_active(number):
                self._device.detach_kernel_driver(number)
                self._was_detached = True
        self._choose_configuration()
        usb.util.claim_interface(self._device, number)
        if self._port.setting:
            self._device.set_interface_altsetting(number, self._port.setting)

    def _choose_configuration(self) -> None:
        """Only where it is not chosen already: choosing it again would reset the device."""
        try:
            active = self._device.get_active_configuration().bConfigurationValue
        except usb.core.USBError:
            active = None
        if active != self._port.configuration:
            self._device.set_configuration(self._port.configuration)

    def _give_back(self) -> None:
        faults = (usb.core.USBError, NotImplementedError)
        with contextlib.suppress(*faults):
            usb.util.release_interface(self._device, self._port.interface)
        if self._was_detached:
            with contextlib.suppress(*faults):
                self._device.attach_kernel_driver(self._port.interface)
        with contextlib.suppress(*faults):
            usb.util.dispose_resources(self._device)


def _milliseconds(seconds: float) -> int:
    return max(1, int(seconds * 1000))  # 0 would mean "for ever"


def _code(error: Exception) -> Why:
    if isinstance(error, NotImplementedError):
        return Why.DRIVER_IN_THE_WAY  # Windows: the port belongs to usbprint
    number = getattr(error, "errno", None)
    codes = {errno.EACCES: Why.NOT_ALLOWED, errno.EPERM: Why.NOT_ALLOWED, errno.EBUSY: Why.BUSY}
    gone = {errno.ENODEV: Why.ABSENT, errno.ENOENT: Why.ABSENT, errno.EPIPE: Why.STALLED}
    return {**codes, **gone}.get(number, Why.USB_ERROR) if isinstance(number, int) else Why.USB_ERROR
