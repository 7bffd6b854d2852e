"""Dates as files write them. What can be meant two ways is refused unless the mapping says which is meant."""

import re
from datetime import date
from enum import StrEnum
from typing import Final

from dockmark.exchange.codes import RowCode
from dockmark.exchange.values import Converter, Fault, Read


class DateOrder(StrEnum):
    """How a file means 3/4/2026."""

    UNKNOWN = ""
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


_FIRST_YEAR: Final = 1900
_CLOCK: Final = r"[0-2]?[0-9]:[0-5][0-9](?::[0-6][0-9](?:[.,][0-9]{1,9})?)?"
_TIME: Final = rf"(?:[T ]+{_CLOCK}(?: ?[AP]M)?(?: ?(?:Z|UTC|[+-][0-9]{{2}}:?[0-9]{{2}}))?)?"
_YEAR_FIRST: Final = re.compile(rf"([0-9]{{4}})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}}){_TIME}", re.IGNORECASE)
_YEAR_LAST: Final = re.compile(rf"([0-9]{{1,2}})([-/.])([0-9]{{1,2}})\2([0-9]{{4}}){_TIME}", re.IGNORECASE)
_YEAR_SHORT: Final = re.compile(rf"[0-9]{{1,2}}([-/.])[0-9]{{1,2}}\1[0-9]{{2}}{_TIME}|[0-9]{{6}}", re.IGNORECASE)
_TIGHT: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T[0-9]{4,6}Z?)?")
_NAMED: Final = re.compile(r"([0-9]{1,2})\.?[- /]?([a-z]{3,9})\.?[- /,]*([0-9]{4})")
_NAMED_FIRST: Final = re.compile(r"([a-z]{3,9})\.?[- ]?([0-9]{1,2})(?:st|nd|rd|th)?,? *([0-9]{4})")
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


def date_in(order: DateOrder) -> Converter:
    """A converter to ISO dates for a file that means 3/4/2026 in this order."""

    def convert(text: str) -> Read:
        text = text.strip()
        if not text:
            return None
        if found := _YEAR_FIRST.fullmatch(text):
            return _iso(found[1], found[3], found[4])
        if found := _TIGHT.fullmatch(text):
            return _iso(found[1], found[2], found[3])
        if found := _YEAR_LAST.fullmatch(text):
            # Dots are written day first everywhere, slashes and dashes are not.
            meant = DateOrder.DAY_FIRST if found[2] == "." else order
            return _year_last(int(found[1]), int(found[3]), found[4], meant)
        if _YEAR_SHORT.fullmatch(text):
            return Fault(RowCode.AMBIGUOUS_DATE)
        return _in_words(text.lower())

    return convert


def _year_last(first: int, second: int, year: str, order: DateOrder) -> Read:
    if order is DateOrder.UNKNOWN:
        if first != second and 1 <= first <= 12 and 1 <= second <= 12:
            return Fault(RowCode.AMBIGUOUS_DATE)
        order = DateOrder.MONTH_FIRST if second > 12 else DateOrder.DAY_FIRST
    day, month = (second, first) if order is DateOrder.MONTH_FIRST else (first, second)
    return _iso(year, str(month), str(day))


def _in_words(text: str) -> Read:
    if found := _NAMED.fullmatch(text):
        return _iso(found[3], _month(found[2]), found[1])
    if found := _NAMED_FIRST.fullmatch(text):
        return _iso(found[3], _month(found[1]), found[2])
    return Fault(RowCode.BAD_DATE)


def _month(name: str) -> str:
    return str(next((n for n, month in enumerate(_MONTHS, start=1) if month.startswith(name)), 0))


def _iso(year: str, month: str, day: str) -> Read:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return Fault(RowCode.BAD_DATE)
    return found.isoformat() if found.year >= _FIRST_YEAR else Fault(RowCode.BAD_DATE)
