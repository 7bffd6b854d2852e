"""Dates as marked on things, turned into ISO dates."""

from calendar import monthrange
from datetime import date, timedelta

from .faults import Fault
from .reading import Unread


def century(yy: int, today: date) -> int:
    """The full year that two digits mean, read today: at most 50 years ahead, at most 49 back."""
    ahead = yy - today.year % 100
    base = today.year - today.year % 100
    if ahead >= 51:
        return base - 100 + yy
    return base + 100 + yy if ahead <= -50 else base + yy


def iso(year: int, month: int, day: int) -> str:
    """The ISO date, or a fault if there is no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise Fault(Unread.BAD_DATE) from None


def month_end(year: int, month: int) -> str:
    """The last day of a month."""
    if not 1 <= month <= 12:
        raise Fault(Unread.BAD_DATE)
    return iso(year, month, monthrange(year, month)[1])


def yymmdd(digits: str, today: date, *, day_may_be_open: bool = False) -> str:
    """Six digits as an ISO date; day 00, where allowed, is the last of the month."""
    year, month, day = century(int(digits[:2]), today), int(digits[2:4]), int(digits[4:6])
    if day == 0 and day_may_be_open:
        return month_end(year, month)
    return iso(year, month, day)


def yyyymmdd(digits: str) -> str:
    """Eight digits as an ISO date."""
    return iso(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))


def day_of_year(year: int, day: int) -> str:
    """The ISO date of the n-th day of a year."""
    if not 1 <= day <= 365 + (monthrange(year, 2)[1] == 29):
        raise Fault(Unread.BAD_DATE)
    return (date(year, 1, 1) + timedelta(days=day - 1)).isoformat()


def clock(digits: str) -> str:
    """`HH`, `HHMM` or `HHMMSS` as ISO hours and minutes, seconds where told."""
    hours, minutes, seconds = int(digits[:2]), int(digits[2:4] or 0), int(digits[4:6] or 0)
    if hours > 23 or minutes > 59 or seconds > 59:
        raise Fault(Unread.BAD_DATE)
    return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if len(digits) > 4 else "")
