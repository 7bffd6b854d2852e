"""How a serial scanner is programmed, and what the bytes between two endings mean under that programme."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal, NamedTuple, get_args

from dockmark.devices.framer import Ended, Frame, Suffix
from dockmark.identifiers.reading import Scan

Parity = Literal["N", "E", "O", "M", "S"]
PARITIES: Final[tuple[Parity, ...]] = get_args(Parity)
BAUDS: Final = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)
LONGEST_PREFIX: Final = 16
_AIM: Final = re.compile(rb"\][A-Za-z][0-9A-Za-z]")
_SEPARATORS: Final = frozenset(b"\x04\x09\x0a\x0d\x1c\x1d\x1e\x1f")
"""Control characters that symbols really hold."""


class Doubt(StrEnum):
    """Why what came is no scan, or may be wrong. A code is never renamed; `wording` has a sentence for each."""

    NOTHING = ""
    GARBLED = "scanner_garbled"
    NO_ENDING = "scanner_no_ending"
    NO_PREFIX = "scanner_no_prefix"
    NO_SYMBOLOGY = "scanner_no_symbology"
    TOO_LONG = "scanner_too_long"
    CUT_OFF = "scanner_cut_off"


@dataclass(frozen=True, slots=True, kw_only=True)
class SerialProfile:
    """The settings that scanner and station must agree on."""

    baud: int = 9600
    data_bits: int = 8
    parity: Parity = "N"
    stop_bits: int = 1
    prefix: bytes = b""
    """What the scanner sends before each scan. What does not begin with it is no scan."""
    suffix: Suffix = Suffix.ANY
    has_aim: bool = False
    """Whether the AIM identifier comes before the data and is told apart. Without, one is found where it stands."""
    separator: bytes = b""
    """What the scanner sends in place of GS; nothing where it sends GS as it is."""


class Told(NamedTuple):
    """What came of one frame: a scan, a doubt, or both."""

    scan: Scan | None
    doubt: Doubt = Doubt.NOTHING


def scan_of(frame: Frame, profile: SerialProfile, device: str) -> Told:
    """The scan that this frame holds under this profile. Never raises, whatever the bytes are.

    What cannot be a whole scan is not handed on: half a serial number would name another unit.
    """
    if frame.ended is Ended.OVERFLOW:
        return Told(None, Doubt.TOO_LONG)
    raw = _without_other_half(frame.raw, profile.suffix)
    if not raw:
        return Told(None)
    if frame.ended is Ended.IDLE and profile.suffix is not Suffix.IDLE:
        return Told(None, Doubt.GARBLED if is_garbled(raw) else Doubt.NO_ENDING)
    if not raw.startswith(profile.prefix):
        return Told(None, Doubt.GARBLED if is_garbled(raw) else Doubt.NO_PREFIX)
    raw = raw.removeprefix(profile.prefix)
    symbology, doubt = "", Doubt.NOTHING
    if profile.has_aim:
        found = _AIM.match(raw)
        symbology, doubt = (found[0].decode(), doubt) if found else ("", Doubt.NO_SYMBOLOGY)
        raw = raw[len(symbology) :]
    if profile.separator:
        raw = raw.replace(profile.separator, b"\x1d")
    if not raw:
        return Told(None)
    if is_garbled(raw):
        doubt = Doubt.GARBLED
    return Told(Scan(raw=raw, symbology=symbology, device=device), doubt)


def _without_other_half(raw: bytes, suffix: Suffix) -> bytes:
    """A scanner that sends CR LF where one of them is awaited is understood all the same."""
    match suffix:
        case Suffix.CR:
            return raw.removeprefix(b"\n")
        case Suffix.LF:
            return raw.removesuffix(b"\r")
        case Suffix.IDLE:
            return raw.rstrip(b"\r\n")
        case _:
            return raw


def is_garbled(raw: bytes) -> bool:
    """Whether at least every third byte is one that labels do not hold: the speed or the parity may be wrong."""
    try:
        text = raw.decode()
        odd = sum(1 for char in text if (char < " " and ord(char) not in _SEPARATORS) or char == "\x7f")
    except UnicodeDecodeError:
        odd = sum(1 for byte in raw if (byte < 0x20 and byte not in _SEPARATORS) or byte >= 0x7F)
    return odd * 3 >= len(raw) > 0
