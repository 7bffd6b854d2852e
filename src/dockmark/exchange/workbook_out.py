"""XLSX files of ours, written row by row in flat memory. Texts are texts: no cell of ours is a formula."""

import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import IO, Final

from dockmark.exchange.files_out import refusing, whole_file

Cell = str | int | date | datetime | None
"""A bool counts as yes or no, a moment is shown in UTC."""

MOST_ROWS: Final = 1_048_576
"""Rows of one sheet; what is beyond goes on in the next."""
_LONGEST: Final = 32_767
_EXACT: Final = 10**15
"""Spreadsheets keep fifteen digits of a number."""
_FIRST_DAY: Final = datetime(1899, 12, 30, tzinfo=UTC)
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
# XML knows no control characters; spreadsheets write them, and what looks like them, by their number.
_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})

_STYLES: Final = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="4"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/>'
    '<xf numFmtId="165" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@contextmanager
def workbook_file(path: Path, sheet: str, titles: Sequence[str]) -> Iterator[Callable[[Sequence[Cell]], None]]:
    """A workbook to add rows to, there once all are; nothing is left of it when the work fails."""
    with whole_file(path) as file:
        book = _Book(path, file, sheet, titles)
        try:
            yield book.add
            book.finish()
        finally:
            book.let_go()


class _Book:
    """The sheets of a workbook, one after another."""

    def __init__(self, path: Path, file: IO[bytes], sheet: str, titles: Sequence[str]) -> None:
        self._path = path
        self._name = re.sub(r"[\[\]:*?/\\'\x00-\x1f]", " ", sheet)[:25].strip() or "Dockmark"
        self._titles = titles
        self._sheets = 0
        self._rows = 0
        self._waiting: list[str] = []
        with refusing(path):
            self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3)
        self._begin()

    def add(self, cells: Sequence[Cell]) -> None:
        """One row more."""
        if self._rows >= MOST_ROWS:
            self._end()
            self._begin()
        self._waiting.append(f"<row>{''.join(map(_cell, cells))}</row>")
        self._rows += 1
        if len(self._waiting) >= 200:
            self._write()

    def finish(self) -> None:
        """What a workbook has beside its sheets."""
        self._end()
        with refusing(self._path):
            for name, text in self._rest().items():
                self._zip.writestr(name, text)
            self._zip.close()

    def let_go(self) -> None:
        """Close what is open still: of a whole workbook nothing is."""
        with suppress(OSError, ValueError):
            self._sheet.close()
        with suppress(OSError, ValueError):
            self._zip.close()

    def _begin(self) -> None:
        self._sheets += 1
        with refusing(self._path):
            self._sheet = self._zip.open(f"xl/worksheets/sheet{self._sheets}.xml", "w", force_zip64=True)
        self._waiting = [
            f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1"'
            ' topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>',
            f"<row>{''.join(_text(title, 1) for title in self._titles)}</row>",
        ]
        self._rows = 1

    def _end(self) -> None:
        self._waiting.append("</sheetData></worksheet>")
        self._write()
        with refusing(self._path):
            self._sheet.close()

    def _write(self) -> None:
        with refusing(self._path):
            self._sheet.write("".join(self._waiting).encode("utf-8", "replace"))
        self._waiting = []

    def _rest(self) -> dict[str, str]:
        numbers = range(1, self._sheets + 1)
        names = [self._name if number == 1 else f"{self._name} {number}" for number in numbers]
        types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        return {
            "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{types}.styles+xml"/>'
            + "".join(
                f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{types}.worksheet+xml"/>'
                for number in numbers
            )
            + "</Types>",
            "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="r1" Type="{_OFFICE}/relationships/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>",
            "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}/relationships"><sheets>'
            + "".join(
                f'<sheet name="{_escaped(name)}" sheetId="{number}" r:id="r{number}"/>'
                for number, name in zip(numbers, names, strict=True)
            )
            + "</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
            + "".join(
                f'<Relationship Id="r{number}" Type="{_OFFICE}/relationships/worksheet"'
                f' Target="worksheets/sheet{number}.xml"/>'
                for number in numbers
            )
            + f'<Relationship Id="rs" Type="{_OFFICE}/relationships/styles" Target="styles.xml"/></Relationships>',
            "xl/styles.xml": _STYLES,
        }


def _cell(cell: Cell) -> str:
    match cell:
        case None | "":
            return "<c/>"
        case bool():
            return f'<c t="b"><v>{int(cell)}</v></c>'
        case int():
            return f"<c><v>{cell}</v></c>" if abs(cell) < _EXACT else _text(str(cell))
        case datetime():
            return f'<c s="3"><v>{(cell - _FIRST_DAY) / timedelta(days=1):.10f}</v></c>'
        case date():
            days = (cell - _FIRST_DAY.date()).days
            # Before March 1900 spreadsheets count a day that there was not.
            return f'<c s="2"><v>{days}</v></c>' if days > 60 else _text(cell.isoformat())
        case _:
            return _text(cell)


def _text(text: str, style: int = 0) -> str:
    style_mark = f' s="{style}"' if style else ""
    return f'<c t="inlineStr"{style_mark}><is><t xml:space="preserve">{_escaped(text[:_LONGEST])}</t></is></c>'


def _escaped(text: str) -> str:
    return _UNWRITABLE.sub(lambda hit: f"_x{ord(hit[0]):04X}_", text).translate(_ESCAPES).replace('"', "&quot;")
