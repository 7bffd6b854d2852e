"""Prints the label of a unit once more, at whatever desk: the reason stands in the unit's history."""

from dockmark.custody import state
from dockmark.custody.events import LabelReprinted
from dockmark.desks.answer import Answer
from dockmark.desks.labels import job_facts
from dockmark.desks.showing import verdict_of, view_of
from dockmark.desks.turn import Turn
from dockmark.ledger.book import LabelWanted
from dockmark.lookup import catalogue
from dockmark.lookup.units import UnitRow
from dockmark.record.clock import as_date
from dockmark.record.refusal import Refusal, Refused


def print_again(turn: Turn, known: UnitRow, code: str, note: str) -> Answer:
    """The print job and the event that says why, in this transaction."""
    if known.state in ("", state.EXPECTED):
        raise Refusal(Refused.NOTHING_RECEIVED)
    part = catalogue.part(turn.session, known.part)
    if part is None:
        raise Refusal(Refused.PART_UNKNOWN, part=known.part)
    event = turn.record(LabelReprinted(reason=code, note=note, scan=turn.told), f"unit:{known.id}")
    copy = turn.book.unit(known.id).labels + 1
    facts = job_facts(held=bool(known.holds), received=as_date(known.received_at).isoformat())
    turn.book.want_label(LabelWanted(unit=known.id, facts=facts, copy=copy), event)
    return turn.noted_of(
        "label_repeated", view_of(known), verdict_of(turn.session, known, turn.today), serial=known.serial,
        part=known.part_number, reason=code, copy=copy,
    )  # fmt: skip
