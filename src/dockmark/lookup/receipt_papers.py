"""Everything that the papers of one receipt say, read from the part of its station's chain in which it was received.

What a unit was when its receipt was closed stands on the paper, whatever became of it since.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import orjson

from dockmark.custody.receipts import CLOSED
from dockmark.database.session import Session
from dockmark.documents.paper.facts import Counts, Enclosed, LineCheck, ReceiptBook, ReceiptHead, Refusal, UnitLine
from dockmark.identifiers.reading import TagKind
from dockmark.identifiers.tags import parse, tag
from dockmark.lookup import catalogue, deliveries, people, stations, units
from dockmark.lookup.dock_refusals import refusals
from dockmark.record.ids import is_uuid
from dockmark.record.refusal import Refusal as No
from dockmark.record.refusal import Refused

_NUMBERED = (
    "SELECT id FROM receipts WHERE upper(number) = ? OR upper(replace(replace(number, '-', ''), '/', '')) = ?"
    " ORDER BY id LIMIT 2"
)
_MISSING = (
    "SELECT coalesce(p.part_number, ''), e.serial FROM expected_units e LEFT JOIN parts p ON p.id = e.part"
    " WHERE e.{column} = ? AND e.{column} <> '' AND e.serial <> '' AND NOT EXISTS (SELECT 1 FROM units u"
    f" WHERE u.serial_key = e.serial_key AND {catalogue.is_one_part('u.part', 'e.part')}"
    " AND u.state NOT IN ('expected', '')"
    f" AND u.received_at <= ?) AND {deliveries.STILL_TO_COME} ORDER BY e.expectation, e.row"
)
_ODD = ("act_reversed", "unit_condition_noted", "unit_held", "unit_released")
_CAME = ("unit_received", "unit_returned")


def receipt_meant(session: Session, text: str) -> str:
    """The id of the receipt that this text names: its number, its report's number, its tag, its id."""
    wanted = text.strip().removeprefix("receipt:")
    if is_uuid(wanted.lower()):
        found = [(wanted.lower(),)] if deliveries.receipt(session, wanted.lower()) else []
    else:
        known = parse(wanted)
        name = known[1] if known and known[0] is TagKind.DOCUMENT else wanted.upper()
        name = f"RC{name[2:]}" if name.startswith("DR") else name
        found = session.all(_NUMBERED, (name, name))
    if not found:
        raise No(Refused.RECEIPT_UNKNOWN, receipt=text[:80])
    if len(found) > 1:
        raise No(Refused.AMBIGUOUS, part=text[:80], makers=[row[0] for row in found])
    return str(found[0][0])


def receipt_book(session: Session, receipt: str) -> ReceiptBook:
    """The receipt whole. What may be long is read again each time it is asked for, in the same snapshot."""
    known = deliveries.receipt(session, receipt)
    if known is None:
        raise No(Refused.RECEIPT_UNKNOWN, receipt=receipt[:80])
    reading = _Reading(session, known)
    return ReceiptBook(
        head=reading.head(),
        units=reading.units,
        lines=reading.lines(),
        missing=reading.missing,
        refusals=reading.refusals,
    )


@dataclass(slots=True)
class _Odd:
    """What happened to the few units that something happened to after they came."""

    gone: set[str] = field(default_factory=set)
    conditions: dict[str, list[tuple[int, str, bool]]] = field(default_factory=dict)
    holds: dict[str, list[tuple[int, str, str]]] = field(default_factory=dict)
    released: set[str] = field(default_factory=set)


class _Reading:
    """One receipt, read within one snapshot."""

    def __init__(self, session: Session, receipt: deliveries.Receipt) -> None:
        self._session = session
        self._receipt = receipt
        row = session.one("SELECT station, closed_at, differences FROM receipts WHERE id = ?", (receipt.id,))
        assert row is not None
        self._station, self._closed_at = str(row[0]), int(row[1])
        self._differences: list[dict[str, Any]] = orjson.loads(row[2])
        self._first, self._last = self._ends()
        self._odd = self._oddities()
        self._parts: dict[str, tuple[str, str]] = {}
        self._places: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._here: dict[tuple[str, str], int] = {}

    @property
    def _is_open(self) -> bool:
        return self._receipt.state != CLOSED

    # -- the chain --------------------------------------------------------------------------------------------------

    def _ends(self) -> tuple[int, int]:
        """First and last event of its station that the receipt may be made of."""
        rows = self._session.all(
            "SELECT e.seq, e.core FROM event_subjects s JOIN events e ON e.n = s.event"
            " WHERE s.subject = ? AND e.station = ? ORDER BY e.seq",
            (f"receipt:{self._receipt.id}", self._station),
        )
        closings = [row[0] for row in rows if orjson.loads(row[1])["type"] == "receipt_closed"]
        if not self._is_open and closings:
            return rows[0][0], closings[-1]
        head = self._session.value("SELECT max(seq) FROM events WHERE station = ?", (self._station,), 0)
        return (rows[0][0] if rows else 1), int(head)

    def _events(self, *kinds: str) -> Iterator[dict[str, Any]]:
        """The cores of these kinds, in the order in which they were recorded."""
        likely = " OR ".join("instr(core, ?) > 0" for _kind in kinds)
        rows = self._session.stream(
            f"SELECT core FROM events WHERE station = ? AND seq BETWEEN ? AND ? AND ({likely}) ORDER BY seq",
            (self._station, self._first, self._last, *(f'"type":"{kind}"' for kind in kinds)),
        )
        for row in rows:
            core: dict[str, Any] = orjson.loads(row[0])
            if core["type"] in kinds:
                yield core

    def _oddities(self) -> _Odd:
        odd = _Odd()
        cores = list(self._events(*_ODD))
        for core in reversed(cores):
            if core["type"] == "act_reversed" and core["id"] not in odd.gone:
                odd.gone.update(each for each in core["body"].get("reverses", ()) if isinstance(each, str))
        for core in cores:
            if core["id"] in odd.gone:
                continue
            body, unit = core["body"], _unit_of(core)
            if core["type"] == "unit_condition_noted":
                told = (core["seq"], str(body.get("condition", "")), bool(body.get("damaged")))
                odd.conditions.setdefault(unit, []).append(told)
            elif core["type"] == "unit_held":
                odd.holds.setdefault(unit, []).append((core["seq"], core["id"], str(body.get("reason", ""))))
            elif core["type"] == "unit_released":
                odd.released.update(each for each in body.get("holds", ()) if isinstance(each, str))
        return odd

    # -- units ------------------------------------------------------------------------------------------------------

    def units(self) -> Iterator[UnitLine]:
        """Every unit of the receipt, in the order in which it came."""
        number = 0
        for core in self._events(*_CAME):
            if core["body"].get("receipt") == self._receipt.id and core["id"] not in self._odd.gone:
                number += 1
                yield self._unit(core, number)

    def _unit(self, core: dict[str, Any], number: int) -> UnitLine:
        body, unit = core["body"], _unit_of(core)
        returned = core["type"] == "unit_returned"
        told = self._named(unit) if returned else body
        part, description = self._part(str(told.get("part", "")))
        override = body.get("override") or {}
        line = UnitLine(
            number=number, part=part, description=description, serial=str(told.get("serial", "")),
            lot=str(told.get("lot", "")), expiry=str(told.get("expiry", "")), quantity=int(told.get("quantity", 1)),
            condition=str(body.get("condition") or ("unserviceable" if returned else "new")),
            held="returns" if returned and core["id"] not in self._odd.released else "",
            place=self._place(str(body.get("place", ""))), owner=str(told.get("owner", "own")),
            at=int(core.get("at") or core["wall"]), who=self._name(str(core.get("actor", ""))),
            stranger=bool(body.get("stranger")), typed=bool(body.get("typed")), returned=returned,
            rules=_rules(override, quarantined=body.get("condition") == "quarantined"),
            reason=str(override.get("reason", "")), note=str(override.get("note", "")),
        )  # fmt: skip
        return self._as_closed(line, unit, core["seq"])

    def _as_closed(self, line: UnitLine, unit: str, came: int) -> UnitLine:
        """The unit with what was noted of it until the receipt was closed."""
        for seq, condition, damaged in self._odd.conditions.get(unit, ()):
            if seq > came:
                line = replace(line, condition=condition, damaged=damaged or line.damaged)
        for seq, event, reason in self._odd.holds.get(unit, ()):
            if seq > came and event not in self._odd.released:
                line = replace(line, held=reason)
        return line

    def _named(self, unit: str) -> dict[str, Any]:
        row = units.unit(self._session, unit)
        if row is None:
            return {}
        return {
            "part": row.part, "serial": row.serial, "lot": row.lot, "quantity": row.quantity, "owner": row.owner,
            "expiry": row.expiry,
        }  # fmt: skip

    def _part(self, identity: str) -> tuple[str, str]:
        if identity not in self._parts:
            found = catalogue.part(self._session, identity)
            self._parts[identity] = (found.part_number, found.description) if found else (identity, "")
        return self._parts[identity]

    def _place(self, identity: str) -> str:
        if identity not in self._places:
            found = catalogue.place(self._session, identity) if identity else None
            self._places[identity] = found.code if found else ""
        return self._places[identity]

    def _name(self, actor: str) -> str:
        if actor not in self._names:
            found = people.operator(self._session, actor) if actor else None
            self._names[actor] = found.name if found and found.name else actor
        return self._names[actor]

    # -- the whole --------------------------------------------------------------------------------------------------

    def head(self) -> ReceiptHead:
        """From whom, against what, where, by whom; and what came, counted on the way."""
        receipt, session = self._receipt, self._session
        counts, receivers, first_place = self._counted()
        partner = catalogue.partner(session, receipt.partner) if receipt.partner else None
        asn = session.one("SELECT number, sscc FROM asns WHERE id = ?", (receipt.asn,)) or ("", "")
        line = deliveries.line_name(session, receipt.line) if receipt.line else ""
        place = catalogue.place(session, receipt.place) if receipt.place else None
        named = f"{place.code} · {place.name}" if place and place.name not in ("", place.code) else ""
        return ReceiptHead(
            id=receipt.id, number=receipt.number, is_open=self._is_open,
            station=stations.name_of(session, self._station) or self._station,
            opened_at=receipt.opened_at, closed_at=self._closed_at,
            partner=partner.name if partner else "", partner_code=partner.code if partner else "",
            order=str(session.value("SELECT number FROM orders WHERE id = ?", (receipt.order,), "")),
            line=line, asn=asn[0], sscc=asn[1], delivery_note=receipt.delivery_note,
            place=named or (place.code if place else first_place), receivers=receivers, counts=counts,
            enclosed=enclosed(session, receipt), differs=bool(self._differences) and not self._is_open,
            tag=tag_of(receipt.number),
        )  # fmt: skip

    def _counted(self) -> tuple[Counts, tuple[str, ...], str]:
        pieces = damaged = held = strangers = returned = count = 0
        parts: set[str] = set()
        receivers: dict[str, None] = {}
        place = ""
        for unit in self.units():
            count += 1
            pieces += unit.quantity
            damaged += unit.damaged
            held += bool(unit.held)
            strangers += unit.stranger
            returned += unit.returned
            parts.add(unit.part)
            place = place or unit.place
            if unit.who:
                receivers[unit.who] = None
        counts = Counts(
            units=count, pieces=pieces, parts=len(parts), damaged=damaged, held=held, strangers=strangers,
            returned=returned,
        )  # fmt: skip
        return counts, tuple(receivers), place

    def lines(self) -> tuple[LineCheck, ...]:
        """What was asked for and what had come when the receipt was closed, line by line."""
        here = self._come_here()
        told = self._told_differences()
        checks = []
        for line in deliveries.lines(self._session, deliveries.paper_of(self._session, self._receipt)):
            count = here.get(line.ref, 0)
            come = line.received if self._is_open else count + self._come_before(line.ref)
            wanted = line.quantity if self._is_open else come + told.pop((line.name, line.part_number), 0)
            checks.append(
                LineCheck(
                    name=line.name, part=line.part_number, description=line.description, wanted=wanted, here=count,
                    come=come,
                )
            )  # fmt: skip
        # A line that was withdrawn since is on no order any more; on the report it was short.
        checks += [LineCheck(name=name, part=part, wanted=count) for (name, part), count in told.items() if count > 0]
        return tuple(checks)

    def _told_differences(self) -> dict[tuple[str, str], int]:
        """How many were missing of each line, as was written down at the closing; too many stand below nothing."""
        signs = {"short": 1, "over": -1}
        if self._is_open:
            return {}
        return {
            (str(it.get("line", "")), str(it.get("part", ""))): signs[it["kind"]] * int(it.get("count", 0))
            for it in self._differences
            if it.get("kind") in signs
        }

    def _come_here(self) -> dict[str, int]:
        """Pieces that came in this receipt, by line."""
        here: dict[str, int] = {}
        for core in self._events("unit_received"):
            body = core["body"]
            if body.get("receipt") == self._receipt.id and core["id"] not in self._odd.gone and body.get("line"):
                here[body["line"]] = here.get(body["line"], 0) + int(body.get("quantity", 1))
        return here

    def _come_before(self, line: str) -> int:
        """Pieces of a line that came in receipts closed before this one."""
        return int(
            self._session.value(
                "SELECT coalesce(sum(t.pieces), 0) FROM tallies t JOIN receipts r ON r.id = t.receipt"
                " WHERE t.line = ? AND r.id <> ? AND r.closed_at > 0 AND r.closed_at <= ?",
                (line, self._receipt.id, self._closed_at),
            )
        )

    def missing(self) -> Iterator[tuple[str, str]]:
        """Part number and serial of what was announced and had not come when the receipt was closed."""
        until = self._closed_at if not self._is_open else 1 << 62
        paper = deliveries.paper_of(self._session, self._receipt)
        wanted = {"asn": ("asn_id", paper.asn), "order": ("order_id", paper.order)}.get(paper.kind)
        if paper.line:
            wanted = ("line", paper.line)
        if wanted is not None:
            yield from ((str(row[0]), str(row[1])) for row in self._session.stream(
                _MISSING.format(column=wanted[0]), (wanted[1], until)
            ))  # fmt: skip

    def refusals(self) -> Iterator[Refusal]:
        """What the rules of the dock refused, and how that was answered."""
        events = self._events("scan_noted", "certificate_attached", *_CAME)
        for refusal in refusals(events, self._receipt.id, self._odd.gone):
            yield replace(refusal, who=self._name(refusal.who))


def enclosed(session: Session, receipt: deliveries.Receipt) -> tuple[Enclosed, ...]:
    """The files that were kept with a receipt: certificates first."""
    certificates = [
        Enclosed(kind="certificate", name=it.get("name", ""), sha256=it["sha256"]) for it in receipt.certificates
    ]
    rows = session.all(
        "SELECT kind, name, sha256 FROM attachments WHERE subject = ? AND gone = '' ORDER BY at, id",
        (f"receipt:{receipt.id}",),
    )
    return (*certificates, *(Enclosed(kind=row[0], name=row[1], sha256=row[2]) for row in rows))


def _unit_of(core: dict[str, Any]) -> str:
    subjects: list[str] = core.get("subj") or [""]
    return next((name[5:] for name in subjects if name.startswith("unit:")), "")


def _rules(override: dict[str, Any], *, quarantined: bool) -> tuple[str, ...]:
    """The rules that were set aside. Quarantine sets all of them aside; the first is the one that had said no."""
    codes = [str(code) for code in override.get("codes") or ([override["code"]] if override.get("code") else [])]
    return tuple(codes[:1] if quarantined else codes)


def tag_of(number: str) -> str:
    """The tag of a paper of this number; empty where the number has nothing to make one of."""
    payload = "".join(each for each in number.upper() if each.isascii() and each.isalnum())[:50]
    try:
        return tag(TagKind.DOCUMENT, payload)
    except ValueError:
        return ""
