"""Hold and release: a held unit goes nowhere until a second person has said why it may."""

from dockmark.custody.events import UnitHeld, UnitReleased
from dockmark.desks.answer import Answer
from dockmark.desks.hand import Done
from dockmark.desks.showing import verdict_of, view_of
from dockmark.desks.signing import record_signed, refuse_same
from dockmark.desks.turn import Turn
from dockmark.ledger.people import depot_signs, refuse_beyond
from dockmark.lookup import units
from dockmark.lookup.units import UnitRow
from dockmark.people.rules import Act
from dockmark.people.signatures import Meaning
from dockmark.record.facts import Draft
from dockmark.record.refusal import Refusal, Refused


def hold_unit(turn: Turn, known: UnitRow, reason: str, note: str = "") -> Answer:
    """Holds a unit for a reason."""
    event = turn.record(UnitHeld(reason=reason, note=note, scan=turn.told), f"unit:{known.id}")
    return _told(turn, "held", known.id, event, reason)


def may_release(turn: Turn, known: UnitRow) -> None:
    """Refuses where nothing holds the unit, or where the same person who held it would release it."""
    if not known.holds:
        raise Refusal(Refused.NOT_HELD, serial=known.serial, part=known.part_number)
    if not depot_signs(turn.session) or turn.book.signer is None:
        # Where somebody else signs, it is the signer who must be another person than who held the unit.
        refuse_beyond_release(turn)
    if not depot_signs(turn.session):
        refuse_same(turn.book, turn.book.actor, holders(known))


def refuse_beyond_release(turn: Turn) -> None:
    """Says at once, not after the reason, that somebody may not release."""
    if turn.book.author.sess:
        refuse_beyond(turn.session, turn.book.author, Act.RELEASE)


def holders(known: UnitRow) -> list[str]:
    """Who put the unit on hold."""
    return [str(hold.get("by", "")) for hold in known.holds.values()]


def release_unit(turn: Turn, known: UnitRow, reason: str, note: str = "") -> Answer:
    """Ends every hold on a unit, by a second person and with a reason."""
    may_release(turn, known)
    fact = UnitReleased(holds=[*sorted(known.holds)], reason=reason, note=note, scan=turn.told)
    held = ", ".join(dict.fromkeys(str(hold.get("reason", "")) for hold in known.holds.values()))
    facts = {"serial": known.serial, "part": known.part_number, "reason": reason, "note": note, "held": held}
    draft = Draft(fact=fact, subj=(f"unit:{known.id}",))
    event = record_signed(turn.book, draft, Meaning.RELEASE, facts, others=holders(known))
    turn.events.append(event)
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
