"""Cells that are more than their text, and the guard against spreadsheets that run what they are shown.

A guarded cell carries an apostrophe before the sign that would start a formula. The guard is exactly reversible:
`unguarded(guarded(text)) == text` for every text, and reading takes it off again, so that a file of ours that
comes back means what it meant. The price: a foreign cell that really says '=x (apostrophe, sign) is read as =x.
"""

import re
from typing import Final

from dockmark.exchange.codes import RowCode


class NumberCell(str):
    """A cell that the spreadsheet holds as a number; the text is the number in plain notation."""

    __slots__ = ()


class DateCell(str):
    """A cell that the spreadsheet holds as a date; the text is ISO."""

    __slots__ = ()


class FormulaCell(str):
    """A cell that holds a formula; the text is the formula, its value is not known here."""

    __slots__ = ()


class ErrorCell(str):
    """A cell that says #N/A or the like."""

    __slots__ = ()


class MergedCell(str):
    """A cell under a merged one: the person sees a value there that the file does not hold."""

    __slots__ = ()


class BrokenLine(tuple[str, ...]):
    """A line that could not be taken apart into cells: one cell, the line as it stands."""

    code: RowCode = RowCode.BAD_QUOTING


class OverlongLine(BrokenLine):
    """A line, or a cell in it, longer than anything that could be meant; cut."""

    code = RowCode.TOO_LONG


# Spreadsheets of East Asia take the full-width signs too.
_SIGNS: Final = "=+\\-@\t\r\n＝＋－＠"
_RUNS: Final = re.compile(rf"[\s'\u200b\ufeff]*[{_SIGNS}]")
_HELD_TEXT: Final = re.compile(r'="([^"]*)"')


def guarded(text: str) -> str:
    """The text as a CSV cell that no spreadsheet runs."""
    if text[:1].isalnum():
        return text
    return f"'{text}" if _RUNS.match(text) else text


def unguarded(text: str) -> str:
    """What stood in the cell before it was guarded."""
    return text[1:] if text[:1] == "'" and _RUNS.match(text, 1) else text


def as_meant(cell: str) -> str:
    """The text of a CSV cell: guard taken off, and ="00123", by which programs save leading zeros, opened."""
    first = cell[:1]
    if first == "'":
        return unguarded(cell)
    if first == "=":
        held = _HELD_TEXT.fullmatch(cell)
        return held[1] if held else cell
    return cell
