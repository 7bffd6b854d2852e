"""The plain baselines: what a program does that keeps the same rows as safely, and nothing else.

Never slowed down: no statement is repeated that could be prepared, nothing is committed more often than ours, and no
check is made that ours makes in addition.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from dockmark.database.session import Row


def plain_database(file: Path) -> sqlite3.Connection:
    """A database that is as durable as ours: write-ahead log, synced at each commit."""
    database = sqlite3.connect(file, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("PRAGMA cache_size = -32000")
    return database


@contextmanager
def committed(database: sqlite3.Connection) -> Iterator[None]:
    """One transaction."""
    database.execute("BEGIN IMMEDIATE")
    yield
    database.execute("COMMIT")


class PlainScans:
    """One scan of a plain program: look up, insert one event row, update one unit row, commit."""

    def __init__(self, file: Path, serials: Iterable[str], core: str) -> None:
        self._database = plain_database(file)
        self._core = core
        self._database.executescript(
            "CREATE TABLE units(id INTEGER PRIMARY KEY, serial TEXT UNIQUE, state TEXT, event INTEGER);"
            "CREATE TABLE events(n INTEGER PRIMARY KEY, core TEXT, hash BLOB, sig BLOB)"
        )
        with committed(self._database):
            self._database.executemany(
                "INSERT OR IGNORE INTO units(serial, state, event) VALUES (?, 'expected', 0)",
                ((serial,) for serial in serials),
            )
        self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def scan(self, serial: str) -> None:
        """Keeps one scan."""
        run = self._database.execute
        run("BEGIN IMMEDIATE")
        [unit] = run("SELECT id FROM units WHERE serial = ?", (serial,)).fetchone()
        event = run("INSERT INTO events(core, hash, sig) VALUES (?, ?, ?)", (self._core, b"h" * 32, b"s" * 64))
        run("UPDATE units SET state = 'received', event = ? WHERE id = ?", (event.lastrowid, unit))
        run("COMMIT")

    def close(self) -> None:
        """Lets go of the file."""
        self._database.close()


class PlainTables:
    """Some of a ledger's tables with the same columns, keys and indexes, and without the triggers that guard them."""

    def __init__(self, file: Path, ledger: Path, tables: Sequence[str]) -> None:
        self._database = plain_database(file)
        source = sqlite3.connect(ledger)
        marks = ", ".join("?" * len(tables))
        forms = source.execute(
            f"SELECT sql FROM sqlite_master WHERE tbl_name IN ({marks}) AND type <> 'trigger' AND sql IS NOT NULL"  # noqa: S608 - marks only
            " ORDER BY type DESC",
            tables,
        ).fetchall()
        source.close()
        for (form,) in forms:
            self._database.execute(form)

    def insert(self, tables: Mapping[str, Iterable[Row]]) -> None:
        """Writes these rows, table by table, in one transaction."""
        with committed(self._database):
            for name, rows in tables.items():
                width = len(self._database.execute(f"SELECT * FROM {name} LIMIT 0").description)  # noqa: S608 - a table of ours
                marks = ", ".join("?" * width)
                self._database.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)  # noqa: S608 - a table of ours

    def run(self, statement: str) -> None:
        """Runs one statement, in a transaction of its own."""
        self._database.execute(statement)

    def count(self, table: str) -> int:
        """How many rows a table has."""
        [rows] = self._database.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - a table of ours
        return int(rows)

    def close(self) -> None:
        """Lets go of the file."""
        self._database.close()
