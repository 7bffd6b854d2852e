"""One connection to a shared ledger, used by one thread at a time.

A write transaction that decides something holds the ledger's lock alone, as in SQLite: what it has read is still so
when it writes. Those that only take events in hold it together and lock their subjects, in one order for all.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, NoReturn

import psycopg

from dockmark.database.patience import LOOK_MS, Patience
from dockmark.database.postgres.pool import Connection, Held, PostgresPool, away
from dockmark.database.session import Row, Session, Values
from dockmark.database.texts import OwnTexts, Texts
from dockmark.record.refusal import Conflict, Refusal, Refused

_LOCK: Final = 0x646F636B6D61726B
"""The number of the ledger's lock."""
_NUMBERS: Final = "events_n_seq"
_UNHURRIED_S: Final = 1800.0
_AGAIN_S: Final = 2.0
_BUSY: Final = (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure)


class PostgresSession(Session):
    """Runs the same statements as `Session`, in PostgreSQL's words."""

    def __init__(self, pool: PostgresPool) -> None:
        self._lender = pool
        self._line: Held | None = pool.lend()
        self._is_closed = False
        self._words = pool.dialect.of
        self._deadline_s = pool.deadline_s
        self._commits = False
        self._answer: psycopg.Cursor[Any] | None = None
        self.in_transaction = False
        self._patience: Patience | None = None
        self._kept: dict[object, Any] = {}
        self._version = -1

    @property
    def texts(self) -> Texts:
        """How texts are found that hold some letters."""
        return OwnTexts()

    def wait_with(self, patience: Patience) -> None:
        """Begin write transactions with that patience while another program holds the ledger."""
        self._patience = patience

    def run(self, sql: str, values: Values = ()) -> None:
        """Runs one statement."""
        self._answer = self._asked(sql, values)

    def many(self, sql: str, rows: Iterable[Values]) -> None:
        """Runs one statement for each row."""
        statement = self._words(sql)
        with self._calling() as connection:
            self._answer = connection.cursor()
            self._answer.executemany(statement, [tuple(row) for row in rows])

    def one(self, sql: str, values: Values = ()) -> Row | None:
        """The first row of an answer, or None."""
        cursor = self._asked(sql, values)
        row: Row | None = cursor.fetchone() if cursor is not None and cursor.description else None
        return row

    def all(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of an answer."""
        cursor = self._asked(sql, values)
        return cursor.fetchall() if cursor is not None and cursor.description else []

    def stream(self, sql: str, values: Values = (), page: int = 2000) -> Iterator[Row]:
        """Rows one after another, fetched from the server in pages."""
        statement = self._words(sql)
        with self._calling() as connection:
            cursor = connection.cursor(f"stream_{time.monotonic_ns()}", withhold=not self._is_open)
            cursor.execute(statement, tuple(values))
        try:
            while True:
                with self._calling():
                    rows = cursor.fetchmany(max(page, 500))
                if not rows:
                    return
                yield from rows
        finally:
            if not self._is_lost:
                with self._calling():
                    cursor.close()

    @property
    def last_row(self) -> int:
        """PostgreSQL does not tell: ask with RETURNING."""
        raise NotImplementedError

    @property
    def changed(self) -> int:
        """How many rows the last statement changed."""
        return -1 if self._answer is None else self._answer.rowcount

    def indexes(self, tables: Sequence[str]) -> list[Row]:
        """None: a station owns no tables, and others look things up meanwhile."""
        return []

    def numbers(self, count: int, last: int) -> Sequence[int]:
        """Numbers for so many events, which nobody else is given."""
        rows = self.all(f"SELECT nextval('{_NUMBERS}') FROM generate_series(1, ?)", (count,))
        self._version = rows[-1][0]
        return [row[0] for row in rows]

    def begin(self) -> None:
        """Begins a write transaction that decides. What was kept is forgotten where another one has written since."""
        version = self._begun("pg_advisory_xact_lock", ())
        if version != self._version:
            self._version = version
            self.forget()

    def begin_taking(self, names: Iterable[str]) -> None:
        """Begins a write transaction beside others of its kind, over these subjects and no others."""
        self._begun("pg_advisory_xact_lock_shared", sorted(set(names)))
        self.forget()
        self._version = -1

    def commit(self, proof: str = "") -> None:
        """Ends a write transaction: what was written is durable. `proof` is the id of an event that it wrote.

        A commit is never called off. Where nobody answers it, the event is looked for: if it is there, all is well.
        """
        self._commits = True
        try:
            self._asked("COMMIT", ())
        except Refusal as no:
            if no.code is not Refused.DATABASE_AWAY or not (proof and self._was_kept(proof)):
                raise
        finally:
            self._commits = False
            self.in_transaction = False

    def roll_back(self) -> None:
        """Ends a write transaction: nothing of it remains."""
        self.in_transaction = False
        self.forget()
        self._roll_back()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One snapshot: everything read in the block is from the same moment."""
        self._whole_line()
        self._asked("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", ())
        try:
            yield
        finally:
            self._roll_back()

    @contextmanager
    def unhurried(self) -> Iterator[None]:
        """What is asked in the block may take long: half an hour for each call."""
        before, self._deadline_s = self._deadline_s, _UNHURRIED_S
        try:
            yield
        finally:
            self._deadline_s = before

    def interrupt(self) -> None:
        """Ends the statement that runs now, from another thread; a commit is left alone."""
        line = self._line
        if line is not None and not self._commits and not line.is_broken:
            line.connection.cancel_safe(timeout=2)

    def close(self) -> None:
        """Gives the connection back."""
        if not self._is_closed:
            self._is_closed = True
            if self._line is not None:
                self._roll_back()
            if self._line is not None:
                self._lender.take_back(self._line)

    @property
    def _is_lost(self) -> bool:
        return self._line is None or self._line.is_broken

    @property
    def _is_open(self) -> bool:
        idle = psycopg.pq.TransactionStatus.IDLE
        return self._line is not None and self._line.connection.info.transaction_status != idle

    def _whole_line(self) -> None:
        """A connection that was lost between two pieces of work is made anew: nothing hung on it."""
        if self._line is not None and self._line.is_broken:
            self._lender.drop(self._line)
            self._line = None
        if self._line is None:
            self.forget()
            self._line = self._lender.lend()

    def _asked(self, sql: str, values: Values) -> "psycopg.Cursor[Any] | None":
        statement = self._words(sql)
        if not statement:
            return None
        with self._calling() as connection:
            return connection.execute(statement, tuple(values))

    @contextmanager
    def _calling(self) -> Iterator[Connection]:
        """One call, by its deadline; what goes wrong is told in our words."""
        line = self._line
        if line is None or line.is_broken:
            if self.in_transaction:
                raise away(detail="lost")
            self._whole_line()
            line = self._line
            assert line is not None
        line.call.due = time.monotonic() + self._deadline_s
        try:
            yield line.connection
        except psycopg.Error as error:
            self._tell(error, line)
        finally:
            line.call.due = 0.0

    def _tell(self, error: psycopg.Error, line: Held) -> NoReturn:
        if isinstance(error, _BUSY):
            raise Conflict(str(error)) from error
        if isinstance(error, psycopg.errors.DiskFull):
            raise Refusal(Refused.DISK_FULL, detail=str(error)) from error
        if line.is_broken or isinstance(error, psycopg.errors.OperatorIntervention | psycopg.errors.SystemError):
            raise away(error) from error
        raise error

    def _begun(self, lock: str, names: Sequence[str]) -> int:
        """Begins, holds the lock, and tells the number of the last event that anybody was given one for."""
        since = time.monotonic()
        patience = self._patience or Patience()
        try:
            while True:
                self._whole_line()
                try:
                    return self._locked(lock, names)
                except Conflict:
                    self._roll_back()
                    if not patience.lasts(time.monotonic() - since):
                        raise
        except BaseException:
            self._roll_back()
            raise
        finally:
            patience.ended()

    def _locked(self, lock: str, names: Sequence[str]) -> int:
        with self._calling() as connection:
            cursor = connection.execute(
                f"BEGIN; SET LOCAL lock_timeout = {LOOK_MS}; SELECT {lock}({_LOCK});"
                f" SET LOCAL lock_timeout = 0; SELECT last_value FROM {_NUMBERS}"
            )
            while cursor.nextset():
                pass
            [(version,)] = cursor.fetchall()
        self.in_transaction = True
        if names:
            self._asked(
                "SELECT pg_advisory_xact_lock(hashtextextended(name, 1))"
                " FROM (SELECT unnest(?::text[]) AS name ORDER BY 1) AS names",
                (list(names),),
            )
        return int(version)

    def _roll_back(self) -> None:
        self.in_transaction = False
        if not self._is_lost and self._is_open:
            try:
                self._asked("ROLLBACK", ())
            except Refusal:
                return  # the connection is gone, and with it the transaction

    def _was_kept(self, proof: str) -> bool:
        """Whether an event is there after a commit that nobody answered.

        The lock is had only when the old transaction has ended, one way or the other: so the answer is final.
        """
        self.in_transaction = False
        until = time.monotonic() + self._deadline_s
        while True:
            try:
                self._begun("pg_advisory_xact_lock", ())
                kept = self.one("SELECT 1 FROM events WHERE id = ?", (proof,)) is not None
                self._roll_back()
            except (Refusal, Conflict):
                if time.monotonic() > until:
                    raise
                time.sleep(_AGAIN_S / 10)
                continue
            self.forget()
            return kept
