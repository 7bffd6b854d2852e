"""Opening balance: units that were here, or at a customer's, before Dockmark was.

What the file says of a unit counts as of its day. A unit that the ledger has just so is the same; one that was taken
over otherwise and to which nothing has happened since is corrected by a counter-entry; anything else is bad, since a
list cannot know better than the scans that came after it. Lot and quantity are part of what a unit is called and stay.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dockmark.custody import state
from dockmark.custody.events import ActReversed, UnitStocked
from dockmark.desks.importing.judge import NEW, SAME, Judge, Ruling, Values, bad, changed, text, texts, warned, whole
from dockmark.desks.importing.orders import OWN
from dockmark.desks.importing.packing import refs_of
from dockmark.desks.importing.verdicts import Change, RowSaid, Tally
from dockmark.desks.importing.world import World
from dockmark.exchange.values import Value
from dockmark.identifiers.keys import part_key, serial_key
from dockmark.lookup import importing as asked
from dockmark.lookup.importing import Entry, KnownUnit, Statement
from dockmark.record.canonical import Json
from dockmark.record.clock import from_day
from dockmark.record.facts import Draft

CUSTOMER_SITE = "customer_site"
_FIELDS = ("place", "condition", "owner", "in_service_since", "expiry", "lot", "quantity")
_FIXED = ("lot", "quantity")


@dataclass(frozen=True, slots=True)
class _Said:
    """What a row says of a unit, and when that was."""

    part: str
    mark: str
    told: dict[str, Json]
    """The fields that the row names, and the state that follows from them."""
    at: int | None


@dataclass(frozen=True, slots=True)
class _News:
    """A unit to be taken over, or to be taken over again."""

    unit: str
    said: _Said
    serial: str
    partner: str
    new: bool
    instead: Statement | None = None


class StockJudge(Judge):
    """Opening balance by part and serial; boxes by part, lot, place, owner, condition and day."""

    READS = frozenset({"part", "place", "unit", "partner"})

    def __init__(self, world: World, tally: Tally, defaults: Values | None = None) -> None:
        super().__init__(world, tally, defaults)
        self._met: set[tuple[Any, ...]] = set()
        self._units: dict[tuple[str, str], list[KnownUnit]] = {}
        self._boxes: dict[tuple[Any, ...], list[KnownUnit]] = {}
        self._asked: set[str] = set()
        """Parts whose boxes are known."""
        self._statements: dict[str, list[Statement]] = {}
        self._box_statements: dict[str, list[Statement]] = {}
        self._news: list[_News] = []

    def prepare(self, columns: Mapping[str, Sequence[Value | None]]) -> None:
        """Looks up the parts, places and units of a batch."""
        self.world.parts.want(map(part_key, texts(columns, "part_number")))
        self.world.places.want(texts(columns, "place"))
        self.world.partners.want(texts(columns, "supplier"))
        marks = {serial_key(serial) for serial in texts(columns, "serial")}
        self._units = asked.units_by_serial(self.world.session, marks)
        self._statements = self._said_before(unit for units in self._units.values() for unit in units)

    def _said_before(self, units: Iterable[KnownUnit]) -> dict[str, list[Statement]]:
        return asked.statements(self.world.session, [unit.id for unit in units])

    def ruling(self, row: int, values: Values) -> Ruling:
        """Judges one unit or box."""
        part = self.part_of(values)
        if isinstance(part, Ruling):
            return part
        place = self.world.places.first(text(values, "place"))
        if place is None:
            return bad(RowSaid.PLACE_UNKNOWN, "place", values["place"])
        for name in ("date", "in_service_since"):
            if text(values, name) > self.world.today:
                return bad(RowSaid.OUT_OF_RANGE, name, values[name])
        serial = text(values, "serial")
        if not serial and (part.word("tracking") or "serial") == "serial":
            return bad(RowSaid.SERIAL_NEEDED, "serial")
        if not serial and whole(values, "quantity") is None:
            return bad(RowSaid.QUANTITY_NEEDED, "quantity")
        said = self._said(values, part, place)
        if (key := _key(said)) in self._met:
            return bad(RowSaid.DOUBLED, "serial" if serial else "lot", serial or values.get("lot", ""))
        self._met.add(key)
        return self._settled(values, said, serial)

    def _said(self, values: Values, part: Entry, place: Entry) -> _Said:
        told: dict[str, Json] = {name: values[name] for name in _FIELDS if name in values}
        told["place"] = place.id
        if "owner" in told and text(values, "owner").casefold() == OWN:
            told["owner"] = OWN
        scrapped = told.get("condition") == "scrapped"
        there = state.INSTALLED if self._at_customer(place) else state.IN_STOCK
        told["state"] = state.SCRAPPED if scrapped else there
        day = text(values, "date")
        at = from_day(date.fromisoformat(day)) if day else None
        return _Said(part.id, serial_key(text(values, "serial")), told, at)

    def _at_customer(self, place: Entry) -> bool:
        """Whether a place is a customer's site, or stands within one."""
        met: set[str] = set()
        inner: Entry | None = place
        while inner is not None and inner.id not in met:
            if inner.word("kind") == CUSTOMER_SITE:
                return True
            met.add(inner.id)
            outer = inner.word("parent")
            inner = self.world.places_by_id.first(outer) if outer else None
        return False

    def _settled(self, values: Values, said: _Said, serial: str) -> Ruling:
        supplier = text(values, "supplier")
        partner, is_known = self.world.partner(supplier) if supplier else ("", True)
        known = self._known(said)
        ruling, unit, statement = _compared(said, known, self._statements if said.mark else self._box_statements)
        ruling = self._in_words(ruling)
        if unit or ruling is NEW:
            identity = unit or self.world.new_id()
            reference = partner if is_known else ""
            self._news.append(_News(identity, said, serial, reference, new=not unit, instead=statement))
        return ruling if is_known else warned(ruling, RowSaid.PARTNER_UNKNOWN, "supplier", supplier)

    def _in_words(self, ruling: Ruling) -> Ruling:
        """A place is told by its code."""
        words = self.world.name_of
        if not ruling.changes:
            return replace(ruling, value=words(ruling.value)) if ruling.field == "place" else ruling
        changes = tuple(Change(each.field, words(each.was), words(each.now)) for each in ruling.changes)
        return replace(ruling, value=words(ruling.value), changes=changes)

    def _known(self, said: _Said) -> list[KnownUnit]:
        if said.mark:
            return self._units.get((said.part, said.mark), [])
        if said.part not in self._asked:
            self._asked.add(said.part)
            self._index(asked.units_without_serial(self.world.session, (said.part,)).get(said.part, []))
        # A row without a day is about the box whatever day it was stated for.
        key = _key(said)
        return self._boxes.get(key if said.at is not None else key[:-1], [])

    def _index(self, boxes: list[KnownUnit]) -> None:
        """Boxes by what tells them apart, as it was stated."""
        self._box_statements |= self._said_before(boxes)
        for box in boxes:
            for statement in self._box_statements.get(box.id, [])[-1:]:
                key = _key(_Said(box.part, "", _stated(statement), statement.at))
                for each in (key, key[:-1]):
                    self._boxes.setdefault(each, []).append(box)

    def drafts(self) -> Iterator[Draft]:
        """One event for each unit; a correction reverses the earlier one first."""
        for news in self._news:
            subj = (f"unit:{news.unit}",)
            said, told = news.said, dict(news.said.told)
            if news.instead is not None:
                yield Draft(fact=ActReversed(reverses=[news.instead.event], reason="import"), subj=subj)
                told = {**_stated(news.instead), **told}
            at = said.at if said.at is not None or news.instead is None else news.instead.at
            fact = _stocked(said.part, news.serial, told)
            refs = refs_of(("part", said.part), ("place", str(told["place"])), ("partner", news.partner))
            yield Draft(fact=fact, subj=subj, refs=refs, at=at, new=news.new)


def _compared(
    said: _Said, known: list[KnownUnit], statements: Mapping[str, list[Statement]]
) -> tuple[Ruling, str, Statement | None]:
    """The verdict; the unit that the row is to be recorded of, if any; the statement that it replaces."""
    alive = [unit for unit in known if unit.state not in ("", state.EXPECTED)]
    if not alive:
        return NEW, known[0].id if known else "", None
    if any(_is_so(unit, said) for unit in alive):
        return SAME, "", None
    latest_of = [statements[unit.id][-1] for unit in alive if unit.id in statements]
    if any(not _differing(_stated(each), each.at, said) for each in latest_of):
        return SAME, "", None
    unit = alive[0]
    said_before = statements.get(unit.id, [])
    if not said_before:
        code = RowSaid.SCRAPPED_SEEN if unit.state == state.SCRAPPED else RowSaid.ALIVE_ELSEWHERE
        return bad(code, "serial", unit.state), "", None
    latest = said_before[-1]
    field = _differing(_stated(latest), latest.at, said)
    if field in _FIXED:
        return bad(RowSaid.NOT_CHANGEABLE, field, said.told[field]), "", None
    # One event for each statement, and one for each correction between two: more than that is a life of its own.
    if len(alive) > 1 or unit.events - latest.gone > 2 * len(said_before) - 1:
        return bad(RowSaid.MOVED_SINCE, field, said.told.get(field, "")), "", None
    return changed(field, said.told.get(field, ""), _stated(latest).get(field, "")), unit.id, latest


def _stated(statement: Statement) -> dict[str, Json]:
    """What a statement said; what it left out is what `unit_stocked` takes for granted."""
    granted = {"condition": "serviceable", "owner": OWN, "state": state.IN_STOCK, "quantity": 1}
    return {**granted, **{name: value for name, value in statement.body.items() if name in (*_FIELDS, "state")}}


def _differing(stated: Mapping[str, Json], at: int, said: _Said) -> str:
    """The first field that a row says otherwise; what it does not say does not differ."""
    for name in (*_FIXED, *_FIELDS, "state"):
        if name in said.told and said.told[name] != stated.get(name, ""):
            return name
    return "date" if said.at is not None and said.at != at else ""


def _is_so(unit: KnownUnit, said: _Said) -> bool:
    """Whether a unit is now just as a row says."""
    now: dict[str, Json] = {
        "place": unit.place, "condition": unit.condition, "owner": unit.owner, "lot": unit.lot,
        "quantity": unit.quantity, "state": unit.state, "expiry": unit.expiry,
        "in_service_since": unit.in_service_since,
    }  # fmt: skip
    return not _differing(now, unit.received_at, said)


def _key(said: _Said) -> tuple[Any, ...]:
    """What tells one unit or box of a file from another."""
    if said.mark:
        return (said.part, said.mark)
    names = ("place", "lot", "owner", "condition", "expiry")
    granted = {"owner": OWN, "condition": "serviceable"}
    return (said.part, *(said.told.get(name, granted.get(name, "")) for name in names), said.at)


def _stocked(part: str, serial: str, told: Mapping[str, Any]) -> UnitStocked:
    return UnitStocked(
        part=part, serial=serial, lot=told.get("lot", ""), quantity=1 if serial else told.get("quantity", 1),
        tracking="serial" if serial else "lot", place=told["place"], state=told["state"],
        condition=told.get("condition", "serviceable"), owner=told.get("owner", OWN),
        in_service_since=told.get("in_service_since", ""), expiry=told.get("expiry", ""),
    )  # fmt: skip
