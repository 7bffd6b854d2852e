"""How a device stands, as the status bar shows it."""

from dataclasses import dataclass
from enum import StrEnum


class DeviceState(StrEnum):
    """The five states of every device, whatever its kind."""

    ABSENT = "absent"
    """Not connected, or not found under its name."""
    OPENING = "opening"
    """Found, being opened and asked who it is."""
    READY = "ready"
    """Works."""
    FAULTED = "faulted"
    """There, but needs a hand: paper, lid, permission."""
    BACKOFF = "backoff"
    """Lost or refused; tried again after a growing pause."""


class DeviceSort(StrEnum):
    """What a device is for."""

    WEDGE = "wedge"
    """The scanners that type: they are always listened to, and nobody can say whether one is there."""
    SCANNER = "scanner"
    PRINTER = "printer"


@dataclass(frozen=True, slots=True)
class DeviceLight:
    """One device in the status bar: which, what people call it, how it stands, and the code of the reason.

    The URL of a scanner is what its scans bear as their device.
    """

    url: str
    name: str
    state: DeviceState
    detail: str = ""
    sort: DeviceSort = DeviceSort.SCANNER
    lane: int = 0
    """The lane of a scanner, from 1; 0 for what has none."""
