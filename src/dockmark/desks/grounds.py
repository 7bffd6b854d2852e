"""What the six lights of a unit rest on, now or at a moment of the past.

Of the past, `until` asks what was true then by all that is known today: recalls announced by then, units that were
there by then. What a part is and which serials its maker issued is not of a day. `known` asks what had been recorded
by then, of the catalogue too.
"""

from dataclasses import dataclass
from datetime import date

import orjson

from dockmark.catalog.state import RecallState, fold_entry, fold_recall
from dockmark.custody import state
from dockmark.custody.lights import Verdict
from dockmark.custody.reasoning import Basis, Called, Held, Other
from dockmark.custody.state import fold
from dockmark.custody.verdict import Facts, verdict
from dockmark.database.session import Session
from dockmark.desks.card_views import Moment
from dockmark.desks.showing import ALIVE, parted_from
from dockmark.desks.timelines import within
from dockmark.identifiers.keys import look_key, serial_key
from dockmark.ledger.withdrawing import withdrawals
from dockmark.lookup import catalogue, deliveries, people, timelines, units
from dockmark.lookup.units import UnitRow
from dockmark.record.clock import as_date
from dockmark.record.event import Seen

_MOST = 50
"""Other units that are named; more of one mark than this are a matter for an inquiry, not for a card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """The basis of the lights, and the lights that follow from it."""

    basis: Basis
    verdict: Verdict


class Past:
    """Reads the ledger as it stood at a moment."""

    def __init__(self, session: Session, moment: Moment) -> None:
        self.session = session
        self.moment = moment
        self._recorded = Moment(known=moment.known)
        self._undone = withdrawals(session)

    def history(self, subject: str) -> list[Seen]:
        """What had happened to a subject."""
        return within(self._counting(subject), self.moment)

    def recorded(self, subject: str) -> list[Seen]:
        """What had been recorded of a subject, whenever it happened."""
        return within(self._counting(subject), self._recorded)

    def unit(self, identity: str) -> UnitRow | None:
        """A unit as it stood; None where nobody had heard of it."""
        events = within(timelines.of_subject(self.session, f"unit:{identity}"), self.moment)
        if not events:
            return None
        gone = self._undone.gone(f"unit:{identity}", events)
        return units.as_of(self.session, fold(identity, events, gone))

    def _counting(self, subject: str) -> list[Seen]:
        return list(self._undone.left(subject, timelines.of_subject(self.session, subject)))


def grounds_of(session: Session, unit: UnitRow, today: date, moment: Moment, operator: str = "") -> Grounds:
    """What the lights of this unit rest on. `operator` asks, and is told whether a hold is for that person to end."""
    past = None if moment.is_now else Past(session, moment)
    basis = _basis(session, unit, today, past, operator)
    parted = _is_parted(session, unit, past)
    return Grounds(basis=basis, verdict=_verdict(session, basis, parted=parted))


def _is_parted(session: Session, unit: UnitRow, past: Past | None) -> bool:
    """Whether somebody said of every unit of its mark that is in use that it is another one."""
    if not unit.apart:
        return False
    return parted_from(session, unit, [it.id for it in _twins(session, unit, past) if it.state in ALIVE])


def _basis(session: Session, unit: UnitRow, today: date, past: Past | None, operator: str) -> Basis:
    terms = _terms(session, unit.part, past)
    partner = catalogue.partner(session, unit.partner) if unit.partner else None
    twins = _twins(session, unit, past)
    order, line = _order_of(session, unit)
    return Basis(
        today=today, part=unit.part_number, serial=unit.serial, lot=unit.lot,
        received=as_date(unit.received_at) if unit.received_at else None,
        supplier=(partner.name or partner.code) if partner else "", warranty_months=terms.get("warranty_months", -1),
        expiry=unit.expiry, made=unit.made, shelf_life_days=terms.get("shelf_life_days", -1),
        recalls=tuple(_recalls(session, unit, past)),
        twins=tuple(_other(session, it) for it in twins if it.state in ALIVE),
        scrapped=tuple(_other(session, it) for it in twins if it.state == state.SCRAPPED),
        alikes=tuple(_other(session, it) for it in _alikes(session, unit, past) if it.state in ALIVE),
        ranges=_ranges(session, unit, past), owner=unit.owner,
        owner_from="order" if order else "" if unit.receipt else "list", order=order, line=line,
        holds=tuple(_holds(session, unit)), operator=operator,
    )  # fmt: skip


def _verdict(session: Session, basis: Basis, *, parted: bool) -> Verdict:
    """The same lights as a scan shows: by the same rules, from what was found."""
    found = [it for it in basis.recalls if it.by and not it.lifted]
    return verdict(
        Facts(
            today=basis.today, received=basis.received, warranty_months=basis.warranty_months, expiry=basis.expiry,
            recalls=[(it.number, it.reason, "serial" if it.by == "range" else it.by) for it in found],
            twins=[it.place or it.state for it in basis.twins], parted=parted, scrapped_twin=bool(basis.scrapped),
            alikes=[it.serial for it in basis.alikes], ranges_known=bool(basis.ranges),
            in_range=not basis.ranges or any(within for _first, _last, within in basis.ranges), owner=basis.owner,
            holds=[(hold.reason, hold.by) for hold in basis.holds],
        )
    )  # fmt: skip


def _terms(session: Session, part: str, past: Past | None) -> dict[str, int]:
    if past is None or past.moment.known is None:
        known = catalogue.part(session, part)
        return {"warranty_months": known.warranty_months, "shelf_life_days": known.shelf_life_days} if known else {}
    told = fold_entry(part, past.recorded(f"part:{part}")).told
    return {name: value for name in ("warranty_months", "shelf_life_days") if type(value := told.get(name)) is int}


def _twins(session: Session, unit: UnitRow, past: Past | None) -> list[UnitRow]:
    same = units.same_mark(session, unit.part, serial_key(unit.serial))
    return _as_they_stood(session, [it.id for it in same if it.id != unit.id], past)


def _alikes(session: Session, unit: UnitRow, past: Past | None) -> list[UnitRow]:
    alike = units.look_alikes(session, unit.part, look_key(unit.serial), serial_key(unit.serial))
    return _as_they_stood(session, [it.id for it in alike], past)


def _as_they_stood(session: Session, ids: list[str], past: Past | None) -> list[UnitRow]:
    found = [past.unit(each) if past else units.unit(session, each) for each in ids[:_MOST]]
    return [each for each in found if each is not None]


def _other(session: Session, it: UnitRow) -> Other:
    since = as_date(it.received_at).isoformat() if it.received_at else ""
    return Other(id=it.id, serial=it.serial, state=it.state, place=it.place, since=since)


def _ranges(session: Session, unit: UnitRow, past: Past | None) -> tuple[tuple[str, str, bool], ...]:
    if not unit.serial:
        return ()
    asked = "SELECT id, first, last FROM serial_ranges WHERE part = ? ORDER BY first, last, id"
    rows = [row for each in catalogue.part_ids(session, unit.part) for row in session.all(asked, (each,))]
    return tuple(
        (first, last, catalogue.in_range(unit.serial, first, last))
        for identity, first, last in rows
        if past is None or past.recorded(f"range:{identity}")
    )


def _recalls(session: Session, unit: UnitRow, past: Past | None) -> list[Called]:
    found = []
    asked = "SELECT id FROM recalls WHERE part = ? ORDER BY number, id LIMIT 500"
    parts = catalogue.part_ids(session, unit.part)
    for identity in [row[0] for each in parts for row in session.all(asked, (each,))]:
        known = _recall(session, identity, past)
        if known is not None:
            found.append(_called(known, unit))
    return found


def _recall(session: Session, identity: str, past: Past | None) -> RecallState | None:
    """A recall as it stood: by the day on which it was announced, where that was said, else when it was recorded."""
    if past is None:
        past = Past(session, Moment())
    events = past.recorded(f"recall:{identity}")
    until = past.moment.until
    if until is not None:
        day = as_date(until)
        events = [event for event in events if event.happened <= until or _announced_by(event, day)]
    return fold_recall(identity, events) if events else None


def _announced_by(event: Seen, day: date) -> bool:
    told = event.body.get("announced")
    try:
        return isinstance(told, str) and bool(told) and date.fromisoformat(told[:10]) <= day
    except ValueError:
        return False


def _called(known: RecallState, unit: UnitRow) -> Called:
    by, first, last = _called_by(known, unit.lot, serial_key(unit.serial))
    return Called(
        number=known.number, reason=known.reason, announced=known.announced, by=by, lifted=known.lifted, first=first,
        last=last,
    )  # fmt: skip


def _called_by(known: RecallState, lot: str, serial: str) -> tuple[str, str, str]:
    if not (known.lots or known.serials or known.ranges):
        return "part", "", ""
    if lot and lot in known.lots:
        return "lot", "", ""
    if serial and serial in {serial_key(each) for each in known.serials}:
        return "serial", "", ""
    for first, last in known.ranges:
        if catalogue.in_range(serial, first, last):
            return "range", first, last
    return "", "", ""


def _order_of(session: Session, unit: UnitRow) -> tuple[str, str]:
    """Order number and line that the unit came on."""
    receipt = deliveries.receipt(session, unit.receipt) if unit.receipt else None
    row = session.one(
        "SELECT o.number, l.line FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE l.id = ?", (unit.line,)
    )
    if row is not None:
        return str(row[0]), str(row[1])
    order = session.value("SELECT number FROM orders WHERE id = ?", (receipt.order,), "") if receipt else ""
    return str(order), ""


def _holds(session: Session, unit: UnitRow) -> list[Held]:
    held = []
    for identity, hold in unit.holds.items():
        by = str(hold.get("by", ""))
        who = people.operator(session, by) if by else None
        event = timelines.event_of(session, identity)
        note = event.body.get("note") if event else None
        held.append(
            Held(
                reason=str(hold.get("reason", "")), by=by, name=who.name if who else "",
                at=as_date(event.happened).isoformat() if event else "", note=note if isinstance(note, str) else "",
            )
        )  # fmt: skip
    return held


def told_of_part(session: Session, part: str) -> dict[str, str | int]:
    """Every field that was told of a part."""
    text = session.value("SELECT told FROM parts WHERE id = ?", (part,), "{}")
    told: dict[str, str | int] = orjson.loads(text)
    return told
