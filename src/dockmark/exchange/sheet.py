"""The rows of one sheet, streamed: what the person sees in each cell, and what kind of cell it is."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from dockmark.exchange.cells import DateCell, ErrorCell, FormulaCell, MergedCell, NumberCell
from dockmark.exchange.workbook import LARGEST_SHEET, LONGEST_CELL, SheetPart, Style, Workbook, local, unescaped

_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_LAST_ROW: Final = 1 << 20
_MOST_MERGES: Final = 20_000
_MERGE: Final = re.compile(
    rb"""<(?:[A-Za-z0-9]{1,20}:)?mergeCell\s+ref\s*=\s*["']([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})["']"""
)
_SEAM: Final = 128

SheetRow = tuple[int, list[str]]


def column_index(letters: str) -> int:
    """A is 0, Z is 25, AA is 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


class Sheet:
    """One sheet of a workbook."""

    def __init__(self, workbook: Workbook, part: SheetPart, texts: list[str], styles: list[Style]) -> None:
        self._workbook: Final = workbook
        self._part: Final = part
        self._texts: Final = texts
        self._styles: Final = styles

    @property
    def name(self) -> str:
        """As its tab says."""
        return self._part.name

    def rows(self, most_columns: int) -> Iterator[SheetRow]:
        """Row number and cells of every row that holds something, the cells as far as the last that does.

        Cells behind `most_columns` come together as one, so that no row is larger than it may be.
        """
        reader = _Rows(self._texts, self._styles, most_columns, since_1904=self._workbook.since_1904)
        slices = self._workbook.parse(self._part.part, LARGEST_SHEET, reader.start, reader.end, reader.text)
        for _ in slices:
            found, reader.found = reader.found, []
            yield from found

    def merges(self) -> list["Merge"]:
        """The merged areas. They stand behind the rows, so the bytes are searched first."""
        found: list[Merge] = []
        seam = b""
        for block in self._workbook.inflated(self._part.part, LARGEST_SHEET):
            if b"mergeCell" not in seam + block:
                seam = block[-_SEAM:]
                continue
            whole = seam + block
            last = 0
            for match in _MERGE.finditer(whole):
                last = match.end()
                found.append(Merge.of(match[1].decode("ascii")))
            seam = whole[max(last, len(whole) - _SEAM) :]
            if len(found) > _MOST_MERGES:
                break
        return found


class Merge:
    """A merged area: its first cell has the value, the others only show it."""

    __slots__ = ("bottom", "left", "right", "top")

    def __init__(self, top: int, left: int, bottom: int, right: int) -> None:
        self.top, self.left, self.bottom, self.right = top, left, bottom, right

    @classmethod
    def of(cls, area: str) -> "Merge":
        """The area of B2:C5."""
        corners = [_REFERENCE.findall(corner)[0] for corner in area.split(":")]
        rows = sorted(int(row) for _, row in corners)
        columns = sorted(column_index(letters) for letters, _ in corners)
        return cls(rows[0], columns[0], rows[1], columns[1])


class _Rows:
    """Collects rows while the XML runs by."""

    def __init__(self, texts: list[str], styles: list[Style], most: int, *, since_1904: bool) -> None:
        self.found: list[SheetRow] = []
        self._texts, self._styles, self._most = texts, styles, most
        self._epoch: Final = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)
        self._numbers: dict[tuple[str, str], str] = {}
        self._row, self._cells, self._column = 0, [""][:0], -1
        self._type, self._style = "n", "0"
        self._value: list[str] = []
        self._formula: list[str] = []
        self._has_formula = False
        self._into: list[str] | None = None
        self._length = 0
        self._aside = 0

    def start(self, tag: str, facts: dict[str, str]) -> None:
        name = tag if ":" not in tag else local(tag)
        if name == "c":
            self._start_cell(facts)
        elif name == "v" or (name == "t" and not self._aside):
            self._into = self._value
        elif name == "f":
            self._into, self._has_formula = self._formula, True
        elif name == "row":
            number = facts.get("r", "")
            given = int(number) if number.isdecimal() and len(number) < 9 else 0
            self._row = given if self._row < given <= _LAST_ROW else self._row + 1
            self._cells, self._column = [], -1
        elif name == "rPh":
            self._aside += 1

    def _start_cell(self, facts: dict[str, str]) -> None:
        found = _REFERENCE.fullmatch(facts.get("r", ""))
        given = column_index(found[1]) if found else -1
        self._column = given if given > self._column else self._column + 1
        self._type, self._style = facts.get("t", "n"), facts.get("s", "0")
        self._value, self._formula, self._has_formula, self._length = [], [], False, 0

    def end(self, tag: str) -> None:
        name = tag if ":" not in tag else local(tag)
        if name in ("v", "t", "f"):
            self._into = None
        elif name == "c":
            self._end_cell()
        elif name == "row":
            if self._cells:
                self.found.append((self._row, self._cells))
            self._cells = []
        elif name == "rPh":
            self._aside -= 1

    def text(self, data: str) -> None:
        if self._into is not None and self._length < LONGEST_CELL:
            self._into.append(data)
            self._length += len(data)

    def _end_cell(self) -> None:
        if not self._value and not self._has_formula:
            return
        cell = self._shown("".join(self._value))
        if not cell.strip() and not self._has_formula:
            return
        at = min(self._column, self._most)
        cells = self._cells
        if at > len(cells):
            cells.extend([""] * (at - len(cells)))
        if at < len(cells):
            return
        cells.append(cell)

    def _shown(self, value: str) -> str:
        """What the person sees in the cell."""
        if self._has_formula:
            return FormulaCell("=" + "".join(self._formula))
        match self._type:
            case "s":
                number = int(value) if value.isdecimal() and len(value) < 9 else -1
                return self._texts[number] if 0 <= number < len(self._texts) else "\ufffd"
            case "inlineStr" | "str":
                return unescaped(value)
            case "b":
                return "true" if value.strip() in {"1", "true"} else "false"
            case "e":
                return ErrorCell(value)
            case "d":
                return DateCell(value)
            case _:
                return self._number(value)

    def _number(self, value: str) -> str:
        known = self._numbers.get((value, self._style))
        if known is None:
            if len(self._numbers) > 10_000:
                self._numbers.clear()
            known = self._numbers[value, self._style] = self._number_shown(value)
        return known

    def _number_shown(self, value: str) -> str:
        number = int(self._style) if self._style.isdecimal() and len(self._style) < 7 else 0
        style = self._styles[number] if number < len(self._styles) else Style()
        try:
            exact = Decimal(value.strip())
            if not exact.is_finite() or abs(exact.adjusted()) > 300:
                return ErrorCell(value)
        except InvalidOperation:
            return ErrorCell(value)
        if style.is_date:
            return self._date_shown(float(exact))
        # Spreadsheets keep 15 digits; what a file shows beyond is the noise of binary fractions.
        rounded = Decimal(format(exact, ".15g")) if len(exact.as_tuple().digits) > 15 else exact
        text = format(rounded.normalize(), "f")
        return NumberCell(text.zfill(style.zeros) if style.zeros and text.isdecimal() else text)

    def _date_shown(self, days: float) -> str:
        if days < 61 and self._epoch.year == 1899:
            days += 1  # the 29 February 1900 that spreadsheets believe in
        try:
            shown = self._epoch + timedelta(seconds=round(days * 86400))
        except OverflowError:
            return ErrorCell(str(days))
        if shown.time() == datetime.min.time():
            return DateCell(shown.date().isoformat())
        return DateCell(shown.isoformat(timespec="seconds"))


class Merges:
    """The merged areas of a sheet, asked row by row from the top."""

    def __init__(self, areas: list[Merge], width: int) -> None:
        self._waiting: Final = sorted(areas, key=lambda area: area.top, reverse=True)
        self._until: Final = [0] * width
        self._firsts: Final = {(area.top, area.left) for area in areas}
        self._lowest = 0

    def mark(self, row: int, cells: list[str]) -> list[str]:
        """The cells with those marked that only show the value of another."""
        while self._waiting and self._waiting[-1].top <= row:
            area = self._waiting.pop()
            self._lowest = max(self._lowest, area.bottom)
            for column in range(area.left, min(area.right + 1, len(self._until))):
                self._until[column] = max(self._until[column], area.bottom)
        if row <= self._lowest:
            for column, bottom in enumerate(self._until):
                if row <= bottom and (row, column) not in self._firsts:
                    cells.extend([""] * (column + 1 - len(cells)))
                    cells[column] = MergedCell("")
        return cells
