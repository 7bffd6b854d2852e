"""The ledger of one data folder, as this station writes it."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import orjson

from dockmark.database.address import Address, address_of, has_ledger, keep_address
from dockmark.database.engine import Database, database_of
from dockmark.database.folder import refuse_network_share
from dockmark.database.patience import Patience
from dockmark.database.session import Session
from dockmark.ledger.book import Author, Book
from dockmark.ledger.keys import Custody, Guard, KeyFolder, Mark, StationKey
from dockmark.ledger.searching import WORTHWHILE, catch_up, waiting
from dockmark.people.denials import left_by
from dockmark.people.events import StationEnrolled
from dockmark.record.clock import Clock
from dockmark.record.facts import Draft
from dockmark.record.ids import subject, uuid7
from dockmark.record.refusal import Refusal, Refused

REBUILD_WANTED: Final = "rebuild"
"""Stands in `meta` from an upgrade of the tables until they were made anew from the events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Which station of which ledger a data folder is, and whether it is ours to write."""

    station: str
    ledger: str
    name: str
    custody: Custody


class Ledger:
    """Hands out write transactions, one at a time, and sessions to read with."""

    def __init__(self, database: Database, keys: KeyFolder, clock: Clock) -> None:
        self.database = database
        self.clock = clock
        self._lock = threading.RLock()
        self._writer = database.session()
        self.patience = Patience()
        self._writer.wait_with(self.patience)
        self.identity = _identity(self._writer, keys)
        ours = self.identity.custody is Custody.OURS
        self._key: StationKey | None = keys.key(self.identity.station) if ours else None
        self._guard: Guard | None = keys.guard(self.identity.station) if ours else None
        self._author = Author()
        self._closed = False

    @classmethod
    def create(
        cls,
        folder: Path,
        keys: KeyFolder,
        clock: Clock,
        *,
        random: int,
        name: str = "",
        ledger: str = "",
        address: Address | None = None,
    ) -> "Ledger":
        """A new data folder with a new station in it. `ledger` names the one it joins; without, a new one begins.

        With an address the ledger is kept in that database: begun there, or joined where there is one already.
        """  # fmt: skip
        refuse_network_share(folder)
        if has_ledger(folder):
            raise Refusal(Refused.LEDGER_EXISTS, folder=str(folder))
        folder.mkdir(parents=True, exist_ok=True)
        database = database_of(folder, address)
        database.create()
        session = database.session()
        with session.writing():
            ledger = ledger or _ledger_there(session) or uuid7(clock.now_us(), random ^ 1)
            session.many("INSERT INTO meta VALUES (?, ?)", [("ledger", ledger), ("name", name)])
            station = _enrol(session, keys, clock, ledger=ledger, name=name, random=random)
        _mark_guard(session, keys, station)
        session.close()
        if address is not None:
            keep_address(folder, address)
        return cls(database, keys, clock)

    @classmethod
    def adopt(cls, folder: Path, keys: KeyFolder, clock: Clock, *, random: int) -> "Ledger":
        """Makes a copied or restored data folder writable, as a new station of the same ledger.

        The station that it was goes on elsewhere, or nowhere: its key is not used again here.
        """
        old = cls.open(folder, keys, clock)
        identity, ours = old.identity, not old.read_only
        old.close()
        if ours:
            raise Refusal(Refused.LEDGER_EXISTS, folder=str(folder))
        database, address = _apart(folder, identity, random)
        session = database.session()
        with session.writing():
            station = _enrol(
                session, keys, clock, ledger=identity.ledger, name=identity.name, random=random,
                replaces=identity.station,
            )  # fmt: skip
        _mark_guard(session, keys, station)
        session.close()
        if address is not None:
            keep_address(folder, address)
        return cls(database, keys, clock)

    @classmethod
    def open(cls, folder: Path, keys: KeyFolder, clock: Clock) -> "Ledger":
        """The ledger of an existing data folder; read-only where this machine has not its key."""
        if not has_ledger(folder):
            raise Refusal(Refused.NO_LEDGER, folder=str(folder))
        refuse_network_share(folder)
        database = database_of(folder)
        database.upgrade()
        return cls(database, keys, clock)

    @property
    def wants_rebuild(self) -> bool:
        """Whether the tables were brought to another form, and have not been made anew from the events since."""
        with self._lock:
            return self._writer.one("SELECT 1 FROM meta WHERE name = ?", (REBUILD_WANTED,)) is not None

    @property
    def read_only(self) -> str:
        """Why nothing can be recorded here, or the empty text."""
        return "" if self._key is not None else self.identity.custody.value

    def vouch(self, domain: bytes, digest: bytes) -> tuple[str, bytes]:
        """This station's public key, and its signature over what it hands out."""
        if self._key is None:
            raise Refusal(Refused.READ_ONLY, why=self.identity.custody.value)
        return self._key.public_hex, self._key.vouch(domain, digest)

    def sign_in(self, author: Author) -> None:
        """From here on this operator records."""
        self._author = author

    @property
    def author(self) -> Author:
        """Who records now."""
        return self._author

    @contextmanager
    def writing(self) -> Iterator[Book]:
        """One write transaction. When the block is left, what it recorded is durable; when it raises, nothing is."""
        if self._key is None:
            raise Refusal(Refused.READ_ONLY, why=self.identity.custody.value)
        with self._lock:
            self._writer.begin()
            try:
                book = Book(self._writer, self.identity.station, self._key, self.clock, self._author)
                yield book
                book.finish()
                self._writer.commit(book.last_id)
            except Refusal as no:
                self._writer.roll_back()
                self._leave(left_by(no))
                raise
            except BaseException:
                self._writer.roll_back()
                raise
            self._author = book.author
            if book.mark is not None and self._guard is not None:
                # It is durable by now, and a guard that is behind its ledger is fine.
                with suppress(OSError):
                    self._guard.write(book.mark)

    def _leave(self, drafts: tuple[Draft, ...]) -> None:
        """Records what an attempt leaves that was refused: nothing of it came about but that it was made."""
        if not drafts:
            return
        with self.writing() as book:
            book.record(*drafts)

    @contextmanager
    def tending(self) -> Iterator[Session]:
        """One write transaction over whatever tables. Records nothing of our own."""
        with self.spooling() as session:
            try:
                yield session
            finally:
                session.forget()

    @contextmanager
    def taking(self, names: Iterable[str]) -> Iterator[Session]:
        """One write transaction that only takes events of these subjects in; others of its kind may run beside it."""
        with self._lock:
            self._writer.begin_taking(names)
            try:
                yield self._writer
                self._writer.commit()
            except BaseException:
                self._writer.roll_back()
                raise
            finally:
                self._writer.forget()

    @contextmanager
    def spooling(self) -> Iterator[Session]:
        """One write transaction over print jobs: nothing of what is kept between two scans changes."""
        with self._lock, self._writer.writing():
            yield self._writer

    def index_search(self, least: int = WORTHWHILE) -> None:
        """Indexes the texts that wait, in transactions of their own, where there are enough of them."""
        with self._lock:
            if waiting(self._writer) < least:
                return
        left = 1
        while left:
            with self.tending() as session:
                left = catch_up(session)

    def make_room(self) -> None:
        """Folds the write-ahead log into the ledger's file, so that its space can be used again."""
        with self._lock:
            self._writer.all("PRAGMA wal_checkpoint(TRUNCATE)")

    def session(self) -> Session:
        """A connection to read with, for the thread that asks for it."""
        return self.database.session()

    def close(self) -> None:
        """Lets go of the files. Closing twice is fine."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._writer.close()
            if self._guard is not None:
                self._guard.close()
            self.database.close()


def _ledger_there(session: Session) -> str:
    """The id of the ledger that other stations have begun in this database; empty where there is none yet."""
    core = session.value("SELECT core FROM events WHERE seq = 1 ORDER BY n LIMIT 1")
    told = "" if core is None else orjson.loads(core)["body"].get("ledger", "")
    return str(told)


def _apart(folder: Path, identity: "Identity", random: int) -> tuple[Database, Address | None]:
    """The database that a new station of this ledger will write to, in a room of its own where several share one."""
    address = address_of(folder)
    if address is None:
        return database_of(folder), None
    own = Address(address.url, f"{random:032x}"[-32:])
    database = database_of(folder, own)
    database.create()
    session = database.session()
    with session.writing():
        session.many("INSERT INTO meta VALUES (?, ?)", [("ledger", identity.ledger), ("name", identity.name)])
    session.close()
    return database, own


def _enrol(
    session: Session, keys: KeyFolder, clock: Clock, *, ledger: str, name: str, random: int, replaces: str = ""
) -> str:
    """Writes the first event of a new station and makes the data folder its own."""
    station = uuid7(clock.now_us(), random)
    key = keys.make(station)
    session.run("INSERT OR REPLACE INTO meta VALUES ('station', ?)", (station,))
    book = Book(session, station, key, clock, Author())
    enrolled = StationEnrolled(ledger=ledger, public_key=key.public_hex, name=name, replaces=replaces)
    book.record(Draft(fact=enrolled, subj=(subject("station", station),), new=True))
    book.flush()
    return station


def _mark_guard(session: Session, keys: KeyFolder, station: str) -> None:
    digest = session.value("SELECT hash FROM events WHERE station = ? AND seq = 1", (station,))
    guard = keys.guard(station)
    guard.write(Mark(1, digest))
    guard.close()


def _identity(session: Session, keys: KeyFolder) -> Identity:
    told = {str(row[0]): str(row[1]) for row in session.all("SELECT name, value FROM meta")}
    station = told["station"]

    def hash_at(seq: int) -> bytes | None:
        found: bytes | None = session.value("SELECT hash FROM events WHERE station = ? AND seq = ?", (station, seq))
        return found

    return Identity(station=station, ledger=told["ledger"], name=told["name"], custody=keys.custody(station, hash_at))
