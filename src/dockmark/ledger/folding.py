"""Keeps the projections in step with the events: at once for new ones, subject by subject for late ones."""

from collections.abc import Sequence

import orjson

from dockmark.catalog.imports import Withdrawals, fold_import, withdrawal_of
from dockmark.custody.bonds import BONDING, is_bonded
from dockmark.custody.state import UnitState, after, first, fold, texts_in, unseen, words_of
from dockmark.database.session import Row, Session
from dockmark.ledger import bonding, projections, unit_rows
from dockmark.ledger.bonding import Alias, One
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
        """Units of which nothing is left: the file that they came with was taken back, or they are others' ids now."""
        self._aliases: dict[str, tuple[Alias, Standing]] = {}
        self._lone: dict[str, tuple[Alias, ...]] = {}
        """Units that words on bonds speak of and that stand for themselves, with their other ids."""
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
        reference = bool(self._fresh or self._stale or self._aliases or self._lone)
        self._withdraw()
        for subject in self._stale:
            self._refold(subject)
        self._write_units()
        self._write_aliases()
        for subject, events in self._fresh.items():
            self._write_subject(subject, events)
        # What is written can be read again; kept, every later part of a large import would write it once more.
        self._units.clear()
        self._unstored.clear()
        self._stale.clear()
        self._fresh.clear()
        self._removed.clear()
        self._aliases.clear()
        self._lone.clear()
        self._again.clear()
        if reference:
            # Where only units change, and none of them has other ids, nothing does that is kept between transactions.
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
        note_docs(self._session, docs, new=not self._withdrawals and not self._lone)
        unit_rows.store_tallies(self._session, counts)

    def _write_aliases(self) -> None:
        for unit, aliases in self._lone.items():
            bonding.forget_alias(self._session, unit)
            if unit in self._units:
                note_doc(self._session, unit, unit_doc(self._units[unit][0], aliases))
        for alias, where in self._aliases.values():
            bonding.store_alias(self._session, alias.row(where))

    def _unit(self, unit: str) -> tuple[UnitState, Standing, Row | None]:
        known = self._units.get(unit)
        if known is not None:
            return known
        loaded = unit_rows.load(self._session, unit) if unit not in self._aliases else None
        if loaded is not None and loaded[2] is not None:
            return loaded
        if (alias := self._alias(unit)) is not None:
            return self._unit(alias[0])[0], alias[1], None
        return loaded or (unseen(unit), Standing(), None)

    def _alias(self, unit: str) -> tuple[str, Standing] | None:
        """The unit that this other id means, and where the id stands, with what this transaction said of it."""
        if unit in self._lone:
            return None
        pending = self._aliases.get(unit)
        return (pending[0].unit, pending[1]) if pending is not None else bonding.alias_of(self._session, unit)

    def _take_unit(self, unit: str, event: Seen, new: bool) -> None:
        self._unstored.setdefault(unit, []).append(event)
        if event.type == "act_reversed":
            self._refold_unit(unit, event)
            return
        if new and unit not in self._units:
            self._units[unit] = (first(unit, event), Standing((event.hash,), event.ts, 1), None)
            return
        state, where, old = self._unit(unit)
        if event.type in BONDING or state.id != unit:
            self._regroup(unit)
            return
        self._units[unit] = (after(state, event), stepped(where, event, f"unit:{unit}"), old)

    def _refold_unit(self, unit: str, extra: Seen) -> None:
        known = self._known(f"unit:{unit}")
        if is_bonded(known):
            self._regroup(unit)
            return
        _, where, old = self._unit(unit)
        gone = self._withdrawals.gone(f"unit:{unit}", known)
        self._units[unit] = (fold(unit, known, gone), stepped(where, extra, f"unit:{unit}"), old)

    def _known(self, subject: str) -> list[Seen]:
        """Every event of a unit, those of this transaction included."""
        unstored = self._unstored.get(identity_of(subject), ())
        stored = history(self._session, subject)
        known = {event.id for event in stored}
        return [*stored, *(event for event in unstored if event.id not in known)]

    def _regroup(self, unit: str) -> None:
        """Folds every unit again that words on bonds link with this one."""
        for one in bonding.units_in(self._known, unit, self._withdrawals):
            self._place(one)

    def _place(self, one: One) -> None:
        for member, events in one.histories.items():
            old = unit_rows.load(self._session, member)[2]
            self._aliases.pop(member, None)
            self._removed.pop(member, None)
            if one.state is not None and member == one.state.id:
                self._units[member] = (one.state, standing(f"unit:{member}", events), old)
                self._lone[member] = one.aliases
                continue
            self._units.pop(member, None)
            self._lone.pop(member, None)
            self._removed[member] = old
        for alias in one.aliases:
            self._aliases[alias.id] = (alias, standing(f"unit:{alias.id}", one.histories[alias.id]))

    def _refold(self, subject: str) -> None:
        events = history(self._session, subject)
        if subject.startswith("unit:"):
            unit = identity_of(subject)
            if is_bonded(events):
                self._regroup(unit)
                return
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
        if kind == "part" and is_bonded(events):
            self._write_parts(identity)
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

    def _write_parts(self, part: str) -> None:
        """The rows of a part that several offices wrote down: each says what all of them were told."""

        def read(subject: str) -> list[Seen]:
            return self._fresh.get(subject) or history(self._session, subject)

        for ids, rows in bonding.part_rows(read, part, self._withdrawals):
            for identity in ids:
                projections.clear(self._session, "part", identity)
                forget_doc(self._session, identity)
            projections.write(self._session, rows)
            if doc := projections.doc_of("part", rows):
                note_doc(self._session, ids[0], doc)


def unit_doc(state: UnitState, aliases: Sequence[Alias] = ()) -> projections.Doc:
    """What the search finds a unit by. Its place is left out: it changes too often to be indexed."""
    others = (text for alias in aliases for text in (alias.serial, alias.lot))
    return projections.Doc("unit", words_of(state.serial, state.lot, (*state.marks.values(), *others)))
