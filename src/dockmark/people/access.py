"""When a person's sign-in is locked: five failures within fifteen minutes, for fifteen minutes or until it is lifted.

Time is what has really passed: seconds since the machine was started, and which start that was. The clock on the wall
has no part in it, so setting it forward frees nobody and setting it back locks nobody for ever.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MOST_FAILURES: Final = 5
WINDOW_S: Final = 15 * 60
LOCKED_S: Final = 15 * 60


class Tried(StrEnum):
    """What became of a try."""

    FAILED = "failed"
    SUCCEEDED = "succeeded"
    UNLOCKED = "unlocked"


@dataclass(frozen=True, slots=True)
class Uptime:
    """A moment of a machine: which start of it, and how many seconds after that."""

    boot: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Try:
    """A try to prove who one is, or the lifting of a lock."""

    how: Tried
    when: Uptime


def passed(since: Uptime, now: Uptime) -> int:
    """The seconds that have certainly passed. Across a restart only those since the restart are certain."""
    if since.boot == now.boot and now.seconds >= since.seconds:
        return now.seconds - since.seconds
    return max(0, now.seconds)


def seconds_locked(tries: Iterable[Try], now: Uptime) -> int:
    """For how many more seconds no try is taken; 0 where it is not locked."""
    _failures, locked = _folded(tries)
    if locked is None:
        return 0
    return max(0, LOCKED_S - passed(locked, now))


def counting(tries: Iterable[Try]) -> list[Try]:
    """Those of the tries that still count: since the last success or lifting. Judged by them, nothing changes."""
    kept: list[Try] = []
    for each in tries:
        kept = [*kept, each] if each.how is Tried.FAILED else []
    return kept[-2 * MOST_FAILURES :]


def _folded(tries: Iterable[Try]) -> tuple[Sequence[Uptime], Uptime | None]:
    """The failures that count at the last try, and when the last lock began."""
    failures: list[Uptime] = []
    locked: Uptime | None = None
    for each in tries:
        if each.how is not Tried.FAILED:
            failures, locked = [], None
            continue
        if locked is not None and passed(locked, each.when) < LOCKED_S:
            continue
        locked = None
        failures = [*(it for it in failures if passed(it, each.when) <= WINDOW_S), each.when]
        if len(failures) >= MOST_FAILURES:
            locked, failures = each.when, []
    return failures, locked
