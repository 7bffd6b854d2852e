"""Make every table anew from the events; beside the same folds in memory and plain inserts of the same rows."""

from collections.abc import Iterable
from pathlib import Path

import orjson

from dockmark.custody.state import fold
from dockmark.database.engine import Database
from dockmark.database.session import Row
from dockmark.database.tables import PROJECTIONS
from dockmark.ledger.folding import standing
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.projections import MAKERS
from dockmark.ledger.rebuild import rebuild, replay
from dockmark.ledger.unit_rows import TALLY_ALL, to_row
from dockmark.record.event import Seen, seen
from dockmark.record.ids import identity_of
from dockmark.station.bench.baselines import PlainTables
from dockmark.station.bench.report import Measure, Report, most, times
from dockmark.station.bench.timing import in_turn, spend
from dockmark.station.bench.workshop import Workshop

_IN_MEMORY = 100_000
"""Units that the baseline folds in memory at most."""


def measure(shop: Workshop) -> Report:
    """Replays into fresh tables, without the search index; then rebuilds in place, with it."""
    rounds, folder, depot = shop.plan.rounds, shop.folder("rebuild"), shop.depot()
    small = shop.depot(_IN_MEMORY)
    stored = _stored(small.ledger)
    pair = in_turn(
        rounds,
        lambda number: _replay(small.ledger, folder / f"ours-{number}.sqlite3"),
        lambda number: _fold_plainly(stored, folder / f"plain-{number}.sqlite3", small.ledger.database.file),
    )
    ours, plain = pair.wall(len(stored))
    whole = spend(lambda _: rebuild(small.ledger)).wall / len(stored)
    if depot is small:
        each = ours
    else:
        del stored
        each = spend(lambda _: _replay(depot.ledger, folder / "large.sqlite3")).wall / _events(depot.ledger)
    return Report(
        job="rebuild", units=depot.units,
        measures=[
            Measure(name="replay", unit="us", ours=ours * 1e6, baseline=plain * 1e6, budget=times(1.5)),
            Measure(name="event", unit="us", ours=each * 1e6, budget=most(25.0)),
            Measure(name="with_search", unit="us", ours=whole * 1e6),
        ],
    )  # fmt: skip


def _replay(ledger: Ledger, file: Path) -> None:
    fresh = Database(file)
    fresh.create()
    source, target = ledger.session(), fresh.session()
    with target.writing():
        replay(source, target, search=False)
    for session in (source, target):
        session.close()
    fresh.close()


def _events(ledger: Ledger) -> int:
    session = ledger.session()
    try:
        return int(session.value("SELECT count(*) FROM events"))
    finally:
        session.close()


def _stored(ledger: Ledger) -> list[Row]:
    session = ledger.session()
    try:
        return session.all("SELECT hash, core FROM events ORDER BY ts, station, seq")
    finally:
        session.close()


def _fold_plainly(stored: Iterable[Row], file: Path, ledger: Path) -> None:
    histories: dict[str, list[Seen]] = {}
    for digest, core in stored:
        event = seen(digest, orjson.loads(core))
        for subject in event.subj:
            histories.setdefault(subject, []).append(event)
    tables: dict[str, list[Row]] = {"units": [], "subjects": []}
    for subject, events in histories.items():
        kind, identity, where = subject.partition(":")[0], identity_of(subject), standing(subject, events)
        if kind == "unit":
            tables["units"].append(to_row(fold(identity, events), where))
            continue
        tables["subjects"].append((subject, *where.columns()))
        if maker := MAKERS.get(kind):
            for table, rows in maker(identity, events).items():
                tables.setdefault(table, []).extend(rows)
    plain = PlainTables(file, ledger, [table.name for table in PROJECTIONS])
    plain.insert(tables)
    plain.run(TALLY_ALL)
    plain.close()
