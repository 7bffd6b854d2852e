"""What paper carries of a checkpoint, and how it is read again when somebody typed or scanned it from there. Pure."""

import re
from dataclasses import dataclass
from typing import Final

MARK: Final = "DMK1"
_NOTE: Final = 52
_TIME: Final = 16
_MAKER: Final = 32
_LONGEST: Final = 4000
_HEX_FROM: Final = str.maketrans("OILSZ", "01152")
_BASE32_FROM: Final = str.maketrans("0189", "OIBG")
"""Digits that base32 has not, as the letters that they were most likely read from."""
_MOST_SLIPS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A checkpoint as it was typed: maker, number, time and the hash of the note."""

    maker: str
    number: int
    time: str
    note: str

    @property
    def text(self) -> str:
        """The one way to write it."""
        return checkpoint_text(self.maker, self.number, self.time, self.note)


def checkpoint_text(maker: str, number: int, time: str, note: str) -> str:
    """About a hundred characters, for text and QR."""
    return f"{MARK} {maker} {number} {time} {note}"


def read_checkpoint(text: str) -> Typed | None:
    """A checkpoint from what was typed or scanned, or None where it is none.

    Spaces, line ends and signs between do not matter, nor does the case, nor a letter for the digit that looks like it
    and the other way about: every character stands in a place that says which of the two it must be.
    """
    if len(text) > _LONGEST:
        return None
    # The time's signs and the UUID's hyphens are left out with the rest: what is left is of known length, but for the
    # number in the middle.
    plain = re.sub(r"[^0-9A-Z]", "", text.upper())
    head, rest = plain[: len(MARK)], plain[len(MARK) :]
    if head.translate(str.maketrans("IL", "11")) != MARK or len(rest) < _MAKER + 1 + _TIME + _NOTE:
        return None
    maker, number = rest[:_MAKER].translate(_HEX_FROM), rest[_MAKER : -_TIME - _NOTE].translate(_HEX_FROM)
    time, note = rest[-_TIME - _NOTE : -_NOTE], rest[-_NOTE:].translate(_BASE32_FROM)
    moment = time[:8].translate(_HEX_FROM) + time[9:15].translate(_HEX_FROM)
    fits = re.fullmatch("[0-9A-F]{32}", maker) and re.fullmatch("[0-9]{1,15}", number) and moment.isdecimal()
    if not fits or not moment.isascii() or not re.fullmatch("[A-Z2-7]{52}", note):
        return None
    return Typed(maker=_uuid(maker.lower()), number=int(number), time=_time(moment), note=note)


def same_note(typed: str, stored: str) -> bool:
    """Whether a typed note is the stored one. An I may have been typed for an L: both look like the same stroke."""
    return _look(typed) == _look(stored)


def is_slip(typed: str, stored: str) -> bool:
    """Whether two notes differ in so few characters that one is the other, mistyped: chance never comes so near."""
    differing = sum(one != other for one, other in zip(_look(typed), _look(stored), strict=True))
    return 0 < differing <= _MOST_SLIPS


def _look(note: str) -> str:
    return note.replace("L", "I")


def _uuid(digits: str) -> str:
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _time(digits: str) -> str:
    day, hour = digits[:8], digits[8:]
    return f"{day[:4]}-{day[4:6]}-{day[6:]}T{hour[:2]}:{hour[2:4]}:{hour[4:]}Z"
