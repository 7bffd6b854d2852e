"""One connection to a ledger, used by one thread at a time."""

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from dockmark.database.patience import LOOK_MS, Patience
from dockmark.database.pool import Pool
from dockmark.database.telling import told_of
from dockmark.database.texts import Texts, TrailingTexts
from dockmark.record.refusal import Conflict

Row = tuple[Any, ...]
Values = Sequence[object]
T = TypeVar("T")

_MOST_KEPT = 5000
"""Answers kept at once: more than a delivery needs, little enough to forget."""


class Session:
    """Runs statements on one connection. Hot paths go straight to the driver: the statement text is the cache key."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._held = pool.lend()
        self._is_closed = False
        self._cursor: Any = self._held.cursor()
        self.in_transaction = False
        self._patience: Patience | None = None
        self._kept: dict[object, Any] = {}
        self._version = -1

    def wait_with(self, patience: Patience) -> None:
        """Begin write transactions with that patience while another program holds the database."""
        self._patience = patience
        self.run(f"PRAGMA busy_timeout = {LOOK_MS}")

    def run(self, sql: str, values: Values = ()) -> None:
        """Runs one statement."""
        try:
            self._cursor.execute(sql, values)
        except sqlite3.OperationalError as error:
            raise told_of(error) from error

    def many(self, sql: str, rows: Iterable[Values]) -> None:
        """Runs one statement for each row."""
        try:
            self._cursor.executemany(sql, rows)
        except sqlite3.OperationalError as error:
            raise told_of(error) from error

    def one(self, sql: str, values: Values = ()) -> Row | None:
        """The first row of an answer, or None."""
        try:
            row: Row | None = self._cursor.execute(sql, values).fetchone()
        except sqlite3.OperationalError as error:
            raise told_of(error) from error
        return row

    def all(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of an answer."""
        try:
            rows: list[Row] = self._cursor.execute(sql, values).fetchall()
        except sqlite3.OperationalError as error:
            raise told_of(error) from error
        return rows

    def value(self, sql: str, values: Values = (), default: Any = None) -> Any:
        """The first column of the first row, or the default."""
        row = self.one(sql, values)
        return default if row is None else row[0]

    def stream(self, sql: str, values: Values = (), page: int = 2000) -> Iterator[Row]:
        """Rows one after another, on a cursor of their own, fetched in pages."""
        try:
            cursor: Any = self._held.cursor()
            cursor.execute(sql, values)
            while rows := cursor.fetchmany(page):
                yield from rows
        except sqlite3.OperationalError as error:
            raise told_of(error) from error

    @property
    def last_row(self) -> int:
        """The number of the row that the last statement inserted."""
        return int(self._cursor.lastrowid)

    @property
    def changed(self) -> int:
        """How many rows the last statement changed."""
        return int(self._cursor.rowcount)

    @property
    def texts(self) -> Texts:
        """How texts are found that hold some letters."""
        return TrailingTexts()

    def indexes(self, tables: Sequence[str]) -> list[Row]:
        """Name and making of the indexes over whole tables that may be taken away for a while and made again.

        One over a few rows stays: for those it is not worth going through all.
        """
        return self.all(
            f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
            f" AND tbl_name IN ({', '.join('?' * len(tables))}) AND instr(upper(sql), ' WHERE ') = 0",
            tables,
        )

    def numbers(self, count: int, last: int) -> Sequence[int]:
        """Numbers for so many events, in the order of their coming here."""
        return range(last + 1, last + count + 1)

    def kept(self, question: Callable[..., T], *values: str) -> T:
        """The answer to a question about what seldom changes: within a write transaction it is asked once.

        It is kept into the next transactions too, as long as no other connection writes, and until `forget` is called.
        """
        if not self.in_transaction:
            return question(self, *values)
        key = (question, *values)
        try:
            answer: T = self._kept[key]
        except KeyError:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            answer = self._kept[key] = question(self, *values)
        return answer

    def follow(self, change: Callable[[T], T], question: Callable[..., T], *values: str) -> None:
        """What was just written changes the answer to a question in this way: where it is kept, it follows."""
        key = (question, *values)
        if key in self._kept:
            self._kept[key] = change(self._kept[key])

    def keep(self, name: str, value: object) -> None:
        """Keeps a value under a name for the next transaction, as long as an answer would be kept."""
        self._kept[name] = value

    def take(self, name: str) -> Any:
        """What was kept under this name, which is then kept no more; or None."""
        return self._kept.pop(name, None)

    def forget(self) -> None:
        """What was kept may have changed: everything is asked anew."""
        self._kept.clear()

    def begin(self) -> None:
        """Begins a write transaction. What was kept is forgotten where another connection has written since."""
        self._begin()
        self.in_transaction = True
        try:
            version = int(self.value("PRAGMA data_version"))
        except BaseException:
            self.roll_back()
            raise
        if version != self._version:
            self._version = version
            self.forget()

    def begin_taking(self, names: Iterable[str]) -> None:
        """Begins a write transaction over these subjects and no others; in one file nobody writes beside it."""
        self.begin()

    def commit(self, proof: str = "") -> None:
        """Ends a write transaction: what was written is durable. `proof` is the id of an event that it wrote."""
        self.run("COMMIT")
        self.in_transaction = False

    def roll_back(self) -> None:
        """Ends a write transaction: nothing of it remains."""
        self.in_transaction = False
        self.forget()
        self._roll_back()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One write transaction: nothing of it remains when the block raises."""
        self.begin()
        try:
            yield
            self.commit()
        except BaseException:
            self.roll_back()
            raise

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One snapshot: everything read in the block is from the same moment."""
        self.run("BEGIN")
        try:
            yield
        finally:
            self._roll_back()

    @contextmanager
    def unhurried(self) -> Iterator[None]:
        """What is asked in the block may take long; in a file, everything may."""
        yield

    def interrupt(self) -> None:
        """Ends the statement that runs now, from another thread."""
        self._held.interrupt()

    def close(self) -> None:
        """Gives the connection back."""
        self._cursor.close()
        if not self._is_closed:
            self._is_closed = True
            self._pool.take_back(self._held)

    def _begin(self) -> None:
        if self._patience is None:
            self.run("BEGIN IMMEDIATE")
            return
        since = time.monotonic()
        try:
            while True:
                try:
                    self.run("BEGIN IMMEDIATE")
                    return
                except Conflict:
                    if not self._patience.lasts(time.monotonic() - since):
                        raise
        finally:
            self._patience.ended()

    def _roll_back(self) -> None:
        if self._held.in_transaction:
            self._cursor.execute("ROLLBACK")
