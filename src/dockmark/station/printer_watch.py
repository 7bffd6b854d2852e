"""How the label printer stands, from what became of its jobs and from asking it now and then."""

import threading
import time
from typing import Final

from dockmark.devices.label_printer import LabelPrinter, PrinterState, PrinterStatus, Sent, SentOutcome
from dockmark.devices.lights import DeviceLight, DeviceSort, DeviceState

ASK_READY_S: Final = 30.0
ASK_AWAY_S: Final = 5.0

_GONE: Final = frozenset({"absent", "host_unknown", "unreachable", "refused", "timed_out", "not_answering", "reset",
                          "closed", "spooler_away", "folder_away", "usb_error"})  # fmt: skip
"""Reasons for which nobody has to lay hands on the printer itself."""


class PrinterWatch:
    """Keeps the last word on each printer. Asks only where somebody looks on."""

    def __init__(self) -> None:
        self._lock: Final = threading.Lock()
        self._stands: dict[str, tuple[DeviceState, str]] = {}
        self._ask_at: dict[str, float] = {}
        self.is_on = False

    def light(self, url: str) -> DeviceLight:
        """The light of that printer; not yet asked, it is being opened."""
        with self._lock:
            state, detail = self._stands.get(url, (DeviceState.OPENING, ""))
        return DeviceLight(url, url, state, detail, DeviceSort.PRINTER)

    def is_due(self, url: str) -> bool:
        """Whether it is time to ask that printer again."""
        return self.is_on and bool(url) and time.monotonic() >= self._ask_at.get(url, 0.0)

    def ask(self, url: str, printer: LabelPrinter) -> bool:
        """Ask how it stands; true where that has changed."""
        status = printer.status()
        state = _state_of(status)
        # A printer that answers no questions might print them: it is not asked for nothing.
        pause = float("inf") if status.state is PrinterState.UNKNOWN else ASK_READY_S
        detail = "" if state is DeviceState.READY else status.detail or status.state.value
        return self._note(url, state, detail, pause if state is DeviceState.READY else ASK_AWAY_S)

    def learn(self, url: str, sent: Sent) -> bool:
        """A job was handed over, or was not; true where that changes how the printer stands."""
        match sent.outcome:
            case SentOutcome.CONFIRMED | SentOutcome.SENT:
                return self._note(url, DeviceState.READY, "", ASK_READY_S)
            case SentOutcome.AWAY:
                gone = sent.detail in _GONE
                return self._note(url, DeviceState.BACKOFF if gone else DeviceState.FAULTED, sent.detail, ASK_AWAY_S)
            case SentOutcome.UNKNOWN | SentOutcome.FAILED:
                self._ask_at[url] = 0.0  # the job may be at fault, or the printer: ask it
                return False

    def _note(self, url: str, state: DeviceState, detail: str, pause_s: float) -> bool:
        with self._lock:
            self._ask_at[url] = time.monotonic() + pause_s
            changed = self._stands.get(url) != (state, str(detail))
            self._stands[url] = (state, str(detail))
        return changed


def _state_of(status: PrinterStatus) -> DeviceState:
    if status.state in (PrinterState.READY, PrinterState.UNKNOWN):
        return DeviceState.READY
    gone = status.state is PrinterState.NOT_ANSWERING or status.detail in _GONE
    return DeviceState.BACKOFF if gone else DeviceState.FAULTED
