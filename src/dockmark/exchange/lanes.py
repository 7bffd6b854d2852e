"""Reads the cells of one column, some hundred at a time, into typed values.

This is where the time of an import goes, so most of it happens inside C calls over whole columns: words are
looked at joined together, everything else is converted once for each different text.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from dockmark.exchange.cells import DateCell, ErrorCell, FormulaCell, MergedCell, NumberCell
from dockmark.exchange.codes import RowCode
from dockmark.exchange.columns import MARKS, Column, Type
from dockmark.exchange.dates import date_in
from dockmark.exchange.mapping import Mapping
from dockmark.exchange.marks import DEFAULT_CURRENCY, MARK_CONVERTERS, MINOR_DIGITS, minor_digits
from dockmark.exchange.numbers import mass_in, money_in, months, whole_number
from dockmark.exchange.values import (
    Converter,
    Fault,
    Read,
    code_text,
    free_text,
    one_of,
    several_of,
    surely_settled,
    yes_or_no,
)

_MOST_KNOWN: Final = 20_000
_LONGEST_KNOWN: Final = 200
_DIGITS_KEPT: Final = 15

Key = TypeVar("Key")
Found = TypeVar("Found")


class Known(dict[Key, Found]):
    """What was found out for each key; asked once, and forgotten when it becomes too much."""

    def __init__(self, find: Callable[[Key], Found]) -> None:
        super().__init__()
        self._find: Final = find

    def __missing__(self, key: Key) -> Found:
        found = self._find(key)
        if len(self) >= _MOST_KNOWN:
            self.clear()
        if not isinstance(key, str) or len(key) <= _LONGEST_KNOWN:
            self[key] = found
        return found

    def all(self, keys: Sequence[Key]) -> list[Found]:
        """What was found out for each of them."""
        return list(map(self.__getitem__, keys))


@dataclass(frozen=True, slots=True)
class Taken:
    """The values of some cells of one column."""

    values: Sequence[Read]
    faulty: bool
    """Whether a `Fault` is among them."""
    gaps: bool
    """Whether a None is among them."""


class Lane:
    """One mapped column."""

    def __init__(self, column: Column, index: int, convert: Converter) -> None:
        self.column: Final = column
        self.index: Final = index
        self.number_seen = False
        """Whether a mark was met that the spreadsheet holds as a number."""
        self._convert: Final = convert
        self._known: Final[Known[str, Read]] = Known(convert)
        self._words: Final = column.type in (Type.TEXT, Type.SERIAL)

    def take(self, cells: Sequence[str], *, plain: bool) -> Taken:
        """The values of these cells; `plain` promises that no cell is more than its text."""
        if plain or set(map(type, cells)) == {str}:
            if self._words and surely_settled("|".join(cells)) and max(map(len, cells)) <= self.column.max_length:
                return (
                    Taken([cell or None for cell in cells], False, True) if "" in cells else Taken(cells, False, False)
                )
            values = self._known.all(cells)
        else:
            values = [self.one(cell) for cell in cells]
        kinds = set(map(type, values))
        return Taken(values, Fault in kinds, type(None) in kinds)

    def one(self, cell: str) -> Read:
        """The value of one cell of any kind."""
        match cell:
            case FormulaCell():
                return Fault(RowCode.FORMULA)
            case ErrorCell():
                return Fault(RowCode.ERROR_CELL)
            case MergedCell():
                return Fault(RowCode.MERGED_CELL)
            case DateCell() if self.column.type not in (Type.DATE, Type.TEXT):
                return Fault(RowCode.DATE_CELL)
            case NumberCell() if self.column.type in MARKS:
                return self._number(cell)
            case DateCell() | NumberCell():
                return self._convert(cell)
            case _:
                return self._known[cell]

    def _number(self, cell: str) -> Read:
        self.number_seen = True
        digits = cell.replace(".", "").lstrip("-0")
        return Fault(RowCode.DIGITS_LOST) if len(digits) > _DIGITS_KEPT else self._convert(str(cell))


class MoneyLane:
    """A column of amounts: their minor units hang on the currency of the row."""

    def __init__(self, column: Column, index: int, mapping: Mapping) -> None:
        self.column: Final = column
        self.index: Final = index
        self._default: Final = mapping.units.get(column.name, DEFAULT_CURRENCY)
        self._lanes: Final = {digits: Lane(column, index, money_in(digits, mapping.decimal)) for digits in MINOR_DIGITS}

    def take(self, cells: Sequence[str], currencies: Sequence[Read], *, plain: bool) -> tuple[Taken, Sequence[Read]]:
        """The amounts of these cells and the currency of each; an amount without one has the column's."""
        if not currencies:
            taken = self._lanes[minor_digits(self._default)].take(cells, plain=plain)
            return taken, [None if amount is None else self._default for amount in taken.values]
        used = [word if isinstance(word, str) else self._default for word in currencies]
        digits = {word: minor_digits(word) for word in set(used)}
        if len(set(digits.values())) == 1:
            taken = self._lanes[digits[used[0]]].take(cells, plain=plain)
        else:
            values = [self._lanes[digits[word]].one(cell) for word, cell in zip(used, cells, strict=True)]
            kinds = set(map(type, values))
            taken = Taken(values, Fault in kinds, type(None) in kinds)
        found = zip(currencies, used, taken.values, strict=True)
        return taken, [word if given is None and amount is not None else given for given, word, amount in found]


def lane_for(column: Column, index: int, mapping: Mapping) -> Lane:
    """The lane of a column as the mapping means it."""
    return Lane(column, index, _converter(column, mapping))


def _converter(column: Column, mapping: Mapping) -> Converter:
    match column.type:
        case Type.TEXT:
            return free_text(column.max_length)
        case Type.SERIAL:
            return code_text(column.max_length)
        case Type.INT:
            return whole_number(column.least, column.most, mapping.decimal)
        case Type.MONTHS:
            return months(column.most)
        case Type.MASS:
            return mass_in(mapping.units.get(column.name, "kg"), mapping.decimal)
        case Type.DATE:
            return date_in(mapping.dates)
        case Type.BOOL:
            return yes_or_no
        case Type.WORD:
            return one_of(column.words or {})
        case Type.WORDS:
            return several_of(column.words or {})
        case _:
            return MARK_CONVERTERS[column.type]
