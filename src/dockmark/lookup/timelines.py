"""The time line of a unit: its own events and those of the files attached to it, a page at a time, newest first."""

from typing import NamedTuple

import orjson

from dockmark.database.session import Row, Session
from dockmark.record.event import Seen, seen

_IDS = "SELECT ? UNION SELECT 'unit:' || x.id FROM unit_aliases x WHERE x.unit = ?"
"""The unit under every id that it was met under."""
_EVENTS = (
    f"SELECT s.event AS n FROM event_subjects s WHERE s.subject IN ({_IDS})"
    " UNION SELECT s.event FROM attachments a JOIN event_subjects s ON s.subject = 'attachment:' || a.id"
    f" WHERE a.subject IN ({_IDS})"
)
_ORDER = "e.ts, e.station, e.seq"


class Cursor(NamedTuple):
    """The place of an event in the order of all; a page goes on from there."""

    ts: int
    station: str
    seq: int

    def text(self) -> str:
        """As it is handed out."""
        return f"{self.ts}/{self.station}/{self.seq}"

    @classmethod
    def of(cls, text: str) -> "Cursor | None":
        """As it was handed out; None for anything else."""
        ts, _, rest = text.partition("/")
        station, _, seq = rest.partition("/")
        return cls(int(ts), station, int(seq)) if ts.isdecimal() and seq.isdecimal() else None


def page(session: Session, unit: str, limit: int, before: Cursor | None = None) -> list[Seen]:
    """The latest events of a unit that come before `before`, newest first."""
    about = _about(session, unit)
    where, values = "", list[object]()
    if before is not None:
        where, values = " WHERE (e.ts, e.station, e.seq) < (?, ?, ?)", list(before)
    rows = session.all(
        f"SELECT e.hash, e.core FROM ({_EVENTS}) own JOIN events e ON e.n = own.n{where}"
        " ORDER BY e.ts DESC, e.station DESC, e.seq DESC LIMIT ?",
        (*about, *values, limit),
    )
    return [_seen(row) for row in rows]


def whole(session: Session, unit: str) -> list[Seen]:
    """Every event of a unit and of its files, in fold order."""
    about = _about(session, unit)
    rows = session.all(
        f"SELECT e.hash, e.core FROM ({_EVENTS}) own JOIN events e ON e.n = own.n ORDER BY {_ORDER}", about
    )
    return [_seen(row) for row in rows]


def count(session: Session, unit: str) -> int:
    """How many entries the time line of a unit has."""
    about = _about(session, unit)
    return int(session.value(f"SELECT count(*) FROM ({_EVENTS}) own", about))


def of_types(session: Session, unit: str, *types: str) -> list[Seen]:
    """The events of a unit and its files that are of these types, in fold order, without reading all the others."""
    about = _about(session, unit)
    likely = " OR ".join("instr(e.core, ?) > 0" for _type in types)
    rows = session.all(
        f"SELECT e.hash, e.core FROM ({_EVENTS}) own JOIN events e ON e.n = own.n WHERE {likely} ORDER BY {_ORDER}",
        (*about, *(f'"type":"{each}"' for each in types)),
    )
    return [event for event in map(_seen, rows) if event.type in types]


def own(session: Session, unit: str) -> list[Seen]:
    """Every event that changes a unit, under whichever of its ids, in fold order."""
    rows = session.all(
        f"SELECT e.hash, e.core FROM (SELECT DISTINCT s.event AS n FROM event_subjects s WHERE s.subject IN ({_IDS}))"
        f" own JOIN events e ON e.n = own.n ORDER BY {_ORDER}",
        _about(session, unit)[:2],
    )
    return [_seen(row) for row in rows]


def _about(session: Session, unit: str) -> tuple[str, str, str, str]:
    """The unit as `_EVENTS` asks for it, by whichever of its ids."""
    first = str(session.value("SELECT unit FROM unit_aliases WHERE id = ?", (unit,), unit))
    return f"unit:{first}", first, f"unit:{first}", first


def event_of(session: Session, identity: str) -> Seen | None:
    """The event of this id."""
    row = session.one("SELECT hash, core FROM events WHERE id = ?", (identity,))
    return None if row is None else _seen(row)


def of_subject(session: Session, subject: str) -> list[Seen]:
    """Every event that changes a subject, in fold order."""
    rows = session.all(
        f"SELECT e.hash, e.core FROM event_subjects s JOIN events e ON e.n = s.event WHERE s.subject = ?"
        f" ORDER BY {_ORDER}",
        (subject,),
    )
    return [_seen(row) for row in rows]


def _seen(row: Row) -> Seen:
    return seen(row[0], orjson.loads(row[1]))
