"""The clock that is passed in, and the hybrid time that orders events."""

from datetime import UTC, date, datetime
from typing import Protocol, runtime_checkable

AHEAD_US = 10 * 60 * 1_000_000
"""A remote time further ahead of our own clock than this is flagged `clock-ahead`."""

_EPOCH = date(1970, 1, 1).toordinal()
_DAY_US = 86_400_000_000


class Clock(Protocol):
    """Whatever tells the time of this station."""

    def now_us(self) -> int:
        """Wall clock, microseconds since 1970 UTC, shifted where a test asked for it."""

    @property
    def shift_s(self) -> int:
        """Seconds by which a test has shifted this clock, 0 in earnest."""


@runtime_checkable
class Steady(Protocol):
    """A clock that also knows how long its machine has been running, which nobody can set."""

    @property
    def boot(self) -> str:
        """Which start of the machine this is."""

    def up_s(self) -> int:
        """Seconds since then."""

    def state(self) -> "dict[str, str | int | bool]":
        """How the clock on the wall stands: whether it is synchronised, as far as the machine says."""


def uptime_of(clock: Clock) -> tuple[str, int]:
    """Which start of the machine, and seconds since then; of a clock that does not know, its own seconds."""
    return (clock.boot, clock.up_s()) if isinstance(clock, Steady) else ("", clock.now_us() // 1_000_000)


def order_time(wall_us: int, *floors: int) -> int:
    """The time that orders a new event: the wall clock, but strictly above every floor.

    Floors are the times of this station's last event, of the events in `base` and in `wit`. A remote clock that
    runs ahead lifts ours by single microseconds only.
    """
    return max(wall_us, *(floor + 1 for floor in floors)) if floors else wall_us


def as_moment(time_us: int) -> datetime:
    """Microseconds since 1970 as an aware UTC time."""
    return datetime.fromtimestamp(time_us // 1_000_000, UTC).replace(microsecond=time_us % 1_000_000)


def as_date(time_us: int) -> date:
    """The UTC day of a time in microseconds."""
    return date.fromordinal(_EPOCH + time_us // _DAY_US)


def as_text(time_us: int) -> str:
    """ISO 8601 with seconds and Z, as people and exports read it."""
    return as_moment(time_us).strftime("%Y-%m-%dT%H:%M:%SZ")


def from_day(day: date) -> int:
    """Noon UTC of a day in microseconds: the time meant by a date without an hour."""
    return int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()) * 1_000_000
