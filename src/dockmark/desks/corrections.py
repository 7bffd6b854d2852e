"""UNDO: reverses the effect of the last act by a counter-entry, never by taking anything away."""

from dockmark.custody.events import ActReversed
from dockmark.desks.answer import Answer
from dockmark.desks.showing import verdict_of, view_of
from dockmark.desks.turn import Turn
from dockmark.lookup import units
from dockmark.record.refusal import Refusal, Refused


def undo(turn: Turn) -> Answer:
    """Reverses what this desk did last; refused where the unit has gone on since."""
    hand = turn.hand
    if not hand.done:
        raise Refusal(Refused.NOTHING_TO_UNDO)
    done = hand.done[-1]
    if done.unit:
        last = units.last_act(turn.session, done.unit)
        if last is None or last.id not in done.events:
            raise Refusal(Refused.MOVED_SINCE, serial=done.serial, part=done.part)
    hand.done.pop()
    subject = f"unit:{done.unit}" if done.unit else f"receipt:{done.receipt}"
    turn.record(ActReversed(reverses=list(done.events), scan=turn.told), subject)
    cancelled = turn.book.take_back_label(done.events)
    turn.book.flush()
    hand.pending, hand.half, hand.awaits = None, None, ""
    if not done.unit:
        hand.receipt = done.receipt
        return turn.noted("undone_closing", what=done.code)
    known = units.unit(turn.session, done.unit)
    assert known is not None
    hand.unit = done.unit if known.state != "expected" else ""
    return turn.accepted(
        "undone", view_of(known), verdict_of(turn.session, known, turn.today), None, what=done.code, part=done.part,
        serial=done.serial, labels_cancelled=cancelled,
    )  # fmt: skip
