"""Opens the database of a data folder.

The tables are described once, for every kind of database, and made and brought up to date by an engine that knows the
kinds. It takes a third of a second to load, and whoever only works with tables that are up to date does without it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dockmark.database.address import FILE, Address, address_of
from dockmark.database.pool import Pool
from dockmark.database.session import Session
from dockmark.database.upgrading import STAMP, is_current, upgrade

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = ["FILE", "Database", "database_of"]


def database_of(folder: Path, address: Address | None = None) -> Database:
    """The database that a data folder's ledger is kept in: a file in it, or what the folder names."""
    address = address or address_of(folder)
    if address is None:
        return Database(folder / FILE)
    from dockmark.database.postgres.engine import PostgresDatabase  # a seventh of a second, for whoever has one

    return PostgresDatabase(folder / FILE, address)


class Database:
    """The database of one data folder: hands out sessions."""

    def __init__(self, file: Path, *, read_only: bool = False) -> None:
        self.file = file
        self.read_only = read_only
        self._pool = Pool(file, read_only=read_only)

    def session(self) -> Session:
        """A connection of one's own; close it in the thread that used it."""
        return Session(self._pool)

    def create(self) -> None:
        """Makes all tables of a new data folder."""
        from dockmark.database import tables

        engine = self._engine()
        tables.metadata.create_all(engine)
        engine.dispose()
        session = self.session()
        for statement in (*tables.SQLITE_ONLY, *STAMP):
            session.run(statement)
        session.close()

    def upgrade(self) -> bool:
        """Brings older tables to the form that this version reads; refuses what a later version made.

        True where there was something to bring up to date: the projections have to be made anew then.
        """
        session = self.session()
        try:
            current = is_current(session)
        finally:
            session.close()
        if not current:
            engine = self._engine()
            upgrade(engine)
            engine.dispose()
        return not current

    def close(self) -> None:
        """Closes every connection."""
        self._pool.close()

    def _engine(self) -> Engine:
        from sqlalchemy import create_engine
        from sqlalchemy.pool import NullPool

        return create_engine("sqlite://", creator=self._pool.connect, poolclass=NullPool)
