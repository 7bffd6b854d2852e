"""Makes the views of a desk and of a unit from the tables."""

from datetime import date

from dockmark.custody.lights import Lamp, gravest
from dockmark.database.session import Session
from dockmark.desks.answer import Answer, Outcome
from dockmark.desks.hand import Done, Hand, hand_of
from dockmark.desks.showing import verdict_of, view_of
from dockmark.desks.views import Coming, DeskView, Found, JobView, LineView, ReceivedUnit
from dockmark.ledger.book import draft_of
from dockmark.ledger.spool import Job
from dockmark.lookup import catalogue, deliveries, units
from dockmark.lookup.search import Hit
from dockmark.record.clock import as_date, as_moment
from dockmark.record.refusal import Refused

_AWAITED = {
    "quantity": Refused.QUANTITY_NEEDED.value,
    "accept_reason": Refused.REASON_NEEDED.value,
    "quarantine_reason": Refused.REASON_NEEDED.value,
    "reprint_reason": Refused.REASON_NEEDED.value,
    "release_reason": Refused.REASON_NEEDED.value,
    "hold_reason": Refused.REASON_NEEDED.value,
    "note": "note_needed",
}


FRESH = 10
"""So many of the latest units have their lamp worked out anew at each look; for the others the last one counts."""

Lamps = dict[str, tuple[object, Lamp]]


def desk_view(session: Session, desk: str, now_us: int, lamps: Lamps) -> DeskView:
    """How a desk stands now. `lamps` keeps what was worked out before, between one look and the next."""
    hand = hand_of(draft_of(session, desk))
    receipt = deliveries.receipt(session, hand.receipt) if hand.receipt else None
    if receipt is None or receipt.state != "open":
        return DeskView(place=_place(session, hand.place), undo=_undo(hand), waiting=_waiting(hand))
    paper = deliveries.paper_of(session, receipt)
    lines = deliveries.lines(session, paper)
    partner = catalogue.partner(session, receipt.partner) if receipt.partner else None
    today = as_date(now_us)
    came = units.units_of_receipt(session, receipt.id)
    return DeskView(
        receipt=receipt.number,
        order=paper.number,
        partner=partner.name or partner.code if partner else "",
        place=_place(session, hand.place),
        note=receipt.delivery_note,
        done=sum(line.received for line in lines) if lines else units.received_count(session, receipt.id),
        wanted=sum(line.quantity for line in lines),
        lines=tuple(_line(line, hand) for line in lines),
        units=tuple(
            ReceivedUnit(
                unit=view_of(unit), lamp=_lamp(session, unit, today, lamps, fresh=number < FRESH), typed=unit.typed,
                at=as_moment(unit.received_at) if unit.received_at else None,
            )
            for number, unit in enumerate(came)
        ),
        refusal=_refusal(hand),
        waiting=_waiting(hand),
        undo=_undo(hand),
    )  # fmt: skip


def _lamp(session: Session, unit: units.UnitRow, today: date, lamps: Lamps, *, fresh: bool) -> Lamp:
    standing = (unit.state, unit.condition, unit.damaged, unit.owner, tuple(unit.holds), today)
    kept = lamps.get(unit.id)
    if kept is not None and kept[0] == standing and not fresh:
        return kept[1]
    lamp = gravest(verdict_of(session, unit, today))
    lamps[unit.id] = (standing, lamp)
    return lamp


def _place(session: Session, identity: str) -> str:
    found = catalogue.place(session, identity) if identity else None
    return found.code if found else ""


def _line(line: deliveries.Line, hand: Hand) -> LineView:
    return LineView(
        id=line.ref, part=line.part_number, description=line.description, ordered=line.quantity,
        received=line.received, open=line.open,
        fit="best" if hand.done and hand.done[-1].part == line.part_number else "",
    )  # fmt: skip


def _waiting(hand: Hand) -> str:
    if hand.awaits:
        return _AWAITED.get(hand.awaits, "")
    if hand.half is None:
        return ""
    return Refused.SERIAL_NEEDED.value if hand.half.names_part else Refused.PART_NEEDED.value


def _refusal(hand: Hand) -> Answer | None:
    if hand.pending is None:
        return None
    return Answer(outcome=Outcome.REFUSED, code=hand.pending.code, facts=hand.pending.facts)


def _undo(hand: Hand) -> Coming | None:
    if not hand.done:
        return None
    done: Done = hand.done[-1]
    return Coming(code=done.code, facts={"part": done.part, "serial": done.serial})


def found(hit: Hit) -> Found:
    """One hit of a search."""
    return Found(kind=hit.kind, id=hit.id, title=hit.title, detail=hit.detail)


def job_view(job: Job) -> JobView:
    """One print job."""
    title = " ".join(str(job.facts.get(name, "")) for name in ("part_number", "serial") if job.facts.get(name))
    return JobView(
        id=job.id, title=title or str(job.facts.get("lot", "")), printer=job.printer, state=job.state,
        at=as_moment(job.made_at), code=job.detail, facts={"copy": job.copy, "tries": job.tries},
    )  # fmt: skip
