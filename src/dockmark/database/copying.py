"""A whole copy of a ledger's file as it stands at one moment, while others go on writing; and a look at such a copy."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

from dockmark.database.telling import told_of

_PAGES: Final = 2000
"""Pages copied at a time: a hundredth of a second, after which it may be told how far it is, or be called off."""

Progress = Callable[[int, int], None]
"""Told (done, all) now and then; raises to call it off."""


def copy_ledger(file: Path, to: Path, progress: Progress | None = None) -> None:
    """Copies a ledger as it stands now into a new file, which is on the disk when this returns.

    One snapshot is held from the first page to the last: in a write-ahead log nobody waits for that, and no write
    beside it makes the copy begin anew.
    """

    def told(_status: int, left: int, total: int) -> None:
        if progress is not None:
            progress(total - left, total)

    try:
        with closing(sqlite3.connect(file, isolation_level=None)) as source, closing(sqlite3.connect(to)) as target:
            source.execute("PRAGMA busy_timeout = 15000")
            target.execute("PRAGMA synchronous = OFF")
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()
            source.backup(target, pages=_PAGES, progress=told)
            target.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        raise told_of(error) from error
    sync(to)


def is_whole(file: Path) -> bool:
    """Whether SQLite finds nothing wrong with a file: its pages, its rows, its indexes."""
    try:
        with closing(sqlite3.connect(file.resolve().as_uri() + "?mode=ro", uri=True)) as connection:
            found = connection.execute("PRAGMA integrity_check(1)").fetchall()
    except sqlite3.DatabaseError:
        return False
    return bool(found == [("ok",)])


def schema_of(file: Path) -> dict[str, tuple[str, str]]:
    """Name -> kind and text of every trigger and view; nothing in the file is run for it."""
    with closing(sqlite3.connect(file.resolve().as_uri() + "?mode=ro", uri=True)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        rows = connection.execute(
            "SELECT name, type, sql FROM sqlite_master WHERE type IN ('trigger', 'view')"
        ).fetchall()
    return {str(name): (str(kind), _plain(str(text))) for name, kind, text in rows}


def guards() -> dict[str, tuple[str, str]]:
    """Name -> kind and text of the triggers that a ledger of this version has."""
    from dockmark.database import tables

    with closing(sqlite3.connect(":memory:")) as connection:
        for table in tables.metadata.sorted_tables:
            columns = ", ".join(f'"{column.name}"' for column in table.columns)
            connection.execute(f'CREATE TABLE "{table.name}" ({columns})')
        for statement in tables.SQLITE_ONLY:
            connection.execute(statement)
        rows = connection.execute("SELECT name, type, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    return {str(name): (str(kind), _plain(str(text))) for name, kind, text in rows}


def sync(path: Path) -> None:
    """Waits until a file, or the names in a folder, are on the disk."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _plain(text: str) -> str:
    return " ".join(text.split()).replace("IF NOT EXISTS ", "")
