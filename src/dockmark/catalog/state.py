"""Folds of the catalogue: parts, partners, places, orders, advices, expectations, recalls, serial ranges."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from dockmark.catalog import events as said
from dockmark.catalog import recipe_events as _recipe_events  # noqa: F401 - enters its words
from dockmark.record.event import Seen
from dockmark.record.facts import from_body


@dataclass(slots=True, kw_only=True)
class Entry:
    """A catalogue entry: its fields as last told, whether it still wants completing, where two sides differ."""

    id: str
    told: dict[str, Any] = field(default_factory=dict)
    complete: bool = True


def fold_entry(entry: str, history: Iterable[Seen]) -> Entry:
    """A part, partner or place after these events: of each field the last value told. Never raises."""
    state = Entry(id=entry)
    for event in history:
        fact = from_body(event.type, event.schema, event.body)
        if isinstance(fact, said.PartAdded | said.PartChanged):
            state.complete = fact.complete
        if isinstance(fact, _TELLING):
            state.told.update({key: value for key, value in fact.told.items() if isinstance(value, str | int)})
    return state


COMPANY_FIELDS = ("name", "address", "logo", "paper", "language", "date_form")
"""What a company says of itself, in the order in which it is asked for."""


def fold_company(history: Iterable[Seen]) -> dict[str, str]:
    """The company after these events: of each field the last text told, an address as lines. Never raises."""
    told: dict[str, str] = {}
    for event in history:
        fact = from_body(event.type, event.schema, event.body)
        if isinstance(fact, said.CompanySet):
            told.update({key: text for key in COMPANY_FIELDS if (text := _lines(fact.told.get(key))) is not None})
    return told


def _lines(value: object) -> str | None:
    """A text, or a list of lines as one."""
    if isinstance(value, list | tuple) and all(isinstance(line, str) for line in value):
        return "\n".join(value)
    return value if isinstance(value, str) else None


_TELLING = (
    said.PartAdded | said.PartChanged | said.PartnerAdded | said.PartnerChanged | said.PlaceAdded | said.PlaceChanged
)


@dataclass(slots=True, kw_only=True)
class OrderState:
    """An order: its lines by name, in the order in which they were told."""

    id: str
    number: str = ""
    partner: str = ""
    owner: str = "own"
    ordered: str = ""
    lines: dict[str, dict[str, Any]] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)
    """Lines of which nothing more is to come; one that is told again is expected again."""


def fold_order(order: str, history: Iterable[Seen]) -> OrderState:
    """The order after these events. Never raises."""
    state = OrderState(id=order)
    for event in history:
        fact = from_body(event.type, event.schema, event.body)
        if isinstance(fact, said.OrderPlaced):
            state.number, state.owner, state.ordered = fact.number, fact.owner, fact.ordered
        if isinstance(fact, said.OrderPlaced | said.OrderChanged):
            state.partner = fact.partner or state.partner
            state.lines.update(_named_lines(fact.lines))
            state.withdrawn -= _named_lines(fact.lines).keys()
        elif isinstance(fact, said.ExpectationWithdrawn):
            state.withdrawn |= _withdrawn(fact, state.lines)
    return state


@dataclass(slots=True, kw_only=True)
class AsnState:
    """An advised delivery: its lines, the order that it belongs to, the SSCC on its box."""

    id: str
    number: str = ""
    order: str = ""
    partner: str = ""
    sscc: str = ""
    shipped: str = ""
    lines: dict[str, dict[str, Any]] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)


def fold_asn(asn: str, history: Iterable[Seen]) -> AsnState:
    """The advice after these events. Never raises."""
    state = AsnState(id=asn)
    for event in history:
        fact = from_body(event.type, event.schema, event.body)
        if isinstance(fact, said.AsnAdvised):
            state.number, state.order, state.partner = fact.number, fact.order, fact.partner
            state.sscc, state.shipped = fact.sscc, fact.shipped
            state.lines.update(_named_lines(fact.lines))
            state.withdrawn -= _named_lines(fact.lines).keys()
        elif isinstance(fact, said.ExpectationWithdrawn):
            state.withdrawn |= _withdrawn(fact, state.lines)
    return state


def _withdrawn(fact: said.ExpectationWithdrawn, lines: Iterable[str]) -> set[str]:
    return {name for name in fact.lines if isinstance(name, str)} if fact.lines else set(lines)


def _named_lines(lines: Iterable[Any]) -> dict[str, dict[str, Any]]:
    return {str(line.get("line", "")): line for line in lines if isinstance(line, dict)}


@dataclass(slots=True, kw_only=True)
class Expectation:
    """Units that are to come, of one order or advice."""

    id: str
    order: str = ""
    asn: str = ""
    rows: list[tuple[str, str, str, str, int, str]] = field(default_factory=list)


def fold_expectation(expectation: str, history: Iterable[Seen]) -> Expectation:
    """The expected rows (part, serial, lot, line, quantity, expiry). Never raises; odd rows are left out."""
    state = Expectation(id=expectation)
    for event in history:
        fact = from_body(event.type, event.schema, event.body)
        if isinstance(fact, said.UnitsExpected):
            state.order, state.asn = fact.order, fact.asn
            state.rows.extend(row for row in map(_expected_row, fact.rows) if row is not None)
    return state


def _expected_row(row: object) -> tuple[str, str, str, str, int, str] | None:
    if not isinstance(row, list) or len(row) > 6:
        return None
    blanks: list[object] = ["", "", "", "", 1, ""]
    part, serial, lot, line, quantity, expiry = row + blanks[len(row) :]
    texts = (part, serial, lot, line, expiry)
    if not all(isinstance(text, str) for text in texts) or type(quantity) is not int:
        return None
    return part, serial, lot, line, quantity, expiry


@dataclass(slots=True, kw_only=True)
class RecallState:
    """A recall: the part and, unless all of it is meant, the lots, serials and serial ranges."""

    id: str
    number: str = ""
    part: str = ""
    reason: str = ""
    announced: str = ""
    lifted: bool = False
    lots: list[str] = field(default_factory=list)
    serials: list[str] = field(default_factory=list)
    ranges: list[tuple[str, str]] = field(default_factory=list)


def fold_recall(recall: str, history: Iterable[Seen]) -> RecallState:
    """The recall after these events; later announcements of the same recall widen it. Never raises."""
    state = RecallState(id=recall)
    for event in history:
        fact = from_body(event.type, event.schema, event.body)
        if isinstance(fact, said.RecallAnnounced):
            state.number, state.part, state.lifted = fact.number, fact.part, False
            state.reason, state.announced = fact.reason or state.reason, fact.announced or state.announced
            state.lots += [lot for lot in fact.lots if isinstance(lot, str) and lot not in state.lots]
            state.serials += [mark for mark in fact.serials if isinstance(mark, str)]
            state.ranges += [pair for pair in map(_pair, fact.ranges) if pair is not None]
        elif isinstance(fact, said.RecallLifted):
            state.lifted = True
    return state


def _pair(ends: object) -> tuple[str, str] | None:
    match ends:
        case [str(first), str(last)]:
            return first, last
        case _:
            return None
