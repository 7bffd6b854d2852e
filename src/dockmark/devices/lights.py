"""How a device stands, as the status bar shows it."""

from dataclasses import dataclass
from enum import StrEnum

from dockmark.devices.label_printer import Why


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


@dataclass(frozen=True, slots=True)
class DeviceLight:
    """One device in the status bar: which, what people call it, how it stands, and the code of the reason."""

    url: str
    name: str
    state: DeviceState
    detail: Why = Why.NOTHING
