"""Search as you type over units, parts, places, orders, advices, partners and receipts."""

from dataclasses import dataclass

import orjson

from dockmark.database.session import Row, Session
from dockmark.identifiers.keys import serial_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing found: its kind, id, the word that names it, and what tells it apart."""

    kind: str
    id: str
    title: str
    detail: str = ""


_Doc = tuple[str, str, str]
"""Kind, id, title."""


def search(session: Session, text: str, limit: int = 50) -> list[Hit]:
    """Exact serials first, then whatever holds the text anywhere; below three characters, what begins with it."""
    wanted = text.encode("utf-8", "replace").decode().replace("\0", "\ufffd").strip()
    if not wanted:
        return []
    docs = _begins(session, wanted, limit) if len(wanted) < 3 else _holds(session, wanted, limit)
    found = {doc[:2]: doc for doc in reversed([*_exact(session, wanted, limit), *docs])}
    return _hits(session, [*reversed(found.values())][:limit])


def _exact(session: Session, wanted: str, limit: int) -> list[_Doc]:
    rows = session.all(
        "SELECT id, serial FROM units WHERE serial_key = ? AND serial_key <> '' ORDER BY id LIMIT ?",
        (serial_key(wanted), limit),
    )
    rows += session.all(
        "SELECT unit, serial FROM unit_aliases WHERE serial_key = ? AND serial_key <> '' ORDER BY id LIMIT ?",
        (serial_key(wanted), limit),
    )
    return [("unit", row[0], row[1]) for row in rows]


def _begins(session: Session, wanted: str, limit: int) -> list[_Doc]:
    low = serial_key(wanted)
    high = f"{low}\U0010ffff"
    units = session.all(
        "SELECT 'unit', id, serial FROM units WHERE serial_key >= ? AND serial_key < ? ORDER BY serial_key LIMIT ?",
        (low, high, limit),
    )
    parts = session.all(
        "SELECT 'part', id, part_number FROM parts WHERE part_key >= ? AND part_key < ? ORDER BY part_key LIMIT ?",
        (low, high, limit),
    )
    return [(row[0], row[1], row[2]) for row in [*parts, *units]]


def _holds(session: Session, wanted: str, limit: int) -> list[_Doc]:
    rows = []
    if session.texts.trails:
        # The latest first: what moves on from here to there meanwhile is met twice, and never not at all.
        rows = session.all(_FRESH_UNITS, (wanted, limit))
        rows += session.all(_FRESH_TEXTS, (wanted, limit))
    rows += session.texts.holding(session, wanted, limit)
    return [(row[0], row[1], row[2]) for row in rows]


_FRESH_UNITS = (
    "SELECT 'unit', id, serial FROM units WHERE id > (SELECT value FROM meta WHERE name = 'search_noted')"
    " AND instr(lower(ltrim(serial || CASE lot WHEN '' THEN '' ELSE ' ' || lot END || CASE marks WHEN '{}' THEN ''"
    " ELSE ' ' || (SELECT group_concat(value, ' ') FROM json_each(marks)) END)), lower(?)) > 0 LIMIT ?"
)
_FRESH_TEXTS = (
    "SELECT kind, id, text FROM search_docs"
    " WHERE doc > (SELECT coalesce(max(CAST(value AS INTEGER)), 0) FROM meta WHERE name = 'search_indexed')"
    " AND instr(lower(text), lower(?)) > 0 LIMIT ?"
)
"""What the index does not know yet: units whose rows stand for their texts, and texts."""


_DETAIL = {
    "unit": (
        "SELECT u.id, u.serial, coalesce(p.part_number, '') || ' · ' || u.state ||"
        " CASE coalesce(l.code, u.place) WHEN '' THEN '' ELSE ' · ' || coalesce(l.code, u.place) END"
        " FROM units u LEFT JOIN parts p ON p.id = u.part LEFT JOIN places l ON l.id = u.place WHERE u.id"
    ),
    "part": "SELECT id, part_number, description FROM parts WHERE id",
    "place": "SELECT id, code, name FROM places WHERE id",
    "order": "SELECT id, number, ordered FROM orders WHERE id",
    "asn": "SELECT id, number, sscc FROM asns WHERE id",
    "partner": "SELECT id, code, name FROM partners WHERE id",
    "receipt": "SELECT id, number, state FROM receipts WHERE id",
}
"""What tells things apart, kind by kind: one question for all hits of a kind."""


def _hits(session: Session, docs: list[_Doc]) -> list[Hit]:
    told = {}
    for kind in {doc[0] for doc in docs} & _DETAIL.keys():
        identities = orjson.dumps([doc[1] for doc in docs if doc[0] == kind]).decode()
        rows = session.all(f"{_DETAIL[kind]} IN (SELECT value FROM json_each(?))", (identities,))
        told.update({(kind, row[0]): row for row in rows})
    return [_hit(doc, told.get(doc[:2])) for doc in docs]


def _hit(doc: _Doc, row: Row | None) -> Hit:
    kind, identity, title = doc
    return Hit(kind=kind, id=identity, title=(row[1] if row and row[1] else title), detail=row[2] if row else "")
