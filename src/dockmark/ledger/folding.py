"""Keeps the projections in step with the events: at once for new ones, subject by subject for late ones."""

from collections.abc import Sequence

import orjson

from dockmark.catalog.imports import Withdrawals, fold_import, withdrawal_of
from dockmark.custody.state import UnitState, after, first, fold, texts_in
from dockmark.database.session import Row, Session
from dockmark.ledger import projections, unit_rows
from dockmark.ledger.searching import forget_doc, note_doc, note_docs
from dockmark.ledger.unit_rows import Standing
from dockmark.ledger.withdrawing import counting, subjects_of, withdrawals
from dockmark.record.event import Seen, seen
from dockmark.record.ids import identity_of

_HISTORY = (
    "SELECT e.hash, e.core FROM event_subjects s JOIN events e ON e.n = s.event WHERE s.subject = ?"
    " ORDER BY e.ts, e.station, e.seq"
)


def history(session: Session, subject: str) -> list[Seen]:
    """Every event that changes this subject, in fold order."""
    return [seen(row[0], orjson.loads(row[1])) for row in session.all(_HISTORY, (subject,))]


def standing(subject: str, events: Sequence[Seen]) -> Standing:
    """Where a subject stands after these events, which must be in fold order."""
    where = Standing()
    for event in events:
        where = stepped(where, event, subject)
    return where


def stepped(where: Standing, event: Seen, subject: str) -> Standing:
    """Where a subject stands once this event, the latest in order, has happened.

    Its heads are the events that no other one builds on. Two heads at once are a dispute, which stays open until a
    `dispute_resolved` names all of them; an ordinary event on top of both does not close it.
    """
    if not where.events:
        return Standing((event.hash,), event.ts, 1)
    base = event.base.get(subject, ())
    heads = tuple(sorted([*(head for head in where.heads if head not in base), event.hash]))
    disputed = set(where.disputed)
    if len(heads) > 1:
        disputed |= set(heads)
    if disputed and event.type == "dispute_resolved" and disputed <= set(texts_in(event.body.get("heads"))):
        disputed = set()
    return Standing(heads, max(where.last_ts, event.ts), where.events + 1, tuple(sorted(disputed)))


class Fold:
    """The projections within one write transaction. Nothing is written before `write`."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._units: dict[str, tuple[UnitState, Standing, Row | None]] = {}
        self._fresh: dict[str, list[Seen]] = {}
        self._stale: dict[str, None] = {}
        self._unstored: dict[str, list[Seen]] = {}
        self._removed: dict[str, Row | None] = {}
        """Units of which nothing is left: the file that they came with was taken back."""
        self._gone: Withdrawals | None = None
        self._again: set[str] = set()
        """Subjects that are folded once more though no event of them came."""

    def unit(self, unit: str) -> UnitState:
        """The unit as it is now, events of this transaction included."""
        return self._unit(unit)[0]

    def standing(self, subject: str) -> Standing:
        """Where a subject stands now, events of this transaction included."""
        if subject.startswith("unit:"):
            return self._unit(identity_of(subject))[1]
        if subject in self._fresh:
            return standing(subject, self._fresh[subject])
        row = self._session.one("SELECT heads, last_ts, events, disputed FROM subjects WHERE subject = ?", (subject,))
        return Standing() if row is None else Standing.of(*row)

    def take(self, event: Seen, *, new: bool) -> None:
        """A new event of ours: later in order than everything that its subjects know."""
        for subject in event.subj:
            if subject.startswith("unit:"):
                self._take_unit(identity_of(subject), event, new)
            elif new or subject in self._fresh:
                self._fresh.setdefault(subject, []).append(event)
            else:
                self._fresh[subject] = [*history(self._session, subject), event]

    def refold(self, subject: str) -> None:
        """Marks a subject to be folded again from all its stored events."""
        self._stale[subject] = None

    def write(self) -> None:
        """Writes what changed. Events of this transaction must be stored by now."""
        reference = bool(self._fresh or self._stale)
        self._withdraw()
        for subject in self._stale:
            self._refold(subject)
        self._write_units()
        for subject, events in self._fresh.items():
            self._write_subject(subject, events)
        # What is written can be read again; kept, every later part of a large import would write it once more.
        self._units.clear()
        self._unstored.clear()
        self._stale.clear()
        self._fresh.clear()
        self._removed.clear()
        self._again.clear()
        if reference:
            # Where only units change, nothing does that is kept between transactions.
            self._session.forget()

    @property
    def _withdrawals(self) -> Withdrawals:
        if self._gone is None:
            self._gone = self._session.kept(withdrawals)
        return self._gone

    def _withdraw(self) -> None:
        """Imports first: what an undone one said something of is folded again, without it."""
        for subject in [name for name in (*self._stale, *self._fresh) if name.startswith("import:")]:
            if subject in self._stale:
                del self._stale[subject]
                self._fresh[subject] = history(self._session, subject)
            events = self._fresh.pop(subject, None)
            if events is None:
                continue
            self._write_subject(subject, events)
            state = fold_import(identity_of(subject), events)
            if state.is_reversed:
                self._gone = None
                self._session.forget()
                self._again.update(subjects_of(self._session, withdrawal_of(state)))
        self._stale |= dict.fromkeys(sorted(self._again))

    def _remove(self, unit: str, old: Row | None, counts: dict[unit_rows.Tally, int]) -> None:
        if old is None:
            return
        self._session.run("DELETE FROM units WHERE id = ?", (unit,))
        forget_doc(self._session, unit)
        if (counted := unit_rows.tally(old)) is not None:
            counts[counted[0]] = counts.get(counted[0], 0) - counted[1]

    def _write_units(self) -> None:
        counts: dict[unit_rows.Tally, int] = {}
        rows, docs = [], []
        for unit, old in self._removed.items():
            self._remove(unit, old, counts)
        for state, where, old in self._units.values():
            row = unit_rows.to_row(state, where)
            if (counted := unit_rows.tally(row)) is not None:
                counts[counted[0]] = counts.get(counted[0], 0) + counted[1]
            if old is None:
                rows.append(row)
                docs.append((state.id, unit_doc(state)))
                continue
            if (counted := unit_rows.tally(old)) is not None:
                counts[counted[0]] = counts.get(counted[0], 0) - counted[1]
            unit_rows.store(self._session, old, row)
            if old[1] != state.part or (old[2], old[3]) != (state.serial, state.lot):
                note_doc(self._session, state.id, unit_doc(state))
        unit_rows.insert(self._session, rows)
        note_docs(self._session, docs, new=not self._withdrawals)
        unit_rows.store_tallies(self._session, counts)

    def _unit(self, unit: str) -> tuple[UnitState, Standing, Row | None]:
        known = self._units.get(unit)
        return known if known is not None else unit_rows.load(self._session, unit)

    def _take_unit(self, unit: str, event: Seen, new: bool) -> None:
        self._unstored.setdefault(unit, []).append(event)
        if event.type == "act_reversed":
            self._refold_unit(unit, event)
            return
        if new and unit not in self._units:
            self._units[unit] = (first(unit, event), Standing((event.hash,), event.ts, 1), None)
            return
        state, where, old = self._unit(unit)
        self._units[unit] = (after(state, event), stepped(where, event, f"unit:{unit}"), old)

    def _refold_unit(self, unit: str, extra: Seen) -> None:
        _, where, old = self._unit(unit)
        known = [*history(self._session, f"unit:{unit}"), *self._unstored[unit]]
        gone = self._withdrawals.gone(f"unit:{unit}", known)
        self._units[unit] = (fold(unit, known, gone), stepped(where, extra, f"unit:{unit}"), old)

    def _refold(self, subject: str) -> None:
        events = history(self._session, subject)
        if subject.startswith("unit:"):
            unit = identity_of(subject)
            old = unit_rows.load(self._session, unit)[2]
            gone = self._withdrawals.gone(subject, events)
            if len(gone) == len(events):
                self._units.pop(unit, None)
                self._removed[unit] = old
            else:
                self._units[unit] = (fold(unit, events, gone), standing(subject, events), old)
        else:
            self._fresh[subject] = events

    def _write_subject(self, subject: str, events: Sequence[Seen]) -> None:
        where = standing(subject, events)
        self._session.run("INSERT OR REPLACE INTO subjects VALUES (?, ?, ?, ?, ?)", (subject, *where.columns()))
        kind, _, identity = subject.partition(":")
        maker = projections.MAKERS.get(kind)
        if maker is None:
            return
        left = counting(self._withdrawals, subject, events)
        rows = maker(identity, left) if left else {}
        if len(events) > 1 or subject in self._again:
            projections.clear(self._session, kind, identity)
        projections.write(self._session, rows)
        if doc := projections.doc_of(kind, rows):
            note_doc(self._session, identity, doc)
        elif not left:
            forget_doc(self._session, identity)


def unit_doc(state: UnitState) -> projections.Doc:
    """What the search finds a unit by. Its place is left out: it changes too often to be indexed."""
    marks = (str(value) for value in state.marks.values())
    return projections.Doc("unit", " ".join(text for text in (state.serial, state.lot, *marks) if text))
