"""Units and parts that are one under several ids: which, and what their rows say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dockmark.catalog.imports import Withdrawals
from dockmark.custody.bonds import Bonds, Reader, bonds_of, gathered, merged
from dockmark.custody.state import UnitState, fold_joined, folded
from dockmark.database.session import Row, Session
from dockmark.identifiers.keys import look_key, serial_key
from dockmark.ledger import projections
from dockmark.ledger.projections import Rows
from dockmark.ledger.unit_rows import Standing
from dockmark.ledger.withdrawing import undone_left
from dockmark.record.event import Seen

ALIAS_COLUMNS = (
    "id", "unit", "part", "serial", "lot", "serial_key", "look_key", "heads", "last_ts", "events", "disputed"
)  # fmt: skip
_INSERT = f"INSERT OR REPLACE INTO unit_aliases VALUES ({', '.join('?' * len(ALIAS_COLUMNS))})"
_ALIAS = "SELECT unit, heads, last_ts, events, disputed FROM unit_aliases WHERE id = ?"


@dataclass(frozen=True, slots=True)
class Alias:
    """Another id of a unit, what it was called under it, and the events under it that build on nothing later."""

    id: str
    unit: str
    part: str
    serial: str
    lot: str

    def row(self, standing: Standing) -> Row:
        """As it is stored."""
        return (
            self.id, self.unit, self.part, self.serial, self.lot, serial_key(self.serial), look_key(self.serial),
            *standing.columns(),
        )  # fmt: skip

    @property
    def text(self) -> str:
        """What the search finds it by."""
        return " ".join(each for each in (self.serial, self.lot) if each)


@dataclass(frozen=True, slots=True)
class One:
    """A unit with all its ids, as it stands; `state` is None where everything said of it was taken back."""

    state: UnitState | None
    aliases: tuple[Alias, ...]
    histories: dict[str, Sequence[Seen]]
    """Id -> its own events."""


def units_in(read: Reader, unit: str, gone: Withdrawals) -> list[One]:
    """Every unit that words on bonds link with this one, itself among them, in the order of their ids."""
    histories = gathered(read, "unit", unit)
    bonds = bonds_of("unit", _counting(histories, gone))
    return [_one(first, histories, bonds, gone) for first in sorted({ids[0] for ids in bonds.sets.values()})]


def unit_at(read: Reader, unit: str, gone: Withdrawals) -> One:
    """The unit that this id means."""
    histories = gathered(read, "unit", unit)
    bonds = bonds_of("unit", _counting(histories, gone))
    return _one(bonds.first(unit), histories, bonds, gone)


def part_rows(read: Reader, part: str, gone: Withdrawals) -> Iterator[tuple[tuple[str, ...], Rows]]:
    """Every part that words on bonds link with this one: all its ids, and their rows, which differ in their ids only.

    The row of each further id names the first one: what is kept under it means the same part.
    """
    histories = gathered(read, "part", part)
    counting = _counting(histories, gone, "part")
    for ids in sorted(set(bonds_of("part", counting).sets.values())):
        events = undone_left(merged(counting.get(each, ()) for each in ids))
        rows: Rows = {"parts": []}
        for each in ids if events else ():
            rows["parts"] += projections.part_row(each, events, "" if each == ids[0] else ids[0])
        yield ids, rows


def _counting(histories: dict[str, Sequence[Seen]], gone: Withdrawals, kind: str = "unit") -> dict[str, Sequence[Seen]]:
    return {each: gone.left(f"{kind}:{each}", events) for each, events in histories.items()}


def _one(first: str, histories: dict[str, Sequence[Seen]], bonds: Bonds, gone: Withdrawals) -> One:
    ids = bonds.sets[first]
    withdrawn = {each: gone.gone(f"unit:{each}", histories.get(each, ())) for each in ids}
    own = {each: histories.get(each, ()) for each in ids}
    if all(len(withdrawn[each]) == len(own[each]) for each in ids):
        return One(None, (), own)
    events = merged(own.values())
    lost = frozenset[str]().union(*withdrawn.values())
    state = fold_joined(first, events, lost) if len(ids) > 1 else UnitState(**vars(folded(first, events, lost)))
    state.apart = tuple(sorted({other for each in ids for other in bonds.apart.get(each, ())}))
    return One(state, tuple(_alias(each, first, own[each], withdrawn[each]) for each in ids[1:]), own)


def _alias(identity: str, unit: str, events: Sequence[Seen], gone: frozenset[str]) -> Alias:
    called = folded(identity, events, gone)
    return Alias(identity, unit, called.part, called.serial, called.lot)


def alias_of(session: Session, identity: str) -> tuple[str, Standing] | None:
    """The unit that this other id means, and where the id stands; None where it is no other id."""
    row = session.one(_ALIAS, (identity,))
    return None if row is None else (row[0], Standing.of(*row[1:]))


def store_alias(session: Session, row: Row) -> None:
    """Writes another id of a unit."""
    session.run(_INSERT, row)


def forget_alias(session: Session, identity: str) -> None:
    """An id that means a unit of its own."""
    session.run("DELETE FROM unit_aliases WHERE id = ?", (identity,))
