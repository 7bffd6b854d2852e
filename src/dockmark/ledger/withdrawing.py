"""Which events do not count any more: the file that they came with was taken back, or they were undone."""

from collections.abc import Sequence
from typing import Final

import orjson

from dockmark.catalog.imports import Withdrawal, Withdrawals, fold_import, withdrawal_of
from dockmark.custody.state import reversals
from dockmark.database.session import Session
from dockmark.record.event import Seen, seen
from dockmark.record.ids import identity_of

_TOLD = (
    "SELECT s.subject, e.hash, e.core FROM event_subjects s JOIN events e ON e.n = s.event"
    " WHERE s.subject >= 'import:' AND s.subject < 'import;' ORDER BY s.subject, e.ts, e.station, e.seq"
)
_SUBJECTS = (
    "SELECT DISTINCT s.subject FROM events e JOIN event_subjects s ON s.event = e.n"
    " WHERE e.station = ? AND e.seq BETWEEN ? AND ?"
)


def withdrawals(session: Session) -> Withdrawals:
    """Every import that is undone, by the tables."""
    rows = session.all("SELECT station, spans, kept FROM imports WHERE reversed = 1 ORDER BY id")
    return Withdrawals(
        Withdrawal(row[0], tuple((first, last) for first, last in orjson.loads(row[1])), orjson.loads(row[2]))
        for row in rows
    )


def withdrawals_told(session: Session) -> Withdrawals:
    """Every import that is undone, by the events alone: for whoever makes the tables, or doubts them."""
    told: dict[str, list[Seen]] = {}
    for subject, digest, core in session.stream(_TOLD):
        told.setdefault(subject, []).append(seen(digest, orjson.loads(core)))
    states = [fold_import(identity_of(subject), events) for subject, events in told.items()]
    return Withdrawals(withdrawal_of(state) for state in states if state.is_reversed)


def subjects_of(session: Session, withdrawal: Withdrawal) -> list[str]:
    """Everything that an undone import said something of, as far as that is known here."""
    return [
        row[0] for first, last in withdrawal.spans for row in session.all(_SUBJECTS, (withdrawal.station, first, last))
    ]


_UNDONE_ONE_BY_ONE: Final = frozenset({"part", "partner", "place", "order", "asn"})


def counting(gone: Withdrawals, subject: str, history: Sequence[Seen]) -> Sequence[Seen]:
    """What counts of a subject's events: neither came with a file taken back, nor was undone at the form."""
    left = gone.left(subject, history)
    if len(left) < 2 or subject.partition(":")[0] not in _UNDONE_ONE_BY_ONE:
        return left
    return undone_left(left)


def undone_left(history: Sequence[Seen]) -> Sequence[Seen]:
    """These events without those that were undone."""
    undone = reversals(history)
    if not undone:
        return history
    return [event for event in history if event.id not in undone and event.type != "act_reversed"]
