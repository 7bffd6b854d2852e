"""Writes a list to a file: CSV, XLSX or JSON, whole or not there."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final, Protocol

import orjson

from dockmark.exchange.csv_out import csv_file
from dockmark.exchange.files_out import refusing, whole_file
from dockmark.exchange.workbook_out import workbook_file
from dockmark.lookup.lists.columns import Column, Kind, Value
from dockmark.lookup.lists.filters import Query
from dockmark.lookup.lists.known import listing
from dockmark.lookup.lists.paging import Cells
from dockmark.record.clock import as_moment, as_text
from dockmark.record.refusal import Refusal, Refused
from dockmark.wording.lists import cell_word, column_word, list_word

Progress = Callable[[int, int], None]
SUFFIXES: Final = (".csv", ".xlsx", ".json")
STEP: Final = 500
"""After so many rows the progress is told, and whether to stop is asked."""

Cell = str | int | date | datetime | None
Add = Callable[[Cells], None]


class Cancel(Protocol):
    """Whatever says whether somebody wants no more of it: an `Event`."""

    def is_set(self) -> bool: ...


@dataclass(frozen=True)
class Table:
    """What is written: the rows of a list, and how they are said."""

    query: Query
    columns: tuple[str, ...]
    rows: Iterable[Cells]
    total: int
    words: bool = False


class _Stopped(Exception):  # noqa: N818 - somebody's wish, no error
    """Somebody wants no more of it."""


def suffix_of(path: Path) -> str:
    """The form of a file by its name; refuses one that is not known."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise Refusal(Refused.BAD_VALUE, field="to", value=path.suffix[:40] or path.name[:40])
    return suffix


def write(table: Table, path: Path, progress: Progress | None, stops: Sequence[Cancel]) -> int:
    """Write the file; says how many rows it has, or -1 where it was stopped and nothing was left."""
    done = 0
    try:
        with _opened(table, path) as add:
            for row in table.rows:
                if done % STEP == 0:
                    _tell(table, done, progress, stops)
                add(row)
                done += 1
            _tell(table, done, progress, stops)
    except _Stopped:
        return -1
    return done


def _tell(table: Table, done: int, progress: Progress | None, stops: Sequence[Cancel]) -> None:
    if any(stop.is_set() for stop in stops):
        raise _Stopped
    if progress is not None:
        progress(done, table.total)


@contextmanager
def _opened(table: Table, path: Path) -> Iterator[Add]:
    columns = [listing(table.query.list).column(key) for key in table.columns]
    suffix = suffix_of(path)
    titles = [_title(column, suffix) if table.words else column.key for column in columns]
    if suffix == ".xlsx":
        name = list_word(table.query.list) if table.words else table.query.list
        with workbook_file(path, name, titles) as add_cells:
            yield lambda row: add_cells([_typed(*pair, words=table.words) for pair in zip(columns, row, strict=True)])
    elif suffix == ".csv":
        with csv_file(path, titles) as add_line:
            yield lambda row: add_line([_plain(*pair, words=table.words) for pair in zip(columns, row, strict=True)])
    else:
        with _json_file(path) as add_object:
            yield lambda row: add_object(
                {column.key: _plain(column, value, words=False) for column, value in zip(columns, row, strict=True)}
            )


def _title(column: Column, suffix: str) -> str:
    title = column_word(column.key)
    return f"{title} (UTC)" if column.kind is Kind.MOMENT and suffix == ".xlsx" else title


def _plain(column: Column, value: Value, *, words: bool) -> str | int | None:
    """A cell of a CSV file: times in ISO 8601 with Z."""
    match column.kind:
        case Kind.MOMENT:
            return as_text(value) if isinstance(value, int) and value else ""
        case Kind.FLAG:
            return bool(value)
        case Kind.STATE if words:
            return cell_word(column.words, str(value or ""))
        case _:
            return value


def _typed(column: Column, value: Value, *, words: bool) -> Cell:
    """A cell of a workbook: days and times as such."""
    match column.kind:
        case Kind.MOMENT:
            return as_moment(value) if isinstance(value, int) and value else None
        case Kind.DAY if value:
            try:
                return date.fromisoformat(str(value))
            except ValueError:
                return value
        case _:
            return _plain(column, value, words=words)


@contextmanager
def _json_file(path: Path) -> Iterator[Callable[[dict[str, str | int | None]], None]]:
    """A JSON array, an object a line."""
    with whole_file(path) as file:
        between = b"[\n"

        def add(row: dict[str, str | int | None]) -> None:
            nonlocal between
            with refusing(path):
                file.write(between + orjson.dumps(row))
            between = b",\n"

        yield add
        with refusing(path):
            file.write(b"[]\n" if between == b"[\n" else b"\n]\n")
