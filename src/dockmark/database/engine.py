"""Opens the database of a data folder."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from dockmark.database import tables, upgrading
from dockmark.database.session import Session

FILE = "ledger.sqlite3"

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA busy_timeout = 15000",
    "PRAGMA cache_size = -32000",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA wal_autocheckpoint = 2000",
)


class Database:
    """The database of one data folder: hands out sessions."""

    def __init__(self, file: Path, *, read_only: bool = False) -> None:
        self.file = file
        self.read_only = read_only
        self._engine = _engine(file, read_only)

    def session(self) -> Session:
        """A connection of one's own; close it in the thread that used it."""
        return Session(self._engine)

    def create(self) -> None:
        """Makes all tables of a new data folder."""
        tables.metadata.create_all(self._engine)
        session = self.session()
        for statement in (*tables.SQLITE_ONLY, *upgrading.STAMP):
            session.run(statement)
        session.close()

    def upgrade(self) -> None:
        """Brings older tables to the form that this version reads; refuses what a later version made."""
        upgrading.upgrade(self._engine)

    def close(self) -> None:
        """Closes every connection."""
        self._engine.dispose()


def _engine(file: Path, read_only: bool) -> Engine:
    def connect() -> sqlite3.Connection:
        mode = "ro" if read_only else "rwc"
        return sqlite3.connect(
            f"{file.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
        )

    engine = create_engine(
        "sqlite://", creator=connect, poolclass=QueuePool, pool_size=8, max_overflow=16, pool_reset_on_return=None
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: object) -> None:
        for pragma in _PRAGMAS:
            if not (read_only and "journal_mode" in pragma):
                connection.execute(pragma)

    return engine
