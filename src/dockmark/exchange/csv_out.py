"""CSV files of ours: UTF-8, comma, RFC 4180 quoting, no cell that a spreadsheet would run; whole or not there."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from dockmark.exchange.cells import guarded
from dockmark.exchange.files_out import refusing, whole_file
from dockmark.exchange.rows import Bad

Cell = str | int | bool | None
BAD_COLUMNS: Final = ("bad_row", "bad_code", "bad_field")


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write a whole file, or leave what was there; says how many rows it has.

    Texts are guarded (see `cells`), numbers are not; None is an empty cell, bools are true and false.
    """
    count = 0
    with csv_file(path, columns) as add:
        for row in rows:
            add(row)
            count += 1
    return count


@contextmanager
def csv_file(path: Path, columns: Sequence[str]) -> Iterator[Callable[[Sequence[Cell]], None]]:
    """A file to add rows to, there once all are; nothing is left of it when the work fails."""
    with whole_file(path) as raw:
        file = io.TextIOWrapper(raw, "utf-8", errors="replace", newline="")
        writer = csv.writer(file)

        def add(row: Sequence[Cell]) -> None:
            with refusing(path):
                writer.writerow([_written(cell) for cell in row])

        add(columns)
        yield add
        with refusing(path):
            file.flush()
            file.detach()


@contextmanager
def bad_rows_file(path: Path, columns: Sequence[str]) -> Iterator[Callable[[Bad], None]]:
    """A file for the bad rows of a table with these columns: why first, then the cells as they were.

    The file can be put right and imported again; a second one made from it has its reasons in place of the first.
    """
    kept = [place for place, name in enumerate(columns) if name not in BAD_COLUMNS]
    ours = len(columns) - len(kept)
    with csv_file(path, (*BAD_COLUMNS, *(columns[place] for place in kept))) as add_row:

        def add(bad: Bad) -> None:
            cells: Sequence[str] = bad.cells
            if ours and len(cells) >= len(columns):
                cells = (*(cells[place] for place in kept), *cells[len(columns) :])
            add_row((bad.row, bad.code.value, bad.field, *cells))

        yield add


def _written(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case int():
            return str(cell)
        case _:
            return guarded(cell)
