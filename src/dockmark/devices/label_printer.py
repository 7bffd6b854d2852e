"""What every label printer promises, whatever cable leads to it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Protocol

Format = Literal["zpl", "pdf"]


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
    """The outcome of one job and, as a code for `wording`, why."""

    outcome: SentOutcome
    detail: str = ""


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
    """How a printer stands, a code that says more, and the bytes it was read from."""

    state: PrinterState
    detail: str = ""
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
