"""Reads what a ZPL printer answers to `~HS` and `~HQES`: streams that come in any pieces, late, or spoiled."""

import re
from dataclasses import dataclass
from typing import Final

from dockmark.devices.label_printer import PrinterState

ASK_STATUS: Final = b"~HS"
ASK_ERRORS: Final = b"~HQES"

_STX: Final = 0x02
_ETX: Final = 0x03
_LONGEST_STRING: Final = 200
_LONGEST_REPORT: Final = 2048

_FLAG: Final = rb"[01]"
_NUMBER: Final = rb"[0-9]{1,8}"
_MODE: Final = rb"[0-9A-Za-z]"
_FIRST: Final = re.compile(
    rb",".join([_NUMBER, _FLAG, _FLAG, _NUMBER, _NUMBER, _FLAG, _FLAG, _FLAG, _NUMBER, _FLAG, _FLAG, _FLAG])
)
_SECOND: Final = re.compile(
    rb",".join([_NUMBER, _NUMBER, _FLAG, _FLAG, _FLAG, _MODE, _MODE, _FLAG, _NUMBER, _FLAG, _NUMBER])
)
_THIRD: Final = re.compile(rb"[0-9A-Za-z]{1,8}," + _FLAG)
_ERRORS: Final = re.compile(rb"ERRORS:\s{1,32}([01])\s{1,8}([0-9A-Fa-f]{8})\s{1,8}([0-9A-Fa-f]{8})\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class HostStatus:
    """One whole answer to `~HS`."""

    paper_out: bool
    paused: bool
    formats_in_buffer: int
    buffer_full: bool
    partial_format: bool
    ram_lost: bool
    under_temperature: bool
    over_temperature: bool
    head_open: bool
    ribbon_out: bool
    label_waiting: bool
    labels_left: int
    raw: bytes

    @property
    def state(self) -> PrinterState:
        """The gravest thing it says: what a person must see to first."""
        flags = (
            (self.head_open, PrinterState.HEAD_OPEN),
            (self.paper_out, PrinterState.PAPER_OUT),
            (self.ribbon_out, PrinterState.RIBBON_OUT),
            (self.over_temperature, PrinterState.OVER_TEMPERATURE),
            (self.paused, PrinterState.PAUSED),
            (self.under_temperature or self.ram_lost, PrinterState.FAULT),
        )
        return next((state for raised, state in flags if raised), PrinterState.READY)

    @property
    def is_empty(self) -> bool:
        """Nothing that was sent is still waiting to be printed."""
        return not (self.formats_in_buffer or self.labels_left or self.partial_format or self.buffer_full)


class HostStatusReader:
    """Finds whole `~HS` answers (three strings, each STX … ETX) in a stream, and picks up again after noise."""

    def __init__(self) -> None:
        self._string: bytearray | None = None
        self._strings: list[bytes] = []

    def feed(self, data: bytes) -> list[HostStatus]:
        """Take the next bytes; give the answers that became whole with them."""
        found: list[HostStatus] = []
        for byte in data:
            if byte == _STX:
                self._string = bytearray()
            elif self._string is None:
                continue
            elif byte == _ETX:
                status = self._close(bytes(self._string))
                self._string = None
                if status is not None:
                    found.append(status)
            else:
                self._string.append(byte)
                if len(self._string) > _LONGEST_STRING:
                    self._string = None
        return found

    def _close(self, string: bytes) -> HostStatus | None:
        """One string ended. Strings count only in their order; anything else starts the search anew."""
        string = string.strip()
        if _FIRST.fullmatch(string):
            self._strings = [string]
        elif len(self._strings) == 1 and _SECOND.fullmatch(string):
            self._strings.append(string)
        elif len(self._strings) == 2 and _THIRD.fullmatch(string):
            strings, self._strings = [*self._strings, string], []
            return _status(strings)
        else:
            self._strings = []
        return None


def _status(strings: list[bytes]) -> HostStatus:
    first, second = strings[0].split(b","), strings[1].split(b",")

    def flag(field: bytes) -> bool:
        return field == b"1"

    return HostStatus(
        paper_out=flag(first[1]),
        paused=flag(first[2]),
        formats_in_buffer=int(first[4]),
        buffer_full=flag(first[5]),
        partial_format=flag(first[7]),
        ram_lost=flag(first[9]),
        under_temperature=flag(first[10]),
        over_temperature=flag(first[11]),
        head_open=flag(second[2]),
        ribbon_out=flag(second[3]),
        label_waiting=flag(second[7]),
        labels_left=int(second[8]),
        raw=b"\n".join(strings),
    )


_ERROR_BITS: Final = (
    (0x4, PrinterState.HEAD_OPEN),
    (0x1, PrinterState.PAPER_OUT),
    (0x2, PrinterState.RIBBON_OUT),
    (0x30, PrinterState.OVER_TEMPERATURE),
    (0x10000, PrinterState.PAUSED),
)


@dataclass(frozen=True, slots=True)
class ErrorStatus:
    """One answer to `~HQES`: the error bits of group 1, and whether the printer calls them an error at all."""

    is_error: bool
    bits: int
    raw: bytes

    @property
    def state(self) -> PrinterState:
        """The gravest error, in the words of `~HS`; bits that have no such word are a fault."""
        if not self.is_error:
            return PrinterState.READY
        return next((state for bit, state in _ERROR_BITS if self.bits & bit), PrinterState.FAULT)


class ErrorStatusReader:
    """Finds `~HQES` answers in a stream."""

    def __init__(self) -> None:
        self._heard = b""

    def feed(self, data: bytes) -> list[ErrorStatus]:
        """Take the next bytes; give the answers that became whole with them."""
        self._heard += data
        found: list[ErrorStatus] = []
        end = 0
        for match in _ERRORS.finditer(self._heard):
            flag, second_group, first_group = match.groups()
            raised = flag == b"1" or bool(int(second_group, 16))
            found.append(ErrorStatus(raised, int(first_group, 16), match.group().strip()))
            end = match.end()
        self._heard = self._heard[end:][-_LONGEST_REPORT:]
        return found
