"""What the cells of one row must mean together, asked for some hundred rows at once."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from dockmark.exchange.codes import RowCode
from dockmark.exchange.columns import Kind, Rule
from dockmark.exchange.lanes import Known
from dockmark.exchange.values import Read

Columns = dict[str, Sequence[Read]]
Found = Iterator[tuple[int, RowCode, str]]
"""Place in the slice, code, field."""

_LINE_BEHIND: Final = re.compile(r"(.*[^\s-])-([0-9]{1,5})")
_NUMBER_BEHIND: Final = re.compile(r"(.*?)([0-9]+)")


class Rules:
    """The rules of a kind."""

    def __init__(self, kind: Kind) -> None:
        self._kind: Final = kind
        self._derived: Final[dict[str, Known[Read, Read]]] = {"order": Known(order_of), "line": Known(line_of)}

    def complete(self, columns: Columns) -> None:
        """Add what follows from other cells: the order and line of an order line."""
        if Rule.ORDER_OF_LINE not in self._kind.rules or "order_line" not in columns:
            return
        for name, known in self._derived.items():
            found = known.all(columns["order_line"])
            given = columns.get(name)
            columns[name] = (
                found if given is None else [b if a is None else a for a, b in zip(given, found, strict=True)]
            )

    def broken(self, columns: Columns, count: int) -> Found:
        """Where rows do not hold together."""
        for group in self._kind.one_of:
            yield from _none_of(columns, group, count)
        if Rule.SERIAL_IS_ONE in self._kind.rules and "quantity" in columns and "serial" in columns:
            yield from _serials_of_many(columns["serial"], columns["quantity"])
        if Rule.SERIAL_RANGE in self._kind.rules:
            first, last = self._kind.range_fields
            if first in columns or last in columns:
                gap = (None,) * count
                yield from _bad_ranges(columns.get(first, gap), columns.get(last, gap), first, last)


def order_of(order_line: Read) -> Read:
    """PO000001 of PO000001-1; all of it where it does not look like that."""
    found = _LINE_BEHIND.fullmatch(order_line) if isinstance(order_line, str) else None
    return found[1] if found else order_line if isinstance(order_line, str) else None


def line_of(order_line: Read) -> Read:
    """1 of PO000001-1."""
    found = _LINE_BEHIND.fullmatch(order_line) if isinstance(order_line, str) else None
    return found[2] if found else None


def _none_of(columns: Columns, group: tuple[str, ...], count: int) -> Found:
    given = [columns[name] for name in group if name in columns]
    if all(None in values for values in given):
        for place in range(count):
            if all(values[place] is None for values in given):
                yield place, RowCode.MISSING, group[0]


def _serials_of_many(serials: Sequence[Read], quantities: Sequence[Read]) -> Found:
    for place, (serial, quantity) in enumerate(zip(serials, quantities, strict=True)):
        if isinstance(serial, str) and isinstance(quantity, int) and quantity != 1:
            yield place, RowCode.NOT_ONE, "quantity"


def _bad_ranges(firsts: Sequence[Read], lasts: Sequence[Read], first: str, last: str) -> Found:
    for place, (low, high) in enumerate(zip(firsts, lasts, strict=True)):
        if (low is None) != (high is None):
            yield place, RowCode.MISSING, first if low is None else last
        elif isinstance(low, str) and isinstance(high, str) and not in_order(low, high):
            yield place, RowCode.BAD_RANGE, last


def in_order(low: str, high: str) -> bool:
    """Whether two serials can be the first and the last of a range: the same but for a number that grows.

    Makers also count in letters and hexadecimal: equally long ones may grow as texts do.
    """
    start, end = _NUMBER_BEHIND.fullmatch(low), _NUMBER_BEHIND.fullmatch(high)
    if start and end and start[1] == end[1]:
        return int(start[2]) <= int(end[2])
    return len(low) == len(high) and low <= high
