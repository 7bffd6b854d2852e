"""What proves the history of one unit, or of all: events, each with its way into a checkpoint, and their keys."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson

from dockmark.database.session import Row, Session
from dockmark.ledger.chains import STATIONS
from dockmark.ledger.checkpoints import Heads, Note, hashes_between, notes
from dockmark.ledger.folding import history
from dockmark.record.event import Seen
from dockmark.record.merkle import inclusion_path

Line = dict[str, Any]
"""One event as the tables of the evidence have it."""

_EVENT = "SELECT station, seq, hash, CAST(core AS BLOB), sig FROM events"


@dataclass(slots=True)
class Proved:
    """The events that tell of some subjects, in their order, and what was withheld because it tells of others too."""

    seen: list[Seen] = field(default_factory=list)
    withheld: int = 0
    lines: list[Line] = field(default_factory=list)


def stations_told(session: Session) -> list[Line]:
    """Enrolments of all stations, and what was done with their keys since. No part and no customer is in them."""
    ways = _Ways(session)
    rows = session.all(
        f"{_EVENT} WHERE n IN (SELECT event FROM event_subjects WHERE subject >= ? AND subject < ?)"
        " ORDER BY station, seq",
        ("station:", "station;"),
    )
    return [_line(row, ways) for row in rows]


def checkpoints_told(session: Session) -> list[Line]:
    """Every checkpoint, and what other stations signed of them: heads and sums."""
    rows = session.all(
        f"{_EVENT} WHERE n IN (SELECT event FROM event_subjects WHERE subject >= ? AND subject < ?"
        " OR subject >= ? AND subject < ?) ORDER BY station, seq",
        ("checkpoint:", "checkpoint;", "cosignature:", "cosignature;"),
    )
    return [_line(row) for row in rows]


def subjects_proved(session: Session, subjects: list[str]) -> Proved:
    """The events of these subjects. Of one that changes units of others as well only its place and hash are told."""
    found: dict[str, Seen] = {}
    for subject in subjects:
        for event in history(session, subject):
            found[event.hash] = event
    ways, proved = _Ways(session), Proved()
    for event in sorted(found.values(), key=lambda it: it.order):
        row = session.one(f"{_EVENT} WHERE station = ? AND seq = ?", (event.station, event.seq))
        assert row is not None
        line = _line(row, ways)
        if any(name.startswith("unit:") and name not in subjects for name in event.subj):
            del line["core"]
            proved.withheld += 1
        else:
            proved.seen.append(event)
        proved.lines.append(line)
    return proved


def everything(session: Session) -> Iterator[Line]:
    """Every event that is covered by a signature, station by station."""
    for station in [row[0] for row in session.all(STATIONS)]:
        top = session.value("SELECT max(seq) FROM events WHERE station = ? AND sig IS NOT NULL", (station,)) or 0
        for row in session.stream(f"{_EVENT} WHERE station = ? AND seq <= ? ORDER BY seq", (station, top)):
            yield _line(row)


class _Ways:
    """The way of an event into the first checkpoint that covers it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._notes: list[tuple[Note, Heads]] = []
        self._leaves: tuple[Note | None, list[tuple[str, int, bytes]]] = (None, [])
        before: dict[str, Heads] = {}
        for note in notes(session, [row[0] for row in session.all(STATIONS)]):
            self._notes.append((note, before.get(note.maker, {})))
            before[note.maker] = note.heads

    def of(self, station: str, seq: int) -> Line | None:
        """Maker and number of the checkpoint and the hashes on the way; None where none covers the event yet."""
        for note, before in self._notes:
            if before.get(station, (0, ""))[0] < seq <= note.heads.get(station, (0, ""))[0]:
                leaves = self._between(note, before)
                index = next(at for at, leaf in enumerate(leaves) if leaf[:2] == (station, seq))
                path = inclusion_path(index, [digest for _, _, digest in leaves])
                return {"maker": note.maker, "number": note.number, "path": [each.hex() for each in path]}
        return None

    def _between(self, note: Note, before: Heads) -> list[tuple[str, int, bytes]]:
        if self._leaves[0] is not note:
            self._leaves = (note, list(hashes_between(self._session, before, note.heads)))
        return self._leaves[1]


def _line(row: Row, ways: _Ways | None = None) -> Line:
    station, seq, digest, core, sig = row
    line: Line = {"station": station, "seq": seq, "hash": bytes(digest).hex(), "core": bytes(core).decode()}
    if sig is not None:
        line["sig"] = bytes(sig).hex()
    proof = ways.of(station, seq) if ways is not None else None
    if proof is not None:
        line["proof"] = proof
    return line


def as_text(line: Line) -> bytes:
    """A line of a table."""
    return orjson.dumps(line) + b"\n"
