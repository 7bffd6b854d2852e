"""Dockmark's own tags: `DM`, kind letter, payload of A-Z and 0-9, check character. No punctuation, so that every
keyboard layout carries them; capitals when printed, and read in either case, since Caps Lock swaps it.

A string is a tag if the kind is one of ours, the payload has the form of that kind and the check character (ISO 7064
mod 37,36 over everything before it) is right. Anything else that begins with `DM` is an ordinary serial.
"""

import re
from enum import StrEnum
from typing import Final
from uuid import UUID

from stdnum.iso7064 import mod_37_36

from .reading import TagKind

SHORTEST: Final = 6
LONGEST: Final = 64
_UNIT_SIZE: Final = 25
_BADGE_SIZE: Final = 16
_DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Command(StrEnum):
    """What a command tag asks for."""

    ACCEPT = "ACCEPT"
    REJECT = "REJECT"
    DAMAGED = "DAMAGED"
    QUARANTINE = "QUARANTINE"
    SKIP = "SKIP"
    UNDO = "UNDO"
    REPEAT = "REPEAT"
    FINISH = "FINISH"
    HELP = "HELP"
    RELEASE = "RELEASE"
    NOTE = "NOTE"
    """The delivery note's number follows."""
    TYPED = "TYPED"
    CERTIFICATE = "CERTIFICATE"
    ENTER = "ENTER"
    CLEAR = "CLEAR"
    RECEIVING = "RECEIVING"
    """Go to that desk; so do the further names of desks."""
    HOLDS = "HOLDS"


_FORMS: Final = {
    TagKind.UNIT: re.compile(rf"[0-9A-Z]{{{_UNIT_SIZE}}}"),
    TagKind.PLACE: re.compile(r"[0-9A-Z]+"),
    TagKind.BADGE: re.compile(rf"[0-9A-Z]{{{_BADGE_SIZE}}}"),
    TagKind.COMMAND: re.compile(r"[A-Z][0-9A-Z]+"),
    TagKind.DOCUMENT: re.compile(r"[0-9A-Z]+"),
    TagKind.REASON: re.compile(r"[0-9A-Z]+"),
    TagKind.NUMBER: re.compile(r"[0-9]{2,9}|K[0-9EC]"),
}
_KIND_LETTERS: Final = {kind.value: kind for kind in TagKind}
_TAG: Final = re.compile(r"DM([ULBCDRN])([0-9A-Z]{2,60})([0-9A-Z])")


def tag(kind: TagKind, payload: str) -> str:
    """The tag of that kind with that payload; `ValueError` if the payload has not the form of the kind."""
    whole = f"DM{kind.value}{payload}"
    if not SHORTEST - 1 <= len(whole) < LONGEST or not _fits(kind, payload):
        raise ValueError(payload)
    return whole + mod_37_36.calc_check_digit(whole)


def parse(text: str) -> tuple[TagKind, str] | None:
    """Kind and payload of a tag, or None for text that is none."""
    found = _shape(text)
    if found is None or not mod_37_36.is_valid(text.upper()):
        return None
    return found


def almost(text: str) -> bool:
    """Whether the text is like one of our tags but for the check character, and hardly like anything else.

    Places, documents and reasons have no form of their own, so a serial such as `DML123` is not suspected.
    """
    found = _shape(text)
    if found is None:
        return False
    kind, payload = found
    match kind:
        case TagKind.UNIT | TagKind.BADGE:
            return True
        case TagKind.COMMAND:
            return payload in Command.__members__
        case TagKind.NUMBER:
            return len(payload) <= 3
        case _:
            return False


def _shape(text: str) -> tuple[TagKind, str] | None:
    match = _TAG.fullmatch(text.upper()) if text.isascii() else None
    if match is None:
        return None
    kind = _KIND_LETTERS[match[1]]
    return (kind, match[2]) if _fits(kind, match[2]) else None


def _fits(kind: TagKind, payload: str) -> bool:
    return _FORMS[kind].fullmatch(payload) is not None


def command_tag(command: Command) -> str:
    """The tag that asks for this."""
    return tag(TagKind.COMMAND, command.value)


def number_tag(number: int) -> str:
    """The tag of a whole number: at least two digits, nine at most."""
    if number < 0:
        raise ValueError(number)
    return tag(TagKind.NUMBER, f"{number:02}")


def key_tag(key: int | str) -> str:
    """The tag of one keypad key: a digit, or `E` (enter) or `C` (clear)."""
    return tag(TagKind.NUMBER, f"K{key}")


def number_of(payload: str) -> int | None:
    """The whole number of a number tag, or None for a keypad key."""
    return int(payload) if payload.isascii() and payload.isdigit() else None


def key_of(payload: str) -> str | None:
    """The keypad key of a number tag (`0` to `9`, `E`, `C`), or None for a whole number."""
    return payload[1] if len(payload) == 2 and payload[0] == "K" else None


def unit_tag(unit: str | UUID) -> str:
    """The tag of the unit with this UUID."""
    return tag(TagKind.UNIT, _base_36(UUID(str(unit)).int, _UNIT_SIZE))


def unit_of(payload: str) -> str | None:
    """The UUID, in its lower-case text form, of the unit whose tag carries this payload; None if it carries none."""
    if not _fits(TagKind.UNIT, payload):
        return None
    number = int(payload, 36)
    return str(UUID(int=number)) if number < 1 << 128 else None


def badge_tag(token: bytes) -> str:
    """The tag of a badge: its 80-bit random token."""
    if len(token) != 10:
        raise ValueError(len(token))
    return tag(TagKind.BADGE, _base_36(int.from_bytes(token), _BADGE_SIZE))


def token_of(payload: str) -> bytes | None:
    """The badge's token, or None if the payload carries none."""
    if not _fits(TagKind.BADGE, payload):
        return None
    number = int(payload, 36)
    return number.to_bytes(10) if number < 1 << 80 else None


def place_payload(code: str) -> str:
    """A place's short code as its tag carries it: capitals and digits only, filled up to two."""
    return "".join(each for each in code.upper() if each.isascii() and each.isalnum()).ljust(2, "0")


def place_tag(code: str) -> str:
    """The tag of a place with this short code, at least two letters or digits."""
    return tag(TagKind.PLACE, place_payload(code))


def own_place_payload(place: str) -> str:
    """What the tag of a place carries where its code cannot: `Z` and the random part of its UUID.

    `1-11` and `11-1` are one to a tag, and so are all codes in letters that it does not have.
    """
    try:
        number = UUID(place).int
    except ValueError:
        number = int.from_bytes(place.encode())
    return f"Z{_base_36(number & ((1 << 62) - 1), 12)}"


def is_told_by_payload(code: str) -> bool:
    """Whether nothing but capitals and the usual separators is lost when a code becomes a payload."""
    return all((each.isascii() and each.isalnum()) or each in "-_./: #" for each in code)


def _base_36(number: int, size: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits.rjust(size, "0")
