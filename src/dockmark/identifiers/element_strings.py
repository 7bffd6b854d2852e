"""GS1 element strings, as encoded (separated by GS) and as printed for people (`(01)...(21)...`)."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from . import dates
from .characters import GS, is_digits
from .draft import Draft
from .faults import Fault
from .gs1_fields import tell
from .gs1_table import TABLE, ai_at
from .gs1_values import check_value, has_check_digit
from .reading import Unread, Warn

_BRACKETS: Final = re.compile(r"\(([0-9]{2,4})\)")
_CHECKED_START: Final = {
    "00": (2, 20),
    "01": (2, 16),
    "02": (2, 16),
    "8003": (5, 18),
    "8017": (4, 22),
    "8018": (4, 22),
    **{f"41{each}": (3, 16) for each in range(8)},
}
_COMPANY_START: Final = re.compile(r"80(?:04|10)[0-9]{6}")
_DATES: Final = ("11", "13", "15", "17")


def read_element_string(text: str, today: date, *, before: Mapping[str, str] | None = None) -> Draft:
    """What an element string says; `before` holds what another part of the same symbol said already."""
    values = dict(before or {})
    lead = len(text) - len(text.lstrip(GS))
    warned = [Warn.LEADING_SEPARATOR] if lead else []
    text, at = text.rstrip(GS), lead
    if at >= len(text):
        raise Fault(Unread.EMPTY)
    while at < len(text):
        if text[at] == GS:
            warned.append(Warn.EMPTY_FIELD)
            at += 1
            continue
        at = _take(text, at, values, today)
    draft = tell(values, today)
    for warn in warned:
        draft.warn(warn)
    if _may_lack_separator(values, today):
        draft.warn(Warn.POSSIBLE_MISSING_SEPARATOR)
    return draft


def _take(text: str, at: int, values: dict[str, str], today: date) -> int:
    """Take one identifier with its value; return where the next begins."""
    ai = ai_at(text, at)
    if ai is None:
        raise Fault(Unread.UNKNOWN_AI, at, ai=text[at : at + 4].partition(GS)[0])
    start = at + len(ai.code)
    stop = text.find(GS, start)
    end = len(text) if stop < 0 else stop
    if ai.length:
        if end - start < ai.length:
            raise Fault(_too_short(end - start, cut=stop < 0), start, ai=ai.code)
        end = start + ai.length
    value = text[start:end]
    try:
        check_value(ai, value, today, start)
    except Fault as fault:
        raise _with_hint(fault, value, stop < 0) from None
    note(values, ai.code, value, at)
    return end + 1 if text[end : end + 1] == GS else end


def _with_hint(fault: Fault, value: str, unended: bool) -> Fault:
    """The fault of a value that ran on to the end of the symbol, told as such where another identifier is in it."""
    if fault.code is Unread.BAD_LENGTH and unended and re.search(r".(?:10|21|17[0-9]{6}|11[0-9]{6}).", value):
        return Fault(fault.code, fault.at, hint=Warn.POSSIBLE_MISSING_SEPARATOR.value, **fault.facts)
    return fault


def _too_short(size: int, *, cut: bool) -> Unread:
    if not size:
        return Unread.EMPTY_FIELD
    return Unread.TRUNCATED if cut else Unread.BAD_LENGTH


def note(values: dict[str, str], code: str, value: str, at: int | None = None) -> None:
    """Keep a value; the same identifier may come twice only if it says the same."""
    if values.setdefault(code, value) != value:
        raise Fault(Unread.DUPLICATE_AI, at, ai=code)


def read_printed(text: str, today: date) -> Draft:
    """What the printed form says: identifiers in parentheses, values with any spaces around them."""
    values: dict[str, str] = {}
    marks = [each for each in _BRACKETS.finditer(text) if not each.start() or each[1] in TABLE]
    ends = [each.start() for each in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=True):
        ai = TABLE.get(mark[1])
        if ai is None:
            raise Fault(Unread.UNKNOWN_AI, mark.start(), ai=mark[1])
        value = text[mark.end() : end].strip(" " + GS)
        check_value(ai, value, today, mark.end())
        note(values, ai.code, value, mark.start())
    return tell(values, today)


def is_printed(text: str) -> bool:
    """Whether the text begins like the printed form."""
    return _BRACKETS.match(text) is not None


def starts_like_one(text: str) -> bool:
    """Whether text without identifier or separator begins with an AI and, where it has one, a true check digit."""
    if _COMPANY_START.match(text):
        return True
    where = next((_CHECKED_START[text[:size]] for size in (2, 3, 4) if text[:size] in _CHECKED_START), None)
    return where is not None and len(text) >= where[1] and has_check_digit(text[where[0] : where[1]])


def starts_almost(text: str) -> bool:
    """Whether only the check digit keeps the text from being read as an element string with a GTIN."""
    return len(text) >= 18 and text[:2] == "01" and is_digits(text[:16]) and ai_at(text, 16) is not None


def _may_lack_separator(values: Mapping[str, str], today: date) -> bool:
    """Whether a value seems to run on into the identifier that the label lacks: no more than a suspicion."""
    if any("<GS>" in value.upper() for value in values.values()):
        return True
    lot, serial = values.get("10", ""), values.get("21", "")
    keyed = "01" in values or "8006" in values
    if keyed and lot and not serial and re.search(r".21.", lot):
        return True
    if serial and not lot and re.search(r".10(?=.*[A-Z]).{2}", serial):
        return True
    return any(_runs_into_date(each, values, today) for each in (lot, serial) if each)


def _runs_into_date(value: str, values: Mapping[str, str], today: date) -> bool:
    """Whether the value ends in a date that the label lacks, not far from today."""
    if len(value) < 9 or value[-8:-6] not in _DATES or value[-8:-6] in values or not is_digits(value[-6:]):
        return False
    try:
        marked = dates.yymmdd(value[-6:], today, day_may_be_open=True)
    except Fault:
        return False
    return abs(int(marked[:4]) - today.year) <= 10
