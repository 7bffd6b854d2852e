"""Rules set aside for a unit: most with a reason, the gates among them by two people."""

from collections.abc import Mapping

from dockmark.desks.hand import Pending
from dockmark.desks.item import Item
from dockmark.desks.signing import record_signed
from dockmark.desks.turn import Turn
from dockmark.ledger.people import depot_signs, refuse_beyond
from dockmark.people.rules import Act, gates_in
from dockmark.people.signatures import Meaning
from dockmark.record.canonical import Json
from dockmark.record.facts import Draft
from dockmark.record.refusal import Refusal, Refused


def set_aside(turn: Turn, draft: Draft, item: Item, part: str, override: Mapping[str, Json]) -> str:
    """Records a unit that came in, signed by a second person where a gate was opened for it."""
    gates = gates_in(override.get("codes"))
    if gates:
        facts = _facts(part, item.serial, gates[0], str(override.get("reason", "")), str(override.get("note", "")))
        others = [turn.book.actor] if depot_signs(turn.session) else []
        event = record_signed(turn.book, draft, Meaning.OVERRIDE, facts, others=others)
    else:
        [event] = turn.book.record(draft)
    turn.events.append(event)
    return event


def refuse_early(turn: Turn, waiting: Pending) -> None:
    """Says before anything is done that this may not be set aside, or not without a signature."""
    gates = gates_in([*waiting.overridden, waiting.code])
    if turn.book.author.sess:
        refuse_beyond(turn.session, turn.book.author, Act.OVERRIDE if gates else Act.ACCEPT)
    if gates and turn.book.signer is None and depot_signs(turn.session):
        part = str(waiting.facts.get("part", "") or waiting.item.part_text)
        facts = _facts(part, waiting.item.serial, gates[0], waiting.reason, waiting.note)
        raise Refusal(Refused.SIGNATURE_NEEDED, meaning=Meaning.OVERRIDE.value, apart=[turn.book.actor], **facts)


def _facts(part: str, serial: str, rule: str, reason: str, note: str) -> dict[str, str]:
    return {"part": part, "serial": serial, "rule": rule, "reason": reason, "note": note}
