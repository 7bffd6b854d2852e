"""Hold and release: a held unit goes nowhere until a second person has said why it may."""

from dockmark.custody.events import UnitHeld, UnitReleased
from dockmark.desks.answer import Answer
from dockmark.desks.hand import Done
from dockmark.desks.showing import verdict_of, view_of
from dockmark.desks.turn import Turn
from dockmark.lookup import units
from dockmark.lookup.units import UnitRow
from dockmark.record.refusal import Refusal, Refused


def hold_unit(turn: Turn, known: UnitRow, reason: str, note: str = "") -> Answer:
    """Holds a unit for a reason."""
    event = turn.record(UnitHeld(reason=reason, note=note, scan=turn.told), f"unit:{known.id}")
    return _told(turn, "held", known.id, event, reason)


def may_release(turn: Turn, known: UnitRow) -> None:
    """Refuses where nothing holds the unit, or where the same person who held it would release it."""
    if not known.holds:
        raise Refusal(Refused.NOT_HELD, serial=known.serial, part=known.part_number)
    if any(hold.get("by") == turn.book.actor for hold in known.holds.values()):
        raise Refusal(Refused.SECOND_PERSON_NEEDED, serial=known.serial, operator=turn.book.actor)


def release_unit(turn: Turn, known: UnitRow, reason: str, note: str = "") -> Answer:
    """Ends every hold on a unit, by a second person and with a reason."""
    may_release(turn, known)
    fact = UnitReleased(holds=[*sorted(known.holds)], reason=reason, note=note, scan=turn.told)
    event = turn.record(fact, f"unit:{known.id}")
    return _told(turn, "released", known.id, event, reason)


def _told(turn: Turn, code: str, unit: str, event: str, reason: str) -> Answer:
    turn.book.flush()
    turn.hand.unit = unit
    known = units.unit(turn.session, unit)
    assert known is not None
    done = Done(code=code, events=[event], unit=unit, part=known.part_number, serial=known.serial)
    return turn.accepted(
        code, view_of(known), verdict_of(turn.session, known, turn.today), done, part=known.part_number,
        serial=known.serial, reason=reason,
    )  # fmt: skip
