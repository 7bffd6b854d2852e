"""Questions about the files that were taken in, and about what was done since with what they said."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from dockmark.catalog.imports import Span, Withdrawal
from dockmark.database.session import Row, Session

_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """A file that was taken in. Times are microseconds; `kept` names what stayed when it was undone."""

    id: str
    kind: str
    file: str
    rows: int
    recorded: int
    bad: int
    at: int
    actor: str
    station: str
    spans: tuple[Span, ...] = ()
    is_reversed: bool = False
    reason: str = ""
    reversed_at: int = 0
    reversed_by: str = ""
    withdrawn: int = 0
    kept: int = 0


_IMPORT = (
    "SELECT id, kind, file, rows, recorded, bad, at, actor, station, spans, reversed, reason, reversed_at, reversed_by,"
    " withdrawn, kept FROM imports"
)


def _import(row: Row) -> Import:
    return Import(
        id=row[0], kind=row[1], file=row[2], rows=row[3], recorded=row[4], bad=row[5], at=row[6], actor=row[7],
        station=row[8], spans=tuple((first, last) for first, last in orjson.loads(row[9])), is_reversed=bool(row[10]),
        reason=row[11], reversed_at=row[12], reversed_by=row[13], withdrawn=row[14], kept=len(orjson.loads(row[15])),
    )  # fmt: skip


def imports(session: Session, limit: int = 200) -> list[Import]:
    """The files that were taken in, the latest first."""
    return [_import(row) for row in session.all(f"{_IMPORT} ORDER BY at DESC, id DESC LIMIT ?", (limit,))]


def import_named(session: Session, name: str) -> Import | None:
    """The import of this id, or whose id alone begins so."""
    rows = session.all(f"{_IMPORT} WHERE substr(id, 1, ?) = ? LIMIT 2", (len(name), name)) if len(name) >= 8 else []
    return _import(rows[0]) if len(rows) == 1 else None


def withdrawals(session: Session) -> list[Withdrawal]:
    """Every import that is undone."""
    rows = session.all("SELECT station, spans, kept FROM imports WHERE reversed = 1 ORDER BY id")
    return [
        Withdrawal(row[0], tuple((first, last) for first, last in orjson.loads(row[1])), orjson.loads(row[2]))
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Told:
    """One event of an import: what it is about and what it says."""

    subject: str
    type: str
    body: dict[str, Any]
    ts: int


def told_by(session: Session, station: str, spans: Iterable[Span]) -> Iterator[Told]:
    """The events of an import, in order."""
    for first, last in spans:
        rows = session.stream(
            "SELECT core, ts FROM events WHERE station = ? AND seq BETWEEN ? AND ? ORDER BY seq", (station, first, last)
        )
        for text, ts in rows:
            core = orjson.loads(text)
            for subject in core.get("subj", ()):
                yield Told(subject, core["type"], core.get("body", {}), ts)


def touched_since(session: Session, latest: dict[str, int], station: str, spans: Sequence[Span]) -> set[str]:
    """Subjects of which something was recorded, and still counts, after the time that is told for each."""
    undone = withdrawals(session)
    found: set[str] = set()
    for subject, ts, by, seq in _rows(
        session,
        "SELECT s.subject, e.ts, e.station, e.seq FROM event_subjects s JOIN events e ON e.n = s.event"
        " WHERE s.subject IN ({})",
        latest,
    ):
        own = by == station and any(first <= seq <= last for first, last in spans)
        if not own and ts > latest[subject] and not any(each.withdraws(subject, by, seq) for each in undone):
            found.add(subject)
    return found


def _rows(session: Session, select: str, keys: Iterable[str]) -> Iterator[Row]:
    wanted = list(keys)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        yield from session.all(select.format(", ".join("?" * len(some))), some)


HERE: Final = "SELECT serial_key, part FROM units WHERE serial_key IN ({}) AND state NOT IN ('', 'expected')"
CAME_ON_LINE: Final = "SELECT DISTINCT line FROM tallies WHERE line IN ({})"
CAME_ON_ADVICE: Final = (
    "SELECT r.asn_id, t.line FROM receipts r JOIN tallies t ON t.receipt = r.id WHERE r.asn_id IN ({})"
)
ORDER_OPEN: Final = "SELECT order_id FROM receipts WHERE order_id IN ({}) AND state = 'open'"
ADVICE_OPEN: Final = "SELECT asn_id FROM receipts WHERE asn_id IN ({}) AND state = 'open'"
ADVISED: Final = "SELECT asn_id, order_line FROM asn_lines WHERE order_line IN ({})"
EXPECTED_ON = {
    name: f"SELECT {name}, count(*) FROM expected_units WHERE {name} IN ({{}}) GROUP BY {name}"
    for name in ("line", "asn_id")
}
WITHIN: Final = "SELECT id, parent FROM places WHERE parent IN ({})"
PARTNER_OF = {
    table: f"SELECT id, partner FROM {table} WHERE partner IN ({{}})"
    for table in ("orders", "asns", "serial_ranges", "receipts")
}
PARTNER_OF_UNITS: Final = "SELECT DISTINCT partner FROM units WHERE partner IN ({})"
SUPPLIER_OF: Final = "SELECT id, supplier FROM parts WHERE supplier IN ({})"
OWNER_OF: Final = "SELECT id, owner FROM units WHERE owner IN ({}) LIMIT 1000"


def in_hand(session: Session) -> str:
    """What the desks have in hand, as one text."""
    return " ".join(row[0] for row in session.all("SELECT data FROM drafts"))


def found_among(session: Session, select: str, keys: Iterable[str]) -> set[Any]:
    """What one of the questions above answers of these keys: its rows, or its only column."""
    return {row[0] if len(row) == 1 else row for row in _rows(session, select, dict.fromkeys(keys))}


def counted_by(session: Session, table: str, column: str) -> dict[str, int]:
    """How often each value stands in that column."""
    rows = session.all(f"SELECT {column}, count(*) FROM {table} WHERE {column} <> '' GROUP BY {column}")
    return {row[0]: row[1] for row in rows}


def titles(session: Session, subjects: Sequence[str]) -> dict[str, str]:
    """What people call these subjects."""
    found: dict[str, str] = {}
    for kind, select in _TITLES.items():
        names = [name.partition(":")[2] for name in subjects if name.startswith(f"{kind}:")]
        found |= {f"{kind}:{row[0]}": str(row[1]) for row in _rows(session, select, names)}
    return found


_TITLES = {
    "part": "SELECT id, part_number FROM parts WHERE id IN ({})",
    "partner": "SELECT id, code FROM partners WHERE id IN ({})",
    "place": "SELECT id, code FROM places WHERE id IN ({})",
    "order": "SELECT id, number FROM orders WHERE id IN ({})",
    "asn": "SELECT id, number FROM asns WHERE id IN ({})",
    "recall": "SELECT id, number FROM recalls WHERE id IN ({})",
    "range": "SELECT r.id, coalesce(p.part_number || ' ', '') || r.first || ' … ' || r.last FROM serial_ranges r"
    " LEFT JOIN parts p ON p.id = r.part WHERE r.id IN ({})",
    "unit": "SELECT u.id, coalesce(p.part_number || ' ', '') || coalesce(nullif(u.serial, ''), u.lot) FROM units u"
    " LEFT JOIN parts p ON p.id = u.part WHERE u.id IN ({})",
}
