"""Finds whatever a text may mean, not units alone: a million units that hold it shall not hide the one order."""

from typing import Final

from dockmark.database.session import Session
from dockmark.identifiers.keys import part_key
from dockmark.lookup.people import operators
from dockmark.lookup.search import Hit, search

EACH: Final = 8
"""So many of each kind are sought by how they begin, beside what holds the text anywhere."""
_LAST: Final = "\U0010ffff"

_BEGINNING: Final = {
    "part": ("parts", "part_key", "part_number", "description"),
    "order": ("orders", "number", "number", "ordered"),
    "asn": ("asns", "number", "number", "sscc"),
    "place": ("places", "code", "code", "name"),
    "partner": ("partners", "code", "code", "name"),
}
"""Kind: table, the column with an index, title and detail."""


def find(session: Session, text: str, limit: int = 50) -> list[Hit]:
    """What a person may mean: first what is called so or begins so, then what holds the text anywhere."""
    wanted = text.encode("utf-8", "replace").decode().replace("\0", "\ufffd").strip()
    if not wanted:
        return []
    hits = search(session, wanted, limit)
    known = {(hit.kind, hit.id) for hit in hits}
    begun = (*_beginning(session, wanted), *_recalls(session, wanted), *_people(session, wanted))
    others = [hit for hit in begun if (hit.kind, hit.id) not in known]
    # What is called exactly so stands first, whatever it is; the rest keeps its place.
    others = others[: max(0, limit // 2)]
    room = max(0, limit - len(others))
    return sorted([*hits[:room], *others], key=lambda hit: hit.title.casefold() != wanted.casefold())


def _beginning(session: Session, wanted: str) -> list[Hit]:
    found = []
    for kind, (table, column, title, detail) in _BEGINNING.items():
        forms = {part_key(wanted)} if kind == "part" else {wanted, wanted.upper()}
        for low in sorted(forms):
            rows = session.all(
                f"SELECT id, {title}, {detail} FROM {table} WHERE {column} >= ? AND {column} < ?"
                f" ORDER BY {column}, id LIMIT ?",
                (low, f"{low}{_LAST}", EACH),
            )
            found += [Hit(kind=kind, id=row[0], title=row[1], detail=row[2]) for row in rows]
    return found


def _recalls(session: Session, wanted: str) -> list[Hit]:
    rows = session.all(
        "SELECT r.id, r.number, coalesce(p.part_number, ''), r.reason FROM recalls r LEFT JOIN parts p ON p.id = r.part"
        " WHERE r.number >= ? AND r.number < ? ORDER BY r.number, r.id LIMIT ?",
        (wanted.upper(), f"{wanted.upper()}{_LAST}", EACH),
    )
    return [Hit(kind="recall", id=row[0], title=row[1], detail=f"{row[2]} · {row[3]}") for row in rows]


def _people(session: Session, wanted: str) -> list[Hit]:
    text = wanted.casefold()
    return [
        Hit(kind="operator", id=each.id, title=each.name or each.id, detail=each.id)
        for each in operators(session)
        if text in each.id.casefold() or text in each.name.casefold()
    ][:EACH]
