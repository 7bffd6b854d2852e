"""What the command tags do at the receiving desk."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from dockmark.custody import state
from dockmark.custody.events import CertificateAttached, FileAttached, UnitConditionNoted
from dockmark.custody.reasons import Reason
from dockmark.desks import closing, corrections, holds
from dockmark.desks.answer import Answer
from dockmark.desks.guiding import guided
from dockmark.desks.hand import Done, Pending
from dockmark.desks.relabelling import print_again
from dockmark.desks.setting_aside import refuse_early
from dockmark.desks.showing import verdict_of, view_of
from dockmark.desks.turn import Turn
from dockmark.lookup import units
from dockmark.lookup.units import UnitRow
from dockmark.record.canonical import Json
from dockmark.record.refusal import Refusal, Refused

if TYPE_CHECKING:
    from dockmark.desks.receiving import Receiving

Facts = dict[str, str]


def command(turn: Turn, desk: "Receiving", word: str, facts: Facts) -> Answer:
    """Does what a command asks for, or says why not."""
    if went := guided(turn, word):
        return went
    act = _COMMANDS.get(word)
    if act is None:
        raise Refusal(Refused.WRONG_KIND, kind="command", text=word[:40])
    if facts.get("reason"):
        facts = {**facts, **as_reason(facts["reason"], facts.get("note", ""))}
        if turn.hand.pending is not None:
            turn.hand.pending.reason, turn.hand.pending.note = facts["reason"], facts["note"]
    return act(turn, desk, facts)


def as_reason(text: str, note: str) -> Facts:
    """A reason given with a command: one of ours by its code, else in somebody's own words."""
    if text.upper() in Reason.__members__:
        return {"reason": text.upper(), "note": note}
    return {"reason": Reason.OTHER.value, "note": " ".join(f"{text} {note}".split())[:200]}


def reason(turn: Turn, desk: "Receiving", code: str, note: str) -> Answer:
    """A reason was given: for what waits for one, else it is kept for the unit that was refused."""
    _check_reason(code)
    hand = turn.hand
    if hand.awaits == "reprint_reason":
        return _reprint(turn, code, note)
    if hand.awaits == "release_reason":
        return _release(turn, code, note)
    if hand.pending is None:
        raise Refusal(Refused.NOTHING_PENDING, text=code)
    hand.pending.reason, hand.pending.note = code, note
    if hand.awaits == "accept_reason":
        return _set_aside(turn, desk)
    if hand.awaits == "quarantine_reason":
        return _quarantine_pending(turn, desk)
    return turn.noted("reason_taken", reason=code)


def override_of(waiting: Pending) -> dict[str, Json]:
    """What an event says of the rules that were set aside for its unit."""
    if not waiting.overridden:
        return {}
    told: dict[str, Json] = {
        "code": waiting.overridden[-1],
        "codes": list(waiting.overridden),
        "reason": waiting.reason,
    }
    return told | {"note": waiting.note} if waiting.note else told


def _check_reason(code: str) -> None:
    if code not in Reason.__members__:
        raise Refusal(Refused.BAD_VALUE, field="reason", value=code[:40])


# -- answers to a refusal -------------------------------------------------------------------------------------------


def _accept(turn: Turn, desk: "Receiving", facts: Facts) -> Answer:
    hand = turn.hand
    if hand.pending is None:
        raise Refusal(Refused.NOTHING_PENDING, text="ACCEPT")
    if not hand.pending.reason:
        hand.awaits = "accept_reason"
        return turn.noted(Refused.REASON_NEEDED.value, about=hand.pending.code)
    return _set_aside(turn, desk)


def _set_aside(turn: Turn, desk: "Receiving") -> Answer:
    waiting = turn.hand.pending
    assert waiting is not None
    refuse_early(turn, waiting)
    turn.hand.awaits, turn.hand.pending = "", None
    waiting.overridden = [*waiting.overridden, waiting.code]
    return desk.settle(turn, waiting)


def _quarantine(turn: Turn, desk: "Receiving", facts: Facts) -> Answer:
    """The refused unit is taken in and held; without one, the last unit is held."""
    hand = turn.hand
    if hand.pending is not None:
        return _quarantine_pending(turn, desk)
    return holds.hold_unit(
        turn, _unit_in_hand(turn), facts.get("reason", "") or Reason.DOUBT.value, facts.get("note", "")
    )


def _quarantine_pending(turn: Turn, desk: "Receiving") -> Answer:
    waiting = turn.hand.pending
    assert waiting is not None
    turn.hand.awaits, turn.hand.pending = "", None
    first = waiting.code
    # Every rule is set aside at once: the unit goes nowhere until somebody else has looked at it.
    waiting.overridden = [first, *(code.value for code in _AT_DOCK if code.value != first)]
    answer = desk.settle(turn, Pending(
        code="", facts={}, item=waiting.item, overridden=waiting.overridden, reason=waiting.reason, note=waiting.note
    ), hold=waiting.reason or first)  # fmt: skip
    return answer


_AT_DOCK = (
    Refused.SCRAPPED_SEEN, Refused.ALIVE_ELSEWHERE, Refused.WRONG_PART, Refused.LOOK_ALIKE, Refused.NOT_ON_ASN,
    Refused.RECALLED, Refused.EXPIRED, Refused.OUT_OF_RANGE, Refused.SUPPLIER_NOT_APPROVED,
    Refused.CERTIFICATE_MISSING, Refused.OVER_RECEIPT,
)  # fmt: skip


def _skip(turn: Turn, desk: "Receiving", facts: Facts) -> Answer:
    return _put_aside(turn, "skipped")


def _reject(turn: Turn, desk: "Receiving", facts: Facts) -> Answer:
    if turn.hand.pending is None and turn.hand.half is None:
        return holds.hold_unit(turn, _unit_in_hand(turn), Reason.SUPPLIER.value, "rejected")
    return _put_aside(turn, "rejected")


def _put_aside(turn: Turn, code: str) -> Answer:
    hand = turn.hand
    if hand.pending is None and hand.half is None:
        raise Refusal(Refused.NOTHING_PENDING, text=code)
    item = hand.pending.item if hand.pending else hand.half
    known = str(hand.pending.facts.get("part", "")) if hand.pending else ""
    hand.pending, hand.half, hand.awaits, hand.quantity, hand.keys = None, None, "", 0, ""
    assert item is not None
    return turn.noted(code, part=known or item.part_text, serial=item.serial)


# -- the unit in hand -----------------------------------------------------------------------------------------------


def _unit_in_hand(turn: Turn) -> UnitRow:
    known = units.unit(turn.session, turn.hand.unit) if turn.hand.unit else None
    if known is None or known.state == state.EXPECTED:
        raise Refusal(Refused.NOTHING_RECEIVED)
    return known


def _damaged(turn: Turn, desk: "Receiving", facts: Facts) -> Answer:
    if turn.hand.pending is not None:
        turn.hand.pending.reason = turn.hand.pending.reason or Reason.DAMAGED.value
        return _quarantine_pending(turn, desk)
    known = _unit_in_hand(turn)
    fact = UnitConditionNoted(
        condition="unserviceable", damaged=True, reason=facts.get("reason", "") or Reason.DAMAGED.value, scan=turn.told
    )
    event = turn.record(fact, f"unit:{known.id}")
    turn.book.flush()
    return told_of(turn, "damaged", known.id, [event])


def told_of(turn: Turn, code: str, unit: str, events: list[str], **facts: str) -> Answer:
    """An accepted answer about a unit that is in the tables by now."""
    known = units.unit(turn.session, unit)
    assert known is not None
    done = Done(code=code, events=list(events), unit=unit, part=known.part_number, serial=known.serial)
    return turn.accepted(
        code, view_of(known), verdict_of(turn.session, known, turn.today), done, part=known.part_number,
        serial=known.serial, **facts,
    )  # fmt: skip


def _repeat(turn: Turn, desk: "Receiving", facts: Facts) -> Answer:
    _unit_in_hand(turn)
    if code := facts.get("reason", ""):
        return _reprint(turn, code, facts.get("note", ""))
    turn.hand.awaits = "reprint_reason"
    return turn.noted(Refused.REASON_NEEDED.value, about="reprint")


def _reprint(turn: Turn, code: str, note: str) -> Answer:
    turn.hand.awaits = ""
    return print_again(turn, _unit_in_hand(turn), code, note)


def _release_asked(turn: Turn, desk: "Receiving", facts: Facts) -> Answer:
    known = _unit_in_hand(turn)
    holds.may_release(turn, known)
    if code := facts.get("reason", ""):
        return _release(turn, code, facts.get("note", ""))
    turn.hand.awaits = "release_reason"
    return turn.noted(Refused.REASON_NEEDED.value, about="release")


def _release(turn: Turn, code: str, note: str) -> Answer:
    turn.hand.awaits = ""
    return holds.release_unit(turn, _unit_in_hand(turn), code, note)


# -- the delivery ---------------------------------------------------------------------------------------------------


def _note(turn: Turn, desk: "Receiving", facts: Facts) -> Answer:
    from dockmark.desks import context

    if value := facts.get("value", ""):
        desk.dock(turn)
        return context.take_note(turn, value)
    desk.dock(turn)
    turn.hand.awaits = "note"
    return turn.noted("note_needed")


def _certificate(turn: Turn, desk: "Receiving", facts: Facts) -> Answer:
    """A certificate's file was kept by its SHA-256: it belongs to the receipt, and to what waits for it."""
    if not facts.get("sha256"):
        raise Refusal(Refused.CERTIFICATE_MISSING, part=facts.get("part", ""))
    dock = desk.dock(turn)
    fact = CertificateAttached(
        sha256=facts["sha256"], name=facts.get("name", "")[:200], size=int(facts.get("size", "0")),
        part=facts.get("part", ""),
    )  # fmt: skip
    turn.record(fact, f"receipt:{dock.receipt.id}")
    turn.book.flush()
    waiting = turn.hand.pending
    if waiting is not None and waiting.code == Refused.CERTIFICATE_MISSING.value:
        turn.hand.pending = None
        return desk.settle(turn, waiting)
    return turn.noted("certificate_attached", name=fact.name, sha256=fact.sha256)


_SHA256 = re.compile(r"[0-9a-f]{64}")
PAPER_KINDS = ("delivery_note", "photo", "document", "other")


def _paper(turn: Turn, desk: "Receiving", facts: Facts) -> Answer:
    """A paper that came with the delivery was kept by its SHA-256: it belongs to the receipt."""
    kind = facts.get("kind", "") or PAPER_KINDS[0]
    if kind not in PAPER_KINDS:
        raise Refusal(Refused.BAD_VALUE, field="kind", value=kind[:40])
    if not _SHA256.fullmatch(facts.get("sha256", "")):
        raise Refusal(Refused.BAD_FILE, file=facts.get("name", "")[:80], why="not_found")
    dock = desk.dock(turn)
    about = f"receipt:{dock.receipt.id}"
    fact = FileAttached(
        to=about, kind=kind, sha256=facts["sha256"], name=facts.get("name", "")[:200], size=int(facts.get("size", "0"))
    )
    turn.record(fact, f"attachment:{turn.book.new_id()}", refs=(about,), new=True)
    turn.book.flush()
    return turn.noted("paper_attached", kind=kind, name=fact.name, sha256=fact.sha256)


def _finish(turn: Turn, desk: "Receiving", facts: Facts) -> Answer:
    if not turn.hand.receipt:
        raise Refusal(Refused.NO_RECEIPT)
    return closing.finish(turn, desk.dock(turn))


def _undo(turn: Turn, desk: "Receiving", facts: Facts) -> Answer:
    return corrections.undo(turn)


def _help(turn: Turn, desk: "Receiving", facts: Facts) -> Answer:
    return turn.noted("help", commands=sorted(_COMMANDS))


def _enter(turn: Turn, desk: "Receiving", facts: Facts) -> Answer:
    raise Refusal(Refused.NOTHING_PENDING, text="ENTER")


def _clear(turn: Turn, desk: "Receiving", facts: Facts) -> Answer:
    hand = turn.hand
    hand.half, hand.quantity, hand.keys, hand.awaits = None, 0, "", ""
    return turn.noted("cleared")


_COMMANDS: dict[str, Callable[[Turn, "Receiving", Facts], Answer]] = {
    "ACCEPT": _accept,
    "REJECT": _reject,
    "DAMAGED": _damaged,
    "QUARANTINE": _quarantine,
    "SKIP": _skip,
    "UNDO": _undo,
    "REPEAT": _repeat,
    "FINISH": _finish,
    "HELP": _help,
    "RELEASE": _release_asked,
    "NOTE": _note,
    "CERTIFICATE": _certificate,
    "PAPER": _paper,
    "ENTER": _enter,
    "CLEAR": _clear,
}
