"""FINISH: closes a receipt with its differences. What did not come stays expected."""

from dockmark.custody.events import ReceiptClosed
from dockmark.desks.answer import Answer
from dockmark.desks.dock import Dock
from dockmark.desks.hand import Done
from dockmark.desks.turn import Turn
from dockmark.lookup import deliveries, units
from dockmark.record.canonical import Json

SHOWN = 50


def differences(turn: Turn, dock: Dock) -> list[dict[str, Json]]:
    """Short, over, stranger, damaged, held: each with its part, serials and count."""
    found: list[dict[str, Json]] = []
    for line in dock.lines:
        for kind, count in (("short", line.quantity - line.received), ("over", line.received - line.quantity)):
            if count > 0:
                found.append({"kind": kind, "line": line.name, "part": line.part_number, "count": count})
    came = units.units_of_receipt(turn.session, dock.receipt.id, limit=1_000_000)
    for kind, odd in (
        ("stranger", [unit for unit in came if unit.stranger]),
        ("damaged", [unit for unit in came if unit.damaged]),
        ("held", [unit for unit in came if unit.holds]),
    ):
        for unit in odd[:SHOWN]:
            found.append({"kind": kind, "part": unit.part_number, "serial": unit.serial, "count": unit.quantity})
    return found + _missing(turn, dock)


def _missing(turn: Turn, dock: Dock) -> list[dict[str, Json]]:
    """Serials that were announced and did not come."""
    missing = deliveries.announced_but_not_here(turn.session, dock.paper, SHOWN)
    return [{"kind": "missing", "part": part, "serial": serial, "count": 1} for part, serial in missing]


def finish(turn: Turn, dock: Dock) -> Answer:
    """Closes the receipt in hand."""
    found = differences(turn, dock)
    received = units.received_count(turn.session, dock.receipt.id)
    fact = ReceiptClosed(received=received, differences=list(found), scan=turn.told)
    event = turn.record(fact, f"receipt:{dock.receipt.id}")
    turn.book.flush()
    hand = turn.hand
    hand.receipt, hand.half, hand.pending, hand.awaits, hand.unit = "", None, None, "", ""
    hand.halves.clear()
    hand.done = [Done(code="receipt_closed", events=[event], receipt=dock.receipt.id)]
    counts = dict.fromkeys(("short", "over", "stranger", "damaged", "held", "missing"), 0)
    for difference in found:
        counts[str(difference["kind"])] += int(str(difference["count"]))
    lines = [" · ".join(str(value) for value in difference.values()) for difference in found]
    return turn.noted("receipt_closed", receipt=dock.receipt.number, received=received, differences=lines, **counts)
