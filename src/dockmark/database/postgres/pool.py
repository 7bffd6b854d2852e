"""Connections to a shared ledger, set up as every one of ours is, and looked after while somebody waits on them."""

import os
import threading
from typing import Any, Final

import psycopg
from psycopg.adapt import Buffer, Loader
from psycopg.types.numeric import Int8BinaryDumper, Int8Dumper

from dockmark.database.address import Address
from dockmark.database.postgres.dialect import SHARED, Dialect
from dockmark.database.postgres.schema import ROLE, form_of, forms
from dockmark.database.postgres.watch import Call, Watch
from dockmark.database.upgrading import HEAD
from dockmark.record.refusal import Refusal, Refused

DEADLINE: Final = "DOCKMARK_DATABASE_DEADLINE"
"""So many seconds may one call take before its connection is given up."""
_DEADLINE_S: Final = 30.0
_CONNECT_S: Final = 10
_MOST_IDLE: Final = 8
_OPTIONS: Final = (
    "-c client_encoding=UTF8 -c standard_conforming_strings=on -c bytea_output=hex -c synchronous_commit=on"
    " -c default_transaction_isolation=read\\ committed -c idle_in_transaction_session_timeout=120000"
    " -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
)
"""The server lets go of what a station that is not there any more had locked."""

Connection = psycopg.Connection[Any]


class _Whole(Loader):
    """A sum of whole numbers is a whole number."""

    def load(self, data: Buffer) -> int | float:
        text = bytes(data)
        return int(text) if b"." not in text else float(text)


class Held:
    """A connection, and the deadline of what is asked on it."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.call = Call(connection.fileno())

    @property
    def is_broken(self) -> bool:
        """Whether nothing can be asked on it any more."""
        return self.call.is_over or self.connection.closed


class PostgresPool:
    """Lends connections to whoever asks, one thread at a time each."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._lock = threading.Lock()
        self._idle: list[Held] = []
        self._is_closed = False
        self.watch = Watch()
        self.dialect = Dialect(forms())
        self.deadline_s = float(os.environ.get(DEADLINE) or _DEADLINE_S)

    def lend(self) -> Held:
        """A connection that nobody else uses, until it is taken back."""
        with self._lock:
            while self._idle:
                held = self._idle.pop()
                if not held.is_broken:
                    return held
                self.drop(held)
        return self._connected()

    def take_back(self, held: Held) -> None:
        """Keeps the connection for the next who asks; closes it where it is broken or enough are kept."""
        if not held.is_broken:
            with self._lock:
                if not self._is_closed and len(self._idle) < _MOST_IDLE:
                    self._idle.append(held)
                    return
        self.drop(held)

    def drop(self, held: Held) -> None:
        """Closes a connection for good."""
        self.watch.forget(held.call)
        held.connection.close()

    def close(self) -> None:
        """Closes what is idle; what is still lent is closed when it comes back."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for held in idle:
            self.drop(held)
        self.watch.close()

    def _connected(self) -> Held:
        try:
            connection: Connection = psycopg.connect(
                self._address.url, autocommit=True, connect_timeout=_CONNECT_S, options=_OPTIONS,
                application_name="dockmark", tcp_user_timeout=int(self.deadline_s * 1000),
            )  # fmt: skip
        except psycopg.OperationalError as no:
            raise away(no) from no
        connection.adapters.register_dumper(int, Int8Dumper)
        connection.adapters.register_dumper(int, Int8BinaryDumper)
        connection.adapters.register_loader("numeric", _Whole)
        held = Held(connection)
        self.watch.over(held.call)
        try:
            self._enter(connection)
        except BaseException:
            self.drop(held)
            raise
        return held

    def _enter(self, connection: Connection) -> None:
        """Works as a station does from here on, in the room of this data folder; refuses tables of another form."""
        try:
            form = form_of(connection)
            if form is None:
                raise Refusal(Refused.DATABASE_NOT_PREPARED, database=self._address.shown)
            if form != HEAD:
                late = form > HEAD
                raise Refusal(Refused.MADE_LATER if late else Refused.DATABASE_NOT_PREPARED, form=form)
            connection.execute(f"SET ROLE {ROLE}")
            connection.execute(f"SET search_path = station_{self._address.room}, {SHARED}, pg_catalog")
        except psycopg.errors.InsufficientPrivilege as no:
            raise Refusal(Refused.DATABASE_RIGHTS, detail=str(no).strip().partition("\n")[0]) from no
        except psycopg.OperationalError as no:
            raise away(no) from no


def away(error: psycopg.Error | None = None, detail: str = "") -> Refusal:
    """The database does not answer: what was asked was not done, or nobody knows."""
    return Refusal(Refused.DATABASE_AWAY, detail=detail or str(error).strip().partition("\n")[0][:200])
