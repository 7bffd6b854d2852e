"""What every label printer promises, whatever cable leads to it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Protocol

Format = Literal["zpl", "pdf"]


class Why(StrEnum):
    """Why an outcome or a state is what it is. A code is never renamed; `wording` has a sentence for each."""

    NOTHING = ""
    PAPER_OUT = "paper_out"
    HEAD_OPEN = "head_open"
    RIBBON_OUT = "ribbon_out"
    OVER_TEMPERATURE = "over_temperature"
    PAUSED = "paused"
    FAULT = "fault"
    BUFFER_FULL = "buffer_full"
    STILL_PRINTING = "still_printing"
    NOT_ANSWERING = "not_answering"
    GARBLED = "garbled"
    ABSENT = "absent"
    HOST_UNKNOWN = "host_unknown"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    TIMED_OUT = "timed_out"
    BUSY = "busy"
    CLOSED = "closed"
    RESET = "reset"
    STALLED = "stalled"
    NOT_TAKEN = "not_taken"
    NOT_ALLOWED = "not_allowed"
    DRIVER_IN_THE_WAY = "driver_in_the_way"
    LIBUSB_MISSING = "libusb_missing"
    USB_ERROR = "usb_error"
    SEVERAL_MATCH = "several_match"
    NO_PRINTER_PORT = "no_printer_port"
    ALREADY_THERE = "already_there"
    NAME_TAKEN = "name_taken"
    DISK_FULL = "disk_full"
    NOT_A_FOLDER = "not_a_folder"
    FOLDER_AWAY = "folder_away"
    SPOOLED = "spooled"
    QUEUE_UNKNOWN = "queue_unknown"
    QUEUE_CLOSED = "queue_closed"
    SPOOLER_AWAY = "spooler_away"
    SPOOLER_LOST = "spooler_lost"
    SPOOLER_REFUSED = "spooler_refused"
    SPOOLER_MISSING = "spooler_missing"
    LP_MISSING = "lp_missing"
    LP_KILLED = "lp_killed"
    LP_FAILED = "lp_failed"
    PDF_NEEDS_SYSTEM_PRINTER = "pdf_needs_system_printer"
    EMPTY_JOB = "empty_job"


class SentOutcome(StrEnum):
    """What is known of a job after it was handed to the printer. Only `AWAY` may be tried again without asking."""

    CONFIRMED = "confirmed"
    """The printer said that it took the job and has nothing of it left to do."""
    SENT = "sent"
    """Every byte was delivered; nothing more is known."""
    UNKNOWN = "unknown"
    """Something left for the printer, then we lost sight of it: it may or may not have printed."""
    AWAY = "away"
    """Nothing left for the printer: safe to try again later."""
    FAILED = "failed"
    """Refused before any byte left, and trying again will not help by itself."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The outcome of one job, and why: a `Why`, or the code of the refusal that kept the job from being drawn."""

    outcome: SentOutcome
    detail: str = Why.NOTHING


class PrinterState(StrEnum):
    """How a printer stands, as far as it tells."""

    READY = "ready"
    PAPER_OUT = "paper_out"
    HEAD_OPEN = "head_open"
    PAUSED = "paused"
    RIBBON_OUT = "ribbon_out"
    OVER_TEMPERATURE = "over_temperature"
    FAULT = "fault"
    NOT_ANSWERING = "not_answering"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """How a printer stands, why, and the bytes it was read from."""

    state: PrinterState
    detail: Why = Why.NOTHING
    raw: bytes = b""


class LabelPrinter(Protocol):
    """A printer of labels. `send` and `status` block, but never longer than their time-outs, and raise nothing."""

    @property
    def url(self) -> str:
        """The name by which settings and people call this printer."""

    @property
    def format(self) -> Format:
        """What `send` wants its jobs to be."""

    def send(self, job: bytes, *, name: str) -> Sent:
        """Hand one job to the printer. `name` is the job's own id: the same name means the same job again."""

    def status(self) -> PrinterStatus:
        """Ask how the printer stands."""
