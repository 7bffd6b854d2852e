"""Questions about entries of the catalogue, for who adds and corrects them by hand."""

from collections.abc import Sequence
from typing import Any, Final

import orjson

from dockmark.catalog.imports import Withdrawals
from dockmark.database.session import Session
from dockmark.identifiers.keys import part_key
from dockmark.lookup.imports import withdrawals
from dockmark.record.event import Seen, seen

Told = dict[str, Any]

_TOLD: Final = {
    "part": "SELECT told, complete FROM parts WHERE id = ?",
    "partner": "SELECT told, 1 FROM partners WHERE id = ?",
    "place": "SELECT told, 1 FROM places WHERE id = ?",
}


def entry(session: Session, kind: str, identity: str) -> tuple[Told, bool] | None:
    """What was told of a part, partner or place, and whether it is complete."""
    row = session.one(_TOLD[kind], (identity,))
    return None if row is None else (orjson.loads(row[0]), bool(row[1]))


def history(session: Session, subject: str) -> list[Seen]:
    """Every event of a subject, in the order in which it counts."""
    rows = session.all(
        "SELECT e.hash, e.core FROM event_subjects s JOIN events e ON e.n = s.event WHERE s.subject = ?"
        " ORDER BY e.ts, e.station, e.seq",
        (subject,),
    )
    return [seen(row[0], orjson.loads(row[1])) for row in rows]


def undone_imports(session: Session) -> Withdrawals:
    """Every import that was taken back."""
    return Withdrawals(withdrawals(session))


def same_part(session: Session, number: str, maker: str, but: str) -> str:
    """Another part of this number and maker, as its number is written; else the empty text."""
    rows = session.all(
        "SELECT part_number, manufacturer FROM parts WHERE part_key = ? AND id <> ? AND joined = '' ORDER BY id",
        (part_key(number), but),
    )
    wanted = " ".join(maker.split()).casefold()
    return next((row[0] for row in rows if " ".join(row[1].split()).casefold() == wanted), "")


def part_of_number(session: Session, number: str, but: str) -> str:
    """The maker, or a dash, of another part of this number; else the empty text."""
    row = session.one(
        "SELECT manufacturer FROM parts WHERE part_key = ? AND id <> ? AND joined = '' ORDER BY id",
        (part_key(number), but),
    )
    return "" if row is None else row[0] or "–"


def part_of_gtin(session: Session, gtin: str, but: str) -> str:
    """The number of another part that carries this GTIN."""
    row = session.one(
        "SELECT part_number FROM parts WHERE gtin = ? AND gtin <> '' AND id <> ? AND joined = ''", (gtin, but)
    )
    return "" if row is None else str(row[0])


def parts_numbered(session: Session, number: str) -> list[tuple[str, str]]:
    """Parts of this number: id and maker."""
    rows = session.all(
        "SELECT id, manufacturer FROM parts WHERE part_key = ? AND joined = '' ORDER BY id LIMIT 20",
        (part_key(number),),
    )
    return [(row[0], row[1]) for row in rows]


def coded(session: Session, kind: str, code: str, but: str = "") -> str:
    """The id of the partner, place or order of this code."""
    select = {
        "partner": "SELECT id FROM partners WHERE code = ? AND id <> ? ORDER BY id",
        "place": "SELECT id FROM places WHERE code = ? AND id <> ? ORDER BY id",
        "order": "SELECT id FROM orders WHERE number = ? AND id <> ? ORDER BY id",
    }[kind]
    return str(session.value(select, (code, but), ""))


def partner_named(session: Session, name: str, but: str) -> str:
    """The code of another partner of this name."""
    row = session.one("SELECT code FROM partners WHERE lower(name) = lower(?) AND name <> '' AND id <> ?", (name, but))
    return "" if row is None else str(row[0])


def place_tagged(session: Session, tag: str, but: str) -> str:
    """The code of another place with the same letters and digits."""
    row = session.one("SELECT code FROM places WHERE tag = ? AND id <> ? ORDER BY id", (tag, but))
    return "" if row is None else str(row[0])


def name_of(session: Session, kind: str, identity: str) -> str:
    """What people call a part, partner or place; the text itself where it is no id."""
    select = {
        "part": "SELECT part_number FROM parts WHERE id = ?",
        "partner": "SELECT code FROM partners WHERE id = ?",
        "place": "SELECT code FROM places WHERE id = ?",
    }[kind]
    return str(session.value(select, (identity,), identity))


def stands_in(session: Session, place: str, other: str) -> bool:
    """Whether a place is, or stands anywhere in, another one."""
    met: set[str] = set()
    while place and place not in met:
        if place == other:
            return True
        met.add(place)
        place = str(session.value("SELECT parent FROM places WHERE id = ?", (place,), ""))
    return False


def order(session: Session, identity: str) -> tuple[str, str, str, str] | None:
    """Number, partner, owner and day of an order."""
    row = session.one("SELECT number, partner, owner, ordered FROM orders WHERE id = ?", (identity,))
    return None if row is None else (row[0], row[1], row[2], row[3])


def order_lines(session: Session, identity: str) -> list[tuple[str, Told, int, bool]]:
    """The lines of an order: name, what was told, how much has come, whether the rest is withdrawn."""
    rows = session.all(
        "SELECT line, told, (SELECT coalesce(sum(t.pieces), 0) FROM tallies t WHERE t.line = l.id), withdrawn"
        " FROM order_lines l WHERE order_id = ? ORDER BY length(line), line",
        (identity,),
    )
    return [(row[0], orjson.loads(row[1]), int(row[2]), bool(row[3])) for row in rows]


def asn_lines(session: Session, identity: str) -> list[tuple[str, bool]]:
    """The lines of an advice: name, whether what has not come of it is withdrawn."""
    rows = session.all("SELECT line, withdrawn FROM asn_lines WHERE asn_id = ? ORDER BY line", (identity,))
    return [(row[0], bool(row[1])) for row in rows]


def asn_number(session: Session, identity: str) -> str:
    """The number of an advice, or nothing."""
    return str(session.value("SELECT number FROM asns WHERE id = ?", (identity,), ""))


_USES: Final = {
    "part": (
        "SELECT 1 FROM units WHERE part = ? LIMIT 1", "SELECT 1 FROM order_lines WHERE part = ? LIMIT 1",
        "SELECT 1 FROM asn_lines WHERE part = ? LIMIT 1", "SELECT 1 FROM expected_units WHERE part = ? LIMIT 1",
        "SELECT 1 FROM recalls WHERE part = ? LIMIT 1", "SELECT 1 FROM serial_ranges WHERE part = ? LIMIT 1",
    ),
    "partner": (
        "SELECT 1 FROM orders WHERE partner = ? LIMIT 1", "SELECT 1 FROM asns WHERE partner = ? LIMIT 1",
        "SELECT 1 FROM receipts WHERE partner = ? LIMIT 1", "SELECT 1 FROM units WHERE partner = ? LIMIT 1",
    ),
    "place": (
        "SELECT 1 FROM units WHERE place = ? LIMIT 1", "SELECT 1 FROM places WHERE parent = ? LIMIT 1",
        "SELECT 1 FROM receipts WHERE place = ? LIMIT 1", "SELECT 1 FROM drafts WHERE instr(data, ?) > 0 LIMIT 1",
    ),
    "order": (
        "SELECT 1 FROM receipts WHERE order_id = ? LIMIT 1", "SELECT 1 FROM asns WHERE order_id = ? LIMIT 1",
        "SELECT 1 FROM expected_units WHERE order_id = ? LIMIT 1",
        "SELECT 1 FROM tallies t JOIN order_lines l ON l.id = t.line WHERE l.order_id = ? LIMIT 1",
    ),
}  # fmt: skip


def is_used(session: Session, kind: str, identity: str) -> bool:
    """Whether anything names this entry."""
    return any(session.value(select, (identity,)) is not None for select in _USES[kind])


def incomplete_parts(session: Session, limit: int) -> tuple[int, list[tuple[str, str, str]]]:
    """How many parts wait to be completed, and the first of them: id, number, maker."""
    count = int(session.value("SELECT count(*) FROM parts WHERE complete = 0 AND joined = ''"))
    rows = session.all(
        "SELECT id, part_number, manufacturer FROM parts WHERE complete = 0 AND joined = ''"
        " ORDER BY part_number, id LIMIT ?",
        (limit,),
    )
    return count, [(row[0], row[1], row[2]) for row in rows]


_ENTRIES: Final = {
    "part": "SELECT id, part_number, trim(manufacturer || '  ' || description) FROM parts"
    " WHERE part_number LIKE ? OR description LIKE ? ORDER BY part_number, id LIMIT ?",
    "partner": "SELECT id, code, name FROM partners WHERE code LIKE ? OR name LIKE ? ORDER BY code, id LIMIT ?",
    "place": "SELECT id, code, trim(kind || '  ' || name) FROM places WHERE code LIKE ? OR name LIKE ?"
    " ORDER BY code, id LIMIT ?",
    "order": "SELECT o.id, o.number, coalesce(p.name, '') FROM orders o LEFT JOIN partners p ON p.id = o.partner"
    " WHERE o.number LIKE ? OR p.name LIKE ? ORDER BY o.number DESC, o.id LIMIT ?",
}


def entries(session: Session, kind: str, text: str, limit: int) -> list[tuple[str, str, str]]:
    """Entries that a text fits: id, what people call them, what else is known."""
    like = f"%{text}%"
    rows: Sequence[Any] = session.all(_ENTRIES[kind], (like, like, limit))
    return [(row[0], row[1], row[2]) for row in rows]
