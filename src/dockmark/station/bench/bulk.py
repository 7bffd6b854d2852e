"""Receive advised units in bulk: the facts that the receiving desk records, in one transaction."""

import base64
from collections.abc import Iterator

from dockmark.catalog.events import AsnAdvised, OrderPlaced, UnitsExpected
from dockmark.custody.events import ReceiptOpened, UnitReceived
from dockmark.database.session import Row
from dockmark.ledger.book import Book
from dockmark.ledger.ledger import Ledger
from dockmark.record.canonical import Json
from dockmark.record.facts import Draft
from dockmark.station.bench.baselines import PlainTables
from dockmark.station.bench.depot import add_part, add_place, gtin_of, new_ledger
from dockmark.station.bench.report import Measure, Report, times
from dockmark.station.bench.timing import in_turn
from dockmark.station.bench.workshop import Workshop

_PACKED = 400
"""Expected units in one event."""
_WRITES = {
    "events": ("n", "SELECT * FROM events WHERE n > ?"),
    "event_subjects": ("n", "SELECT * FROM event_subjects WHERE event > ?"),
    "units": ("receipt", "SELECT * FROM units WHERE receipt = ?"),
    "search_docs": ("doc", "SELECT * FROM search_docs WHERE doc > ?"),
    "tallies": ("receipt", "SELECT * FROM tallies WHERE receipt = ?"),
}
"""What receiving a delivery writes: table -> by what its rows are found again, and how."""


def measure(shop: Workshop) -> Report:
    """Receives a delivery a round."""
    plan, folder = shop.plan, shop.folder("bulk")
    ledger = new_ledger(folder)
    plain = PlainTables(folder / "plain.sqlite3", ledger.database.file, list(_WRITES))
    dock = _Dock(ledger, plan.bulk)
    dock.advise()
    dock.receive()
    rows: dict[str, list[Row]] = {}

    def prepare(_: int) -> None:
        # The baseline writes what ours wrote the time before, so that both write the same.
        rows.update(dock.written())
        dock.advise()

    pair = in_turn(plan.rounds, lambda _: dock.receive(), lambda _: plain.insert(rows), prepare)
    assert plain.count("units") == plan.bulk * plan.rounds
    plain.close()
    ledger.close()
    cpu, wall = pair.cpu(plan.bulk), pair.wall(plan.bulk)
    return Report(
        job="bulk",
        measures=[
            Measure(name="cpu", unit="us", ours=cpu[0] * 1e6, baseline=cpu[1] * 1e6, budget=times(2.5)),
            Measure(name="wall", unit="us", ours=wall[0] * 1e6, baseline=wall[1] * 1e6),
        ],
    )  # fmt: skip


class _Dock:
    """A ledger to which one delivery after another is advised, and comes."""

    def __init__(self, ledger: Ledger, pieces: int) -> None:
        self._ledger = ledger
        self._pieces = pieces
        self._deliveries = 0
        self._from = self._from_doc = 0
        with ledger.writing() as book:
            self._part, self._place = add_part(book, 0), add_place(book, 0)

    def advise(self) -> None:
        """The next delivery: its order, its advice, its serials, and an open receipt for it."""
        number, gtin = self._deliveries + 1, gtin_of(0)
        self._deliveries = number
        self._serials = [f"B{number:03d}{piece:06d}" for piece in range(self._pieces)]
        texts = (f"]d201{gtin}21{serial}" for serial in self._serials)
        self._labels = [base64.b64encode(text.encode()).decode() for text in texts]
        with self._ledger.writing() as book:
            self._order, self._asn, self._receipt = (book.new_id() for _ in range(3))
            self._line = f"{self._order}/1"
            book.record(*self._papers(number), *self._expected(book))
        self._refs = (
            f"receipt:{self._receipt}", f"part:{self._part}", f"order:{self._order}", f"asn:{self._asn}",
            f"place:{self._place}",
        )  # fmt: skip

    def receive(self) -> None:
        """Takes the delivery in, in one transaction."""
        session = self._ledger.session()
        self._from = session.value("SELECT max(n) FROM events")
        self._from_doc = session.value("SELECT max(doc) FROM search_docs")
        session.close()
        with self._ledger.writing() as book:
            book.record(
                *(
                    self._received(book, serial, label)
                    for serial, label in zip(self._serials, self._labels, strict=True)
                )
            )

    def written(self) -> dict[str, list[Row]]:
        """The rows that the last delivery wrote."""
        session = self._ledger.session()
        known = {"n": self._from, "doc": self._from_doc, "receipt": self._receipt}
        rows = {table: session.all(sql, [known[name]]) for table, (name, sql) in _WRITES.items()}
        session.close()
        return rows

    def _papers(self, number: int) -> Iterator[Draft]:
        line: dict[str, Json] = {"line": "1", "part": self._part, "quantity": self._pieces}
        order = OrderPlaced(number=f"PO{number}", lines=[line])
        asn = AsnAdvised(number=f"ASN{number}", order=self._order, lines=[line | {"order_line": self._line}])
        receipt = ReceiptOpened(number=f"R{number}", order=self._order, asn=self._asn)
        for kind, identity, fact in (
            ("order", self._order, order), ("asn", self._asn, asn), ("receipt", self._receipt, receipt)
        ):  # fmt: skip
            yield Draft(fact=fact, subj=(f"{kind}:{identity}",), new=True)

    def _expected(self, book: Book) -> Iterator[Draft]:
        rows: list[Json] = [[self._part, serial, "", self._line] for serial in self._serials]
        for start in range(0, len(rows), _PACKED):
            fact = UnitsExpected(rows=rows[start : start + _PACKED], order=self._order, asn=self._asn)
            yield Draft(fact=fact, subj=(f"expected:{book.new_id()}",), new=True)

    def _received(self, book: Book, serial: str, label: str) -> Draft:
        fact = UnitReceived(
            receipt=self._receipt, part=self._part, serial=serial, line=self._line, place=self._place,
            scan={"raw_b64": label, "device": "bulk"},
        )  # fmt: skip
        return Draft(fact=fact, subj=(f"unit:{book.new_id()}",), refs=self._refs, new=True)
