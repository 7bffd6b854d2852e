"""How a unit stands in an answer: its view and its verdict."""

from datetime import date

from dockmark.custody import state
from dockmark.custody.lights import Verdict
from dockmark.custody.verdict import Facts, verdict
from dockmark.database.session import Session
from dockmark.desks.answer import UnitView
from dockmark.identifiers.keys import look_key, serial_key
from dockmark.lookup import catalogue, units
from dockmark.lookup.units import Twin, UnitRow
from dockmark.record.clock import as_date

ALIVE = (*state.OURS, state.INSTALLED)


def view_of(unit: UnitRow) -> UnitView:
    """A unit as an answer names it."""
    return UnitView(
        id=unit.id, part=unit.part_number, serial=unit.serial, state=unit.state, condition=unit.condition,
        lot=unit.lot, quantity=unit.quantity, place=unit.place, owner=unit.owner, description=unit.description,
        expiry=unit.expiry,
    )  # fmt: skip


def verdict_of(session: Session, unit: UnitRow, today: date) -> Verdict:
    """The six lights of a unit that is in the tables."""
    part = catalogue.part(session, unit.part)
    facts = mark_facts(session, unit.part, unit.serial, unit.lot, today, besides=unit.id)
    return verdict(
        Facts(
            today=today,
            received=as_date(unit.received_at) if unit.received_at else None,
            warranty_months=part.warranty_months if part else -1,
            expiry=unit.expiry,
            recalls=facts.recalls,
            twins=facts.twins,
            parted=bool(unit.apart) and parted_from(session, unit, _alive_twins(session, unit)),
            scrapped_twin=facts.scrapped_twin,
            alikes=facts.alikes,
            ranges_known=facts.ranges_known,
            in_range=facts.in_range,
            owner=unit.owner,
            holds=[(hold.get("reason", ""), hold.get("by", "")) for hold in unit.holds.values()],
        )
    )


def _alive_twins(session: Session, unit: UnitRow) -> list[str]:
    same = units.same_mark(session, unit.part, serial_key(unit.serial))
    return [twin.id for twin in same if twin.id != unit.id and twin.state in ALIVE]


def parted_from(session: Session, unit: UnitRow, others: list[str]) -> bool:
    """Whether somebody said of each of these units that it is not this one."""
    apart = {ident for each in unit.apart for ident in units.ids_of(session, each)[:1]}
    return bool(others) and apart.issuperset(others)


def mark_facts(session: Session, part: str, serial: str, lot: str, today: date, besides: str = "") -> Facts:
    """What the ledger knows about a mark: who else bears it, what looks like it, recalls, ranges."""
    key = serial_key(serial)
    bearers, others = units.bearers(session, part, look_key(serial), key)
    same = [twin for twin in bearers if twin.id != besides]
    alikes = [twin for twin in others if twin.state in ALIVE]
    ranges = catalogue.serial_ranges(session, part) if serial else []
    return Facts(
        today=today,
        recalls=[(recall.number, recall.reason, recall.by) for recall in catalogue.recalls_of(session, part, lot, key)],
        twins=[whereabouts(session, twin) for twin in same if twin.state in ALIVE],
        scrapped_twin=any(twin.state == state.SCRAPPED for twin in same),
        alikes=[twin.serial for twin in alikes],
        ranges_known=bool(ranges),
        in_range=not ranges or any(catalogue.in_range(serial, *ends) for ends in ranges),
    )


def whereabouts(session: Session, twin: Twin) -> str:
    """Where a unit is, in the word for its place."""
    place = catalogue.place(session, twin.place) if twin.place else None
    return place.code if place else twin.state
