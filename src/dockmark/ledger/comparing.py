"""The tables beside the events: every row is what a fresh fold gives, and there is no other."""

from collections import Counter
from collections.abc import Iterator

from dockmark.custody.bonds import is_bonded
from dockmark.custody.state import folded
from dockmark.database.session import Row, Session
from dockmark.database.tables import PROJECTIONS
from dockmark.ledger import bonding, projections, unit_rows
from dockmark.ledger.chains import Broken
from dockmark.ledger.folding import history
from dockmark.ledger.rebuild import histories, standing_of
from dockmark.ledger.unit_rows import Standing
from dockmark.ledger.withdrawing import counting, withdrawals_told
from dockmark.record.event import Seen

_NOT_LINKED = (
    "SELECT e.station, e.seq FROM events e, json_each(e.core, '$.subj') named WHERE NOT EXISTS"
    " (SELECT 1 FROM event_subjects s WHERE s.subject = named.value AND s.event = e.n)"
    " ORDER BY e.ts, e.station, e.seq LIMIT 1"
)


def compare_tables(session: Session, links: int, *, lone: bool) -> None:
    """Folds subject after subject and holds the result against the stored rows: no copy is made of anything.

    `links` is the number of subjects that all events name. In a lone station's ledger every event that another one
    builds on is there.
    """
    comparing = _Comparing(session, lone=lone)
    try:
        for subject, events in histories(session):
            comparing.check(subject, events)
        comparing.finish(links)
    except Broken as broken:
        # Where an event hangs on the wrong subject, it is this that is wrong, not what was folded from it.
        missing = session.one(_NOT_LINKED)
        if missing is None:
            raise
        raise Broken("projection", missing[0], missing[1], "event_subjects") from broken


class _Comparing:
    def __init__(self, session: Session, *, lone: bool) -> None:
        self._session = session
        self._lone = lone
        self._links = 0
        self._units = _Stored("units", session.stream(unit_rows.SELECT_ALL))
        self._subjects = _Stored("subjects", session.stream("SELECT * FROM subjects ORDER BY subject"))
        self._counts: Counter[str] = Counter()
        self._gone = withdrawals_told(session)

    def check(self, subject: str, events: list[Seen]) -> None:
        kind, _, identity = subject.partition(":")
        self._check_links(subject, events)
        where = standing_of(subject, events)
        if kind == "unit" and is_bonded(events):
            self._check_bonded(identity, where)
            return
        left = counting(self._gone, subject, events)
        if kind == "unit":
            if left:
                gone = self._gone.gone(subject, events) if self._gone else frozenset()
                self._units.check(unit_rows.to_row(folded(identity, events, gone), where))
            return
        self._subjects.check((subject, *where.columns()))
        maker = projections.MAKERS.get(kind)
        if maker is None:
            return
        wanted, stored = maker(identity, left) if left else {}, projections.read(self._session, kind, identity)
        if kind == "part" and is_bonded(events):
            found = bonding.part_rows(self._read, identity, self._gone)
            wanted = {"parts": [row for _ids, rows in found for row in rows["parts"] if row[0] == identity]}
        for table, rows in stored.items():
            self._counts[table] += len(rows)
            if Counter(rows) != Counter(wanted.get(table, ())):
                raise _differs(table, identity)

    def _check_bonded(self, unit: str, where: Standing) -> None:
        """A unit that words on bonds speak of is a row of its own, or another id of one."""
        one = bonding.unit_at(self._read, unit, self._gone)
        wanted = [alias.row(where) for alias in one.aliases if alias.id == unit]
        stored = self._session.all("SELECT * FROM unit_aliases WHERE id = ?", (unit,))
        self._counts["unit_aliases"] += len(stored)
        if stored != wanted:
            raise _differs("unit_aliases", unit)
        if one.state is not None and one.state.id == unit:
            self._units.check(unit_rows.to_row(one.state, where))

    def _read(self, subject: str) -> list[Seen]:
        return history(self._session, subject)

    def _check_links(self, subject: str, events: list[Seen]) -> None:
        """Every event hangs here by right, and builds on ones that were before it."""
        before: set[str] = set()
        for event in events:
            if subject not in event.subj:
                raise _differs("event_subjects", subject)
            heads = event.base.get(subject, ())
            if self._lone and not before.issuperset(heads):
                unknown = next(head for head in heads if head not in before)
                raise Broken("base_unknown", event.station, event.seq, unknown)
            before.add(event.hash)
        self._links += len(events)

    def finish(self, links: int) -> None:
        """Nothing is stored that no event speaks of."""
        stored = self._session.value("SELECT count(*) FROM event_subjects")
        if not links == self._links == stored:
            raise _differs("event_subjects")
        self._units.finish()
        self._subjects.finish()
        names = {table.name for table in PROJECTIONS} - {"units", "subjects", "tallies"}
        for name in sorted(names):
            if self._session.value(f"SELECT count(*) FROM {name}") != self._counts[name]:
                raise _differs(name)
        tallies = self._session.all("SELECT receipt, line, part, pieces FROM tallies")
        if Counter(tallies) != Counter(self._session.all(unit_rows.TALLIES)):
            raise _differs("tallies")


class _Stored:
    """The rows of a table in the order of their keys, which is the order in which they are expected."""

    def __init__(self, table: str, rows: Iterator[Row]) -> None:
        self._table = table
        self._rows = rows

    def check(self, wanted: Row) -> None:
        """The next row is this one."""
        row = next(self._rows, None)
        if row != wanted:
            raise _differs(self._table, wanted[0] if row is None else min(str(row[0]), wanted[0]))

    def finish(self) -> None:
        """There are no more."""
        if (row := next(self._rows, None)) is not None:
            raise _differs(self._table, row[0])


def _differs(table: str, key: str = "") -> Broken:
    return Broken("projection", "", 0, f"{table} {key}".rstrip())
