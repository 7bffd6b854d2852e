"""Makes every projection anew from the events."""

from collections.abc import Callable, Iterator

import orjson

from dockmark.custody.state import fold
from dockmark.database.session import Session
from dockmark.database.tables import PROJECTIONS
from dockmark.ledger import projections, unit_rows
from dockmark.ledger.folding import standing, unit_doc
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.searching import INDEXED, catch_up
from dockmark.record.event import Seen, seen
from dockmark.record.ids import identity_of

Progress = Callable[[int, int], None]
"""Told (done, all) now and then; raises to cancel."""

_BATCH = 2000
_LINK = (
    "INSERT INTO event_subjects(subject, event) SELECT named.value, events.n"
    " FROM events, json_each(CAST(events.core AS TEXT), '$.subj') AS named ORDER BY events.n"
)
"""Which event changes which subject."""


def rebuild(ledger: Ledger, progress: Progress | None = None) -> int:
    """Drops and remakes all projections and the search index, in one transaction. Returns the number of events."""
    with ledger.tending() as session:
        for table in PROJECTIONS:
            session.run(f"DELETE FROM {table.name}")
        session.run("DELETE FROM event_subjects")
        session.run("DELETE FROM search_docs")
        session.run("INSERT INTO search_index(search_index) VALUES ('delete-all')")
        session.run("DELETE FROM meta WHERE name = ?", (INDEXED,))
        session.run(_LINK)
        replay(session, session, progress, search=True)
        while catch_up(session):
            pass
        return int(session.value("SELECT count(*) FROM events"))


def replay(source: Session, target: Session, progress: Progress | None = None, *, search: bool) -> None:
    """Folds every subject of `source` into the empty projections of `target`."""
    total = int(source.value("SELECT count(*) FROM event_subjects"))
    batch = _Batch(target, search)
    done = 0
    for subject, events in histories(source):
        batch.add(subject, events)
        done += len(events)
        if progress is not None and done % 5000 < len(events):
            progress(done, total)
    batch.write()
    target.run(unit_rows.TALLY_ALL)
    if progress is not None:
        progress(total, total)


def histories(session: Session) -> Iterator[tuple[str, list[Seen]]]:
    """Every subject, in the order of their names, with its events in fold order."""
    rows = session.stream(
        "SELECT s.subject, e.hash, e.core FROM event_subjects s JOIN events e ON e.n = s.event"
        " ORDER BY s.subject, e.ts, e.station, e.seq"
    )
    current, events = "", list[Seen]()
    for subject, hash_, core in rows:
        if subject != current and events:
            yield current, events
            events = []
        current = subject
        events.append(seen(hash_, orjson.loads(core)))
    if events:
        yield current, events


class _Batch:
    """Rows on their way to the tables, written some thousand at a time."""

    def __init__(self, session: Session, search: bool) -> None:
        self._session = session
        self._search = search
        self._rows: projections.Rows = {}
        self._docs: list[tuple[str, str, str]] = []
        self._count = 0

    def add(self, subject: str, events: list[Seen]) -> None:
        kind, identity = subject.partition(":")[0], identity_of(subject)
        where = standing(subject, events)
        if kind == "unit":
            state = fold(identity, events)
            self._put("units", unit_rows.to_row(state, where))
            if self._search:
                self._note(identity, unit_doc(state))
        else:
            self._put("subjects", (subject, *where.columns()))
            self._add_rows(kind, identity, events)
        self._count += 1
        if self._count >= _BATCH:
            self.write()

    def _add_rows(self, kind: str, identity: str, events: list[Seen]) -> None:
        maker = projections.MAKERS.get(kind)
        if maker is None:
            return
        rows = maker(identity, events)
        for table, values in rows.items():
            self._rows.setdefault(table, []).extend(values)
        if self._search:
            self._note(identity, projections.doc_of(kind, rows))

    def write(self) -> None:
        projections.write(self._session, self._rows)
        if self._docs:
            self._session.many("INSERT INTO search_docs(kind, id, text) VALUES (?, ?, ?)", self._docs)
        self._rows, self._docs, self._count = {}, [], 0

    def _put(self, table: str, row: tuple[object, ...]) -> None:
        self._rows.setdefault(table, []).append(row)

    def _note(self, identity: str, doc: projections.Doc | None) -> None:
        if doc is not None:
            self._docs.append((doc.kind, identity, doc.text))
