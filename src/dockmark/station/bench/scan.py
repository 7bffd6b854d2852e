"""Record one scan: resolve, rules, event signed, projections, print job, durable.

As the bench thread does it for the receiving desk, the search index that follows every some hundred scans included.
"""

from functools import partial

from dockmark.catalog.events import OrderPlaced
from dockmark.desks.answer import Outcome
from dockmark.desks.receiving import Receiving
from dockmark.identifiers import Scan, read
from dockmark.ledger.searching import WORTHWHILE
from dockmark.record.canonical import Json
from dockmark.record.clock import as_date
from dockmark.record.facts import Draft
from dockmark.station.bench.baselines import PlainScans
from dockmark.station.bench.depot import Depot, gtin_of, serial_of
from dockmark.station.bench.report import Measure, Report, times
from dockmark.station.bench.timing import Laps, in_turn
from dockmark.station.bench.workshop import Workshop

_LINES = 3
_WARM = 50


def measure(shop: Workshop) -> Report:
    """Receives units against an order, one scan each."""
    plan, depot = shop.plan, shop.depot()
    scanning = _Scanning(depot)
    for _ in range(_WARM):
        scanning.scan()
    plain = PlainScans(shop.folder("scan") / "plain.sqlite3", map(serial_of, range(depot.units)), _last_core(depot))
    ours, theirs = Laps(), Laps()
    drawn = [depot.some_units(plan.scans, number) for number in range(plan.rounds)]

    def base(number: int) -> None:
        for serial in drawn[number]:
            theirs.take(partial(plain.scan, serial))

    def mine(_: int) -> None:
        for _ in range(plan.scans):
            ours.take(scanning.scan)

    pair = in_turn(plan.rounds, mine, base)
    plain.close()
    wall, cpu = pair.wall(plan.scans), pair.cpu(plan.scans)
    return Report(
        job="scan", units=depot.units,
        measures=[
            Measure(name="wall", unit="us", ours=wall[0] * 1e6, baseline=wall[1] * 1e6, budget=times(3.0)),
            Measure(name="cpu", unit="us", ours=cpu[0] * 1e6, baseline=cpu[1] * 1e6, budget=times(3.5)),
            Measure(name="p99", unit="us", ours=ours.p99() * 1e6, baseline=theirs.p99() * 1e6, budget=times(10.0)),
        ],
    )  # fmt: skip


class _Scanning:
    """A receiving desk with an order in hand, and labels of it that nobody has scanned before."""

    def __init__(self, depot: Depot) -> None:
        self._ledger = depot.ledger
        self._desk = Receiving()
        self._today = as_date(depot.ledger.clock.now_us())
        self._run = _order(depot)
        self._scans = 0
        with self._ledger.writing() as book:
            self._desk.begin(book, order=self._run, place="A-01", new=True)

    def scan(self) -> None:
        """The next unit."""
        number = self._scans = self._scans + 1
        raw = f"]d201{gtin_of(number % _LINES)}21{self._run}{number:06d}".encode()
        with self._ledger.writing() as book:
            answer = self._desk.scan(book, read(Scan(raw=raw), today=self._today))
        assert answer.outcome is Outcome.ACCEPTED, answer.code
        if number % WORTHWHILE == 0:
            self._ledger.index_search()


def _order(depot: Depot) -> str:
    """Places an order that no run before has; returns its number."""
    number = f"{depot.ledger.clock.now_us() // 1000 % 36**6:06d}"
    lines: list[Json] = [
        {"line": f"{number}-{part}", "part": depot.parts[part], "quantity": 100_000} for part in range(_LINES)
    ]
    with depot.ledger.writing() as book:
        fact = OrderPlaced(number=number, ordered="2026-02-01", lines=lines)
        book.record(Draft(fact=fact, subj=(f"order:{book.new_id()}",), new=True))
    return number


def _last_core(depot: Depot) -> str:
    session = depot.ledger.session()
    try:
        return str(session.value("SELECT core FROM events WHERE station = ? ORDER BY seq DESC LIMIT 1",
                                 (depot.ledger.identity.station,)))  # fmt: skip
    finally:
        session.close()
