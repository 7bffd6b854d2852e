"""Lists as the window and the command line read them: pages, orders of all rows, files."""

import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol, TypeVar

from dockmark.database.session import Session
from dockmark.ledger.ledger import Ledger
from dockmark.lookup.lists import paging
from dockmark.lookup.lists.filters import Query
from dockmark.lookup.lists.ordered import Order
from dockmark.lookup.lists.paging import Cursor, ListRow, Page
from dockmark.station.list_files import Cancel, Progress, Table, write
from dockmark.station.workers import Workers

T = TypeVar("T")

_FRUGAL: Final = ("PRAGMA cache_size = -4000", "PRAGMA temp_store = FILE")
"""A million rows are read once and sorted: kept in memory that would be a hundred megabytes, and no faster."""


class Asked(Protocol):
    """The station as this part of it sees it."""

    ledger: Ledger

    def ask(self, question: Callable[[Session], T]) -> Future[T]: ...


@dataclass(frozen=True, slots=True)
class Ordered:
    """The order of all rows of a list, and where the keys that were asked about stand in it (-1: nowhere)."""

    order: Order
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """A list that was written to a file, or was not because somebody said stop."""

    path: Path
    rows: int
    is_whole: bool


class Lists:
    """Reads lists on the station's threads. Orders and files have a thread each, so that pages never wait for them."""

    def __init__(self, station: Asked) -> None:
        self._station = station
        self._orders = Workers(1, thread_name_prefix="orders")
        self._files = Workers(1, thread_name_prefix="files")
        self._lock = threading.Lock()
        self._newest = 0
        self._ordering: Session | None = None
        self._session: Session | None = None
        self._closing = threading.Event()

    def page(
        self,
        query: Query,
        columns: Sequence[str],
        *,
        after: Cursor | None = None,
        before: Cursor | None = None,
        limit: int = 128,
        backwards: bool = False,
    ) -> Future[Page]:
        """Rows next after or before a row; without either the first ones, or backwards the last."""
        return self._station.ask(
            lambda session: paging.page(
                session, query, columns, after=after, before=before, limit=limit, backwards=backwards
            )
        )

    def rows(self, name: str, keys: Sequence[str], columns: Sequence[str]) -> Future[list[ListRow]]:
        """The rows of these keys, in this order; one that is gone is left out."""
        return self._station.ask(lambda session: paging.rows(session, name, keys, columns))

    def count(self, query: Query) -> Future[int]:
        """How many rows there are."""
        return self._station.ask(lambda session: paging.count(session, query))

    def order(self, query: Query, keys: Sequence[str] = ()) -> Future[Ordered]:
        """The order of all rows. A later question ends an earlier one, whose Future is then cancelled."""
        with self._lock:
            self._newest += 1
            ticket = self._newest
            if self._ordering is not None:
                self._ordering.interrupt()
        return self._orders.submit(self._order, ticket, query, tuple(keys))

    def stop_ordering(self) -> None:
        """Nobody wants the order any more that is made now."""
        with self._lock:
            self._newest += 1
            if self._ordering is not None:
                self._ordering.interrupt()

    def export(
        self,
        query: Query,
        columns: Sequence[str],
        path: Path,
        *,
        words: bool = False,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
    ) -> Future[Exported]:
        """Write a list as CSV, XLSX or JSON, by the suffix of the file. `words` writes titles and states as people
        read them, else the keys of the columns and the codes. `progress` is told rows done and rows in all, on a thread
        of its own."""
        return self._files.submit(self._export, query, tuple(columns), path, words, progress, cancel)

    def close(self) -> None:
        """Ends the threads; a file that is being written is given up."""
        self._closing.set()
        self.stop_ordering()
        self._orders.shutdown(wait=True, cancel_futures=True)
        self._files.shutdown(wait=True, cancel_futures=True)
        if self._session is not None:
            self._session.close()

    def _order(self, ticket: int, query: Query, keys: tuple[str, ...]) -> Ordered:
        if self._session is None:
            self._session = self._station.ledger.session()
            for frugal in _FRUGAL:
                self._session.run(frugal)
        with self._lock:
            if ticket != self._newest:
                raise CancelledError
            self._ordering = self._session
        try:
            with self._session.reading():
                order = paging.order(self._session, query)
        except sqlite3.OperationalError:
            if ticket == self._newest:
                raise
            raise CancelledError from None
        finally:
            with self._lock:
                self._ordering = None
            self._session.run("PRAGMA shrink_memory")
        return Ordered(order, tuple(order.number(key) for key in keys))

    def _export(
        self,
        query: Query,
        columns: tuple[str, ...],
        path: Path,
        words: bool,
        progress: Progress | None,
        cancel: Cancel | None,
    ) -> Exported:
        session = self._station.ledger.session()
        try:
            with session.reading():
                total = paging.count(session, query)
                table = Table(query, columns, paging.stream(session, query, columns), total, words=words)
                rows = write(table, path, progress, (self._closing, *([cancel] if cancel else [])))
        finally:
            session.close()
        return Exported(path, max(rows, 0), rows >= 0)
