"""What a desk has in hand between two scans. Kept with every transaction, so that work resumes at the same line."""

from dataclasses import dataclass, field
from typing import Any

from dockmark.desks.item import Item
from dockmark.ledger.book import Book
from dockmark.record.canonical import Json

UNDO_DEPTH = 20


@dataclass(slots=True, kw_only=True)
class Pending:
    """A unit that was refused and waits for an answer: accept with a reason, quarantine, or skip."""

    code: str
    facts: dict[str, Any]
    item: Item
    overridden: list[str] = field(default_factory=list)
    reason: str = ""
    note: str = ""


@dataclass(slots=True, kw_only=True)
class Done:
    """Something that UNDO can reverse: the events of one scan, and what they did."""

    code: str
    events: list[str]
    unit: str = ""
    receipt: str = ""
    part: str = ""
    serial: str = ""


@dataclass(slots=True, kw_only=True)
class Hand:
    """The draft of a desk."""

    receipt: str = ""
    place: str = ""
    half: Item | None = None
    """The first half of a label, of the scanner in `lane`."""
    lane: str = ""
    halves: dict[str, Item] = field(default_factory=dict)
    """Halves that wait at other scanners: two clerks at one station hold two pieces."""
    quantity: int = 0
    keys: str = ""
    awaits: str = ""
    """`note`, `quantity`, `accept_reason`, `reprint_reason`, `release_reason`, or nothing."""
    pending: Pending | None = None
    unit: str = ""
    """The unit that DAMAGED, QUARANTINE and REPEAT are about."""
    done: list[Done] = field(default_factory=list)
    operator: str = ""

    def take_lane(self, device: str) -> None:
        """What waits at this scanner is in hand now. A key or a command goes on with what was in hand."""
        if device == self.lane or device == "command":
            return
        if self.half is not None:
            self.halves[self.lane] = self.half
        self.lane = device
        self.half = self.halves.pop(device, None)

    def as_json(self) -> dict[str, Json]:
        """As it is kept."""
        pending = self.pending
        kept: dict[str, Json] = {
            "receipt": self.receipt,
            "place": self.place,
            "quantity": self.quantity,
            "keys": self.keys,
            "awaits": self.awaits,
            "unit": self.unit,
            "operator": self.operator,
            "done": [_done_json(done, self.receipt) for done in self.done],
        }
        if self.lane:
            kept["lane"] = self.lane
        if self.halves:
            kept["halves"] = {lane: half.as_json() for lane, half in self.halves.items()}
        if self.half is not None:
            kept["half"] = self.half.as_json()
        if pending is not None:
            kept["pending"] = {
                "code": pending.code, "facts": pending.facts, "item": pending.item.as_json(),
                "overridden": list(pending.overridden), "reason": pending.reason, "note": pending.note,
            }  # fmt: skip
        return kept


_SAME = "="
"""Stands for the receipt in hand: most of what was done was done for it, and drafts are written at each scan."""


def _done_json(done: Done, receipt: str) -> Json:
    here = _SAME if done.receipt == receipt else done.receipt
    return done.code, done.events, done.unit, here, done.part, done.serial


def _done_of(kept: list[Any] | dict[str, Any], receipt: str) -> Done:
    if isinstance(kept, dict):
        # As drafts were written first.
        return Done(**kept)
    code, events, unit, here, part, serial = kept
    here = receipt if here == _SAME else here
    return Done(code=code, events=events, unit=unit, receipt=here, part=part, serial=serial)


def hand_of(kept: dict[str, Any]) -> Hand:
    """What the desk had in hand when its last transaction ended."""
    half, pending = kept.pop("half", None), kept.pop("pending", None)
    done = [_done_of(each, kept.get("receipt", "")) for each in kept.pop("done", [])]
    halves = {lane: Item.of_json(each) for lane, each in kept.pop("halves", {}).items()}
    hand = Hand(**kept, done=done, halves=halves)
    if half is not None:
        hand.half = Item.of_json(half)
    if pending is not None:
        hand.pending = Pending(**{**pending, "item": Item.of_json(pending["item"])})
    return hand


def hand_in(book: Book, desk: str) -> Hand:
    """What a desk has in hand, as its last transaction left it."""
    kept: Hand | None = book.session.take(f"hand of {desk}")
    return hand_of(book.draft(desk)) if kept is None else kept


def keep_hand(book: Book, desk: str, hand: Hand) -> None:
    """Keeps what a desk has in hand for its next transaction, in whatever program that runs."""
    del hand.done[:-UNDO_DEPTH]
    book.keep_draft(desk, hand.as_json())
    if hand.pending is None and hand.half is None and not hand.halves:
        # Read again, a hand without these is what it was: no need to read it while nobody else writes.
        book.session.keep(f"hand of {desk}", hand)
