"""Search as you type over units, parts, places, orders, advices, partners and receipts."""

from dataclasses import dataclass

from dockmark.database.session import Session
from dockmark.identifiers.keys import serial_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing found: its kind, id, the word that names it, and what tells it apart."""

    kind: str
    id: str
    title: str
    detail: str = ""


def search(session: Session, text: str, limit: int = 50) -> list[Hit]:
    """Exact serials first, then whatever holds the text anywhere; below three characters, what begins with it."""
    wanted = text.strip()
    if not wanted:
        return []
    found = _exact(session, wanted, limit)
    seen = {(hit.kind, hit.id) for hit in found}
    docs = _begins(session, wanted, limit) if len(wanted) < 3 else _holds(session, wanted, limit)
    for kind, identity, title in docs:
        if (kind, identity) not in seen and len(found) < limit:
            found.append(_hit(session, kind, identity, title))
    return found


def _exact(session: Session, wanted: str, limit: int) -> list[Hit]:
    rows = session.all(
        "SELECT id, serial FROM units WHERE serial_key = ? AND serial_key <> '' ORDER BY id LIMIT ?",
        (serial_key(wanted), limit),
    )
    return [_hit(session, "unit", row[0], row[1]) for row in rows]


def _begins(session: Session, wanted: str, limit: int) -> list[tuple[str, str, str]]:
    low = serial_key(wanted)
    high = low[:-1] + chr(min(ord(low[-1]) + 1, 0x10FFFF)) if low else low
    units = session.all(
        "SELECT 'unit', id, serial FROM units WHERE serial_key >= ? AND serial_key < ? ORDER BY serial_key LIMIT ?",
        (low, high, limit),
    )
    parts = session.all(
        "SELECT 'part', id, part_number FROM parts WHERE part_key >= ? AND part_key < ? ORDER BY part_key LIMIT ?",
        (low, high, limit),
    )
    return [(row[0], row[1], row[2]) for row in [*parts, *units]]


def _holds(session: Session, wanted: str, limit: int) -> list[tuple[str, str, str]]:
    phrase = '"' + wanted.replace('"', '""') + '"'
    rows = session.all(
        "SELECT d.kind, d.id, d.text FROM search_index i JOIN search_docs d ON d.doc = i.rowid"
        " WHERE i.text MATCH ? LIMIT ?",
        (phrase, limit),
    )
    indexed = int(session.value("SELECT value FROM meta WHERE name = 'search_indexed'", (), 0))
    fresh = session.all(
        "SELECT kind, id, text FROM search_docs WHERE doc > ? AND instr(lower(text), lower(?)) > 0 LIMIT ?",
        (indexed, wanted, limit),
    )
    return [(row[0], row[1], row[2]) for row in [*fresh, *rows]]


_DETAIL = {
    "unit": (
        "SELECT u.serial, coalesce(p.part_number, '') || ' · ' || u.state || ' · ' || coalesce(l.code, u.place)"
        " FROM units u LEFT JOIN parts p ON p.id = u.part LEFT JOIN places l ON l.id = u.place WHERE u.id = ?"
    ),
    "part": "SELECT part_number, description FROM parts WHERE id = ?",
    "place": "SELECT code, name FROM places WHERE id = ?",
    "order": "SELECT number, ordered FROM orders WHERE id = ?",
    "asn": "SELECT number, sscc FROM asns WHERE id = ?",
    "partner": "SELECT code, name FROM partners WHERE id = ?",
    "receipt": "SELECT number, state FROM receipts WHERE id = ?",
}


def _hit(session: Session, kind: str, identity: str, title: str) -> Hit:
    row = session.one(_DETAIL[kind], (identity,)) if kind in _DETAIL else None
    return Hit(kind=kind, id=identity, title=(row[0] if row and row[0] else title), detail=row[1] if row else "")
