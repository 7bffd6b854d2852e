"""Units as rows: the one projection on the scan's path, so it is written by changed columns only."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import orjson

from dockmark.custody.state import UnitState, unseen
from dockmark.database.came import count
from dockmark.database.session import Row, Session
from dockmark.identifiers.keys import look_key, serial_key

COLUMNS = (
    "id", "part", "serial", "lot", "quantity", "tracking", "marks", "state", "condition", "damaged", "place", "owner",
    "partner", "receipt", "line", "stranger", "typed", "received_at", "in_service_since", "expiry", "made", "holds",
    "labels", "out_of_sequence", "serial_key", "look_key", "heads", "last_ts", "events", "disputed", "apart",
)  # fmt: skip

_SELECT = f"SELECT {', '.join(COLUMNS)} FROM units WHERE id = ?"
SELECT_ALL = f"SELECT {', '.join(COLUMNS)} FROM units ORDER BY id"
INSERT = f"INSERT INTO units ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"


class Standing(NamedTuple):
    """Where a subject stands in the ledger.

    `heads` are the hashes of the events that no other builds on, `last_ts` its latest time, `events` their number,
    `disputed` the heads of a dispute that nobody has settled.
    """

    heads: tuple[str, ...] = ()
    last_ts: int = 0
    events: int = 0
    disputed: tuple[str, ...] = ()

    def columns(self) -> tuple[str, int, int, str]:
        """As it stands in a row."""
        return ",".join(self.heads), self.last_ts, self.events, ",".join(self.disputed)

    @classmethod
    def of(cls, heads: str, last_ts: int, events: int, disputed: str) -> "Standing":
        """From a row."""
        return cls(
            tuple(heads.split(",")) if heads else (), last_ts, events, tuple(disputed.split(",")) if disputed else ()
        )


def to_row(state: UnitState, standing: Standing) -> Row:
    """The row of a unit; equal for equal events, wherever and in whatever order they arrived."""
    return (
        state.id, state.part, state.serial, state.lot, state.quantity, state.tracking, _json(state.marks), state.state,
        state.condition, int(state.damaged), state.place, state.owner, state.partner, state.receipt, state.line,
        int(state.stranger), int(state.typed), state.received_at, state.in_service_since, state.expiry, state.made,
        _json(state.holds), state.labels, int(state.out_of_sequence), serial_key(state.serial), look_key(state.serial),
        *standing.columns(), ",".join(state.apart),
    )  # fmt: skip


def from_row(row: Row) -> tuple[UnitState, Standing]:
    """The unit that a row holds, and where it stands."""
    state = UnitState(
        id=row[0], part=row[1], serial=row[2], lot=row[3], quantity=row[4], tracking=row[5],
        marks=_object(row[6]), state=row[7], condition=row[8], damaged=bool(row[9]), place=row[10], owner=row[11],
        partner=row[12], receipt=row[13], line=row[14], stranger=bool(row[15]), typed=bool(row[16]),
        received_at=row[17], in_service_since=row[18], expiry=row[19], made=row[20], holds=_object(row[21]),
        labels=row[22], out_of_sequence=bool(row[23]), apart=tuple(row[30].split(",")) if row[30] else (),
    )  # fmt: skip
    return state, Standing.of(*row[26:30])


def load(session: Session, unit: str) -> tuple[UnitState, Standing, Row | None]:
    """The unit, where it stands, and its row as stored; an unseen unit has none."""
    row = session.one(_SELECT, (unit,))
    if row is None:
        return unseen(unit), Standing(), None
    return *from_row(row), row


def insert(session: Session, rows: Sequence[Row]) -> None:
    """Writes the rows of units that had none."""
    if len(rows) == 1:
        session.run(INSERT, rows[0])
    elif rows:
        session.many(INSERT, rows)


def store(session: Session, old: Row, new: Row) -> None:
    """Writes what differs between two rows of one unit."""
    changed = [number for number in range(1, len(COLUMNS)) if old[number] != new[number]]
    if changed:
        names = ", ".join(f"{COLUMNS[number]} = ?" for number in changed)
        session.run(f"UPDATE units SET {names} WHERE id = ?", [*(new[number] for number in changed), new[0]])


TALLIES = (
    "SELECT receipt, line, part, sum(quantity) FROM units"
    " WHERE receipt <> '' AND state NOT IN ('', 'expected') GROUP BY receipt, line, part HAVING sum(quantity) <> 0"
)
TALLY_ALL = f"INSERT INTO tallies {TALLIES}"

Tally = tuple[str, str, str]


def tally(row: Row | None) -> tuple[Tally, int] | None:
    """Where a unit counts as come, and for how many pieces: receipt, line, part."""
    if row is None or not row[13] or row[7] in ("", "expected"):
        return None
    return (row[13], row[14], row[1]), row[4]


def store_tallies(session: Session, changes: dict[Tally, int]) -> None:
    """Adds to what has come, by receipt, line and part."""
    for key, pieces in sorted(changes.items()):
        if pieces:
            count(session, *key, pieces)


def _json(value: dict[str, Any]) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode() if value else "{}"


def _object(text: str) -> dict[str, Any]:
    if text == "{}":
        return {}
    value: dict[str, Any] = orjson.loads(text)
    return value
