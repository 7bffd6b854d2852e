"""Clocks that are set back, set forward, and go through days that are not like others."""

from datetime import UTC, datetime

import pytest

from dockmark.record.clock import as_text
from dockmark.station.backup_settings import is_due
from tests.journeys.conftest import Program, program  # noqa: F401 - the fixture

HOUR, DAY = 3600, 86_400


def scan(serial: str) -> str:
    return f'{{"raw": "]d20109506000143514\\u001d21{serial}"}}'


def day(year: int, month: int, number: int, hour: int = 0) -> int:
    """Seconds from now to then."""
    return int(datetime(year, month, number, hour, tzinfo=UTC).timestamp() - datetime.now(UTC).timestamp())


def work_through(it: Program, shifts: list[int]) -> None:
    serials: list[str] = []
    for number, shift in enumerate(shifts):
        it.shift = f"{shift:+}s"
        lines = [scan(f"C{number:03}{letter}") for letter in "AB"]
        answers = it.run("desk", "receiving", "--operator", "anna", lines=lines)
        assert [answer["outcome"] for answer in answers] == ["accepted", "accepted"], answers
        serials += [f"C{number:03}{letter}" for letter in "AB"]
    [found] = it.run("verify")
    assert found["result"] == "sound-not-witnessed", found
    assert it.run("key")[0]["custody"] == "ours"
    again = it.run("desk", "receiving", "--operator", "anna", lines=[scan(serial) for serial in serials])
    assert {answer["code"] for answer in again} == {"already"}
    events = it.run("rebuild")[0]["events"]
    assert it.run("verify")[0]["events"] == events


def test_an_hour_back_and_a_day_forward_and_back_again(program: Program) -> None:  # noqa: F811
    work_through(program, [0, -HOUR, DAY, 0])


@pytest.mark.long
def test_days_that_are_not_like_others(program: Program) -> None:  # noqa: F811
    """Summer time begins and ends, a leap day, the last second of a year, hours repeated, a year forward and back."""
    work_through(program, [
        day(2027, 3, 28, 0), day(2027, 3, 28, 1), day(2027, 3, 28, 2), day(2027, 10, 31, 0), day(2027, 10, 31, 1),
        day(2027, 10, 31, 0), day(2028, 2, 28, 23), day(2028, 2, 29), day(2028, 2, 29, 23), day(2028, 3, 1),
        day(2027, 12, 31, 23), day(2028, 1, 1), 366 * DAY, -366 * DAY, 0, -HOUR, HOUR, 0,
    ])  # fmt: skip


def test_a_leap_day_is_written_as_one() -> None:
    leap = int(datetime(2028, 2, 29, 12, tzinfo=UTC).timestamp()) * 1_000_000
    assert as_text(leap) == "2028-02-29T12:00:00Z"
    assert is_due([leap], leap + DAY * 1_000_000)
    assert not is_due([leap], leap - HOUR * 1_000_000)
