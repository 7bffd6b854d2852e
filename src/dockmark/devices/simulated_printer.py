"""The simulated label printer's inside: what it makes of the bytes it is sent, and how it can fail. No sockets."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from dockmark.devices.zpl_status import ASK_ERRORS, ASK_STATUS

_STEP: Final = re.compile(rb"\^XA|\^XZ|~HQES|~HS|~[A-Z@][A-Z0-9@]")
_LONGEST_COMMAND: Final = 5


class Fault(StrEnum):
    """What can be wrong with the simulated printer."""

    PAPER_OUT = "paper_out"
    HEAD_OPEN = "head_open"
    PAUSED = "paused"
    RIBBON_OUT = "ribbon_out"
    OVER_TEMPERATURE = "over_temperature"


class Answers(StrEnum):
    """How it treats questions."""

    ALWAYS = "always"
    NOT_IN_FAULT = "not_in_fault"
    """As Zebra describes its own printers."""
    NEVER = "never"
    GARBLED = "garbled"


_HEX_BITS: Final = {
    Fault.PAPER_OUT: 0x1,
    Fault.RIBBON_OUT: 0x2,
    Fault.HEAD_OPEN: 0x4,
    Fault.OVER_TEMPERATURE: 0x10,
    Fault.PAUSED: 0x10000,
}


@dataclass
class PrinterMind:
    """Takes bytes, finds labels and commands in them, keeps labels back while something is wrong."""

    faults: set[Fault] = field(default_factory=set)
    answers: Answers = Answers.ALWAYS
    coming_faults: set[Fault] = field(default_factory=set)
    """What will be wrong from the moment the next label begins to come in."""
    is_busy: bool = False
    """Nothing is wrong, but other work comes first."""
    printed: list[bytes] = field(default_factory=list)
    """Each `^XA … ^XZ` that came out, in order."""
    waiting: list[bytes] = field(default_factory=list)
    """Whole labels in the buffer."""
    commands: list[bytes] = field(default_factory=list)
    """Other `~` commands it was given: a proper job has none."""
    questions: int = 0
    _heard: bytearray = field(default_factory=bytearray)
    _format: bytearray | None = None

    def take(self, data: bytes) -> bytes:
        """Work through the next bytes of a connection; what it answers to the questions among them."""
        self._heard += data
        answer = b""
        while match := self._next_step():
            step = bytes(match.group())  # before the buffer that it points into changes
            self._pass_over(match.start())
            del self._heard[: len(step)]
            answer += self._obey(step)
        self._pass_over(max(0, len(self._heard) - _LONGEST_COMMAND + 1))
        self.carry_on()
        return answer

    def hang_up(self) -> None:
        """The connection ended: what it was sent so far of a label stays in the buffer, like in a real printer."""
        self._pass_over(len(self._heard))

    def carry_on(self) -> None:
        """Print what waits, if nothing is wrong."""
        if not self.faults and not self.is_busy:
            self.printed += self.waiting
            self.waiting.clear()

    def _next_step(self) -> re.Match[bytes] | None:
        match = _STEP.search(self._heard)
        may_grow = match and match.group().startswith(b"~HQ") and match.group() != ASK_ERRORS
        if match and may_grow and len(self._heard) - match.start() < len(ASK_ERRORS):
            return None
        return match

    def _pass_over(self, count: int) -> None:
        if self._format is not None:
            self._format += self._heard[:count]
        del self._heard[:count]

    def _obey(self, step: bytes) -> bytes:
        if step == b"^XA":
            self._format = bytearray(step)
            self.faults |= self.coming_faults
            self.coming_faults.clear()
        elif step == b"^XZ" and self._format is not None:
            self.waiting.append(bytes(self._format + step))
            self._format = None
            self.carry_on()
        elif step in {ASK_STATUS, ASK_ERRORS}:
            self.questions += 1
            return self._answer(step)
        elif step.startswith(b"~"):
            self.commands.append(step)
        return b""

    def _answer(self, question: bytes) -> bytes:
        if self.answers is Answers.NEVER or (self.answers is Answers.NOT_IN_FAULT and self.faults):
            return b""
        said = self.host_status() if question == ASK_STATUS else self.error_status()
        return said.replace(b",", b";").replace(b"0", b"\x02") if self.answers is Answers.GARBLED else said

    def host_status(self) -> bytes:
        """The three strings of `~HS` as things stand."""

        def flag(fault: Fault) -> int:
            return int(fault in self.faults)

        partial, hot = int(self._format is not None), flag(Fault.OVER_TEMPERATURE)
        first = (
            f"030,{flag(Fault.PAPER_OUT)},{flag(Fault.PAUSED)},0200,{len(self.waiting):03d},0,0,{partial},000,0,0,{hot}"
        )
        second = f"000,0,{flag(Fault.HEAD_OPEN)},{flag(Fault.RIBBON_OUT)},0,2,4,0,00000000,1,000"
        return b"".join(b"\x02" + each.encode() + b"\x03\r\n" for each in (first, second, "1234,0"))

    def error_status(self) -> bytes:
        """The report of `~HQES` as things stand."""
        bits = sum(_HEX_BITS[fault] for fault in self.faults)
        report = (
            "\r\n  PRINTER STATUS                             \r\n"
            f"   ERRORS:         {int(bool(bits))} 00000000 {bits:08X}\r\n"
            "   WARNINGS:       0 00000000 00000000\r\n"
        )
        return b"\x02" + report.encode() + b"\x03"
