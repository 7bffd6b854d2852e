"""Search as you type: three characters and more, anywhere in what a unit is found by."""

import random
import sqlite3
from functools import partial

from dockmark.lookup.search import search
from dockmark.station.bench.depot import Depot
from dockmark.station.bench.report import Measure, Report, most, times
from dockmark.station.bench.timing import Laps, in_turn
from dockmark.station.bench.workshop import Workshop

_HITS = 50
_PLAIN = "SELECT id, text FROM search_docs WHERE text LIKE ? LIMIT 50"
_MANY = 1_000_000
_LENGTHS = (3, 4, 5, 6)


def measure(shop: Workshop) -> Report:
    """Types pieces of serials that are there; the baseline looks through the same texts."""
    plan, depot = shop.plan, shop.depot()
    depot.ledger.index_search(1)
    drawn = [_pieces(depot, plan.typed, number) for number in range(plan.rounds)]
    session = depot.ledger.session()
    plain = sqlite3.connect(depot.ledger.database.file, isolation_level=None)
    plain.execute("PRAGMA cache_size = -32000")
    ours = Laps()

    def mine(number: int) -> None:
        for text in drawn[number]:
            ours.take(partial(search, session, text, _HITS))

    def base(number: int) -> None:
        for text in drawn[number]:
            plain.execute(_PLAIN, (f"%{text}%",)).fetchall()

    wall = in_turn(plan.rounds, mine, base).wall(plan.typed)
    plain.close()
    session.close()
    # A scan through all units is quick where they are few, so this budget is one for many.
    budget = times(1 / 30) if depot.units >= _MANY else None
    return Report(
        job="search", units=depot.units,
        measures=[
            Measure(name="wall", unit="us", ours=wall[0] * 1e6, baseline=wall[1] * 1e6, budget=budget),
            Measure(name="p99", unit="ms", ours=ours.p99() * 1e3, budget=most(5.0)),
        ],
    )  # fmt: skip


def _pieces(depot: Depot, count: int, number: int) -> list[str]:
    draw = random.Random(f"search {number}")  # noqa: S311 - the same pieces on every machine, and no secret
    found = []
    for which, serial in enumerate(depot.some_units(count, f"search {number}")):
        length = _LENGTHS[which % len(_LENGTHS)]
        start = draw.randrange(max(1, len(serial) - length + 1))
        found.append(serial[start : start + length])
    return found
