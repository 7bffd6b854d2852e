"""Serial ports: what is plugged in now, where a scanner stands, and what it means that a port does not open."""

import errno
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from dockmark.devices.discovery import tame
from dockmark.devices.serial_profile import SerialProfile
from dockmark.devices.serial_url import PortAddress, read_port

if TYPE_CHECKING:
    import serial

READ_S: Final = 0.05
"""How long a read waits for the first byte: stopping and pauses are noticed after that time."""
_MOST: Final = 64


class PortTrouble(StrEnum):
    """Why a port cannot be read. A code is never renamed; `wording` has a sentence for each."""

    ABSENT = "scanner_absent"
    LOST = "scanner_lost"
    NOT_ALLOWED = "scanner_not_allowed"
    BUSY = "scanner_busy"
    NOT_A_PORT = "scanner_not_a_port"
    SLOW = "scanner_slow_to_open"
    SETTINGS = "scanner_settings_refused"
    SEVERAL = "scanner_several"
    NO_RULE = "scanner_no_rule"
    KEYBOARD = "scanner_keyboard"
    IO = "scanner_io"


@dataclass(frozen=True, slots=True)
class FoundPort:
    """A serial port of this machine. Name and identity come from the device: show them, trust nothing."""

    path: str
    name: str
    address: PortAddress
    """What finds it again: the device itself where it has a serial number, else its place."""


def serial_ports() -> tuple[FoundPort, ...]:
    """The ports that the system lists. Pseudo terminals are not among them: they are named by hand."""
    try:
        from serial.tools import list_ports

        listed = list_ports.comports()
    except (ImportError, OSError, ValueError):
        return ()
    return tuple(
        sorted((_found(each) for each in listed[:_MOST]), key=lambda port: (not port.address.is_usb, port.path))
    )


def _found(listed: "serial.tools.list_ports_common.ListPortInfo") -> FoundPort:
    path = str(listed.device)
    made = " ".join(filter(None, (tame(listed.manufacturer), tame(listed.product))))
    told = tame(listed.description)
    name = made or (told if told not in ("", "n/a") else path)
    serial_number = tame(listed.serial_number)
    address = PortAddress(path)
    if listed.vid is not None and listed.pid is not None and serial_number:
        address = read_port(f"usb={listed.vid:04x}:{listed.pid:04x}:{serial_number}") or address
    return FoundPort(path, name, address)


def find_port(address: PortAddress, listed: Callable[[], Sequence[Any]] | None = None) -> "str | PortTrouble":
    """The path of the port where that scanner is now, or why there is none."""
    if not address.is_usb:
        return address.path
    if listed is None:
        try:
            from serial.tools import list_ports
        except ImportError:
            return PortTrouble.ABSENT
        listed = list_ports.comports
    try:
        matching = sorted(str(port.device) for port in listed() if _is_it(port, address))
    except (OSError, ValueError):
        return PortTrouble.IO
    if not matching:
        return PortTrouble.ABSENT
    # One device may have several ports, of which the first is the one that scans come by.
    return matching[0] if len(matching) == 1 or address.serial else PortTrouble.SEVERAL


def _is_it(listed: Any, address: PortAddress) -> bool:
    if (listed.vid, listed.pid) != (address.vendor, address.product):
        return False
    return not address.serial or tame(listed.serial_number) == address.serial


def open_port(path: str, profile: SerialProfile) -> "serial.Serial":
    """The port, set as the profile says and ours alone; raises what the system says (see `trouble_of`)."""
    import serial

    return serial.Serial(
        path,
        baudrate=profile.baud,
        bytesize=profile.data_bits,
        parity=profile.parity,
        stopbits=profile.stop_bits,
        timeout=READ_S,
        exclusive=True,
    )


def trouble_of(error: Exception) -> PortTrouble:
    """What it means that a port did not open."""
    number = getattr(error, "errno", None)
    if isinstance(error, ValueError):
        return PortTrouble.SETTINGS
    if number in _NUMBERS:
        return _NUMBERS[number]
    words = str(error)
    if number is None:  # Windows: pyserial keeps nothing but the words of the error
        for name, trouble in _NAMES.items():
            if name in words:
                return trouble
        if "configure port" in words:
            return PortTrouble.NOT_A_PORT
    return PortTrouble.IO


_NUMBERS: Final = {
    errno.ENOENT: PortTrouble.ABSENT,
    errno.ENXIO: PortTrouble.ABSENT,
    errno.ENODEV: PortTrouble.ABSENT,
    errno.EIO: PortTrouble.ABSENT,
    errno.ELOOP: PortTrouble.ABSENT,
    errno.ENOTDIR: PortTrouble.ABSENT,
    errno.EACCES: PortTrouble.NOT_ALLOWED,
    errno.EPERM: PortTrouble.NOT_ALLOWED,
    errno.EBUSY: PortTrouble.BUSY,
    errno.EAGAIN: PortTrouble.BUSY,
    errno.EWOULDBLOCK: PortTrouble.BUSY,
    errno.ENOTTY: PortTrouble.NOT_A_PORT,
    errno.EISDIR: PortTrouble.NOT_A_PORT,
    errno.EINVAL: PortTrouble.NOT_A_PORT,
    errno.ENAMETOOLONG: PortTrouble.NOT_A_PORT,
}
_NAMES: Final = {
    "FileNotFoundError": PortTrouble.ABSENT,
    "PermissionError": PortTrouble.BUSY,  # Windows: "access denied" is how it says that another program has the port
}
