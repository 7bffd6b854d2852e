"""Opens a shared ledger for one data folder."""

from pathlib import Path

from dockmark.database.address import Address
from dockmark.database.engine import Database
from dockmark.database.postgres.dialect import SHARED
from dockmark.database.postgres.pool import PostgresPool
from dockmark.database.postgres.schema import prepare
from dockmark.database.postgres.session import PostgresSession
from dockmark.database.session import Session
from dockmark.record.refusal import Refusal, Refused


class PostgresDatabase(Database):
    """The room of one data folder in a shared ledger: hands out sessions."""

    def __init__(self, file: Path, address: Address) -> None:
        self.file = file
        self.read_only = False
        self.address = address
        self._lender = PostgresPool(address)

    def session(self) -> Session:
        """A connection of one's own; close it in the thread that used it."""
        return PostgresSession(self._lender)

    def create(self) -> None:
        """Makes the room of a new data folder; the tables of all as well, where they are missing and we may."""
        try:
            session = self.session()
        except Refusal as no:
            if no.code is not Refused.DATABASE_NOT_PREPARED or no.facts.get("form"):
                raise
            _prepare(self.address.url, no)
            session = self.session()
        session.run(f"SELECT {SHARED}.make_room(?)", (self.address.room,))
        session.close()

    def upgrade(self) -> bool:
        """Refuses tables of another form: bringing those of all stations on is for an administrator to begin."""
        self.session().close()
        return False

    def close(self) -> None:
        """Closes every connection."""
        self._lender.close()


def _prepare(url: str, wanted: Refusal) -> None:
    try:
        prepare(url)
    except Refusal as no:
        raise wanted if no.code is Refused.DATABASE_RIGHTS else no from no
