"""HIBC supplier labels (ANSI/HIBC 2.6): `+` labeller, product, unit of measure, perhaps lot, serial, dates, check."""

import re
from datetime import date
from typing import Final

from . import dates
from .characters import is_digits
from .draft import Draft
from .faults import Fault
from .reading import Unread

_ORDER: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"
_CHARACTERS: Final = frozenset(_ORDER)
_PRIMARY: Final = re.compile(r"([A-Z][A-Z0-9]{3})([A-Z0-9]{1,18})([0-9])")
_SHAPE: Final = re.compile(r"\+(?:[A-Z][A-Z0-9]{4,21}[0-9](?:/.+|.)|(?:\$|[0-9]{5}).+)")
_LONGEST: Final = 18
_DATED: Final = {"2": 6, "3": 6, "4": 8, "5": 5, "6": 7}


def looks_like_hibc(text: str) -> bool:
    """Whether the text has the form of one; its check character may still be wrong."""
    return _CHARACTERS.issuperset(text) and len(text) >= 4 and _SHAPE.fullmatch(text) is not None


def check_character(text: str) -> str:
    """The mod 43 check character of text that has none yet."""
    return _ORDER[sum(map(_ORDER.index, text)) % 43]


def has_check_character(text: str) -> bool:
    """Whether the last character is the check character of the others."""
    return len(text) > 1 and _CHARACTERS.issuperset(text) and check_character(text[:-1]) == text[-1]


def as_encoded(text: str) -> str:
    """The text as it stands in the symbol: people see a check character that is a space as `_`."""
    spaced = text[:-1] + " "
    return spaced if text.startswith("+") and text.endswith("_") and has_check_character(spaced) else text


def is_lone_secondary(text: str) -> bool:
    """Whether only lot, serial or dates are told: also a telephone number may look like this."""
    return text[1:2] == "$" or is_digits(text[1:2])


def read_hibc(text: str, today: date) -> Draft:
    """What a HIBC string says."""
    if not _CHARACTERS.issuperset(text):
        raise Fault(Unread.BAD_CHARSET, 0)
    if not has_check_character(text):
        raise Fault(Unread.BAD_CHECK_DIGIT, len(text) - 1)
    draft, data = Draft(), text[1:-1]
    if is_lone_secondary(text):
        draft.put("link", data[-1:])
        _read_secondary(data[:-1], draft, today)
        return draft
    primary, *rest = data.split("/")
    match = _PRIMARY.fullmatch(primary)
    if match is None:
        raise Fault(Unread.BAD_LENGTH, 1)
    draft.put("lic", match[1])
    draft.put("part", match[2])
    draft.put("unit", int(match[3]))
    draft.put("udi_di", primary)
    for at, word in enumerate(rest):
        if at and _read_extra(word, draft):
            continue
        _read_secondary(word, draft, today)
    if not rest:
        draft.put("check", text[-1])
    return draft


def _read_extra(word: str, draft: Draft) -> bool:
    """Read one of the fields that may follow the secondary; tell whether it is one."""
    for code, name in (("14D", "expiry"), ("16D", "mfg_date")):
        if word.startswith(code):
            if not (is_digits(word[3:]) and len(word) == 11):
                raise Fault(Unread.BAD_DATE)
            draft.put(name, dates.yyyymmdd(word[3:]))
            return True
    if word.startswith("S"):
        draft.put("serial", _short(word[1:]))
        return True
    if word.startswith("Q") and is_digits(word[1:]):
        draft.put("quantity", int(word[1:]))
        return True
    return False


def _short(value: str) -> str:
    if len(value) > _LONGEST:
        raise Fault(Unread.BAD_LENGTH)
    return value


def _read_secondary(word: str, draft: Draft, today: date) -> None:
    """Lot or serial, with a date in one of the forms that the first characters tell."""
    if _read_extra(word, draft):
        return
    if is_digits(word[:5]) and len(word) >= 5:
        draft.put("expiry", _julian(word[:5], today))
        draft.put("lot", _short(word[5:]))
        return
    marker = re.match(r"\${1,2}\+?", word)
    if marker is None:
        raise Fault(Unread.BAD_VALUE)
    name, rest = ("serial" if marker[0].endswith("+") else "lot"), word[marker.end() :]
    if marker[0].startswith("$$"):
        rest = _read_dated(_read_quantity(rest, draft), draft, today)
    draft.put(name, _short(rest))


def _read_quantity(rest: str, draft: Draft) -> str:
    size = {"8": 2, "9": 5}.get(rest[:1], 0)
    if not size:
        return rest
    digits = rest[1 : 1 + size]
    if not is_digits(digits) or len(digits) < size:
        raise Fault(Unread.BAD_VALUE)
    draft.put("quantity", int(digits))
    return rest[1 + size :]


def _read_dated(rest: str, draft: Draft, today: date) -> str:
    flag = rest[:1]
    if flag in ("", "7"):
        return rest[1:]
    size, start = _DATED.get(flag, 4), 1 if flag in _DATED else 0
    digits = rest[start : start + size]
    if not is_digits(digits) or len(digits) < size:
        raise Fault(Unread.BAD_DATE)
    draft.put("expiry", _dated(flag, digits, today))
    return rest[start + size :]


def _dated(flag: str, digits: str, today: date) -> str:
    match flag:
        case "2":
            return dates.yymmdd(digits[4:] + digits[:4], today)
        case "3":
            return dates.yymmdd(digits, today)
        case "4":
            return f"{dates.yymmdd(digits, today)}T{dates.clock(digits[6:])}"
        case "5":
            return _julian(digits, today)
        case "6":
            return f"{_julian(digits, today)}T{dates.clock(digits[5:])}"
        case _:
            return dates.month_end(dates.century(int(digits[2:]), today), int(digits[:2]))


def _julian(digits: str, today: date) -> str:
    return dates.day_of_year(dates.century(int(digits[:2]), today), int(digits[2:5]))
