"""A depot with a small catalogue, and a receiving desk at which scans are answered."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dockmark.catalog.events import (
    AsnAdvised,
    OrderPlaced,
    PartAdded,
    PartnerAdded,
    PlaceAdded,
    RecallAnnounced,
    SerialRangeStated,
    UnitsExpected,
)
from dockmark.custody.events import UnitStocked
from dockmark.desks.answer import Answer
from dockmark.desks.holding import Holding
from dockmark.desks.receiving import Receiving
from dockmark.desks.signing import badge_digest, sign_in
from dockmark.identifiers import Scan, read
from dockmark.ledger.keys import KeyFolder
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.people import keep_person_record
from dockmark.people.events import BadgeIssued, OperatorEnrolled
from dockmark.record.canonical import Json
from dockmark.record.facts import Draft, Fact

START_US = int(datetime(2026, 3, 1, 8, tzinfo=UTC).timestamp()) * 1_000_000
TODAY = date(2026, 3, 1)
PSU_GTIN = "04012345000016"
BADGE = "ABCDEFGH12345678"


class Clock:
    shift_s = 0

    def __init__(self) -> None:
        self._now = START_US

    def now_us(self) -> int:
        self._now += 1000
        return self._now

    def set_back(self, us: int) -> None:
        self._now -= us


@dataclass
class Depot:
    """The ledger, the desk, and the ids of what is in the catalogue."""

    ledger: Ledger
    desk: Receiving = field(default_factory=Receiving)
    holds: Holding = field(default_factory=Holding)
    ids: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, kind: str, fact: Fact, *, at: int | None = None) -> str:
        with self.ledger.writing() as book:
            identity = self.ids[name] = book.new_id()
            book.record(Draft(fact=fact, subj=(f"{kind}:{identity}",), new=True, at=at))
        return identity

    def scan(self, text: str | bytes, device: str = "test", **kw: bool) -> Answer:
        raw = text if isinstance(text, bytes) else text.encode()
        with self.ledger.writing() as book:
            return self.desk.scan(book, read(Scan(raw=raw, device=device, **kw), today=TODAY))

    def command(self, word: str, **facts: str) -> Answer:
        with self.ledger.writing() as book:
            return self.desk.command(book, word, facts)

    def begin(self, order: str = "", place: str = "", new: bool = False) -> Answer:
        with self.ledger.writing() as book:
            return self.desk.begin(book, order=order, place=place, new=new)

    def hold_desk(self, text: str) -> Answer:
        with self.ledger.writing() as book:
            return self.holds.scan(book, read(Scan(raw=text.encode(), device="test"), today=TODAY))

    def value(self, sql: str, *values: object) -> object:
        session = self.ledger.session()
        try:
            return session.value(sql, values)
        finally:
            session.close()

    def sign_in(self, operator: str) -> None:
        with self.ledger.writing() as book:
            sign_in(book, operator, "test")


MakeDepot = Callable[[], Depot]


@pytest.fixture
def empty_depot(tmp_path: Path) -> Iterator[Depot]:
    ledger = Ledger.create(tmp_path / "data", KeyFolder(tmp_path / "state"), Clock(), random=11, name="test")
    depot = Depot(ledger)
    for name in ("anna", "ben"):
        with ledger.writing() as book:
            role = "supervisor" if name == "anna" else "inspector"
            fact = OperatorEnrolled(roles=[role], name=keep_person_record(book, f"name {name.title()}"))
            book.record(Draft(fact=fact, subj=(f"operator:{name}",), new=True))
            if name == "ben":
                badge = BadgeIssued(badge=keep_person_record(book, f"badge {badge_digest(BADGE)}"))
                book.record(Draft(fact=badge, subj=("operator:ben",)))
    depot.sign_in("anna")
    yield depot
    ledger.close()


@pytest.fixture
def depot(empty_depot: Depot) -> Depot:
    it = empty_depot
    told: dict[str, dict[str, Json]] = {
        "psu": {"part_number": "CM-PSU24", "gtin": PSU_GTIN, "description": "Power supply", "warranty_months": 24},
        "fan": {"part_number": "CM-FAN", "description": "Fan tray"},
        "grease": {"part_number": "GREASE-1", "tracking": "lot", "description": "Grease"},
        "strict": {"part_number": "AV-LRU", "requires_certificate": 1, "requires_approved_supplier": 1},
        "elsewhere": {"part_number": "OTHER-9"},
    }
    for name, fields in told.items():
        it.add(name, "part", PartAdded(told=fields))
    it.add("good", "partner", PartnerAdded(told={"partner": "S1", "name": "Helix", "approved": 1}))
    it.add("doubtful", "partner", PartnerAdded(told={"partner": "S2", "name": "Corner Shop"}))
    it.add("dock", "place", PlaceAdded(told={"place": "DOCK-1", "name": "Dock one", "kind": "dock"}))
    it.add("bin", "place", PlaceAdded(told={"place": "A-01", "kind": "bin"}))
    it.add("site", "place", PlaceAdded(told={"place": "CUST-7", "kind": "customer_site"}))
    lines: list[Json] = [
        {"line": "PO1-1", "part": it.ids["psu"], "quantity": 3, "promised": "2026-03-05"},
        {"line": "PO1-2", "part": it.ids["fan"], "quantity": 2, "owner": "Clinic West"},
        {"line": "PO1-3", "part": it.ids["grease"], "quantity": 50},
    ]
    order = it.add("PO1", "order", OrderPlaced(number="PO1", partner=it.ids["good"], lines=lines))
    advised: list[Json] = [{"line": "1", "part": it.ids["psu"], "quantity": 2, "order_line": f"{order}/PO1-1"}]
    asn = it.add(
        "ASN1", "asn",
        AsnAdvised(number="ASN1", order=order, partner=it.ids["good"], sscc="00000000000000000017", lines=advised),
    )  # fmt: skip
    rows: list[Json] = [[it.ids["psu"], serial, "L1", f"{order}/PO1-1"] for serial in ("PS100", "PS101")]
    it.add("expected", "expected", UnitsExpected(rows=rows, order=order, asn=asn))
    strict: list[Json] = [{"line": "PO2-1", "part": it.ids["strict"], "quantity": 5}]
    it.add("PO2", "order", OrderPlaced(number="PO2", partner=it.ids["good"], lines=strict))
    it.add("PO3", "order", OrderPlaced(number="PO3", partner=it.ids["doubtful"], lines=strict))
    it.add("recall", "recall", RecallAnnounced(number="RCL-1", part=it.ids["psu"], lots=["BADLOT"], reason="smoke"))
    it.add("range", "range", SerialRangeStated(part=it.ids["fan"], first="FAN0001", last="FAN0100"))
    stock = {"part": it.ids["psu"], "place": it.ids["bin"], "state": "in_stock"}
    it.add("stocked", "unit", UnitStocked(serial="PS900", **stock), at=START_US - 10**12)
    it.add(
        "installed", "unit",
        UnitStocked(part=it.ids["psu"], serial="PS901", place=it.ids["site"], state="installed"), at=START_US - 10**13,
    )  # fmt: skip
    it.add("scrapped", "unit", UnitStocked(part=it.ids["psu"], serial="PS902", state="scrapped"))
    return it
