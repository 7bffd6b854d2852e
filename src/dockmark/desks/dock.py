"""One unit at the dock: what is known of it, what the rules say, and how it is received."""

from dockmark.custody import state
from dockmark.custody.events import UnitHeld, UnitReceived, UnitReturned
from dockmark.custody.lights import Verdict
from dockmark.custody.receiving import Case, Known, OpenLine, Ruling, judge
from dockmark.custody.verdict import Facts, verdict
from dockmark.database.session import Session
from dockmark.desks.answer import Answer, UnitView
from dockmark.desks.hand import Done, Pending
from dockmark.desks.item import Item
from dockmark.desks.labels import job_facts
from dockmark.desks.parts import add_part
from dockmark.desks.setting_aside import set_aside
from dockmark.desks.showing import ALIVE, verdict_of, view_of, whereabouts
from dockmark.desks.turn import Turn
from dockmark.identifiers.keys import look_key, serial_key
from dockmark.ledger.book import LabelWanted
from dockmark.lookup import catalogue, deliveries, units
from dockmark.lookup.catalogue import Part
from dockmark.lookup.deliveries import Line, Paper, Receipt
from dockmark.record.canonical import Json
from dockmark.record.clock import as_date
from dockmark.record.facts import Draft
from dockmark.record.refusal import Refused


class Dock:
    """The delivery that is being received: its receipt, its paper, the lines of it."""

    def __init__(self, session: Session, receipt: Receipt) -> None:
        self._session = session
        self._lines: list[Line] | None = None
        self.receipt = receipt
        self.paper: Paper = deliveries.paper_of(session, receipt)

    @property
    def lines(self) -> list[Line]:
        """Every line of the paper. A unit whose part is known does with `lines_of`."""
        if self._lines is None:
            self._lines = deliveries.lines(self._session, self.paper)
        return self._lines

    def lines_of(self, part: str) -> list[Line]:
        """The lines for one part."""
        return deliveries.lines_of(self._session, self.paper, part)

    def parts(self) -> list[str]:
        """Ids of the parts on the paper."""
        return [catalogue.part_ids(self._session, line.part)[0] for line in self.lines]


class Arrival:
    """One unit at the dock."""

    def __init__(self, turn: Turn, dock: Dock, item: Item, part: Part | None, overridden: list[str]) -> None:
        self.turn = turn
        self.dock = dock
        self.item = item
        self.part = part
        self.quantity = item.quantity if item.quantity > 0 and not item.serial else 1
        self.overridden = overridden
        self.lines = dock.lines_of(part.id) if part else []
        self.partner = dock.receipt.partner or next((line.partner for line in self.lines if line.partner), "")
        self._marks = _Marks(turn, item, part)
        self.case = self._case()

    def judged(self) -> Ruling:
        """What the rules of the dock say."""
        return judge(self.case)

    def refused(self, ruling: Ruling) -> Answer:
        """Says no, and waits for the answer: accept with a reason, quarantine, skip."""
        assert ruling.refused is not None
        hand = self.turn.hand
        if ruling.refused is Refused.ALREADY:
            return self._already(ruling)
        hand.pending = Pending(
            code=ruling.refused.value, facts=dict(ruling.facts), item=self.item, overridden=list(self.overridden)
        )
        return self.turn.refused(ruling.refused, ruling.facts, self._view("", "expected"), self._verdict("own"))

    def _already(self, ruling: Ruling) -> Answer:
        turn = self.turn
        turn.hand.unit = str(ruling.facts.get("unit", ""))
        known = units.unit(turn.session, turn.hand.unit)
        assert known is not None
        return turn.refused(
            Refused.ALREADY, ruling.facts, view_of(known), verdict_of(turn.session, known, turn.today)
        )  # fmt: skip

    def receive(self, ruling: Ruling, override: dict[str, Json], hold: str = "") -> Answer:
        """Takes the unit in: events, label, answer. `hold` is the reason why it may not go on."""
        if ruling.returns:
            return self._take_back(ruling.returns, override)
        turn, item = self.turn, self.item
        part = self.part or add_part(turn, item)
        self.part = part
        line = next((line for line in self.lines if line.ref == ruling.line), None)
        owner = line.owner if line else "own"
        fact = UnitReceived(
            receipt=self.dock.receipt.id, part=part.id, serial=item.serial, lot=item.lot, quantity=self.quantity,
            tracking=part.tracking, line=ruling.line, partner=self.partner, place=turn.hand.place,
            condition="quarantined" if hold else "new", owner=owner, expiry=item.expiry, made=item.made,
            typed=item.typed, stranger=ruling.stranger, marks=dict(item.marks), override=override, scan=turn.told,
        )  # fmt: skip
        unit = ruling.again or turn.book.new_id()
        subject = f"unit:{unit}"
        draft = Draft(fact=fact, subj=(subject,), refs=self._refs(part, ruling.line), new=not ruling.again)
        events: list[str] = [set_aside(turn, draft, item, part.part_number, {} if hold else override)]
        if hold:
            code = str(override.get("code", ""))
            events.append(turn.record(UnitHeld(reason=hold, code=code, scan=turn.told), subject))
        self._want_label(unit, bool(hold), events[0])
        code = "quarantined" if hold else "received" if self.dock.paper.kind else "received_blind"
        return self._done(code, unit, events, owner, hold, line=ruling.line_name)

    def _take_back(self, unit: str, override: dict[str, Json]) -> Answer:
        turn = self.turn
        fact = UnitReturned(receipt=self.dock.receipt.id, place=turn.hand.place, override=override, scan=turn.told)
        draft = Draft(fact=fact, subj=(f"unit:{unit}",), refs=self._refs(self.part, ""))
        event = set_aside(turn, draft, self.item, self.part.part_number if self.part else "", override)
        known = turn.book.unit(unit)
        assert self.part is not None
        self._want_label(unit, True, event)
        return self._done("returned", unit, [event], known.owner, "returns")

    def _done(self, code: str, unit: str, events: list[str], owner: str, hold: str, line: str = "") -> Answer:
        hand, item = self.turn.hand, self.item
        hand.unit, hand.pending, hand.half, hand.awaits, hand.quantity, hand.keys = unit, None, None, "", 0, ""
        number = self.part.part_number if self.part else ""
        done = Done(code=code, events=events, unit=unit, receipt=self.dock.receipt.id, part=number, serial=item.serial)
        known = self.turn.book.unit(unit)
        return self.turn.accepted(
            code, self._view(unit, known.state, known.condition, owner),
            self._verdict(owner, known.received_at, hold), done, part=number, serial=item.serial, line=line,
            paper=self.dock.paper.number, lot=item.lot, quantity=self.quantity, fits=self._fits(),
            inferred=item.inferred,
        )  # fmt: skip

    def _fits(self) -> list[str]:
        return [line.name for line in self.case.lines if line.open > 0][:5]

    def _refs(self, part: Part | None, line: str) -> tuple[str, ...]:
        refs = [f"receipt:{self.dock.receipt.id}"]
        if part is not None:
            refs.append(f"part:{part.id}")
        if self.dock.paper.order:
            refs.append(f"order:{self.dock.paper.order}")
        if self.dock.paper.asn:
            refs.append(f"asn:{self.dock.paper.asn}")
        if self.turn.hand.place:
            refs.append(f"place:{self.turn.hand.place}")
        return tuple(refs)

    def _want_label(self, unit: str, held: bool, event: str) -> None:
        facts = job_facts(held=held, received=self.turn.today.isoformat())
        self.turn.book.want_label(LabelWanted(unit=unit, facts=facts), event)

    def _view(self, unit: str, standing: str, condition: str = "", owner: str = "") -> UnitView:
        place = catalogue.place(self.turn.session, self.turn.hand.place) if self.turn.hand.place else None
        return UnitView(
            id=unit, part=self.part.part_number if self.part else self.item.part_text, serial=self.item.serial,
            state=standing, condition=condition, lot=self.item.lot, quantity=self.quantity,
            place=place.code if place else "", owner=owner, description=self.part.description if self.part else "",
            expiry=self.item.expiry,
        )  # fmt: skip

    def _verdict(self, owner: str, received: int = 0, hold: str = "") -> Verdict:
        marks, here = self._marks, self.dock.receipt.id
        alive = [] if hold == "returns" else [it for it in marks.same if it.state in ALIVE and it.receipt != here]
        return verdict(
            Facts(
                today=self.turn.today,
                received=as_date(received) if received else self.turn.today,
                warranty_months=self.part.warranty_months if self.part else -1,
                expiry=self.item.expiry,
                recalls=marks.recalls,
                twins=[whereabouts(self.turn.session, it) for it in alive],
                scrapped_twin=any(it.state == state.SCRAPPED for it in marks.same),
                alikes=[it.serial for it in marks.alikes],
                ranges_known=bool(marks.ranges),
                in_range=marks.in_range,
                owner=owner,
                holds=[(hold, self.turn.book.actor)] if hold else [],
            )
        )

    def _case(self) -> Case:
        receipt, paper, part, marks = self.dock.receipt, self.dock.paper, self.part, self._marks
        if part is None:
            return Case(
                today=self.turn.today, receipt=receipt.id, serial=self.item.serial, quantity=self.quantity,
                part_number=self.item.part_text, expiry=self.item.expiry, against=paper.kind, paper=paper.number,
                overridden=frozenset(map(Refused, self.overridden)),
            )  # fmt: skip
        advice = Advice(self.turn.session, paper, part.id, self.lines)
        expected_on = advice.lines_of(marks.key)
        supplier = catalogue.partner(self.turn.session, self.partner) if self.partner else None
        return Case(
            today=self.turn.today, receipt=receipt.id, serial=self.item.serial, quantity=self.quantity,
            part_number=part.part_number, expiry=self.item.expiry, against=paper.kind, paper=paper.number,
            overridden=frozenset(map(Refused, self.overridden)),
            part_on_paper=bool(self.lines),
            lines=self._open_lines(expected_on) if paper.kind else self._fitting(part, marks.key),
            serials_advised=advice.given,
            same_mark=[self._known(it) for it in marks.same],
            alikes=[self._known(it) for it in marks.alikes],
            # A serial that is itself expected cannot be taken for another.
            advised_alikes=[] if expected_on else advice.alikes(marks.look, marks.key),
            ranges=marks.ranges,
            in_range=marks.in_range,
            recalls=marks.recalls,
            requires_approved_supplier=part.requires_approved_supplier,
            supplier=supplier.name if supplier else "",
            supplier_approved=supplier.approved if supplier else False,
            requires_certificate=part.requires_certificate,
            has_certificate=any(it.get("part", "") in ("", part.id) for it in receipt.certificates),
        )  # fmt: skip

    def _open_lines(self, expected_on: set[str]) -> list[OpenLine]:
        anywhere = "" in expected_on
        lines = [
            OpenLine(ref=it.ref, name=it.name, open=it.open, expects_serial=anywhere or it.ref in expected_on)
            for it in self.lines
        ]
        return sorted(lines, key=lambda line: not line.expects_serial) if expected_on else lines

    def _fitting(self, part: Part, key: str) -> list[OpenLine]:
        """Where a blind arrival was announced by its serial, on whatever order."""
        ids = catalogue.part_ids(self.turn.session, part.id)
        announced = [it for it in deliveries.advised(self.turn.session, key) if it.part in ids and it.line]
        return [
            OpenLine(ref=it.line, name=deliveries.line_name(self.turn.session, it.line), open=1, expects_serial=True)
            for it in announced[:5]
        ]

    def _known(self, twin: units.Twin) -> Known:
        return Known(
            id=twin.id, serial=twin.serial, state=twin.state, receipt=twin.receipt,
            place=whereabouts(self.turn.session, twin),
        )  # fmt: skip


class Advice:
    """What was announced by serial for one part of the paper in hand."""

    def __init__(self, session: Session, paper: Paper, part: str, lines: list[Line]) -> None:
        self._session, self._paper, self._part = session, paper, part
        self._refs = [line.ref for line in lines]
        self.given = deliveries.is_advised(session, paper, part, self._refs)

    def lines_of(self, key: str) -> set[str]:
        """The lines that expect this very serial."""
        if not self.given or not key:
            return set()
        return deliveries.advised_lines(self._session, self._paper, self._part, self._refs, key)

    def alikes(self, look: str, key: str) -> list[str]:
        """Serials that look like this one and are others."""
        if not self.given or not key:
            return []
        serials = deliveries.advised_serials(self._session, self._paper, self._part, self._refs)
        return [serial for serial in serials if look_key(serial) == look and serial_key(serial) != key]


class _Marks:
    """What the ledger knows about the mark in hand: who else bears it, what looks like it, recalls, ranges."""

    def __init__(self, turn: Turn, item: Item, part: Part | None) -> None:
        session, serial = turn.session, item.serial
        self.key = serial_key(serial)
        self.look = look_key(serial)
        self.same: list[units.Twin] = []
        self.alikes: list[units.Twin] = []
        self.recalls: list[tuple[str, str, str]] = []
        self.ranges: list[tuple[str, str]] = []
        self.in_range = True
        if part is None:
            return
        self.same, others = units.bearers(session, part.id, self.look, self.key)
        self.alikes = [it for it in others if it.state in _STILL_TOLD]
        self.recalls = [
            (it.number, it.reason, it.by) for it in catalogue.recalls_of(session, part.id, item.lot, self.key)
        ]
        if serial and (ranges := catalogue.serial_ranges(session, part.id)):
            self.ranges = ranges
            self.in_range = any(catalogue.in_range(serial, *ends) for ends in ranges)


_STILL_TOLD = (*ALIVE, state.SCRAPPED)
