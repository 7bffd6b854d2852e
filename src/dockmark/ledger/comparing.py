"""The tables beside the events: every row is what a fresh fold gives, and there is no other."""

from collections import Counter
from collections.abc import Iterator

from dockmark.custody.state import fold
from dockmark.database.session import Row, Session
from dockmark.database.tables import PROJECTIONS
from dockmark.ledger import projections, unit_rows
from dockmark.ledger.chains import Broken
from dockmark.ledger.folding import standing
from dockmark.ledger.rebuild import histories
from dockmark.ledger.withdrawing import withdrawals_told
from dockmark.record.event import Seen
from dockmark.record.ids import identity_of


def compare_tables(session: Session) -> None:
    """Folds subject after subject and holds the result against the stored rows: no copy is made of anything."""
    comparing = _Comparing(session)
    for subject, events in histories(session):
        comparing.check(subject, events)
    comparing.finish()


class _Comparing:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._units = _Stored("units", session.stream(unit_rows.SELECT_ALL))
        self._subjects = _Stored("subjects", session.stream("SELECT * FROM subjects ORDER BY subject"))
        self._counts: Counter[str] = Counter()
        self._gone = withdrawals_told(session)

    def check(self, subject: str, events: list[Seen]) -> None:
        kind, identity, where = subject.partition(":")[0], identity_of(subject), standing(subject, events)
        left = self._gone.left(subject, events)
        if kind == "unit":
            if left:
                state = fold(identity, events, self._gone.gone(subject, events))
                self._units.check(unit_rows.to_row(state, where))
            return
        self._subjects.check((subject, *where.columns()))
        maker = projections.MAKERS.get(kind)
        if maker is None:
            return
        wanted, stored = maker(identity, left) if left else {}, projections.read(self._session, kind, identity)
        for table, rows in stored.items():
            self._counts[table] += len(rows)
            if Counter(rows) != Counter(wanted.get(table, ())):
                raise _differs(table, identity)

    def finish(self) -> None:
        """Nothing is stored that no event speaks of."""
        self._units.finish()
        self._subjects.finish()
        names = {table.name for table in PROJECTIONS} - {"units", "subjects", "tallies"}
        for name in sorted(names):
            if self._session.value(f"SELECT count(*) FROM {name}") != self._counts[name]:
                raise _differs(name)
        stored = self._session.all("SELECT receipt, line, part, pieces FROM tallies")
        if Counter(stored) != Counter(self._session.all(unit_rows.TALLIES)):
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
