"""Print jobs: made in the transaction of their scan, drained by the spool, never printed twice in silence."""

from dataclasses import dataclass
from typing import Any

import orjson

from dockmark.database.session import Row, Session
from dockmark.identifiers.tags import unit_tag
from dockmark.ledger.ledger import Ledger

QUEUED, SENDING, SENT, CONFIRMED = "queued", "sending", "sent", "confirmed"
UNKNOWN, FAILED, CANCELLED = "unknown", "failed", "cancelled"
OPEN = (QUEUED, SENDING, UNKNOWN, FAILED)
"""States that somebody or something still has to deal with."""
_PRINTER = "printer:"
"""Beginning of the names in `meta` that hold a printer; the kind of paper follows."""

IS_OPEN = f"state IN {OPEN}"
"""Said in a question as the index of open jobs says it, so that the index answers: what was printed is never read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One label on its way to paper."""

    id: str
    unit: str
    facts: dict[str, Any]
    printer: str
    state: str
    detail: str
    tries: int
    made_at: int
    copy: int


_JOB = "SELECT id, unit, facts, printer, state, detail, tries, made_at, copy FROM print_jobs"


def _job(row: Row) -> Job:
    facts = orjson.loads(row[2])
    if row[1]:
        facts.setdefault("unit_tag", unit_tag(row[1]))
    return Job(
        id=row[0], unit=row[1], facts=facts, printer=row[3], state=row[4], detail=row[5], tries=row[6],
        made_at=row[7], copy=row[8],
    )  # fmt: skip


def jobs(session: Session, *, state: str = "", limit: int = 500) -> list[Job]:
    """Print jobs, those that want attention first, then the latest first."""
    where, values = ("WHERE state = ?", (state,)) if state else ("", ())
    rows = session.all(
        f"{_JOB} {where} ORDER BY CASE state WHEN 'unknown' THEN 0 WHEN 'failed' THEN 1 WHEN 'sending' THEN 2"
        " WHEN 'queued' THEN 3 ELSE 4 END, made_at DESC, id DESC LIMIT ?",
        (*values, limit),
    )
    return [_job(row) for row in rows]


def counts(session: Session) -> dict[str, int]:
    """How many jobs are in each state."""
    return {str(row[0]): int(row[1]) for row in session.all("SELECT state, count(*) FROM print_jobs GROUP BY state")}


def claim(ledger: Ledger, default: str, skip: frozenset[str] = frozenset()) -> Job | None:
    """The next job for a printer that is not in `skip`, marked as being sent before its first byte leaves.

    A job without a printer of its own goes to the default one; where there is none, it stays queued.
    """
    with ledger.spooling() as session:
        for row in session.all(f"{_JOB} WHERE state = 'queued' AND {IS_OPEN} ORDER BY made_at, id LIMIT 200"):
            printer = row[3] or default
            if printer and printer not in skip:
                job = _job(row)
                session.run(
                    "UPDATE print_jobs SET state = 'sending', printer = ?, tries = tries + 1, changed_at = ?"
                    " WHERE id = ?",
                    (printer, ledger.clock.now_us(), job.id),
                )
                return Job(
                    id=job.id, unit=job.unit, facts=job.facts, printer=printer, state=SENDING, detail="",
                    tries=job.tries + 1, made_at=job.made_at, copy=job.copy,
                )  # fmt: skip
    return None


def settle(ledger: Ledger, job: str, state: str, detail: str = "") -> None:
    """Notes what became of a job."""
    with ledger.spooling() as session:
        session.run(
            "UPDATE print_jobs SET state = ?, detail = ?, changed_at = ? WHERE id = ?",
            (state, detail, ledger.clock.now_us(), job),
        )


def answer(ledger: Ledger, job: str, state: str, *, among: tuple[str, ...]) -> bool:
    """Somebody says what became of a doubtful job; False where it is in no state to be asked about."""
    marks = ", ".join("?" * len(among))
    with ledger.tending() as session:
        session.run(
            f"UPDATE print_jobs SET state = ?, detail = '', changed_at = ? WHERE id = ? AND state IN ({marks})",
            (state, ledger.clock.now_us(), job, *among),
        )
        return session.changed == 1


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
