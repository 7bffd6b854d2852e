"""The time line of a unit: its own events and those of the files attached to it, a page at a time, newest first."""

from typing import NamedTuple

import orjson

from dockmark.database.session import Row, Session
from dockmark.record.event import Seen, seen

_EVENTS = (
    "SELECT s.event AS n FROM event_subjects s WHERE s.subject = ?"
    " UNION ALL SELECT s.event FROM attachments a JOIN event_subjects s ON s.subject = 'attachment:' || a.id"
    " WHERE a.subject = ?"
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
    subject = f"unit:{unit}"
    where, values = "", list[object]()
    if before is not None:
        where, values = " WHERE (e.ts, e.station, e.seq) < (?, ?, ?)", list(before)
    rows = session.all(
        f"SELECT e.hash, e.core FROM ({_EVENTS}) own JOIN events e ON e.n = own.n{where}"
        " ORDER BY e.ts DESC, e.station DESC, e.seq DESC LIMIT ?",
        (subject, subject, *values, limit),
    )
    return [_seen(row) for row in rows]


def whole(session: Session, unit: str) -> list[Seen]:
    """Every event of a unit and of its files, in fold order."""
    subject = f"unit:{unit}"
    rows = session.all(
        f"SELECT e.hash, e.core FROM ({_EVENTS}) own JOIN events e ON e.n = own.n ORDER BY {_ORDER}", (subject, subject)
    )
    return [_seen(row) for row in rows]


def count(session: Session, unit: str) -> int:
    """How many entries the time line of a unit has."""
    subject = f"unit:{unit}"
    return int(session.value(f"SELECT count(*) FROM ({_EVENTS})", (subject, subject)))


def of_types(session: Session, unit: str, *types: str) -> list[Seen]:
    """The events of a unit and its files that are of these types, in fold order, without reading all the others."""
    subject = f"unit:{unit}"
    likely = " OR ".join("instr(e.core, ?) > 0" for _type in types)
    rows = session.all(
        f"SELECT e.hash, e.core FROM ({_EVENTS}) own JOIN events e ON e.n = own.n WHERE {likely} ORDER BY {_ORDER}",
        (subject, subject, *(f'"type":"{each}"' for each in types)),
    )
    return [event for event in map(_seen, rows) if event.type in types]


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
