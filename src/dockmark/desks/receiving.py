"""The receiving desk: an order, an advice or nothing at all, then units one after another."""

from dataclasses import replace

from dockmark.custody.events import ReceiptNoted, ReceiptOpened
from dockmark.desks import commands, context, recipes, signing
from dockmark.desks.answer import Answer
from dockmark.desks.dock import Arrival, Dock
from dockmark.desks.hand import Pending
from dockmark.desks.item import Item, demand_plausible, item_of
from dockmark.desks.parts import Match, match_part
from dockmark.desks.showing import verdict_of, view_of
from dockmark.desks.turn import Turn
from dockmark.identifiers.keys import serial_key
from dockmark.identifiers.reading import DockmarkTag, Identifier, Reading, Scan, Scheme, TagKind, Unreadable, text_of
from dockmark.identifiers.tags import unit_of
from dockmark.ledger.book import Book
from dockmark.lookup import catalogue, deliveries, units
from dockmark.lookup.catalogue import Part
from dockmark.lookup.deliveries import BLIND, Paper
from dockmark.record.refusal import Refusal, Refused

NAME = "receiving"
_BARE = frozenset({Scheme.PLAIN, Scheme.GTIN, Scheme.IMEI, Scheme.IMEISV, Scheme.MAC, Scheme.DATA_IDENTIFIER})
"""Schemes by which a string may be read that is really the name of something of ours."""


class Receiving:
    """What the receiving desk does with a scan, a command, a beginning."""

    name = NAME

    def begin(self, book: Book, *, order: str = "", place: str = "", new: bool = False) -> Answer:
        """Opens or resumes a receipt: for this order, order line, ASN or SSCC, or whatever is open here."""
        turn = Turn(book, NAME, Scan.of_text(order or place, device="command"))
        try:
            return self._begun(turn, order, place, new)
        except Refusal as no:
            return turn.refusal(no)

    def scan(self, book: Book, found: Identifier) -> Answer:
        """One scan, one answer. Never raises a refusal: it is the answer."""
        turn = Turn(book, NAME, found.scan)
        turn.hand.take_lane(found.scan.device)
        try:
            return self._answer(turn, found)
        except Refusal as no:
            return turn.refusal(no)

    def command(self, book: Book, word: str, facts: dict[str, str]) -> Answer:
        """A command without a tag: from a key, a button or the command line."""
        turn = Turn(book, NAME, Scan.of_text(word, device=facts.pop("device", "command")))
        try:
            if word == "TYPED":
                return self._unit(turn, _typed(facts))
            if word == "REASON":
                return commands.reason(turn, self, facts.get("code", ""), facts.get("note", ""))
            if word == "QUANTITY":
                return self._number(turn, _whole(facts.get("value", "")))
            return commands.command(turn, self, word, facts)
        except Refusal as no:
            return turn.refusal(no)

    # -- beginning ------------------------------------------------------------------------------------------------

    def _begun(self, turn: Turn, order: str, place: str, new: bool) -> Answer:
        hand = turn.hand
        if new:
            hand.receipt, hand.half, hand.pending, hand.awaits, hand.unit, hand.done = "", None, None, "", "", []
            hand.halves.clear()
        self._resume(turn)
        if order:
            paper = deliveries.paper(turn.session, order)
            if paper is None:
                raise Refusal(Refused.ORDER_UNKNOWN, order=order)
            self._take_paper(turn, paper)
        if place:
            context.take_place(turn, place)
        dock = self.dock(turn) if hand.receipt else None
        facts = context.progress(dock) if dock else {}
        return turn.noted("ready" if dock is None else "receipt_ready", **facts)

    def _resume(self, turn: Turn) -> None:
        """The receipt in hand, or the latest that this station left open."""
        hand = turn.hand
        known = deliveries.receipt(turn.session, hand.receipt) if hand.receipt else None
        if known is None or known.state != "open":
            hand.receipt = ""
        else:
            turn.receipt = known

    def _take_paper(self, turn: Turn, paper: Paper) -> None:
        """Receives against this paper from here on: in the open receipt if it is for it, else in one of its own."""
        hand = turn.hand
        current = deliveries.receipt(turn.session, hand.receipt) if hand.receipt else None
        if current is not None and (current.order, current.asn, current.line) == (paper.order, paper.asn, paper.line):
            return
        for other in deliveries.open_receipts(turn.session, turn.book.station):
            if (other.order, other.asn, other.line) == (paper.order, paper.asn, paper.line):
                hand.receipt = other.id
                return
        blank = current is not None and not current.order and not current.asn
        if blank and units.received_count(turn.session, hand.receipt) == 0:
            fact = ReceiptNoted(order=paper.order, asn=paper.asn, line=paper.line, partner=paper.partner)
            turn.record(fact, f"receipt:{hand.receipt}")
            turn.book.flush()
        else:
            self._open_receipt(turn, paper)

    def _open_receipt(self, turn: Turn, paper: Paper) -> None:
        identity = turn.book.new_id()
        fact = ReceiptOpened(
            number=context.receipt_number(turn), order=paper.order, asn=paper.asn, line=paper.line,
            partner=paper.partner, place=turn.hand.place,
        )  # fmt: skip
        refs = [f"{kind}:{name}" for kind, name in (("order", paper.order), ("asn", paper.asn)) if name]
        turn.record(fact, f"receipt:{identity}", refs=tuple(refs), new=True)
        turn.book.flush()
        hand = turn.hand
        hand.receipt, hand.unit, hand.done, hand.pending, hand.half = identity, "", [], None, hand.half

    def dock(self, turn: Turn) -> Dock:
        """The delivery in hand; a blind receipt is opened where there is none."""
        if not turn.hand.receipt:
            self._open_receipt(turn, BLIND)
        known = turn.receipt
        receipt = known if known and known.id == turn.hand.receipt else None
        receipt = receipt or deliveries.receipt(turn.session, turn.hand.receipt)
        assert receipt is not None
        return Dock(turn.session, receipt)

    # -- scanning -------------------------------------------------------------------------------------------------

    def _answer(self, turn: Turn, found: Identifier) -> Answer:
        self._resume(turn)
        match found:
            case DockmarkTag():
                return self._tag(turn, found)
            case Unreadable():
                return self._unreadable(turn, found)
            case Reading():
                return self._reading(turn, found)

    def _tag(self, turn: Turn, tag: DockmarkTag) -> Answer:
        match tag.kind:
            case TagKind.COMMAND:
                return commands.command(turn, self, tag.payload, {})
            case TagKind.REASON:
                return commands.reason(turn, self, tag.payload, "")
            case TagKind.PLACE:
                return context.place_scanned(turn, catalogue.place_by_tag(turn.session, tag.payload), tag.payload)
            case TagKind.BADGE:
                return signing.badge_scanned(turn, tag)
            case TagKind.DOCUMENT:
                return self._paper(turn, deliveries.paper_by_tag(turn.session, tag.payload), tag.payload)
            case TagKind.NUMBER:
                return self._number_tag(turn, tag.payload)
            case TagKind.UNIT:
                return self._own_unit(turn, tag)

    def _unreadable(self, turn: Turn, found: Unreadable) -> Answer:
        text = text_of(found.scan.raw).strip()
        if turn.hand.awaits == "note" and text.isprintable() and text:
            return context.take_note(turn, text[:80])
        paper = deliveries.paper(turn.session, found.text or text) or deliveries.paper(turn.session, text)
        if paper is not None:
            return self._paper(turn, paper, text)
        return turn.refused(Refused.UNREADABLE, {"error": found.code.value, "text": text[:80]})

    def _reading(self, turn: Turn, reading: Reading) -> Answer:
        if turn.hand.awaits == "note":
            return context.take_note(turn, reading.delivery_note or reading.text)
        reading = self._by_recipe(turn, reading)
        if reading.scheme in _BARE and (known := self._known_text(turn, reading)):
            return known
        if reading.sscc and (paper := deliveries.paper(turn.session, reading.sscc)):
            return self._paper(turn, paper, reading.sscc)
        item = self._as_meant(turn, reading)
        if reading.names_unit or item.names_part or item.lot or (item.quantity and turn.hand.half):
            return self._unit(turn, item)
        if reading.delivery_note:
            return context.take_note(turn, reading.delivery_note)
        for name in (reading.sscc, reading.order, reading.package):
            if name:
                return self._paper(turn, deliveries.paper(turn.session, name), name)
        if item.serial:
            return self._unit(turn, item)
        return self._plain(turn, reading)

    def _by_recipe(self, turn: Turn, reading: Reading) -> Reading:
        """The reading as the recipes of the supplier whose delivery is in hand mean it."""
        receipt = turn.receipt
        return recipes.meant(turn.session, receipt.partner, reading) if receipt is not None else reading

    def _as_meant(self, turn: Turn, reading: Reading) -> Item:
        """The piece that a reading names. Digits that pass as a GTIN which no part of ours has are a serial."""
        plain = next((other for other in reading.also if other.scheme is Scheme.PLAIN), None)
        if reading.scheme is not Scheme.GTIN or plain is None or reading.scan.symbology:
            return item_of(reading)
        known = catalogue.parts_by_gtin(turn.session, reading.gtin or "")
        return item_of(reading if known else plain)

    def _known_text(self, turn: Turn, reading: Reading) -> Answer | None:
        """A string with nothing around it that is the name of a paper, a place or a part of ours."""
        text = reading.text.strip()
        if paper := deliveries.paper(turn.session, text):
            return self._paper(turn, paper, text)
        if place := catalogue.place_by_code(turn.session, text):
            return context.place_scanned(turn, place, text)
        if text.isdigit() and turn.hand.awaits == "quantity" and len(text) <= 6:
            return self._number(turn, int(text))
        if not reading.names_part and catalogue.parts_by_number(turn.session, text):
            return self._unit(turn, Item(part=text, typed=reading.scan.typed))
        return None

    def _plain(self, turn: Turn, reading: Reading) -> Answer:
        """A string that names neither part nor serial: of the wrong kind where it is something else, else a serial."""
        text = reading.text.strip()
        if not text or reading.scheme not in _BARE:
            return turn.refused(Refused.WRONG_KIND, {"kind": reading.scheme.value, "text": text[:80]})
        return self._unit(turn, Item(serial=text, typed=reading.scan.typed))

    def _paper(self, turn: Turn, paper: Paper | None, text: str) -> Answer:
        if paper is None:
            raise Refusal(Refused.ORDER_UNKNOWN, order=text[:80])
        self._take_paper(turn, paper)
        dock = self.dock(turn)
        return turn.noted("paper_taken", **context.progress(dock))

    def _own_unit(self, turn: Turn, tag: DockmarkTag) -> Answer:
        identity = unit_of(tag.payload)
        known = units.unit(turn.session, str(identity)) if identity else None
        if known is None:
            raise Refusal(Refused.UNIT_UNKNOWN, tag=tag.payload)
        if known.receipt == turn.hand.receipt and known.state != "expected":
            turn.hand.unit = known.id
            facts: dict[str, str | int | bool | list[str]] = {
                "serial": known.serial, "part": known.part_number, "unit": known.id
            }  # fmt: skip
            return turn.refused(Refused.ALREADY, facts, view_of(known), verdict_of(turn.session, known, turn.today))
        return self._unit(turn, Item(part=known.part_number, serial=known.serial, lot=known.lot))

    # -- units ----------------------------------------------------------------------------------------------------

    def _number_tag(self, turn: Turn, payload: str) -> Answer:
        if payload.startswith("K"):
            return self._key(turn, payload[1:])
        return self._number(turn, _whole(payload))

    def _key(self, turn: Turn, key: str) -> Answer:
        hand = turn.hand
        if key == "C":
            hand.keys = ""
        elif key == "E" and hand.keys:
            number, hand.keys = int(hand.keys), ""
            return self._number(turn, number)
        elif key.isdigit() and len(hand.keys) < 6:
            hand.keys += key
        return turn.noted("keys", keys=hand.keys)

    def _number(self, turn: Turn, number: int) -> Answer:
        hand = turn.hand
        if not 0 < number <= 1_000_000:
            raise Refusal(Refused.BAD_VALUE, field="quantity", value=str(number))
        if hand.half is not None and hand.half.names_part:
            return self._unit(turn, replace(hand.half, quantity=number))
        hand.quantity = number
        return turn.noted("quantity_taken", quantity=number)

    def _unit(self, turn: Turn, item: Item) -> Answer:
        """A unit, or half of its label: completes it, judges it, receives it or says why not."""
        demand_plausible(item)
        hand = turn.hand
        # A unit scanned while a refusal waits sets the refused one aside; it stays in the ledger.
        hand.pending = None
        box = self._box_in_hand(turn, item)
        if hand.half is not None and not box and (not item.names_part or not item.serial):
            item = item.with_half(hand.half)
        if item.order and not hand.receipt and (paper := deliveries.paper(turn.session, item.order)):
            self._take_paper(turn, paper)
        dock = self.dock(turn)
        if not item.names_part:
            item = self._infer_part(turn, dock, item)
        if not item.names_part and box is not None:
            return turn.refused(Refused.QUANTITY_NEEDED, {"part": box.part_text, "lot": box.lot})
        if not item.names_part:
            return self._wait(turn, item, "part_needed", serial=item.serial)
        match = match_part(turn.session, item, dock.parts)
        if match.several:
            makers = [part.manufacturer for part in match.several]
            return turn.refused(Refused.AMBIGUOUS, {"part": item.part_text, "makers": makers})
        if waiting := self._incomplete(turn, item, match):
            return waiting
        hand.half, hand.awaits = None, ""
        return self.settle(turn, Pending(code="", facts={}, item=item), "", dock, match.part)

    def _box_in_hand(self, turn: Turn, item: Item) -> Item | None:
        """The box that waits for its count, where a lone serial came: a piece of a lot has none, so it is another's."""
        half = turn.hand.half
        if half is None or turn.hand.awaits != "quantity" or not item.serial or item.names_part:
            return None
        part = match_part(turn.session, half, list).part
        return half if part is not None and part.tracking == "lot" else None

    def settle(
        self, turn: Turn, waiting: Pending, hold: str = "", dock: Dock | None = None, part: Part | None = None
    ) -> Answer:
        """Judges a unit, with the rules that were set aside for it; receives it, or refuses and waits."""
        dock = dock or self.dock(turn)
        part = part or match_part(turn.session, waiting.item, dock.parts).part
        arrival = Arrival(turn, dock, waiting.item, part, waiting.overridden)
        ruling = arrival.judged()
        if ruling.refused is not None:
            return arrival.refused(ruling)
        override = commands.override_of(waiting)
        return arrival.receive(ruling, override, hold)

    def _incomplete(self, turn: Turn, item: Item, match: Match) -> Answer | None:
        by_lot = match.part.tracking == "lot" if match.part else not item.serial and bool(item.lot or item.quantity)
        quantity = item.quantity or turn.hand.quantity
        if by_lot and not item.serial:
            if not quantity:
                return self._wait(turn, item, "quantity_needed", part=item.part_text, lot=item.lot)
            turn.hand.half = replace(item, quantity=quantity)
            return self._box(turn, replace(item, quantity=quantity))
        if not item.serial:
            return self._wait(turn, item, "serial_needed", part=item.part_text)
        return None

    def _box(self, turn: Turn, item: Item) -> Answer:
        turn.hand.half, turn.hand.awaits = None, ""
        return self.settle(turn, Pending(code="", facts={}, item=item))

    def _wait(self, turn: Turn, item: Item, code: str, **facts: str) -> Answer:
        turn.hand.half = item
        turn.hand.awaits = "quantity" if code == "quantity_needed" else ""
        return turn.noted(code, **facts)

    def _infer_part(self, turn: Turn, dock: Dock, item: Item) -> Item:
        """The part of a lone serial: announced by it, known by it, or the only one that is still open."""
        key = serial_key(item.serial)
        if not key:
            return item
        announced = {it.part for it in deliveries.advised(turn.session, key)}
        known = {it.part for it in units.of_serial(turn.session, key)}
        still_open = {line.part for line in dock.lines if line.open > 0}
        on_paper = set(dock.parts())
        for choice in (announced & on_paper, known & on_paper, announced, known, still_open):
            if len(choice) == 1:
                part = catalogue.part(turn.session, next(iter(choice)))
                if part is not None:
                    return replace(
                        item, part=part.part_number, gtin=item.gtin or part.gtin, cage=part.cage, inferred=True
                    )
        return item


def _typed(facts: dict[str, str]) -> Item:
    """A piece without a label, as somebody typed it."""
    quantity = facts.get("quantity", "")
    return Item(
        part=facts.get("part", "").strip(), serial=facts.get("serial", "").strip(), lot=facts.get("lot", "").strip(),
        expiry=facts.get("expiry", "").strip(), quantity=_whole(quantity) if quantity else 0, typed=True,
    )  # fmt: skip


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise Refusal(Refused.BAD_VALUE, field="quantity", value=text[:40])
    return int(text)
