"""The state of a receipt, folded from its events. Which units came in it is asked of the units."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from dockmark.custody import events as said
from dockmark.custody.state import reversals
from dockmark.record.event import Seen
from dockmark.record.facts import from_body

OPEN = "open"
CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptState:
    """A delivery being received, or done. `differences` are as shown when it was closed."""

    id: str
    number: str = ""
    station: str = ""
    state: str = OPEN
    order: str = ""
    line: str = ""
    asn: str = ""
    partner: str = ""
    place: str = ""
    delivery_note: str = ""
    opened_at: int = 0
    closed_at: int = 0
    received: int = 0
    differences: list[Any]
    certificates: list[Any]


def fold_receipt(receipt: str, history: Iterable[Seen]) -> ReceiptState:
    """The receipt after these events, in fold order. Never raises."""
    seen = list(history)
    gone = reversals(seen)
    state = ReceiptState(id=receipt, differences=[], certificates=[])
    for event in seen:
        if event.id not in gone:
            state = _after(state, event)
    return state


def _after(state: ReceiptState, event: Seen) -> ReceiptState:
    match from_body(event.type, event.schema, event.body):
        case said.ReceiptOpened() as fact:
            return replace(
                state, number=fact.number, order=fact.order, line=fact.line, asn=fact.asn, partner=fact.partner,
                place=fact.place,
                station=event.station, opened_at=event.happened,
            )  # fmt: skip
        case said.ReceiptNoted() as fact:
            return replace(
                state, order=fact.order or state.order, line=fact.line or state.line, asn=fact.asn or state.asn,
                place=fact.place or state.place,
                partner=fact.partner or state.partner, delivery_note=fact.delivery_note or state.delivery_note,
            )  # fmt: skip
        case said.CertificateAttached() as fact:
            paper = {"sha256": fact.sha256, "name": fact.name, "part": fact.part}
            return replace(state, certificates=[*state.certificates, paper])
        case said.ReceiptClosed() as fact:
            return replace(
                state, state=CLOSED, closed_at=event.happened, received=fact.received, differences=fact.differences
            )
        case _:
            return state
