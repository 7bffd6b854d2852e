"""The steps of each light say the numbers that the light itself was worked out from."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockmark.custody.lights import Lamp, Light
from dockmark.custody.reasoning import Basis, Called, Held, Other, Step, reasoning
from dockmark.custody.verdict import Facts, add_months, verdict
from dockmark.wording.speech import step_words
from dockmark.wording.steps import STEPS

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
texts = st.text(max_size=12)
others = st.builds(Other, id=texts, serial=texts, state=st.sampled_from(["received", "scrapped", ""]), place=texts)
called = st.builds(
    Called, number=texts, reason=texts, announced=texts, by=st.sampled_from(["", "part", "lot", "serial", "range"]),
    lifted=st.booleans(), first=texts, last=texts,
)  # fmt: skip
bases = st.builds(
    Basis, today=days, part=texts, serial=texts, lot=texts, received=st.none() | days, supplier=texts,
    warranty_months=st.integers(-1, 2000), expiry=texts | days.map(date.isoformat),
    made=texts | days.map(date.isoformat), shelf_life_days=st.integers(-1, 10**9),
    recalls=st.lists(called, max_size=3).map(tuple),
    twins=st.lists(others, max_size=2).map(tuple), scrapped=st.lists(others, max_size=2).map(tuple),
    alikes=st.lists(others, max_size=2).map(tuple),
    ranges=st.lists(st.tuples(texts, texts, st.booleans()), max_size=2).map(tuple), owner=texts,
    owner_from=st.sampled_from(["", "order", "list"]), order=texts, line=texts,
    holds=st.lists(st.builds(Held, reason=texts, by=texts, name=texts, at=texts, note=texts), max_size=2).map(tuple),
    operator=texts,
)  # fmt: skip


def step(steps: tuple[Step, ...], code: str) -> Step:
    return next(each for each in steps if each.code == code)


@given(bases)
def test_every_light_of_every_unit_is_reasoned_in_words(basis: Basis) -> None:
    steps = reasoning(basis)
    assert set(steps) == set(Light)
    for each in (each for told in steps.values() for each in told):
        assert each.code in STEPS
        words = step_words(each.code, each.facts)
        assert words.endswith((".", "”")) and len(words) > 7


@given(days, st.integers(0, 600), days)
def test_the_steps_of_a_warranty_are_the_arithmetic_of_its_light(start: date, months: int, today: date) -> None:
    light = verdict(Facts(today=today, received=start, warranty_months=months))[Light.WARRANTY]
    steps = reasoning(Basis(today=today, received=start, warranty_months=months))[Light.WARRANTY]
    end = step(steps, "warranty_end")
    assert end.facts["until"] == light.facts["until"]
    assert date.fromisoformat(str(end.facts["reached"])) - timedelta(days=1) == date.fromisoformat(
        str(end.facts["until"])
    )
    last = steps[-1]
    assert last.facts["days"] == light.facts["days"]
    assert (last.code == "warranty_days_over") is (light.state is Lamp.WARN)


@given(days, st.integers(0, 600))
def test_months_are_added_to_the_same_day_or_to_the_end_of_a_shorter_month(start: date, months: int) -> None:
    reached = add_months(start, months)
    assert (reached.year * 12 + reached.month) - (start.year * 12 + start.month) == months
    assert reached.day == start.day or (reached + timedelta(days=1)).day == 1
    assert reached.day <= start.day


@pytest.mark.parametrize(
    ("start", "months", "reached"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2100, 1, 30), 1, date(2100, 2, 28)),
    ],
)
def test_a_missing_day_is_told_as_the_end_of_its_month(start: date, months: int, reached: date) -> None:
    assert add_months(start, months) == reached
    steps = reasoning(Basis(today=start, received=start, warranty_months=months))[Light.WARRANTY]
    told = [each for each in steps if each.code == "warranty_month_end"]
    assert bool(told) is (reached.day != start.day)
    assert all(each.facts == {"day": start.day, "reached": reached.isoformat()} for each in told)


@given(days, days)
def test_the_days_of_a_life_are_those_of_its_light(today: date, expiry: date) -> None:
    light = verdict(Facts(today=today, expiry=expiry.isoformat()))[Light.LIFE]
    steps = reasoning(Basis(today=today, expiry=expiry.isoformat()))[Light.LIFE]
    counted = next(each for each in steps if each.code.startswith(("life_days", "life_last")))
    assert counted.facts["days"] == light.facts["days"]
    assert (counted.code == "life_days_over") is (light.state is Lamp.STOP)


def test_a_recall_names_what_the_unit_falls_under() -> None:
    recalls = (Called(number="R1", by="range", first="A1", last="A9", reason="smoke"), Called(number="R2", lifted=True))
    steps = reasoning(Basis(today=date(2026, 1, 1), serial="A5", recalls=recalls))[Light.RECALL]
    assert [each.code for each in steps] == ["recall_by_range", "recall_lifted_step"]
    assert step_words(steps[0].code, steps[0].facts) == (
        "R1 calls back the serials A1 to A9, and A5 lies between. The reason: smoke."
    )


def test_who_held_it_is_told_that_somebody_else_must_release_it() -> None:
    held = (Held(reason="DOUBT", by="anna", name="Anna Berg", at="2026-03-01"),)
    mine = reasoning(Basis(today=date(2026, 3, 2), holds=held, operator="anna"))[Light.HOLD]
    theirs = reasoning(Basis(today=date(2026, 3, 2), holds=held, operator="ben"))[Light.HOLD]
    assert [each.code for each in mine] == ["hold_since", "hold_second_person", "hold_not_you"]
    assert theirs[-1].code == "hold_you_may"
    assert step_words(mine[0].code, mine[0].facts) == "On hold since 2026-03-01, by Anna Berg: in doubt."


def test_another_unit_of_the_mark_is_named_with_where_it_is() -> None:
    twin = Other(id="u2", serial="S1", state="in_stock", place="A-01", since="2025-01-01")
    steps = reasoning(Basis(today=date(2026, 3, 2), serial="S1", part="P", twins=(twin,)))[Light.COUNTERFEIT]
    assert [each.code for each in steps] == ["mark_twin", "mark_no_alike", "range_none"]
    assert "in stock, at A-01, known since 2025-01-01" in step_words(steps[0].code, steps[0].facts)
