"""Connections to one database file, used again and again: opening one costs more than most questions."""

import sqlite3
import threading
from pathlib import Path

from dockmark.database.telling import told_of

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
_MOST_IDLE = 8


class Pool:
    """Lends connections to whoever asks, one thread at a time each."""

    def __init__(self, file: Path, *, read_only: bool) -> None:
        self._address = f"{file.resolve().as_uri()}?mode={'ro' if read_only else 'rwc'}"
        self._read_only = read_only
        self._lock = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._most_idle = _MOST_IDLE

    def lend(self) -> sqlite3.Connection:
        """A connection that nobody else uses, until it is taken back."""
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return self.connect()

    def take_back(self, connection: sqlite3.Connection) -> None:
        """Keeps the connection for the next who asks; closes it where enough are kept."""
        if connection.in_transaction:
            connection.rollback()
        with self._lock:
            if len(self._idle) < self._most_idle:
                self._idle.append(connection)
                return
        connection.close()

    def connect(self) -> sqlite3.Connection:
        """A new connection, set up as every one of ours is."""
        try:
            connection = sqlite3.connect(self._address, uri=True, isolation_level=None, check_same_thread=False)
            for pragma in _PRAGMAS:
                if not (self._read_only and "journal_mode" in pragma):
                    connection.execute(pragma)
        except sqlite3.OperationalError as error:
            raise told_of(error) from error
        return connection

    def close(self) -> None:
        """Closes what is idle; what is still lent is closed when it comes back."""
        with self._lock:
            self._most_idle = 0
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()
