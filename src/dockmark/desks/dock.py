"""One unit at the dock: what is known of it, what the rules say, and how it is received."""

from dataclasses import replace

from dockmark.custody import state
from dockmark.custody.events import UnitHeld, UnitReceived, UnitReturned
from dockmark.custody.lights import Verdict
from dockmark.custody.receiving import Case, Known, OpenLine, Ruling, judge
from dockmark.custody.verdict import Facts, verdict
from dockmark.database.session import Session
from dockmark.desks.answer import Answer, UnitView
from dockmark.desks.hand import Done, Pending
from dockmark.desks.item import Item
from dockmark.desks.labels import label_facts
from dockmark.desks.parts import add_part
from dockmark.desks.showing import ALIVE, whereabouts
from dockmark.desks.turn import Turn
from dockmark.identifiers.keys import look_key, serial_key
from dockmark.ledger.book import LabelWanted
from dockmark.lookup import catalogue, deliveries, units
from dockmark.lookup.catalogue import Part
from dockmark.lookup.deliveries import Line, Paper, Receipt
from dockmark.record.canonical import Json
from dockmark.record.clock import as_date
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
        return [line.part for line in self.lines]


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
        self._marks = self._known_marks()
        self.case = self._case()

    def judged(self) -> Ruling:
        """What the rules of the dock say."""
        return judge(self.case)

    def refused(self, ruling: Ruling) -> Answer:
        """Says no, and waits for the answer: accept with a reason, quarantine, skip."""
        assert ruling.refused is not None
        hand = self.turn.hand
        if ruling.refused is Refused.ALREADY:
            hand.unit = str(ruling.facts.get("unit", ""))
        else:
            hand.pending = Pending(
                code=ruling.refused.value, facts=dict(ruling.facts), item=self.item, overridden=list(self.overridden)
            )
        return self.turn.refused(ruling.refused, ruling.facts, self._view("", "expected"), self._verdict("own"))

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
        events = [turn.record(fact, subject, refs=self._refs(part, ruling.line), new=not ruling.again)]
        if hold:
            code = str(override.get("code", ""))
            events.append(turn.record(UnitHeld(reason=hold, code=code, scan=turn.told), subject))
        self._want_label(unit, part, owner, bool(hold), events[0])
        code = "quarantined" if hold else "received" if self.dock.paper.kind else "received_blind"
        return self._done(code, unit, [*events], owner, hold, line=ruling.line_name)

    def _take_back(self, unit: str, override: dict[str, Json]) -> Answer:
        turn = self.turn
        fact = UnitReturned(receipt=self.dock.receipt.id, place=turn.hand.place, override=override, scan=turn.told)
        event = turn.record(fact, f"unit:{unit}", refs=self._refs(self.part, ""))
        known = turn.book.unit(unit)
        assert self.part is not None
        self._want_label(unit, self.part, known.owner, True, event)
        return self._done("returned", unit, [event], known.owner, "returns")

    def _done(self, code: str, unit: str, events: list[str], owner: str, hold: str, line: str = "") -> Answer:
        hand, item = self.turn.hand, self.item
        hand.unit, hand.pending, hand.half, hand.awaits, hand.quantity, hand.keys = unit, None, None, "", 0, ""
        number = self.part.part_number if self.part else ""
        done = Done(
            code=code, events=list(events), unit=unit, receipt=self.dock.receipt.id, part=number, serial=item.serial
        )
        view = replace(self._view(unit, self.turn.book.unit(unit).state), owner=owner)
        return self.turn.accepted(
            code, view, self._verdict(owner, unit, hold), done, part=number, serial=item.serial, line=line,
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

    def _want_label(self, unit: str, part: Part, owner: str, held: bool, event: str) -> None:
        facts = label_facts(
            unit, part, serial=self.item.serial, lot=self.item.lot, expiry=self.item.expiry, quantity=self.quantity,
            owner=owner, held=held, received=self.turn.today.isoformat(),
        )  # fmt: skip
        self.turn.book.want_label(LabelWanted(unit=unit, facts=facts), event)

    def _view(self, unit: str, standing: str) -> UnitView:
        known = self.turn.book.unit(unit) if unit else None
        place = catalogue.place(self.turn.session, self.turn.hand.place) if self.turn.hand.place else None
        return UnitView(
            id=unit, part=self.part.part_number if self.part else self.item.part_text, serial=self.item.serial,
            state=standing, condition=known.condition if known else "", lot=self.item.lot, quantity=self.quantity,
            place=place.code if place else "", description=self.part.description if self.part else "",
            expiry=self.item.expiry,
        )  # fmt: skip

    def _verdict(self, owner: str, unit: str = "", hold: str = "") -> Verdict:
        received = self.turn.book.unit(unit).received_at if unit else 0
        return verdict(
            replace(
                self._marks,
                received=as_date(received) if received else self.turn.today,
                warranty_months=self.part.warranty_months if self.part else -1,
                expiry=self.item.expiry,
                owner=owner,
                holds=[(hold, self.turn.book.actor)] if hold else [],
                twins=[] if hold == "returns" else self._marks.twins,
            )
        )

    def _known_marks(self) -> Facts:
        session, item, part = self.turn.session, self.item, self.part
        if part is None:
            return Facts(today=self.turn.today)
        key = serial_key(item.serial)
        self._same = units.same_mark(session, part.id, key)
        self._alikes = [
            twin
            for twin in units.look_alikes(session, part.id, look_key(item.serial), key)
            if twin.state in (*ALIVE, state.SCRAPPED)
        ]
        self._ranges = catalogue.serial_ranges(session, part.id) if item.serial else []
        here = self.dock.receipt.id
        return Facts(
            today=self.turn.today,
            recalls=[(it.number, it.reason, it.by) for it in catalogue.recalls_of(session, part.id, item.lot, key)],
            twins=[whereabouts(session, it) for it in self._same if it.state in ALIVE and it.receipt != here],
            scrapped_twin=any(it.state == state.SCRAPPED for it in self._same),
            alikes=[it.serial for it in self._alikes],
            ranges_known=bool(self._ranges),
            in_range=not self._ranges or any(catalogue.in_range(item.serial, *ends) for ends in self._ranges),
        )

    def _case(self) -> Case:
        receipt, paper, part = self.dock.receipt, self.dock.paper, self.part
        base = Case(
            today=self.turn.today, receipt=receipt.id, serial=self.item.serial, quantity=self.quantity,
            part_number=part.part_number if part else self.item.part_text, expiry=self.item.expiry,
            against=paper.kind, paper=paper.number, overridden=frozenset(Refused(code) for code in self.overridden),
        )  # fmt: skip
        if part is None:
            return base
        refs = [line.ref for line in self.lines]
        advised = deliveries.advised_on(self.turn.session, paper, part.id, refs) if paper.kind else []
        key, look = serial_key(self.item.serial), look_key(self.item.serial)
        expected_on = {it.line for it in advised if serial_key(it.serial) == key and key}
        lines = [
            OpenLine(ref=it.ref, name=it.name, open=it.open, expects_serial=it.ref in expected_on or "" in expected_on)
            for it in self.lines
        ]
        if not paper.kind:
            lines = self._fitting(part, key)
        supplier = catalogue.partner(self.turn.session, self.partner) if self.partner else None
        return replace(
            base,
            part_on_paper=bool(self.lines),
            lines=sorted(lines, key=lambda line: not line.expects_serial),
            serials_advised=bool(advised),
            same_mark=[self._known(it) for it in self._same],
            alikes=[self._known(it) for it in self._alikes],
            advised_alikes=[
                it.serial for it in advised if key and look_key(it.serial) == look and serial_key(it.serial) != key
            ],
            ranges=self._ranges,
            in_range=self._marks.in_range,
            recalls=self._marks.recalls,
            requires_approved_supplier=part.requires_approved_supplier,
            supplier=supplier.name if supplier else "",
            supplier_approved=supplier.approved if supplier else False,
            requires_certificate=part.requires_certificate,
            has_certificate=any(it.get("part", "") in ("", part.id) for it in receipt.certificates),
        )

    def _fitting(self, part: Part, key: str) -> list[OpenLine]:
        """Where a blind arrival was announced by its serial, on whatever order."""
        announced = [it for it in deliveries.advised(self.turn.session, key) if it.part == part.id and it.line]
        return [
            OpenLine(ref=it.line, name=deliveries.line_name(self.turn.session, it.line), open=1, expects_serial=True)
            for it in announced[:5]
        ]

    def _known(self, twin: units.Twin) -> Known:
        return Known(
            id=twin.id, serial=twin.serial, state=twin.state, receipt=twin.receipt,
            place=whereabouts(self.turn.session, twin),
        )  # fmt: skip
