"""Tables in text files: CSV with comma, semicolon, tab or bar.

Lines are taken some hundred at a time and handed to the csv module at once. Only where that fails, or a quoted
cell runs over several lines, the same lines are gone through one record at a time, and a quote that is never
closed costs its own line and not the rest of the file.
"""

import csv
import io
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from dockmark.exchange.cells import BrokenLine, OverlongLine, as_meant
from dockmark.exchange.codes import FileFault
from dockmark.exchange.encoding import LONGEST_LINE, TextShape, bad_file, shape_of
from dockmark.exchange.table import MOST_COLUMNS, Slice, Table, Warned

_AT_ONCE: Final = 512
_LONGEST_RECORD: Final = 60
"""Lines that one quoted cell may run over."""
_DELIMITERS: Final = (",", ";", "\t", "|")
_CELL_LIMIT: Final = csv.field_size_limit()


class TextTable(Table):
    """A table in a text file."""

    def __init__(self, path: Path, header: "_Header", shape: TextShape) -> None:
        self._shape: Final = shape
        self._header: Final = header
        super().__init__(path, header.cells, [Warned(code) for code in shape.warnings])

    @property
    def delimiter(self) -> str:
        """The sign between two cells."""
        return self._header.delimiter

    @property
    def encoding(self) -> str:
        """The encoding under which the file is read."""
        return self._shape.encoding

    def slices(self) -> Iterator[Slice]:
        self._check_unchanged()
        with self.path.open("rb") as file:
            lines = _lines(file, self._shape)
            for _ in islice(lines, self._header.lines):
                pass
            number = self._header.number + 1
            while block := list(islice(lines, _AT_ONCE)):
                rows = self._at_once(block)
                if rows is None:
                    rows = list(self._one_by_one(block, lines))
                if self._shape.apostrophes:
                    rows = [_as_meant(row) for row in rows]
                yield self._slice(number, rows)
                number += len(rows)

    def _at_once(self, block: list[str]) -> Sequence[Sequence[str]] | None:
        """The rows of these lines, one from each; None where that is not so."""
        if self._shape.long_lines and max(map(len, block)) >= LONGEST_LINE:
            return None
        try:
            rows = list(_reader(block, self.delimiter))
        except csv.Error:
            return None
        return rows if len(rows) == len(block) else None

    def _one_by_one(self, block: list[str], lines: Iterator[str]) -> Iterator[Sequence[str]]:
        waiting = deque(block)
        while waiting:
            yield _record(waiting, lines, self.delimiter)[0]

    def _slice(self, number: int, rows: Sequence[Sequence[str]]) -> Slice:
        numbers: Sequence[int] = range(number, number + len(rows))
        if not all(map(any, rows)):
            kept = [(at, row) for at, row in zip(numbers, rows, strict=True) if any(row)]
            numbers, rows = [at for at, _ in kept], [row for _, row in kept]
        widths = set(map(len, rows))
        broken = set(map(type, rows)) & {BrokenLine, OverlongLine}
        if not rows or (not broken and len(self.columns) <= min(widths) and max(widths) <= self.width):
            return Slice(numbers, rows, even=True)
        return Slice(numbers, [self._without_tail(row) for row in rows], even=False)

    def _without_tail(self, row: Sequence[str]) -> Sequence[str]:
        """The row without empty cells behind the last column: programs write delimiters too many."""
        if isinstance(row, BrokenLine) or any(map(str.strip, row[self.width :])):
            return row
        return row[: self.width]


class _Header:
    """Where the header stands and what it says."""

    def __init__(self, cells: Sequence[str], delimiter: str, lines: int, number: int) -> None:
        self.cells: Final = cells
        self.delimiter: Final = delimiter
        self.lines: Final = lines
        """Lines of the file up to its end."""
        self.number: Final = number
        """Its row number."""


def open_text(path: Path, file: BinaryIO, size: int, encoding: str = "") -> TextTable:
    """The table in an open text file."""
    shape = shape_of(path, file, size, encoding)
    file.seek(0)
    return TextTable(path, _header(path, _lines(file, shape)), shape)


def _lines(file: BinaryIO, shape: TextShape) -> Iterator[str]:
    text = io.TextIOWrapper(file, encoding=shape.encoding, errors="replace", newline=None)
    return _cut(text) if shape.long_lines else text


def _cut(text: io.TextIOWrapper) -> Iterator[str]:
    """The lines, none longer than LONGEST_LINE; what is behind is dropped (the row will be called too long)."""
    while line := text.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE and line[-1] != "\n":
            while (rest := text.readline(LONGEST_LINE)) and rest[-1] != "\n":
                pass
        yield line


def _reader(lines: Sequence[str] | Iterator[str], delimiter: str) -> "Iterator[list[str]]":
    return csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)


def _record(waiting: deque[str], lines: Iterator[str], delimiter: str) -> tuple[Sequence[str], int]:
    """One record and how many lines it took; a broken one is its first line, the others wait again."""
    taken: list[str] = []

    def feed() -> Iterator[str]:
        while len(taken) < _LONGEST_RECORD:
            line = waiting.popleft() if waiting else next(lines, None)
            if line is None or (taken and len(line) >= LONGEST_LINE):
                return
            taken.append(line)
            yield line

    try:
        cells: Sequence[str] = next(_reader(feed(), delimiter))
    except csv.Error:
        waiting.extendleft(reversed(taken[1:]))
        first = taken[0].rstrip("\n")
        return (OverlongLine((first,)) if len(first) > _CELL_LIMIT else BrokenLine((first,))), 1
    return (OverlongLine((taken[0],)) if len(taken[0]) >= LONGEST_LINE else cells), len(taken)


def _as_meant(row: Sequence[str]) -> Sequence[str]:
    if isinstance(row, BrokenLine):
        return row
    return [as_meant(cell) if cell[:1] in ("'", "=") and cell else cell for cell in row]


def _header(path: Path, lines: Iterator[str]) -> _Header:
    """The first line that is not empty, and the delimiter that parts it; `sep=;` above it is taken at its word."""
    passed, number, delimiter = 0, 1, ""
    for line in lines:
        passed += 1
        if not delimiter and passed == 1 and line.lower().startswith("sep=") and len(line.rstrip("\n")) == 5:
            delimiter = line[4]
            continue
        if line.strip(" \t\n;,|\ufeff"):
            return _header_from(path, line, lines, delimiter, passed, number)
        number += 1
    raise bad_file(path, FileFault.NO_HEADER)


def _header_from(path: Path, line: str, lines: Iterator[str], delimiter: str, passed: int, number: int) -> _Header:
    waiting = deque([line])
    while sum(part.count('"') for part in waiting) % 2 and len(waiting) < _LONGEST_RECORD:
        more = next(lines, None)
        if more is None:
            break
        waiting.append(more)
    delimiter = delimiter or _delimiter("".join(waiting))
    if line.count(delimiter) >= 2 * MOST_COLUMNS:
        raise bad_file(path, FileFault.TOO_MANY_COLUMNS, columns=line.count(delimiter) + 1, most=MOST_COLUMNS)
    cells, taken = _record(waiting, iter(()), delimiter)
    if isinstance(cells, BrokenLine):
        raise bad_file(path, FileFault.NO_HEADER)
    return _Header([as_meant(cell) for cell in cells], delimiter, passed - 1 + taken, number)


def _delimiter(header: str) -> str:
    """The sign that parts most cells of the header, outside quotes where there are any."""
    outside = "".join(header.split('"')[::2])
    first = header.partition("\n")[0]
    return max(_DELIMITERS, key=lambda sign: (outside.count(sign), first.count(sign)))
