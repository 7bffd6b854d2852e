"""Questions about operators."""

from dataclasses import dataclass

import orjson

from dockmark.database.session import Row, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """A person who may work here. The name is empty where it was erased."""

    id: str
    roles: tuple[str, ...]
    name: str
    disabled: bool


def operator(session: Session, identity: str) -> Operator | None:
    """The operator of this id."""
    row = session.one("SELECT id, roles, name_record, disabled FROM operators WHERE id = ?", (identity,))
    return None if row is None else _operator(session, row)


def operators(session: Session) -> list[Operator]:
    """Every operator."""
    rows = session.all("SELECT id, roles, name_record, disabled FROM operators ORDER BY id")
    return [_operator(session, row) for row in rows]


def operator_of_badge(session: Session, digest: str) -> Operator | None:
    """The operator whose badge has this digest."""
    records = [row[0] for row in session.all("SELECT id FROM people_records WHERE data = ?", (f"badge {digest}",))]
    for row in session.all("SELECT id, badges FROM operators ORDER BY id"):
        if set(orjson.loads(row[1])) & set(records):
            return operator(session, row[0])
    return None


def last_at(session: Session, station: str) -> str:
    """The operator who recorded last at a station, or its only operator; empty where nobody can be meant."""
    row = session.one("SELECT core FROM events WHERE station = ? ORDER BY seq DESC LIMIT 1", (station,))
    actor = str(orjson.loads(row[0]).get("actor", "")) if row else ""
    known = {each.id for each in operators(session) if not each.disabled}
    if actor in known:
        return actor
    return known.pop() if len(known) == 1 else ""


def _operator(session: Session, row: Row) -> Operator:
    name = session.value("SELECT data FROM people_records WHERE id = ?", (row[2],), "")
    return Operator(
        id=row[0], roles=tuple(orjson.loads(row[1])), name=str(name).removeprefix("name "), disabled=bool(row[3])
    )
