"""Print jobs: made in the transaction of their scan, drained by the spool, never printed twice in silence."""

from dataclasses import dataclass, replace
from typing import Any

import orjson

from dockmark.database.session import Row, Session
from dockmark.identifiers.tags import unit_tag
from dockmark.ledger.ledger import Ledger

QUEUED, SENDING, SENT, CONFIRMED = "queued", "sending", "sent", "confirmed"
UNKNOWN, FAILED, CANCELLED = "unknown", "failed", "cancelled"
OPEN = (QUEUED, SENDING, UNKNOWN, FAILED)
"""States that somebody or something still has to deal with."""
_DONE = (SENT, CONFIRMED, CANCELLED)
_PRINTER = "printer:"
"""Beginning of the names in `meta` that hold a printer; the kind of paper follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One label on its way to paper. `id` is the event that it was wanted by."""

    id: str
    unit: str
    facts: dict[str, Any]
    printer: str
    state: str
    detail: str
    tries: int
    made_at: int
    copy: int


_COLUMNS = "event, unit, facts, printer, state, detail, tries, made_at, changed_at, copy"
_SAID = ("serial", "lot", "expiry", "quantity", "owner", "part_number", "gtin", "description", "maker")
_JOB = (
    "SELECT j.event, j.unit, j.facts, j.printer, j.state, j.detail, j.tries, j.made_at, j.copy,"
    " coalesce(a.serial, u.serial) AS serial, coalesce(a.lot, u.lot) AS lot, u.expiry, u.quantity, u.owner,"
    " p.part_number, p.gtin, p.description, p.manufacturer, j.n"
    " FROM {table} j LEFT JOIN unit_aliases a ON a.id = j.unit LEFT JOIN units u ON u.id = coalesce(a.unit, j.unit)"
    " LEFT JOIN parts p ON p.id = coalesce(a.part, u.part)"
)
_OPEN_JOBS = _JOB.format(table="print_jobs")
_DONE_JOBS = _JOB.format(table="printed_jobs")


def _job(row: Row) -> Job:
    """A job keeps what cannot be known later; the rest of its label is what is known of its unit and part."""
    facts: dict[str, Any] = {"part_number": ""}
    facts |= {name: value for name, value in zip(_SAID, row[9:-1], strict=True) if value}
    facts |= orjson.loads(row[2])
    if row[1]:
        facts.setdefault("unit_tag", unit_tag(row[1]))
    if row[8] > 1:
        facts["copy"] = row[8]
    return Job(
        id=row[0], unit=row[1], facts=facts, printer=row[3], state=row[4], detail=row[5], tries=row[6],
        made_at=row[7], copy=row[8],
    )  # fmt: skip


def jobs(session: Session, *, state: str = "", limit: int = 500) -> list[Job]:
    """Print jobs, those that want attention first, then the latest first."""
    where, values = ("WHERE j.state = ?", (state,)) if state else ("", ())
    # One question, so that a job which is put by meanwhile is not told twice.
    rows = session.all(
        f"SELECT * FROM (SELECT * FROM ({_OPEN_JOBS} {where}) AS waiting ORDER BY CASE state WHEN 'unknown' THEN 0"
        " WHEN 'failed' THEN 1 WHEN 'sending' THEN 2 WHEN 'queued' THEN 3 ELSE 4 END, n DESC LIMIT ?) AS open_jobs"
        f" UNION ALL SELECT * FROM ({_DONE_JOBS} {where} ORDER BY j.n DESC LIMIT ?) AS done_jobs",
        (*values, limit, *values, limit),
    )[:limit]
    return [_job(row) for row in rows]


def counts(session: Session) -> dict[str, int]:
    """How many jobs are in each state."""
    rows = session.all(
        "SELECT state, sum(jobs) FROM (SELECT state, count(*) AS jobs FROM print_jobs GROUP BY state"
        " UNION ALL SELECT state, count(*) FROM printed_jobs GROUP BY state) AS both_kinds GROUP BY state"
    )
    return {str(row[0]): int(row[1]) for row in rows}


def claim(ledger: Ledger, default: str, skip: frozenset[str] = frozenset()) -> Job | None:
    """The next job for a printer that is not in `skip`, marked as being sent before its first byte leaves.

    A job without a printer of its own goes to the default one; where there is none, it stays queued.
    """
    with ledger.spooling() as session:
        for row in session.all(f"{_OPEN_JOBS} WHERE j.state = 'queued' ORDER BY j.n LIMIT 200"):
            printer = row[3] or default
            if printer and printer not in skip:
                job = _job(row)
                session.run(
                    "UPDATE print_jobs SET state = 'sending', printer = ?, tries = tries + 1, changed_at = ?"
                    " WHERE n = ?",
                    (printer, ledger.clock.now_us(), row[-1]),
                )
                return replace(job, printer=printer, state=SENDING, detail="", tries=job.tries + 1)
    return None


def settle(ledger: Ledger, job: str, state: str, detail: str = "") -> None:
    """Notes what became of a job."""
    with ledger.spooling() as session:
        # The oldest are sent first, so whoever is asked from the front answers soon.
        number = session.value("SELECT n FROM print_jobs WHERE event = ? ORDER BY n LIMIT 1", (job,))
        session.run(
            "UPDATE print_jobs SET state = ?, detail = ?, changed_at = ? WHERE n = ?",
            (state, detail, ledger.clock.now_us(), number),
        )
        if state in _DONE:
            _put_by(session, number)


def _put_by(session: Session, upto: int) -> None:
    """What nobody has to deal with any more leaves the table that every scan adds to."""
    done = f"n <= ? AND state IN {_DONE}"
    session.run(
        f"INSERT INTO printed_jobs({_COLUMNS}) SELECT {_COLUMNS} FROM print_jobs WHERE {done} ORDER BY n", (upto,)
    )
    session.run(f"DELETE FROM print_jobs WHERE {done}", (upto,))


def answer(ledger: Ledger, job: str, state: str, *, among: tuple[str, ...]) -> bool:
    """Somebody says what became of a doubtful job; False where it is in no state to be asked about."""
    asked = f"event = ? AND state IN ({', '.join('?' * len(among))})"
    with ledger.spooling() as session:
        number = session.value(f"SELECT n FROM print_jobs WHERE {asked}", (job, *among))
        if number is None and session.one(f"SELECT 1 FROM printed_jobs WHERE {asked}", (job, *among)) is not None:
            session.run(
                f"INSERT INTO print_jobs({_COLUMNS}) SELECT {_COLUMNS} FROM printed_jobs WHERE {asked}", (job, *among)
            )
            session.run(f"DELETE FROM printed_jobs WHERE {asked}", (job, *among))
            number = session.value(f"SELECT n FROM print_jobs WHERE {asked}", (job, *among))
        if number is None:
            return False
        session.run(
            "UPDATE print_jobs SET state = ?, detail = '', changed_at = ? WHERE n = ?",
            (state, ledger.clock.now_us(), number),
        )
        if state in _DONE:
            _put_by(session, number)
        return True


def doubt_interrupted(ledger: Ledger) -> int:
    """Jobs that were being sent when the spool died: nobody knows, so they ask. A file may be made again."""
    with ledger.tending() as session:
        session.run("UPDATE print_jobs SET state = 'queued' WHERE state = 'sending' AND printer LIKE 'pdf:%'")
        session.run("UPDATE print_jobs SET state = 'unknown', detail = 'interrupted' WHERE state = 'sending'")
        return session.changed


def keep_printer(ledger: Ledger, kind: str, url: str) -> None:
    """The printer of this station for one kind of paper; the empty text forgets it."""
    with ledger.tending() as session:
        session.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_PRINTER + kind, url))


def kept_printers(session: Session) -> dict[str, str]:
    """The printer of this station for each kind of paper that one was chosen for."""
    rows = session.all("SELECT name, value FROM meta WHERE substr(name, 1, ?) = ?", (len(_PRINTER), _PRINTER))
    return {str(row[0]).removeprefix(_PRINTER): str(row[1]) for row in rows if row[1]}


def forget_printers_of_waiting(ledger: Ledger) -> None:
    """Jobs of which no byte has left go to the printer that is the default when they are sent."""
    with ledger.tending() as session:
        session.run("UPDATE print_jobs SET printer = '' WHERE state IN ('queued', 'failed')")
