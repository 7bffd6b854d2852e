"""Questions about units: by mark, by look, by receipt; their history."""

from dataclasses import dataclass

import orjson

from dockmark.custody.state import UnitState, reversals
from dockmark.database.session import Row, Session
from dockmark.identifiers.keys import part_key
from dockmark.lookup import catalogue, timelines
from dockmark.record.event import Seen
from dockmark.record.ids import is_uuid


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """Another unit that bears the mark in hand, or one that looks like it."""

    id: str
    part: str
    serial: str
    state: str
    place: str
    receipt: str
    received_at: int
    held: bool
    lot: str = ""


_TWIN = "SELECT id, part, serial, state, place, receipt, received_at, holds, lot FROM units"


def _twin(row: Row) -> Twin:
    return Twin(
        id=row[0], part=row[1], serial=row[2], state=row[3], place=row[4], receipt=row[5], received_at=row[6],
        held=row[7] != "{}", lot=row[8],
    )  # fmt: skip


def same_mark(session: Session, part: str, serial_key: str) -> list[Twin]:
    """Units of this part and serial."""
    if not serial_key:
        return []
    found = [twin for each in catalogue.part_ids(session, part) for twin in _same_mark(session, each, serial_key)]
    return sorted(found, key=lambda twin: twin.id)[:_MANY]


def _same_mark(session: Session, part: str, serial_key: str) -> list[Twin]:
    rows = session.all(f"{_TWIN} WHERE serial_key = ? AND part = ? ORDER BY id LIMIT {_MANY}", (serial_key, part))
    return [*map(_twin, rows), *_once_called(session, part, serial_key)]


def _once_called(session: Session, part: str, serial_key: str) -> list[Twin]:
    """Units that bear this serial under another of their ids only."""
    if not session.kept(_any_other_ids):
        return []
    rows = session.all(
        f"{_TWIN} WHERE id IN (SELECT a.unit FROM unit_aliases a WHERE a.serial_key = ? AND a.part = ?)"
        f" AND serial_key <> ? ORDER BY id LIMIT {_MANY}",
        (serial_key, part, serial_key),
    )
    return [_twin(row) for row in rows]


def _any_other_ids(session: Session) -> bool:
    """Whether any unit at all was met under several ids."""
    return session.one("SELECT 1 FROM unit_aliases LIMIT 1") is not None


def look_alikes(session: Session, part: str, look_key: str, serial_key: str) -> list[Twin]:
    """Units of this part whose serial looks like this one and is not."""
    return bearers(session, part, look_key, serial_key)[1]


def of_serial(session: Session, serial_key: str) -> list[Twin]:
    """Units of this serial, whatever their part."""
    if not serial_key:
        return []
    return [_twin(row) for row in session.all(f"{_TWIN} WHERE serial_key = ? ORDER BY id LIMIT 50", (serial_key,))]


def bearers(session: Session, part: str, look_key: str, serial_key: str) -> tuple[list[Twin], list[Twin]]:
    """Units of this part that bear this serial, and those whose serial looks like it and is another."""
    if not serial_key:
        return [], []
    same: list[Twin] = []
    others: list[Twin] = []
    for each in catalogue.part_ids(session, part):
        of_mark, alike = _bearers(session, each, look_key, serial_key)
        same += of_mark
        others += alike
    return same, others


def _bearers(session: Session, part: str, look_key: str, serial_key: str) -> tuple[list[Twin], list[Twin]]:
    if look_key != serial_key:
        # Of a serial that is its own look, the look is not indexed: it is found as a serial.
        others = [*_alike(session, part, look_key, serial_key), *_same_mark(session, part, look_key)]
        return _same_mark(session, part, serial_key), sorted(others, key=lambda twin: twin.id)[:_MANY]
    found = session.all(_BEARERS, (serial_key, part, look_key, part))
    if len(found) < _MANY:
        same = [*(_twin(row) for row in found if row[_SAME]), *_once_called(session, part, serial_key)]
        own = {twin.id for twin in same}
        return same, [_twin(row) for row in found if not row[_SAME] and row[0] not in own]
    return _same_mark(session, part, serial_key), _alike(session, part, look_key, serial_key)


def _alike(session: Session, part: str, look_key: str, serial_key: str) -> list[Twin]:
    if not look_key:
        return []
    rows = session.all(
        f"{_TWIN} WHERE look_key = ? AND part = ? AND look_key <> serial_key AND serial_key <> ?"
        f" ORDER BY id LIMIT {_MANY}",
        (look_key, part, serial_key),
    )
    return [_twin(row) for row in rows]


_MANY = 50
_SAME = 9
_BEARERS = (
    f"SELECT * FROM ({_TWIN.replace(' FROM', ', 1 FROM')} WHERE serial_key = ? AND part = ? UNION ALL"
    f" {_TWIN.replace(' FROM', ', 0 FROM')} WHERE look_key = ? AND part = ? AND look_key <> serial_key LIMIT {_MANY})"
    " found ORDER BY id"
)
"""A serial that is its own look, as most are: both kinds at one look, as long as there are not very many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """A unit with the words that people know its part and place by."""

    id: str
    part: str
    part_number: str
    description: str
    serial: str
    lot: str
    quantity: int
    tracking: str
    state: str
    condition: str
    damaged: bool
    place: str
    owner: str
    partner: str
    receipt: str
    line: str
    stranger: bool
    typed: bool
    received_at: int
    in_service_since: str
    expiry: str
    made: str
    holds: dict[str, dict[str, str]]
    labels: int
    out_of_sequence: bool
    disputed: bool
    marks: dict[str, str]
    apart: tuple[str, ...] = ()
    """Ids of units of the same mark that somebody said are not this one."""


_UNIT = (
    "SELECT u.id, u.part, coalesce(p.part_number, ''), coalesce(p.description, ''), u.serial, u.lot, u.quantity,"
    " u.tracking, u.state, u.condition, u.damaged, coalesce(l.code, u.place), u.owner, u.partner, u.receipt, u.line,"
    " u.stranger, u.typed, u.received_at, u.in_service_since, u.expiry, u.made, u.holds, u.labels, u.out_of_sequence,"
    " u.disputed, u.marks, u.apart,"
    " EXISTS (SELECT 1 FROM unit_aliases a WHERE a.unit = u.id AND a.disputed <> '')"
    " FROM units u LEFT JOIN parts p ON p.id = u.part LEFT JOIN places l ON l.id = u.place"
)


def _unit(row: Row) -> UnitRow:
    return UnitRow(
        id=row[0], part=row[1], part_number=row[2], description=row[3], serial=row[4], lot=row[5], quantity=row[6],
        tracking=row[7], state=row[8], condition=row[9], damaged=bool(row[10]), place=row[11], owner=row[12],
        partner=row[13], receipt=row[14], line=row[15], stranger=bool(row[16]), typed=bool(row[17]),
        received_at=row[18], in_service_since=row[19], expiry=row[20], made=row[21], holds=orjson.loads(row[22]),
        labels=row[23], out_of_sequence=bool(row[24]), disputed=row[25] != "" or bool(row[28]),
        marks=orjson.loads(row[26]), apart=tuple(row[27].split(",")) if row[27] else (),
    )  # fmt: skip


def unit(session: Session, identity: str) -> UnitRow | None:
    """The unit of this id."""
    row = session.one(f"{_UNIT} WHERE u.id = ?", (identity,)) or session.one(
        f"{_UNIT} WHERE u.id = (SELECT a.unit FROM unit_aliases a WHERE a.id = ?)", (identity,)
    )
    return None if row is None else _unit(row)


def ids_of(session: Session, identity: str) -> tuple[str, ...]:
    """Every id of the unit that this one means, the one that stands for it first."""
    first = str(session.value("SELECT unit FROM unit_aliases WHERE id = ?", (identity,), identity))
    rows = session.all("SELECT id FROM unit_aliases WHERE unit = ? ORDER BY id", (first,))
    return (first, *(str(row[0]) for row in rows))


def disputed_heads(session: Session, identity: str) -> dict[str, tuple[str, ...]]:
    """Id -> the events of a dispute over it that nobody has settled, of every id of a unit."""
    found = {}
    for each in ids_of(session, identity):
        text = session.value("SELECT disputed FROM units WHERE id = ?", (each,)) or session.value(
            "SELECT disputed FROM unit_aliases WHERE id = ?", (each,), ""
        )
        if text:
            found[each] = tuple(str(text).split(","))
    return found


def units_of_receipt(session: Session, receipt: str, limit: int = 200) -> list[UnitRow]:
    """The units that came in a receipt, the latest first."""
    rows = session.all(
        f"{_UNIT} WHERE u.receipt = ? AND u.receipt <> '' AND u.state NOT IN ('', 'expected')"
        " ORDER BY u.received_at DESC, u.id DESC LIMIT ?",
        (receipt, limit),
    )
    return [_unit(row) for row in rows]


def received_count(session: Session, receipt: str) -> int:
    """How many pieces came in a receipt."""
    return int(session.value("SELECT coalesce(sum(pieces), 0) FROM tallies WHERE receipt = ?", (receipt,)))


def units_by_text(session: Session, text: str, serial_key: str, limit: int = 50) -> list[UnitRow]:
    """Units that a person may mean by this text: an id, a serial, a part number and serial."""
    if is_uuid(text) and (found := unit(session, text)):
        return [found]
    rows = session.all(
        f"{_UNIT} WHERE u.serial_key = ? AND u.serial_key <> '' ORDER BY u.id LIMIT ?", (serial_key, limit)
    )
    if not rows:
        rows = session.all(
            f"{_UNIT} WHERE u.id IN (SELECT a.unit FROM unit_aliases a WHERE a.serial_key = ? AND a.serial_key <> '')"
            " ORDER BY u.id LIMIT ?",
            (serial_key, limit),
        )
    return [_unit(row) for row in rows]


def history(session: Session, identity: str) -> list[Seen]:
    """Every event that changed a unit, under whichever of its ids, in fold order."""
    return timelines.own(session, identity)


def last_act(session: Session, identity: str) -> Seen | None:
    """The event that changed a unit last and is still in effect. Printing a label again changes nothing."""
    events = history(session, identity)
    gone = reversals(events)
    acts = [event for event in events if event.id not in gone and event.type not in ("act_reversed", "label_reprinted")]
    return acts[-1] if acts else None


def narrowed(session: Session, rows: list[UnitRow], part: str, gtin: str) -> list[UnitRow]:
    """Of several units with one serial, those of the part that the label names."""
    wanted = part_key(part)

    def fits(row: UnitRow) -> bool:
        known = catalogue.part(session, row.part)
        return known is not None and (part_key(known.part_number) == wanted or (bool(gtin) and known.gtin == gtin))

    return [row for row in rows if fits(row)]


def as_of(session: Session, state: UnitState) -> UnitRow:
    """A state folded from part of a history, in the words that people know its part and place by."""
    part, place = catalogue.part(session, state.part), catalogue.place(session, state.place)
    return UnitRow(
        id=state.id, part=state.part, part_number=part.part_number if part else "",
        description=part.description if part else "", serial=state.serial, lot=state.lot, quantity=state.quantity,
        tracking=state.tracking, state=state.state, condition=state.condition, damaged=state.damaged,
        place=place.code if place else state.place, owner=state.owner, partner=state.partner, receipt=state.receipt,
        line=state.line, stranger=state.stranger, typed=state.typed, received_at=state.received_at,
        in_service_since=state.in_service_since, expiry=state.expiry, made=state.made, holds=state.holds,
        labels=state.labels, out_of_sequence=state.out_of_sequence, disputed=False, marks=state.marks,
        apart=state.apart,
    )  # fmt: skip
