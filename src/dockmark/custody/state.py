"""The state of a unit, folded from its events."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from types import SimpleNamespace
from typing import Any, cast

from dockmark.custody import events as said
from dockmark.record.event import Seen
from dockmark.record.facts import Fact, from_body

EXPECTED = "expected"
RECEIVED = "received"
RETURNED = "returned"
IN_STOCK = "in_stock"
INSTALLED = "installed"
SCRAPPED = "scrapped"
OURS = frozenset({RECEIVED, RETURNED, IN_STOCK})
"""States in which a unit lies in a place of ours."""

CONDITIONS = ("new", "serviceable", "unserviceable", "quarantined", "suspect", "scrapped")

NEXT: dict[str, frozenset[str]] = {
    "unit_received": frozenset({"", EXPECTED}),
    "unit_returned": frozenset({INSTALLED, RECEIVED, IN_STOCK, RETURNED, EXPECTED}),
    "unit_stocked": frozenset({"", EXPECTED}),
    "unit_held": frozenset({RECEIVED, RETURNED, IN_STOCK, INSTALLED}),
    "unit_released": frozenset({RECEIVED, RETURNED, IN_STOCK, INSTALLED}),
    "unit_condition_noted": frozenset({RECEIVED, RETURNED, IN_STOCK}),
    "unit_put_away": frozenset({RECEIVED, RETURNED, IN_STOCK}),
    "unit_scrapped": frozenset({RECEIVED, RETURNED, IN_STOCK}),
    "label_reprinted": frozenset({RECEIVED, RETURNED, IN_STOCK, INSTALLED}),
}
"""Which event may follow in which state; the empty state is a unit never seen before."""


Changes = dict[str, Any]
"""Which fields of a unit an event changes, and to what."""


@dataclass(slots=True, kw_only=True)
class UnitState:
    """What is true of a unit now. Times are microseconds UTC, days ISO, `holds` event id -> {reason, by, code}."""

    id: str
    part: str = ""
    serial: str = ""
    lot: str = ""
    quantity: int = 1
    tracking: str = "serial"
    marks: dict[str, Any]
    state: str = ""
    condition: str = ""
    damaged: bool = False
    place: str = ""
    owner: str = "own"
    partner: str = ""
    receipt: str = ""
    line: str = ""
    stranger: bool = False
    typed: bool = False
    received_at: int = 0
    in_service_since: str = ""
    expiry: str = ""
    made: str = ""
    holds: dict[str, Any]
    labels: int = 0
    out_of_sequence: bool = False
    apart: tuple[str, ...] = ()
    """Ids of units that bear the same mark and that somebody said are not this one."""


def unseen(unit: str) -> UnitState:
    """A unit of which nothing is known but its id."""
    return UnitState(id=unit, marks={}, holds={})


def words_of(serial: str, lot: str, others: Iterable[object]) -> str:
    """What a unit is called, in one line: what the search finds it by."""
    return " ".join(text for text in dict.fromkeys((serial, lot, *map(str, others))) if text)


_UNSEEN = {field.name: field.default for field in fields(UnitState) if field.default is not MISSING}
_NOTHING = unseen("")


def fold(unit: str, history: Iterable[Seen], gone: frozenset[str] = frozenset()) -> UnitState:
    """The state after these events, which must stand in fold order. Total: never raises, whatever they say.

    Events that a later `act_reversed` of the same unit names are without effect, and so are those of `gone`, but
    what a unit is called stays.
    """
    return UnitState(**vars(folded(unit, list(history), gone)))


def first(unit: str, event: Seen) -> UnitState:
    """What `fold` gives for a unit's only event, made in one step: most units that are written have just come."""
    values: dict[str, Any] = {**_UNSEEN, "id": unit, "marks": {}, "holds": {}}
    values.update(_changes(_NOTHING, event))
    return UnitState(**values)


def folded(unit: str, history: Sequence[Seen], gone: frozenset[str] = frozenset()) -> UnitState:
    """What `fold` gives, for one who reads it at once and lets it go: made in a third of the time, but not frozen."""
    values = SimpleNamespace(id=unit, marks={}, holds={})
    values.__dict__.update(_UNSEEN)
    state = cast(UnitState, values)
    reversed_ids = reversals(history, gone) if gone or len(history) > 1 else ()
    for event in history:
        changes = _naming_only(state, event) if event.id in reversed_ids else _changes(state, event)
        values.__dict__.update(changes)
    return state


def fold_joined(unit: str, history: Iterable[Seen], gone: frozenset[str] = frozenset()) -> UnitState:
    """The state of a unit that was met under several ids, after the events of all of them. Total, as `fold` is.

    That a unit comes in once more under an id of its own is why it was joined, and no step out of sequence.
    """
    state, met = unseen(unit), set[str]()
    events = list(history)
    reversed_ids = reversals(events, gone)
    for event in events:
        changes = _naming_only(state, event) if event.id in reversed_ids else _changes(state, event)
        if event.type in _FIRST_SIGHTS and not met.issuperset(event.subj):
            changes.pop("out_of_sequence", None)
        met.update(event.subj)
        state = replace(state, **changes)
    return state


_FIRST_SIGHTS = ("unit_received", "unit_stocked")


def reversals(history: Iterable[Seen], withdrawn: frozenset[str] = frozenset()) -> frozenset[str]:
    """Ids of the events that are without effect. A reversal reaches back only, and may itself be reversed."""
    named: set[str] = set(withdrawn)
    gone: set[str] = set()
    for event in reversed(list(history)):
        if event.id in named:
            gone.add(event.id)
        elif event.type == "act_reversed":
            named.update(texts_in(event.body.get("reverses")))
    return frozenset(gone)


def texts_in(value: object) -> list[str]:
    """The texts of a list that somebody else may have written; of anything else, none."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def after(state: UnitState, event: Seen) -> UnitState:
    """The state once this event has happened. An illegal step marks the unit `out_of_sequence` and is taken."""
    return replace(state, **_changes(state, event))


def _changes(state: UnitState, event: Seen) -> Changes:
    fact = from_body(event.type, event.schema, event.body)
    step = _STEPS.get(type(fact))
    if fact is None or step is None:
        return {}
    changes = step(state, fact, event)
    allowed = NEXT.get(event.type)
    if allowed is not None and state.state not in allowed:
        changes["out_of_sequence"] = True
    return changes


def _naming_only(state: UnitState, event: Seen) -> Changes:
    """What remains of an event without effect: a unit first seen in it keeps its name and is expected."""
    fact = from_body(event.type, event.schema, event.body)
    if isinstance(fact, said.UnitReceived | said.UnitStocked) and not state.part:
        return _naming(state, fact) | {"state": state.state or EXPECTED}
    return {}


def _naming(state: UnitState, fact: said.UnitReceived | said.UnitStocked) -> Changes:
    """What a unit is called from here on, where it had no name yet."""
    if state.part or not fact.part:
        return {}
    marks = fact.marks if isinstance(fact, said.UnitReceived) else {}
    return {
        "part": fact.part, "serial": fact.serial, "lot": fact.lot, "quantity": fact.quantity,
        "tracking": fact.tracking, "marks": marks,
    }  # fmt: skip


def _received(state: UnitState, fact: said.UnitReceived, event: Seen) -> Changes:
    return _naming(state, fact) | {
        "state": RECEIVED, "condition": fact.condition, "damaged": False, "place": fact.place, "owner": fact.owner,
        "partner": fact.partner, "receipt": fact.receipt, "line": fact.line, "stranger": fact.stranger,
        "typed": fact.typed, "received_at": event.happened, "expiry": fact.expiry or state.expiry,
        "made": fact.made or state.made,
    }  # fmt: skip


def _returned(state: UnitState, fact: said.UnitReturned, event: Seen) -> Changes:
    holds = {**state.holds, event.id: {"reason": "returns", "by": event.actor, "code": "returned"}}
    return {
        "state": RETURNED, "place": fact.place, "receipt": fact.receipt, "line": "", "holds": holds,
        "condition": fact.condition or "unserviceable", "received_at": state.received_at or event.happened,
    }  # fmt: skip


def _stocked(state: UnitState, fact: said.UnitStocked, event: Seen) -> Changes:
    return _naming(state, fact) | {
        "state": fact.state if fact.state in (IN_STOCK, INSTALLED, SCRAPPED) else IN_STOCK,
        "condition": fact.condition, "place": fact.place, "owner": fact.owner, "received_at": event.happened,
        "in_service_since": fact.in_service_since, "expiry": fact.expiry or state.expiry,
    }  # fmt: skip


def _held(state: UnitState, fact: said.UnitHeld, event: Seen) -> Changes:
    return {"holds": {**state.holds, event.id: {"reason": fact.reason, "by": event.actor, "code": fact.code}}}


def _released(state: UnitState, fact: said.UnitReleased, event: Seen) -> Changes:
    return {"holds": {key: hold for key, hold in state.holds.items() if key not in fact.holds}}


def _condition(state: UnitState, fact: said.UnitConditionNoted, event: Seen) -> Changes:
    return {"condition": fact.condition, "damaged": fact.damaged or state.damaged}


def _put_away(state: UnitState, fact: said.UnitPutAway, event: Seen) -> Changes:
    return {"place": fact.place, "state": IN_STOCK}


def _scrapped(state: UnitState, fact: said.UnitScrapped, event: Seen) -> Changes:
    return {"state": SCRAPPED, "condition": "scrapped"}


def _reprinted(state: UnitState, fact: said.LabelReprinted, event: Seen) -> Changes:
    return {"labels": state.labels + 1}


_STEPS: dict[type[Fact | None], Callable[[UnitState, Any, Seen], Changes]] = {
    said.UnitReceived: _received,
    said.UnitReturned: _returned,
    said.UnitStocked: _stocked,
    said.UnitHeld: _held,
    said.UnitReleased: _released,
    said.UnitConditionNoted: _condition,
    said.UnitPutAway: _put_away,
    said.UnitScrapped: _scrapped,
    said.LabelReprinted: _reprinted,
}
