"""Rows of a table as typed values, or as bad with their code. Nothing is lost: every row comes out as one of them.

    for row in read_rows(open_table(path), kind, mapping):
        match row:
            case Good(): …
            case Bad(): …

`read_batches` gives the same by column, some hundred rows at once, and is what a large import uses.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import compress
from typing import Final, NamedTuple, cast

from dockmark.exchange.cells import BrokenLine
from dockmark.exchange.codes import FileFault, FileWarning, RowCode
from dockmark.exchange.columns import Column, Kind, Type
from dockmark.exchange.encoding import bad_file
from dockmark.exchange.lanes import MoneyLane, Taken, lane_for
from dockmark.exchange.mapping import Mapping
from dockmark.exchange.marks import check_digit_holds
from dockmark.exchange.rules import Columns, Rules
from dockmark.exchange.table import Slice, Table, Warned
from dockmark.exchange.values import Fault, Value

_SHOWN: Final = 200
_Troubles = dict[int, list[tuple[RowCode, str]]]
"""Place in the slice to code and field."""


class Trouble(NamedTuple):
    """One thing wrong in a row."""

    code: RowCode
    field: str
    """Empty where it is the row as a whole."""
    value: str
    """What stands in the cell, cut where it is very long; the number of cells where these are too few or many."""


_Doubts = tuple[tuple[int, Trouble], ...]


class Good(NamedTuple):
    """A row whose every cell can be read. Fields that are empty in the file are absent."""

    row: int
    values: dict[str, Value]
    warnings: tuple[Trouble, ...] = ()


class Bad(NamedTuple):
    """A row that cannot be read: the first trouble, and the others."""

    row: int
    code: RowCode
    field: str
    value: str
    cells: tuple[str, ...] = ()
    """As they stand in the file."""
    also: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """Good rows by column (None: empty there), and the bad ones between them."""

    rows: Sequence[int]
    columns: dict[str, Sequence[Value | None]]
    bad: tuple[Bad, ...] = ()
    warnings: _Doubts = ()
    """Row number and what to be warned of in it."""
    full: bool = False
    """No None in any column."""


def read_rows(table: Table, kind: Kind, mapping: Mapping) -> Iterator[Good | Bad]:
    """Every row of the table, in its order."""
    for batch in read_batches(table, kind, mapping):
        if batch.bad:
            both: tuple[Iterable[Good | Bad], ...] = (_goods(batch), batch.bad)
            yield from merge(*both, key=_row_of)
        else:
            yield from _goods(batch)


def _row_of(row: Good | Bad) -> int:
    return row.row


def _goods(batch: Batch) -> Iterator[Good]:
    names = tuple(batch.columns)
    cells = zip(*batch.columns.values(), strict=True)
    if batch.full and not batch.warnings:
        full = cast("Iterator[tuple[Value, ...]]", cells)
        yield from (Good(row, dict(zip(names, values))) for row, values in zip(batch.rows, full, strict=True))  # noqa: B905 - as long by construction, and hot
        return
    warnings: dict[int, tuple[Trouble, ...]] = {}
    for row, trouble in batch.warnings:
        warnings[row] = (*warnings.get(row, ()), trouble)
    for row, found in zip(batch.rows, cells, strict=True):
        values = {name: value for name, value in zip(names, found, strict=True) if value is not None}
        yield Good(row, values, warnings.get(row, ()))


def read_batches(table: Table, kind: Kind, mapping: Mapping) -> Iterator[Batch]:
    """The rows of the table in slices, by column."""
    reader = _Reader(table, kind, mapping)
    for part in table.slices():
        yield reader.batch(part)


class _Reader:
    """Knows how to read the rows of one table."""

    def __init__(self, table: Table, kind: Kind, mapping: Mapping) -> None:
        unknown = [name for name in mapping.columns.values() if name not in table.columns]
        if mapping.missing or unknown or not mapping.columns:
            raise bad_file(table.path, FileFault.COLUMNS_MISSING, columns=[*mapping.missing, *unknown])
        self._table: Final = table
        self._rules: Final = Rules(kind)
        fed = [column for column in kind.columns if column.name in mapping.columns]
        places = {column.name: table.columns.index(mapping.columns[column.name]) for column in fed}
        self._lanes: Final = [
            lane_for(column, places[column.name], mapping) for column in fed if column.type is not Type.MONEY
        ]
        self._money: Final = [
            MoneyLane(column, places[column.name], mapping) for column in fed if column.type is Type.MONEY
        ]
        self._codes: Final = [column.name for column in fed if column.type is Type.SSCC]
        self._places: Final = places

    def batch(self, part: Slice) -> Batch:
        """The rows of one slice."""
        numbers, rows, ragged = (part.numbers, part.rows, ()) if part.even else self._even(part)
        if not rows:
            return Batch((), {}, ragged)
        columns: Columns = {}
        troubles: _Troubles = {}
        gaps = self._take(list(zip(*rows)), columns, troubles, plain=part.even)  # noqa: B905 - nameless cells at the end are left
        self._rules.complete(columns)
        for place in self._headers_among(rows):
            troubles[place] = [(RowCode.HEADER_AGAIN, "")]
        for place, code, field in self._rules.broken(columns, len(rows)):
            troubles.setdefault(place, []).append((code, field))
        self._tell_of_numbers()
        bad = tuple(self._bad(numbers[at], rows[at], troubles[at]) for at in sorted(troubles))
        if troubles:
            kept = [at not in troubles for at in range(len(rows))]
            numbers = list(compress(numbers, kept))
            columns = {name: list(compress(values, kept)) for name, values in columns.items()}
        good = cast("dict[str, Sequence[Value | None]]", columns)
        derived = (values for name, values in good.items() if name not in self._places)
        full = not gaps and not any(None in values for values in derived)
        bad = tuple(merge(bad, ragged, key=_row_of)) if ragged else bad
        return Batch(numbers, good, bad, self._doubtful(numbers, good), full)

    def _headers_among(self, rows: Sequence[Sequence[str]]) -> list[int]:
        """Where the names of the columns stand once more."""
        names = self._table.columns
        first = next(place for place, name in enumerate(names) if name)
        if not any(row[first] == names[first] for row in rows):
            return []
        return [at for at, row in enumerate(rows) if tuple(map(str.strip, row[: len(names)])) == names]

    def _even(self, part: Slice) -> tuple[list[int], list[Sequence[str]], tuple[Bad, ...]]:
        """The rows as wide as the table, and the others as bad."""
        numbers: list[int] = []
        rows: list[Sequence[str]] = []
        ragged: list[Bad] = []
        for number, row in zip(part.numbers, part.rows, strict=True):
            if isinstance(row, BrokenLine):
                ragged.append(Bad(number, row.code, "", row[0][:_SHOWN], row))
            elif len(row) < len(self._table.columns):
                ragged.append(Bad(number, RowCode.TOO_FEW_CELLS, "", str(len(row)), tuple(row)))
            elif len(row) > self._table.width:
                ragged.append(Bad(number, RowCode.TOO_MANY_CELLS, "", str(len(row)), tuple(row)))
            else:
                numbers.append(number)
                rows.append(row)
        return numbers, rows, tuple(ragged)

    def _take(self, cells: list[tuple[str, ...]], columns: Columns, troubles: _Troubles, *, plain: bool) -> bool:
        """Read every mapped column; says whether some cell was empty."""
        gaps = False
        for lane in self._lanes:
            taken = lane.take(cells[lane.index], plain=plain)
            columns[lane.column.name] = taken.values
            gaps = gaps or taken.gaps
            _note_faults(lane.column, taken, troubles)
        for money in self._money:
            currencies = columns.get("currency", ())
            taken, columns["currency"] = money.take(cells[money.index], currencies, plain=plain)
            columns[money.column.name] = taken.values
            gaps = gaps or taken.gaps or None in columns["currency"]
            _note_faults(money.column, taken, troubles)
        return gaps

    def _bad(self, number: int, row: Sequence[str], found: list[tuple[RowCode, str]]) -> Bad:
        troubles = [Trouble(code, field, self._cell(row, field)) for code, field in found]
        first, *others = troubles
        return Bad(number, *first, cells=tuple(row), also=tuple(others))

    def _cell(self, row: Sequence[str], field: str) -> str:
        place = self._places.get(field)
        return "" if place is None else row[place][:_SHOWN]

    def _tell_of_numbers(self) -> None:
        """Once for each column of marks that comes as numbers."""
        for lane in self._lanes:
            if lane.number_seen:
                told = Warned(FileWarning.NUMBER_CELL, (self._table.columns[lane.index],))
                if told not in self._table.warnings:
                    self._table.warnings.append(told)

    def _doubtful(self, numbers: Sequence[int], columns: dict[str, Sequence[Value | None]]) -> _Doubts:
        return tuple(
            (number, Trouble(RowCode.BAD_CHECK_DIGIT, name, value))
            for name in self._codes
            for number, value in zip(numbers, columns[name], strict=True)
            if isinstance(value, str) and not check_digit_holds(value)
        )


def _note_faults(column: Column, taken: Taken, troubles: _Troubles) -> None:
    if taken.faulty:
        for place, value in enumerate(taken.values):
            if isinstance(value, Fault):
                troubles.setdefault(place, []).append((value.code, column.name))
    if taken.gaps and column.required:
        for place, value in enumerate(taken.values):
            if value is None:
                troubles.setdefault(place, []).append((RowCode.MISSING, column.name))
