"""Files that were taken in, and what of them was withdrawn again. Pure.

An import is a run of events that one station recorded, told by their numbers in the `import_completed` behind them.
`import_reversed` withdraws them: every fold passes over these events, as if the file had never been taken in, but for
what was used since, which the reversal names. So one event takes a file of any size back, in whatever order the two
arrive elsewhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dockmark.catalog import events as said
from dockmark.record.event import Seen
from dockmark.record.facts import from_body

Span = tuple[int, int]
Kept = dict[str, list[str]]
"""Subject -> names of its lines or rows that stay; none named: all of it stays."""


@dataclass(slots=True, kw_only=True)
class ImportState:
    """A file that was taken in, and whether what it said is withdrawn."""

    id: str
    kind: str = ""
    file: str = ""
    sha256: str = ""
    rows: int = 0
    recorded: int = 0
    bad: int = 0
    at: int = 0
    actor: str = ""
    station: str = ""
    spans: list[Span] = field(default_factory=list)
    is_reversed: bool = False
    reason: str = ""
    reversed_at: int = 0
    reversed_by: str = ""
    withdrawn: int = 0
    kept: Kept = field(default_factory=dict)


def fold_import(identity: str, history: Iterable[Seen]) -> ImportState:
    """The import after these events. A reversal may be told in several events. Never raises."""
    state = ImportState(id=identity)
    for event in history:
        fact = from_body(event.type, event.schema, event.body)
        if isinstance(fact, said.ImportCompleted) and not state.kind:
            state.kind, state.file, state.sha256 = fact.kind, fact.file, fact.sha256
            state.rows, state.recorded, state.bad = fact.rows, fact.recorded, fact.bad
            state.at, state.actor, state.station = event.happened, event.actor, event.station
            state.spans = [span for span in map(_span, fact.spans) if span is not None and span[1] < event.seq]
        elif isinstance(fact, said.ImportReversed):
            if not state.is_reversed:
                state.reason, state.reversed_at, state.reversed_by = fact.reason, event.happened, event.actor
            state.is_reversed = True
            state.withdrawn = max(state.withdrawn, fact.withdrawn)
            state.kept.update({name: _names(told) for name, told in fact.kept.items()})
    return state


def _span(value: object) -> Span | None:
    match value:
        case [int(first), int(last)] if 0 < first <= last:
            return first, last
        case _:
            return None


def _names(value: object) -> list[str]:
    return [name for name in value if isinstance(name, str)] if isinstance(value, list) else []


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """One import that was undone: which events, and what of them stays."""

    station: str
    spans: Sequence[Span]
    kept: Mapping[str, Sequence[str]]

    def covers(self, event: Seen) -> bool:
        """Whether an event came with this import."""
        return self.has(event.station, event.seq)

    def has(self, station: str, seq: int) -> bool:
        """Whether the event of this station and number came with this import."""
        return station == self.station and any(first <= seq <= last for first, last in self.spans)

    def withdraws(self, subject: str, station: str, seq: int) -> bool:
        """Whether that event says nothing of this subject any more."""
        return self.has(station, seq) and subject not in self.kept


class Withdrawals:
    """Every import that was undone. Most ledgers have none, and then nothing is looked at."""

    def __init__(self, known: Iterable[Withdrawal] = ()) -> None:
        self._known = tuple(known)

    def __bool__(self) -> bool:
        return bool(self._known)

    def left(self, subject: str, history: Sequence[Seen]) -> Sequence[Seen]:
        """What still counts of a subject's events; one of which some lines stay says these only."""
        if not self._known:
            return history
        return [each for event in history if (each := self._left_of(subject, event)) is not None]

    def _left_of(self, subject: str, event: Seen) -> Seen | None:
        for withdrawal in self._known:
            if withdrawal.covers(event):
                names = withdrawal.kept.get(subject)
                return None if names is None else narrowed(event, names)
        return event

    def gone(self, subject: str, history: Sequence[Seen]) -> frozenset[str]:
        """Ids of the events of a subject that do not count any more."""
        if not self._known:
            return frozenset()
        left = {event.id for event in self.left(subject, history)}
        return frozenset(event.id for event in history if event.id not in left)


def narrowed(event: Seen, names: Sequence[str]) -> Seen:
    """The event with those of its lines, or rows by number, that are named; none named: as it is."""
    if not names:
        return event
    wanted, body = set(names), dict(event.body)
    if isinstance(lines := body.get("lines"), list):
        body["lines"] = [line for line in lines if isinstance(line, dict) and str(line.get("line", "")) in wanted]
    if isinstance(rows := body.get("rows"), list):
        body["rows"] = [row for number, row in enumerate(rows) if str(number) in wanted]
    return event._replace(body=body)


def withdrawal_of(state: ImportState) -> Withdrawal:
    """What an undone import withdraws."""
    return Withdrawal(state.station, tuple(state.spans), state.kept)
