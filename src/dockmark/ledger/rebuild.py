"""Makes every projection anew from the events: one reading of them, subject by subject, in the order of their keys."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter, itemgetter

import orjson

from dockmark.catalog.imports import Withdrawals
from dockmark.custody.bonds import is_bonded
from dockmark.custody.state import folded
from dockmark.database.session import Row, Session
from dockmark.database.tables import PROJECTIONS
from dockmark.ledger import bonding, projections, unit_rows
from dockmark.ledger.folding import history, standing, unit_doc
from dockmark.ledger.ledger import REBUILD_WANTED, Ledger
from dockmark.ledger.searching import INDEXED, catch_up
from dockmark.ledger.unit_rows import Standing
from dockmark.ledger.withdrawing import counting, withdrawals_told
from dockmark.record.event import Seen, seen

Progress = Callable[[int, int], None]
"""Told (done, all) now and then; raises to cancel."""

_BATCH = 500
"""Subjects whose rows are written together."""
_PAGE = 50
"""Events in hand at a time: few enough to stay near the processor."""
_TOLD = 5000
_LINK = (
    "INSERT INTO event_subjects(subject, event) SELECT named.value, events.n"
    " FROM events, json_each(CAST(events.core AS TEXT), '$.subj') AS named ORDER BY events.n"
)
"""Which event changes which subject."""

_HISTORIES = (
    "SELECT s.subject, e.hash, CAST(e.core AS BLOB) FROM event_subjects s JOIN events e ON e.n = s.event"
    " ORDER BY s.subject, s.event"
)


def rebuild(ledger: Ledger, progress: Progress | None = None) -> int:
    """Drops and remakes all projections and the search index, in one transaction. Returns the number of events."""
    with ledger.tending() as session, session.unhurried():
        for table in PROJECTIONS:
            session.run(f"DELETE FROM {table.name}")
        session.run("DELETE FROM event_subjects")
        session.run("DELETE FROM search_docs")
        session.texts.clear(session)
        session.run("DELETE FROM meta WHERE name IN (?, ?)", (INDEXED, REBUILD_WANTED))
        session.run(_LINK)
        replay(session, session, progress, search=True)
        while catch_up(session):
            pass
        return int(session.value("SELECT count(*) FROM events"))


def replay(source: Session, target: Session, progress: Progress | None = None, *, search: bool) -> None:
    """Folds every subject of `source` into the empty projections of `target`.

    The indexes of the target are taken away before and made after: each by one sorting, not by a search for each row.
    """
    total = int(source.value("SELECT count(*) FROM event_subjects"))
    indexes = target.indexes([table.name for table in PROJECTIONS])
    for name, _ in indexes:
        target.run(f"DROP INDEX {name}")
    batch = _Batch(source, target, search, withdrawals_told(source))
    done = told = 0
    for subject, events in histories(source):
        batch.add(subject, events)
        done += len(events)
        if progress is not None and done - told >= _TOLD:
            told = done
            progress(done, total)
    batch.write()
    for _, sql in indexes:
        target.run(sql)
    target.run(unit_rows.TALLY_ALL)
    if progress is not None:
        progress(total, total)


def histories(session: Session) -> Iterator[tuple[str, list[Seen]]]:
    """Every subject, in the order of their names, with its events in fold order."""
    for subject, rows in groupby(session.stream(_HISTORIES, page=_PAGE), itemgetter(0)):
        events = [seen(digest, orjson.loads(core)) for _, digest, core in rows]
        if len(events) > 1:
            events.sort(key=attrgetter("order"))
        yield subject, events


def standing_of(subject: str, events: Sequence[Seen]) -> Standing:
    """Where a subject stands after these events: told at once where each builds on the one before, as nearly all do."""
    heads: list[str] = []
    for event in events:
        if event.base.get(subject, []) != heads:
            return standing(subject, events)
        heads = [event.hash]
    return Standing(tuple(heads), events[-1].ts, len(events))


class _Batch:
    """Rows on their way to the tables, written some thousand at a time."""

    def __init__(self, source: Session, session: Session, search: bool, gone: Withdrawals) -> None:
        self._source = source
        self._session = session
        self._gone = gone
        self._search = search
        self._units: list[Row] = []
        self._rows: projections.Rows = {}
        self._docs: list[tuple[str, str, str]] = []
        self._count = 0

    def add(self, subject: str, events: Sequence[Seen]) -> None:
        kind, _, identity = subject.partition(":")
        where = standing_of(subject, events)
        if kind == "unit" and is_bonded(events):
            self._add_bonded(identity)
        elif kind == "unit":
            gone = self._gone.gone(subject, events)
            if len(gone) == len(events):
                return
            state = folded(identity, events, gone)
            self._units.append(unit_rows.to_row(state, where))
            if self._search:
                self._note(identity, unit_doc(state))
        else:
            self._rows.setdefault("subjects", []).append((subject, *where.columns()))
            if kind == "part" and is_bonded(events):
                self._add_part(identity)
            else:
                self._add_rows(kind, identity, counting(self._gone, subject, events))
        self._count += 1
        if self._count >= _BATCH:
            self.write()

    def _add_bonded(self, unit: str) -> None:
        """A unit that words on bonds speak of: its row, or that of another id of one."""
        one = bonding.unit_at(self._read, unit, self._gone)
        where = standing(f"unit:{unit}", one.histories[unit])
        if one.state is not None and one.state.id == unit:
            self._units.append(unit_rows.to_row(one.state, where))
            if self._search:
                self._note(unit, unit_doc(one.state, one.aliases))
        for alias in one.aliases:
            if alias.id == unit:
                self._rows.setdefault("unit_aliases", []).append(alias.row(where))

    def _add_part(self, part: str) -> None:
        for ids, rows in bonding.part_rows(self._read, part, self._gone):
            own = [row for row in rows["parts"] if row[0] == part]
            self._rows.setdefault("parts", []).extend(own)
            if self._search and part == ids[0]:
                self._note(part, projections.doc_of("part", {"parts": own}))

    def _read(self, subject: str) -> list[Seen]:
        return history(self._source, subject)

    def _add_rows(self, kind: str, identity: str, events: Sequence[Seen]) -> None:
        maker = projections.MAKERS.get(kind)
        if maker is None or not events:
            return
        rows = maker(identity, events)
        for table, values in rows.items():
            self._rows.setdefault(table, []).extend(values)
        if self._search:
            self._note(identity, projections.doc_of(kind, rows))

    def write(self) -> None:
        projections.write(self._session, {"units": self._units, **self._rows})
        if self._docs:
            self._session.many("INSERT INTO search_docs(kind, id, text) VALUES (?, ?, ?)", self._docs)
        self._units, self._rows, self._docs, self._count = [], {}, [], 0

    def _note(self, identity: str, doc: projections.Doc | None) -> None:
        if doc is not None:
            self._docs.append((doc.kind, identity, doc.text))
