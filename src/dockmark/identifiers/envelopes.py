"""The ISO/IEC 15434 envelope: `[)>` RS format GS fields RS EOT, with what printers and keyboards do to it."""

from collections.abc import Callable
from datetime import date
from typing import Final

from . import data_identifiers, text_elements
from .characters import EOT, GS, RS
from .draft import Draft
from .element_strings import read_element_string
from .faults import Fault
from .hibc import read_hibc
from .reading import Scheme, Unread, Warn

HEADER: Final = "[)>"
_SCHEMES: Final = {
    "05": Scheme.ENVELOPE_05,
    "06": Scheme.ENVELOPE_06,
    "12": Scheme.ENVELOPE_12,
    "DD": Scheme.ENVELOPE_DD,
}


_FOREIGN: Final = frozenset({"01", "02", "03", "04", "07", "08", "09"})
"""Formats of transport, trade data and plain text: beside a block that names the item, they say nothing of it."""


def read_envelope(text: str, today: date) -> tuple[Scheme, Draft]:
    """The scheme of the first format block, and what all blocks say together."""
    body, warns = _open(text)
    blocks = body.split(RS)
    if len(blocks) > 1 and not blocks[-1]:
        blocks.pop()
    else:
        warns.append(Warn.MISSING_TRAILER)
    at, read = len(HEADER) + 1, []
    names_item = any(block[:2] in _SCHEMES for block in blocks)
    for block in blocks:
        if not (names_item and block[:2] in _FOREIGN and block[2:3] == GS):
            read.append(_read_block(block, at, today))
        at += len(block) + 1
    scheme, draft = read[0]
    for _, more in read[1:]:
        draft.take(more)
    for warn in warns:
        draft.warn(warn)
    return scheme, draft


def _open(text: str) -> tuple[str, list[Warn]]:
    """What stands between header and end, and a warning where the end is missing."""
    if text == HEADER:
        raise Fault(Unread.TRUNCATED, len(text))
    if text[len(HEADER)] != RS:
        raise Fault(Unread.BAD_ENVELOPE, len(HEADER))
    body, eot, rest = text[len(HEADER) + 1 :].partition(EOT)
    if rest:
        raise Fault(Unread.BAD_ENVELOPE, len(text) - len(rest))
    return body, [] if eot else [Warn.MISSING_TRAILER]


def _read_block(block: str, at: int, today: date) -> tuple[Scheme, Draft]:
    code, data = block[:2], block[3:]
    if len(code) < 2:
        raise Fault(Unread.TRUNCATED, at)
    scheme = _SCHEMES.get(code)
    if scheme is None:
        raise Fault(Unread.UNKNOWN_FORMAT, at, format=code)
    if len(block) < 4:
        raise Fault(Unread.TRUNCATED, at + len(block), format=code)
    if block[2] != GS:
        raise Fault(Unread.BAD_ENVELOPE, at + 2, format=code)
    match scheme:
        case Scheme.ENVELOPE_05:
            draft = _read_05(data, at + 3, today)
        case Scheme.ENVELOPE_06:
            draft = _read_fields(data, at + 3, _tell_06(today))
        case _:
            draft = _read_fields(data, at + 3, _tell_12)
    return scheme, draft


def _read_05(data: str, at: int, today: date) -> Draft:
    try:
        return read_element_string(data, today)
    except Fault as fault:
        raise fault.moved(at) from None


Tell = Callable[[list[tuple[int, str]], Draft], None]


def _read_fields(data: str, at: int, tell: Tell) -> Draft:
    """Split the fields, note empty ones, and let the format tell what the others say."""
    draft, fields = Draft(), []
    for field in data.split(GS):
        if field:
            fields.append((at, field))
        else:
            draft.warn(Warn.EMPTY_FIELD)
        at += len(field) + 1
    if not fields:
        raise Fault(Unread.EMPTY)
    tell(fields, draft)
    return draft


def _tell_06(today: date) -> Tell:
    def tell(fields: list[tuple[int, str]], draft: Draft) -> None:
        values: dict[str, str] = {}
        for at, field in fields:
            if field[0] == "+":
                draft.take(read_hibc(field, today))
                continue
            code, value = data_identifiers.split(field, at)
            data_identifiers.keep(values, code, value, draft, at)
        data_identifiers.tell(values, draft, today)

    return tell


def _tell_12(fields: list[tuple[int, str]], draft: Draft) -> None:
    values: dict[str, str] = {}
    for at, field in fields:
        code, value = text_elements.split(field, at)
        text_elements.keep(values, code, value, draft, at)
    text_elements.tell(values, draft)
