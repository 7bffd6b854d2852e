"""Reads a scan: takes off what the scanner added, finds the scheme, answers with a meaning or with why there is none.

Bytes that are not UTF-8 are read one character a byte (ISO 8859-1, the default of Data Matrix and QR), with a warning.
"""

import re
from datetime import date
from typing import Final

from .characters import SEPARATORS
from .content import Content
from .detection import read_content
from .faults import Fault
from .reading import Identifier, Reading, Scan, Unread, Unreadable, Warn
from .symbologies import AIM, UNTOLD, Symbology, identifier_of, symbology

MOST_CHARACTERS: Final = 4296
"""The largest load of a QR code in letters and digits."""
_MOST_BYTES: Final = 4 * MOST_CHARACTERS + 8

_CONTROL: Final = re.compile(r"[\x00-\x03\x05-\x1b\x7f-\x9f]")
_PICTURES: Final = {0x2400 + code: chr(code) for code in (*map(ord, SEPARATORS), *b"\t\n\r")}
_PICTURE: Final = re.compile("[" + "".join(map(chr, _PICTURES)) + "]")
_NEWLINES: Final = ("\r\n", "\n", "\r", "\t")


def read(scan: Scan, *, today: date) -> Identifier:
    """What the scan means. Never raises: what cannot be read comes back as `Unreadable`."""
    text, warns = _received(scan.raw)
    seen = UNTOLD
    try:
        text, seen = _split(text, scan.symbology)
        _check(text, scan)
        return read_content(Content(scan, text, seen, today, warns))
    except Fault as fault:
        kept = text if len(text) <= MOST_CHARACTERS else ""
        return Unreadable(scan=scan, code=fault.code, at=fault.at, text=kept, symbology=seen.name, detail=fault.facts)


def as_plain(scan: Scan, *, today: date) -> Reading | None:
    """The scan as text and nothing else: for a serial that happens to have the form of something else."""
    text, warns = _received(scan.raw)
    try:
        text, seen = _split(text, scan.symbology)
        _check(text, scan)
        return Content(scan, text, seen, today, warns).plain()
    except Fault:
        return None


def _received(raw: bytes) -> tuple[str, tuple[Warn, ...]]:
    """The text as it left the symbol, and what had to be mended on the way."""
    if len(raw) > _MOST_BYTES:
        return "\0" * (MOST_CHARACTERS + 1), ()
    warns: list[Warn] = []
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
        warns.append(Warn.AMBIGUOUS)
    if not text.isascii() and _PICTURE.search(text):
        text = text.translate(_PICTURES)
        warns.append(Warn.SUBSTITUTED_CONTROLS)
    for newline in _NEWLINES:
        if text.endswith(newline):
            return text.removesuffix(newline), (*warns, Warn.TRAILING_NEWLINE)
    return text, tuple(warns)


def _split(text: str, told: str) -> tuple[str, Symbology]:
    """The content without its AIM identifier, and the symbology that this or the device names."""
    match = AIM.match(text)
    identifier = match[0] if match else identifier_of(told)
    if not identifier:
        return text, UNTOLD
    seen = symbology(identifier)
    if seen is None:
        raise Fault(Unread.UNKNOWN_SYMBOLOGY, 0, identifier=identifier)
    return (text[3:] if match else text), seen


def _check(text: str, scan: Scan) -> None:
    """Refuse what no scheme can mean."""
    if len(text) > MOST_CHARACTERS:
        raise Fault(Unread.TOO_LONG, MOST_CHARACTERS, length=len(scan.raw))
    if not text.strip():
        raise Fault(Unread.EMPTY)
    control = _CONTROL.search(text)
    if control is not None:
        raise Fault(Unread.CONTROL_CHARS, control.start(), character=ord(control[0]))
