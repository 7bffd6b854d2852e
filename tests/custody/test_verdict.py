"""Six lights, worked out by hand."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockmark.custody.lights import Lamp, Light
from dockmark.custody.verdict import Facts, add_months, verdict

TODAY = date(2026, 3, 1)
PLAIN = Facts(today=TODAY, received=date(2025, 3, 1), warranty_months=12)

CASES: list[tuple[dict[str, object], Light, Lamp, str]] = [
    ({}, Light.WARRANTY, Lamp.WARN, "warranty_over"),
    ({"received": date(2025, 3, 2)}, Light.WARRANTY, Lamp.OK, "warranty_runs"),
    ({"received": None}, Light.WARRANTY, Lamp.UNKNOWN, "warranty_start_unknown"),
    ({"warranty_months": -1}, Light.WARRANTY, Lamp.UNKNOWN, "warranty_terms_unknown"),
    ({"warranty_months": 0, "received": TODAY}, Light.WARRANTY, Lamp.WARN, "warranty_over"),
    ({"recalls": [("R1", "smoke", "lot")]}, Light.RECALL, Lamp.STOP, "recalled"),
    ({"twins": ["A-01"]}, Light.COUNTERFEIT, Lamp.STOP, "mark_alive_twice"),
    ({"scrapped_twin": True}, Light.COUNTERFEIT, Lamp.STOP, "scrapped_seen"),
    ({"ranges_known": True, "in_range": False}, Light.COUNTERFEIT, Lamp.WARN, "outside_makers_ranges"),
    ({"ranges_known": True}, Light.COUNTERFEIT, Lamp.OK, "inside_makers_ranges"),
    ({"alikes": ["0O1"]}, Light.COUNTERFEIT, Lamp.WARN, "looks_like_another"),
    ({"expiry": "2026-02-28"}, Light.LIFE, Lamp.STOP, "expired"),
    ({"expiry": "2026-03-01"}, Light.LIFE, Lamp.WARN, "expires_soon"),
    ({"expiry": "2026-03-31"}, Light.LIFE, Lamp.WARN, "expires_soon"),
    ({"expiry": "2026-04-01"}, Light.LIFE, Lamp.OK, "expires_later"),
    ({"expiry": "soon"}, Light.LIFE, Lamp.OK, "no_expiry"),
    ({"owner": "Clinic West"}, Light.OWNER, Lamp.WARN, "somebody_elses"),
    ({"holds": [("damp", "anna")]}, Light.HOLD, Lamp.STOP, "held"),
]


@pytest.mark.parametrize(("change", "light", "lamp", "code"), CASES)
def test_a_light_stands_as_worked_by_hand(change: dict[str, object], light: Light, lamp: Lamp, code: str) -> None:
    found = verdict(replace(PLAIN, **change))[light]  # type: ignore[arg-type] # fields of Facts, by name
    assert (found.state, found.code) == (lamp, code)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 3, 1), 24, date(2028, 3, 1)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 5, 31), 1, date(2026, 6, 30)),
        (date(9999, 1, 1), 24, date.max),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_its_month(day: date, months: int, then: date) -> None:
    assert add_months(day, months) == then


@given(st.dates(date(1980, 1, 1), date(2090, 1, 1)), st.integers(0, 400))
def test_more_months_are_never_earlier(day: date, months: int) -> None:
    assert day <= add_months(day, months) < add_months(day, months + 1)
