"""A unit's fold is total, and leaves it in exactly one place whatever happened."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import dockmark.catalog.events
import dockmark.custody.events
import dockmark.people.events  # noqa: F401 - the modules enter their words when they are imported
from dockmark.catalog import state as catalog
from dockmark.custody.receipts import fold_receipt
from dockmark.custody.state import (
    EXPECTED,
    IN_STOCK,
    INSTALLED,
    RECEIVED,
    RETURNED,
    SCRAPPED,
    after,
    first,
    fold,
    reversals,
)
from dockmark.people import state as people
from dockmark.record.event import Seen
from dockmark.record.facts import VOCABULARY

STATES = {"", EXPECTED, RECEIVED, RETURNED, IN_STOCK, INSTALLED, SCRAPPED}

json_values = st.recursive(
    st.text(max_size=8) | st.integers(-5, 99) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def events(draw: st.DrawFn, number: int = 0) -> Seen:
    kind = draw(st.sampled_from([*sorted(VOCABULARY), "a_word_of_a_later_version"]))
    body: dict[str, Any] = draw(st.dictionaries(st.text(max_size=8), json_values, max_size=3))
    if kind in VOCABULARY:
        told = VOCABULARY[kind].__dataclass_fields__
        for name in draw(st.lists(st.sampled_from(sorted(told)), max_size=len(told))):
            body[name] = draw(json_values)
        if draw(st.booleans()):
            body |= {"receipt": "r", "part": "p", "reason": "x", "condition": "new", "place": "here"}
            body["reverses"] = [f"e{draw(st.integers(0, 12))}"]
            body["holds"] = [f"e{draw(st.integers(0, 12))}"]
    return Seen("s", 1, "h", f"e{draw(st.integers(0, 12))}", 1, 1, None, "anna", kind, draw(st.integers(0, 2)), body,
                ("unit:u",), {"unit:u": []})  # fmt: skip


histories = st.lists(events(), max_size=12, unique_by=lambda event: event.id)


@settings(max_examples=300)
@given(histories)
def test_no_history_makes_a_fold_raise(history: list[Seen]) -> None:
    state = fold("u", history)
    assert state.id == "u" and state.state in STATES
    assert isinstance(state.place, str)
    fold_receipt("r", history)
    for folding in (
        catalog.fold_entry, catalog.fold_order, catalog.fold_asn, catalog.fold_expectation, catalog.fold_recall,
        people.fold_operator, people.fold_station,
    ):  # fmt: skip
        folding("x", history)


@given(histories, events())
def test_one_more_event_on_top_is_one_more_step(history: list[Seen], last: Seen) -> None:
    """What the scan's path does, one step on the kept state, is what a fold over everything does."""
    if last.type == "act_reversed" or last.id in {event.id for event in history}:
        return
    assert after(fold("u", history), last) == fold("u", [*history, last])


@given(events())
def test_a_first_event_is_folded_as_any_history_is(event: Seen) -> None:
    assert first("u", event) == fold("u", [event])


@given(histories)
def test_a_reversal_reaches_back_only(history: list[Seen]) -> None:
    gone = reversals(history)
    for number, event in enumerate(history):
        if event.id in gone:
            later = history[number + 1 :]
            assert any(event.id in other.body.get("reverses", ()) for other in later if other.type == "act_reversed")


def step(number: int, kind: str, **body: Any) -> Seen:
    return Seen("s", number, f"h{number}", f"e{number}", number, number, None, "anna", kind, 1, body, ("unit:u",), {})


RECEIVE = {"receipt": "r", "part": "p", "serial": "1", "place": "dock"}


def test_an_illegal_step_is_taken_and_marked() -> None:
    state = fold("u", [step(1, "unit_received", **RECEIVE), step(2, "unit_received", **RECEIVE)])
    assert state.state == RECEIVED and state.out_of_sequence


def test_a_reversed_receipt_leaves_the_name_and_an_expected_unit() -> None:
    state = fold("u", [step(1, "unit_received", **RECEIVE), step(2, "act_reversed", reverses=["e1"])])
    assert (state.state, state.serial, state.place) == (EXPECTED, "1", "")


def test_a_reversal_can_itself_be_reversed() -> None:
    history = [
        step(1, "unit_received", **RECEIVE),
        step(2, "act_reversed", reverses=["e1"]),
        step(3, "act_reversed", reverses=["e2"]),
    ]
    assert fold("u", history).state == RECEIVED


def test_a_hold_ends_only_when_it_is_named() -> None:
    history = [
        step(1, "unit_received", **RECEIVE),
        step(2, "unit_held", reason="damp"),
        step(3, "unit_held", reason="doubt"),
        step(4, "unit_released", holds=["e2"], reason="dry"),
    ]
    assert list(fold("u", history).holds) == ["e3"]
