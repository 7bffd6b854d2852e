"""Says that two units, or two parts, are one or are not, and settles what two stations did at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from dockmark.catalog.events import PartsJoined
from dockmark.custody.bonds import BONDING, JOINING
from dockmark.custody.events import ActReversed, DisputeResolved, UnitsJoined, UnitsParted
from dockmark.custody.state import reversals
from dockmark.ledger.book import Book
from dockmark.lookup import catalogue, timelines, units
from dockmark.lookup.units import UnitRow
from dockmark.record.facts import Draft
from dockmark.record.facts import Fact as Said
from dockmark.record.refusal import Refusal, Refused

_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What was said: the event, the id that stands for the unit or part from here on, every id that was named."""

    event: str
    first: str
    ids: tuple[str, ...]


def join_units(book: Book, one: str, other: str, reason: str, note: str = "") -> Bound:
    """These two ids mean one unit. Refused for boxes, for different parts, and where they are one already."""
    mine, theirs = _unit(book, one), _unit(book, other)
    if mine.id == theirs.id:
        raise Refusal(Refused.NOTHING_CHANGED, unit=mine.id)
    for each in (mine, theirs):
        if each.tracking != "serial":
            raise Refusal(Refused.BAD_VALUE, field="tracking", value=each.tracking)
    if mine.part != theirs.part and _first_part(book, mine.part) != _first_part(book, theirs.part):
        raise Refusal(Refused.WRONG_PART, part=theirs.part_number, serial=theirs.serial, expected=[mine.part_number])
    ids = _ids(book, mine.id, theirs.id)
    return _said(book, "unit", ids, UnitsJoined(units=[*ids], reason=_reason(reason), note=_short(note)))


def part_units(book: Book, one: str, other: str, reason: str, note: str = "") -> Bound:
    """These two ids mean two units, though they bear one mark. Of a joined set the second one leaves."""
    _unit(book, one), _unit(book, other)
    if one == other:
        raise Refusal(Refused.NOTHING_CHANGED, unit=one)
    mine, theirs = units.ids_of(book.session, one), units.ids_of(book.session, other)
    leaving = (other,) if mine[0] == theirs[0] else theirs
    ids = _ids(book, *mine, *theirs)
    return _said(book, "unit", ids, UnitsParted(units=[*leaving], reason=_reason(reason), note=_short(note)))


def join_parts(book: Book, one: str, other: str, reason: str, note: str = "") -> Bound:
    """These two catalogue entries are one part."""
    for each in (one, other):
        if catalogue.part(book.session, each) is None:
            raise Refusal(Refused.PART_UNKNOWN, part=each[:80])
    if _first_part(book, one) == _first_part(book, other):
        raise Refusal(Refused.NOTHING_CHANGED)
    ids = tuple(sorted({one, other, _first_part(book, one), _first_part(book, other)}))
    return _said(book, "part", ids, PartsJoined(parts=[*ids], reason=_reason(reason), note=_short(note)))


def take_back(book: Book, kind: str, one: str, other: str, reason: str, *, joining: bool) -> Bound:
    """Reverses the latest word on these two that counts: as if nobody had said it."""
    history = timelines.of_subject(book.session, f"{kind}:{one}")
    gone = reversals(history)
    wanted = JOINING if joining else BONDING - JOINING
    for event in reversed(history):
        if event.type in wanted and event.id not in gone and f"{kind}:{other}" in event.subj:
            [made] = book.record(Draft(fact=ActReversed(reverses=[event.id], reason=_reason(reason)), subj=event.subj))
            book.flush()
            return Bound(event=made, first=one, ids=tuple(each.partition(":")[2] for each in event.subj))
    raise Refusal(Refused.NOTHING_TO_UNDO)


def settle(book: Book, unit: str, reason: str) -> Bound:
    """Somebody looked at what stations did to a unit at once: names every head, and so closes the dispute."""
    known = _unit(book, unit)
    disputes = units.disputed_heads(book.session, known.id)
    if not disputes:
        raise Refusal(Refused.NOTHING_PENDING, text="SETTLE")
    heads = sorted({head for each in disputes.values() for head in each})
    ids = tuple(sorted(disputes))
    return _said(book, "unit", ids, DisputeResolved(heads=[*heads], reason=_reason(reason)))


def _said(book: Book, kind: str, ids: Sequence[str], fact: Said) -> Bound:
    [event] = book.record(Draft(fact=fact, subj=tuple(f"{kind}:{each}" for each in ids)))
    book.flush()
    first = units.ids_of(book.session, ids[0])[0] if kind == "unit" else _first_part(book, ids[0])
    return Bound(event=event, first=first, ids=tuple(ids))


def _ids(book: Book, *named: str) -> tuple[str, ...]:
    return tuple(sorted({each for one in named for each in units.ids_of(book.session, one)}))


def _unit(book: Book, identity: str) -> UnitRow:
    known = units.unit(book.session, identity)
    if known is None:
        raise Refusal(Refused.UNIT_UNKNOWN, tag=identity[:80])
    return known


def _first_part(book: Book, part: str) -> str:
    return str(book.session.value("SELECT joined FROM parts WHERE id = ? AND joined <> ''", (part,), part))


def _reason(text: str) -> str:
    if not text.strip():
        raise Refusal(Refused.CORRECTION_NEEDS_REASON)
    return _short(text)


def _short(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]
