"""ISBT 128 (medical products of human origin): data structures of fixed length, each begun by two characters."""

import re
from typing import Final

from . import dates
from .characters import is_digits
from .draft import Draft
from .faults import Fault
from .reading import Scheme, Unread

_STRUCTURES: Final = (
    ("=)", 10, "udi_di"),
    ("&)", 10, "lot"),
    ("=/", 16, "udi_di"),
    ("=,", 6, "serial"),
    ("=>", 6, "expiry"),
    ("=}", 6, "mfg_date"),
    ("&>", 10, "expiry"),
    ("&,1", 18, "lot"),
    ("=+", 5, ""),
    ("=%", 4, ""),
    ("=<", 8, ""),
    ("=*", 6, ""),
    ("&*", 10, ""),
    ("&}", 10, "mfg_date"),
)
"""Sign, length of the value, and the field that it fills where it fills one."""
_DATED_SIGNS: Final = ("=>", "=}", "&>", "&}", "=*", "&*")
_DONATION: Final = re.compile(r"=([A-NP-Z1-9][0-9A-Z]{4}[0-9]{8})[0-9A-Z*]{2}")
_VALUE: Final = re.compile(r"[0-9A-Z]*")


def starts_like_isbt(text: str) -> bool:
    """Whether the text begins with a data structure, whole or cut off: not merely with a sign as a formula does."""
    if _DONATION.match(text):
        return True
    found = _structure(text, 0)
    if found is None:
        return False
    sign, size, _ = found
    value = text[len(sign) : len(sign) + size]
    return bool(_VALUE.fullmatch(value)) and (sign not in (*_DATED_SIGNS, "=,") or is_digits(value))


def _structure(text: str, at: int) -> tuple[str, int, str] | None:
    return next((each for each in _STRUCTURES if text.startswith(each[0], at)), None)


def read_isbt(text: str) -> tuple[Scheme, Draft]:
    """What a string of data structures says."""
    draft, at, count = Draft(), 0, 0
    while at < len(text):
        donation = _DONATION.match(text, at)
        if donation is not None:
            _keep(draft, "=", "din", donation[1], at)
            at, count = donation.end(), count + 1
            continue
        found = _structure(text, at)
        if found is None:
            raise Fault(Unread.BAD_VALUE, at)
        sign, size, name = found
        value = text[at + len(sign) : at + len(sign) + size]
        if len(value) < size:
            raise Fault(Unread.TRUNCATED, len(text), structure=sign)
        if not _VALUE.fullmatch(value):
            raise Fault(Unread.BAD_CHARSET, at, structure=sign)
        _keep(draft, sign, name, _dated(value) if sign in _DATED_SIGNS else value, at)
        at, count = at + len(sign) + size, count + (sign != "=+")
    _check_count(draft, count, len(text))
    container = "=)" in draft.marks
    return (Scheme.ISBT_CONTAINER if container else Scheme.ISBT), draft


def _check_count(draft: Draft, count: int, end: int) -> None:
    """A compound message tells first how many structures follow it."""
    told = draft.marks.get("=+", "")[:2]
    if not told:
        return
    if not is_digits(told) or count > int(told):
        raise Fault(Unread.BAD_VALUE, 0, structure="=+")
    if count < int(told):
        raise Fault(Unread.TRUNCATED, end, structure="=+")


def _keep(draft: Draft, sign: str, name: str, value: str, at: int) -> None:
    if draft.marks.setdefault(sign, value) != value:
        raise Fault(Unread.DUPLICATE_DI, at, structure=sign)
    if name:
        draft.put(name, value)


def _dated(digits: str) -> str:
    """`CYYJJJ`, perhaps `HHMM`: the first digit counts centuries from 2000, 9 is the one before."""
    if not is_digits(digits):
        raise Fault(Unread.BAD_DATE)
    turn = int(digits[0])
    year = (1900 if turn == 9 else 2000 + 100 * turn) + int(digits[1:3])
    day = dates.day_of_year(year, int(digits[3:6]))
    return f"{day}T{dates.clock(digits[6:])}" if digits[6:] else day
