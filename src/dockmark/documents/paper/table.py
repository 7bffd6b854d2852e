"""Tables of any length: repeated heads, rows that are never torn, sums carried over from page to page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from dockmark.documents.draw import POINTS_PER_MM as MM
from dockmark.documents.paper.flow import Flow
from dockmark.documents.paper.press import GREY, HAIR, INK, TINT
from dockmark.documents.paper.type import Style, plain, width_of, wrapped
from dockmark.wording import _

_PAD: Final = 3.2
_GUTTER: Final = 2.6 * MM
_CARRY: Final = 15.0
_FIRST: Final = Style.BODY.leading
"""The first lines of all cells of a row stand on one baseline."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, its share of the width, how its values stand."""

    title: str
    share: float
    align: Literal["left", "right"] = "left"
    style: Style = Style.BODY
    most: int = 2
    """Lines of a value; 0 for as many as it takes: a serial is never cut."""
    below: int = 1
    """Lines of each small text below it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, and what stands below it in small."""

    text: str = ""
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """Cells from the left, and what the row adds to the sums."""

    cells: Sequence[Cell]
    adds: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, and how the sums so far are said; without that nothing is summed."""

    columns: Sequence[Column]
    sums: Callable[[tuple[int, ...]], str] | None = None
    total: str = ""
    """What stands before the last sum."""
    name: str = field(default="")


class _Setting:
    """A table on its way down the pages."""

    def __init__(self, flow: Flow, table: Table) -> None:
        self._flow = flow
        self._table = table
        shares = sum(column.share for column in table.columns)
        free = flow.width - _GUTTER * (len(table.columns) - 1)
        self._widths = [free * column.share / shares for column in table.columns]
        self._lefts = [
            flow.left + sum(self._widths[:number]) + _GUTTER * number for number in range(len(table.columns))
        ]
        self._sums: tuple[int, ...] = ()
        self._reserve = _CARRY if table.sums else 0.0
        self._rows = 0

    def run(self, rows: Iterable[Row]) -> int:
        self._head()
        for row in rows:
            laid = [self._lines(number, cell) for number, cell in enumerate(row.cells)]
            height = 2 * _PAD + max((_height(lines) for lines in laid), default=_FIRST)
            if self._flow.room < height + self._reserve:
                self._break()
            self._draw(laid, height)
            self._sums = tuple(
                [sum(pair) for pair in zip(self._sums, row.adds, strict=True)] if self._sums else row.adds
            )
            self._rows += 1
        if self._table.sums and self._rows:
            self._sum_line(self._table.total, Style.STRONG)
        self._flow.space(4 * MM)
        return self._rows

    def _lines(self, number: int, cell: Cell) -> list[tuple[str, Style]]:
        column, width = self._table.columns[number], self._widths[number]
        lines = [(line, column.style) for line in wrapped(cell.text, column.style, width, column.most)]
        for text in cell.below:
            lines += [(line, Style.SMALL) for line in wrapped(text, Style.SMALL, width, column.below) if line]
        return lines

    def _head(self) -> None:
        """The titles on a tint, in two lines where a language needs them."""
        flow, style = self._flow, Style.CAPTION
        titles = [
            wrapped(column.title, style, width, 2)
            for column, width in zip(self._table.columns, self._widths, strict=True)
        ]
        height = max(map(len, titles)) * style.leading + 5
        flow.need(height + 40)
        flow.press.plate(flow.left, flow.y, flow.width, height, TINT)
        for number, lines in enumerate(titles):
            for above, line in enumerate(reversed(lines)):
                self._put(number, flow.y + height - 4.4 - above * style.leading, style, line, GREY)
        flow.space(height)

    def _draw(self, laid: Sequence[Sequence[tuple[str, Style]]], height: float) -> None:
        flow = self._flow
        for number, lines in enumerate(laid):
            y = flow.y + _PAD
            for place, (line, style) in enumerate(lines):
                y += style.leading if place else _FIRST
                self._put(number, y - _FIRST * 0.24, style, line, GREY if style is Style.SMALL else INK)
        flow.space(height)
        flow.press.rule(flow.left, flow.y, flow.width, 0.3, HAIR)

    def _put(self, number: int, baseline: float, style: Style, text: str, colour: tuple[float, float, float]) -> None:
        press, left = self._flow.press, self._lefts[number]
        if not press.draws:
            return
        if self._table.columns[number].align == "right":
            press.right(left + self._widths[number], baseline, style, text, colour)
        else:
            press.text(left, baseline, style, text, colour)

    def _break(self) -> None:
        """To the next page: the sums go along, the head comes again."""
        if self._table.sums and self._rows:
            self._sum_line(_("Carried over"), Style.SMALL)
        self._flow.turn()
        self._head()
        if self._table.sums and self._rows:
            self._sum_line(_("Brought forward"), Style.SMALL)

    def _sum_line(self, words: str, style: Style) -> None:
        assert self._table.sums is not None
        flow = self._flow
        told = plain(self._table.sums(self._sums), style)
        right = flow.left + flow.width
        colour = GREY if style is Style.SMALL else INK
        flow.press.right(right, flow.y + 10.4, style, told, colour)
        flow.press.right(right - width_of(told, style) - 3 * MM, flow.y + 10.4, style, plain(words, style), colour)
        flow.space(_CARRY)


def _height(lines: Sequence[tuple[str, Style]]) -> float:
    return _FIRST + sum(style.leading for _text, style in lines[1:])


def set_table(flow: Flow, table: Table, rows: Iterable[Row]) -> int:
    """Sets a table; says how many rows it had."""
    return _Setting(flow, table).run(rows)
