"""Tables in XLSX workbooks: the first visible sheet that holds something, or the one asked for."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from dockmark.exchange.cells import ErrorCell, FormulaCell, unguarded
from dockmark.exchange.codes import FileFault, FileWarning
from dockmark.exchange.encoding import bad_file
from dockmark.exchange.sheet import Merge, Merges, Sheet
from dockmark.exchange.table import MOST_COLUMNS, Slice, Table, Warned
from dockmark.exchange.workbook import Workbook

_AT_ONCE: Final = 512
_TITLE_ROWS: Final = 10


class SheetTable(Table):
    """A table in a sheet of a workbook."""

    def __init__(self, path: Path, sheet: str, header: "_Header", warnings: Sequence[Warned]) -> None:
        self._header: Final = header
        super().__init__(path, header.cells, warnings, sheet=sheet)

    def slices(self) -> Iterator[Slice]:
        self._check_unchanged()
        with self.path.open("rb") as file:
            sheet = _sheet_named(Workbook(self.path, file), self.sheet)
            merges = Merges(self._header.merges, self.width)
            rows = (
                (number, self._padded(merges.mark(number, cells)))
                for number, cells in sheet.rows(self.width)
                if number > self._header.number
            )
            while part := list(islice(rows, _AT_ONCE)):
                yield Slice([number for number, _ in part], [cells for _, cells in part], even=False)

    def _padded(self, cells: list[str]) -> list[str]:
        """As wide as the table: a sheet leaves out empty cells at the end of a row."""
        cells = [unguarded(cell) if type(cell) is str and cell[:1] == "'" else cell for cell in cells]
        cells.extend([""] * (self.width - len(cells)))
        return cells


class _Header:
    """Where the header stands and what it says."""

    def __init__(self, number: int, cells: list[str], merges: list[Merge], *, titled: bool) -> None:
        self.number: Final = number
        self.cells: Final = cells
        self.merges: Final = merges
        self.titled: Final = titled


def open_sheet(path: Path, file: BinaryIO, name: str = "") -> SheetTable:
    """The table in an open workbook."""
    workbook = Workbook(path, file)
    sheets = [_sheet_named(workbook, name)] if name else _sheets(workbook)
    filled = [found for found in sheets if next(found.rows(1), None) is not None]
    header = _header(filled[0]) if filled else None
    if header is None:
        raise bad_file(path, FileFault.EMPTY)
    if any(isinstance(cell, FormulaCell | ErrorCell) for cell in header.cells):
        raise bad_file(path, FileFault.FORMULA_IN_HEADER)
    others = tuple(found.name for found in filled[1:])
    warnings = [Warned(FileWarning.OTHER_SHEETS, others)] if others else []
    warnings += [Warned(FileWarning.TITLE_SKIPPED)] if header.titled else []
    warnings += [Warned(FileWarning.MERGED_CELLS)] if _touched(header) else []
    return SheetTable(path, filled[0].name, header, warnings)


def _touched(header: _Header) -> bool:
    return any(area.bottom > header.number and area.left < len(header.cells) for area in header.merges)


def _sheets(workbook: Workbook) -> list[Sheet]:
    texts, styles = workbook.texts(), workbook.styles()
    return [Sheet(workbook, part, texts, styles) for part in workbook.sheets if not part.hidden]


def _sheet_named(workbook: Workbook, name: str) -> Sheet:
    for fits in (str, str.casefold):
        for part in workbook.sheets:
            if fits(part.name.strip()) == fits(name.strip()):
                return Sheet(workbook, part, workbook.texts(), workbook.styles())
    names = [part.name for part in workbook.sheets]
    raise bad_file(workbook.path, FileFault.SHEET_UNKNOWN, sheet=name, sheets=names)


def _header(sheet: Sheet) -> _Header | None:
    """The first row, or the one below a title: single cells above a row of several are no header."""
    first = list(islice(sheet.rows(MOST_COLUMNS), _TITLE_ROWS))
    if not first:
        return None
    filled = [sum(1 for cell in cells if cell.strip()) for _, cells in first]
    at = next((place for place, count in enumerate(filled) if count > 1), 0)
    number, cells = first[at]
    return _Header(number, cells, sheet.merges(), titled=at > 0)
