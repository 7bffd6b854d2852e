"""How a job is handed to a ZPL printer so that what we say of it afterwards is true. Any cable, no sockets here.

Before the first byte of the job the printer is asked `~HS`: one that says "head open" gets nothing, so nothing can
print twice. After the last byte it is asked again until it says that nothing of the job is left. Zebra printers give
no answer at all in some faults: silence is "ready" only of a printer that has never answered.
"""

import time
from dataclasses import dataclass
from enum import Enum
from typing import Final, Protocol

from dockmark.devices.label_printer import PrinterState, PrinterStatus, Sent, SentOutcome, Why
from dockmark.devices.zpl_status import (
    ASK_ERRORS,
    ASK_STATUS,
    ErrorStatus,
    ErrorStatusReader,
    HostStatus,
    HostStatusReader,
)

_LOOK_AGAIN_S: Final = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a printer is waited for, in seconds."""

    connect_s: float = 5.0
    first_answer_s: float = 1.0
    """To the first question ever asked of this printer."""
    answer_s: float = 2.0
    """From a printer that is known to answer."""
    mute_answer_s: float = 0.3
    """From a printer that never answered yet."""
    hang_up_s: float = 0.05
    """For one that never answers to hang up, before a job because it is busy, after it because it has it all."""
    stall_s: float = 10.0
    """Without a single byte being taken."""
    job_s: float = 120.0
    """For all bytes of one job."""
    settle_s: float = 8.0
    """For a job to leave the printer's buffer, or its fault to be mended, after the last byte."""
    ask_again_s: float = 0.2
    """Between two questions after a job."""


class LinkDown(Exception):  # noqa: N818 - says what happened to the link
    """The link to the printer is gone. `began`: bytes of this write may have left. `is_clean`: all was read first."""

    def __init__(self, code: Why, *, began: bool = True, is_clean: bool = False) -> None:
        super().__init__(code)
        self.code: Final = code
        self.began: Final = began
        self.is_clean: Final = is_clean


class Link(Protocol):
    """Bytes to and from one printer, over any cable. Both calls raise `LinkDown`."""

    def write(self, data: bytes) -> None:
        """Hand over all of `data`."""

    def read(self, within_s: float) -> bytes:
        """What the printer sends next, or nothing when it sends nothing in that time."""

    def has_undelivered(self) -> bool:
        """Bytes written before that the other side is known not to have taken yet."""


class Manner(Enum):
    """What is known of a printer's manners."""

    UNTRIED = "untried"
    ANSWERS = "answers"
    MUTE = "mute"


class ZplDialogue:
    """The conversation with one printer; remembers from job to job whether it is one that answers."""

    def __init__(self, patience: Patience) -> None:
        self.manner = Manner.UNTRIED
        self._patience: Final = patience

    def deliver(self, link: Link, job: bytes) -> Sent:
        """Hand over one job. A link that goes down before the job's first byte raises `LinkDown`."""
        questions = _Questions(link)
        held = self._look_before(questions)
        if held is not None:
            return held
        try:
            link.write(job)
        except LinkDown as down:
            return Sent(SentOutcome.UNKNOWN if down.began else SentOutcome.AWAY, down.code)
        questions.job_follows()
        try:
            return self._confirm(link, questions)
        except LinkDown as down:
            return Sent(SentOutcome.SENT if down.is_clean else SentOutcome.UNKNOWN, down.code)

    def status(self, link: Link) -> PrinterStatus:
        """Ask how the printer stands, without a job."""
        questions = _Questions(link)
        answer = questions.ask(self._waiting_s())
        if answer is not None:
            self.manner = Manner.ANSWERS
            return PrinterStatus(answer.state, Why.BUFFER_FULL if answer.buffer_full else Why.NOTHING, answer.raw)
        errors = questions.ask_errors(self._patience.mute_answer_s)
        if errors is not None:
            return errors
        if self.manner is Manner.ANSWERS:
            return PrinterStatus(PrinterState.NOT_ANSWERING, questions.silence)
        self.manner = Manner.MUTE
        return PrinterStatus(PrinterState.UNKNOWN, questions.silence)

    def _waiting_s(self) -> float:
        match self.manner:
            case Manner.UNTRIED:
                return self._patience.first_answer_s
            case Manner.ANSWERS:
                return self._patience.answer_s
            case Manner.MUTE:
                return self._patience.mute_answer_s

    def _look_before(self, questions: "_Questions") -> Sent | None:
        """What keeps the job from being sent now, or None. Nothing of the job has left yet."""
        if self.manner is Manner.MUTE:
            questions.listen(self._patience.hang_up_s)
            return None
        answer = questions.ask(self._waiting_s())
        if answer is not None:
            self.manner = Manner.ANSWERS
            if answer.state is not PrinterState.READY:
                return Sent(SentOutcome.AWAY, Why(answer.state.value))
            return Sent(SentOutcome.AWAY, Why.BUFFER_FULL) if answer.buffer_full else None
        if self.manner is Manner.ANSWERS:
            errors = questions.ask_errors(self._patience.mute_answer_s)
            if errors is not None and errors.state is not PrinterState.READY:
                return Sent(SentOutcome.AWAY, Why(errors.state.value))
            return Sent(SentOutcome.AWAY, questions.silence)
        self.manner = Manner.MUTE
        return None

    def _confirm(self, link: Link, questions: "_Questions") -> Sent:
        """All bytes are handed over: what became of them?"""
        if self.manner is not Manner.ANSWERS:
            questions.listen(self._patience.hang_up_s)
        deadline = time.monotonic() + self._patience.settle_s
        while True:
            answer = questions.ask(self._waiting_s())
            if questions.were_answered:
                self.manner = Manner.ANSWERS
            if answer is not None and answer.state is PrinterState.READY and answer.is_empty:
                return Sent(SentOutcome.CONFIRMED)
            if answer is None and self.manner is not Manner.ANSWERS:
                return _unanswered(link, questions, deadline)
            if time.monotonic() >= deadline:
                return _held(answer, questions)
            questions.listen(self._patience.ask_again_s)


def _unanswered(link: Link, questions: "_Questions", deadline: float) -> Sent:
    """A mute printer has the job once its side has taken every byte; a slow link gets the time for that."""
    while link.has_undelivered():
        if time.monotonic() >= deadline:
            return Sent(SentOutcome.UNKNOWN, Why.NOT_TAKEN)
        questions.listen(_LOOK_AGAIN_S)
    return Sent(SentOutcome.SENT, questions.silence)


def _held(last: HostStatus | None, questions: "_Questions") -> Sent:
    """The printer has the job, or a part of it, and did not get it done in time."""
    if last is None:
        return Sent(SentOutcome.UNKNOWN, questions.silence)
    if last.state is PrinterState.READY:
        return Sent(SentOutcome.SENT, Why.STILL_PRINTING)
    return Sent(SentOutcome.UNKNOWN, Why(last.state.value))


class _Questions:
    """Questions and answers on one link. Answers come in the order of the questions, some never."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._status = HostStatusReader()
        self._errors = ErrorStatusReader()
        self._error: ErrorStatus | None = None
        self._asked = 0
        self._answered = 0
        self._stale = 0
        self._heard = False

    @property
    def silence(self) -> Why:
        """The code for a question without an answer that makes sense."""
        return Why.GARBLED if self._heard and not self.were_answered else Why.NOT_ANSWERING

    @property
    def were_answered(self) -> bool:
        """The printer gave a whole answer to some question on this link."""
        return self._answered > 0

    def job_follows(self) -> None:
        """From here on, an answer that may belong to a question asked before the job says nothing of the job."""
        self._stale = self._asked

    def ask(self, within_s: float) -> HostStatus | None:
        """Ask how the printer stands; None when no whole answer came in time."""
        deadline = time.monotonic() + within_s
        self._put_question()
        while (left := deadline - time.monotonic()) > 0:
            answers = self._hear(left)
            if answers and self._answered > self._stale:
                return answers[-1]
            if answers:
                self._put_question()
        return None

    def ask_errors(self, within_s: float) -> PrinterStatus | None:
        """Ask for the error bits, which some printers give even where they keep silent to the first question."""
        deadline = time.monotonic() + within_s
        self._link.write(ASK_ERRORS)
        while (left := deadline - time.monotonic()) > 0:
            self._hear(left)
            if self._error is not None:
                return PrinterStatus(self._error.state, raw=self._error.raw)
        return None

    def listen(self, for_s: float) -> None:
        """Let time go by without going deaf or overlooking that the printer hung up."""
        deadline = time.monotonic() + for_s
        while (left := deadline - time.monotonic()) > 0:
            self._hear(left)

    def _put_question(self) -> None:
        self._link.write(ASK_STATUS)
        self._asked += 1

    def _hear(self, within_s: float) -> list[HostStatus]:
        data = self._link.read(within_s)
        self._heard = self._heard or bool(data)
        answers = self._status.feed(data)
        self._error = next(reversed(self._errors.feed(data)), self._error)
        self._answered += len(answers)
        return answers
