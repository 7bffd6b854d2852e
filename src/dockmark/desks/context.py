"""What a delivery is received with: its paper, its place, its delivery note."""

from dockmark.custody.events import ReceiptNoted
from dockmark.desks.answer import Answer, Fact
from dockmark.desks.dock import Dock
from dockmark.desks.turn import Turn
from dockmark.lookup import catalogue, deliveries
from dockmark.lookup.catalogue import Place
from dockmark.record.clock import as_moment
from dockmark.record.refusal import Refusal, Refused


def place_scanned(turn: Turn, place: Place | None, text: str) -> Answer:
    """A place stays in force until another is scanned."""
    if place is None:
        raise Refusal(Refused.PLACE_UNKNOWN, place=text[:80])
    if turn.hand.half is not None and turn.hand.half.names_part and not turn.hand.half.serial:
        return turn.refused(Refused.WRONG_KIND, {"kind": "place", "wanted": "serial", "text": place.code})
    turn.hand.place = place.id
    return turn.noted("place_taken", place=place.code, name=place.name)


def take_place(turn: Turn, text: str) -> None:
    """The place that a tag or a code names, from the command line."""
    payload = text[3:-1] if text.startswith("DML") else text
    place = catalogue.place_by_code(turn.session, text) or catalogue.place_by_tag(turn.session, payload.upper())
    if place is None:
        raise Refusal(Refused.PLACE_UNKNOWN, place=text)
    turn.hand.place = place.id


def take_note(turn: Turn, note: str) -> Answer:
    """The number of the delivery note."""
    turn.hand.awaits = ""
    if turn.hand.receipt:
        turn.record(ReceiptNoted(delivery_note=note[:80]), f"receipt:{turn.hand.receipt}")
        return turn.noted("note_taken", note=note[:80])
    raise Refusal(Refused.NO_RECEIPT)


def progress(dock: Dock) -> dict[str, Fact]:
    """How far a delivery is: the facts that most sentences about it need."""
    wanted = sum(line.quantity for line in dock.lines)
    done = sum(min(line.received, line.quantity) for line in dock.lines)
    return {
        "receipt": dock.receipt.number,
        "paper": dock.paper.number,
        "kind": dock.paper.kind,
        "wanted": wanted,
        "done": done,
        "lines": [line.name for line in dock.lines if line.open][:10],
    }


def receipt_number(turn: Turn) -> str:
    """RC, day, running number of this station's day, and two characters that tell stations apart."""
    day = as_moment(turn.book.now_us).strftime("%y%m%d")
    count = deliveries.receipts_numbered(turn.session, f"RC-{day}-", turn.book.station) + 1
    return f"RC-{day}-{count:03}-{turn.book.station[-3:].upper()}"
