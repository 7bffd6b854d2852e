"""Judges rows against the ledger. Nothing is written while rows are judged."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from dockmark.desks.importing.verdicts import Change, RowSaid, Tally, Verdict
from dockmark.desks.importing.world import World
from dockmark.exchange.codes import RowCode
from dockmark.exchange.rows import Batch, Trouble
from dockmark.exchange.values import Value
from dockmark.lookup.importing import Entry
from dockmark.record.facts import Draft

Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Ruling:
    """The verdict on a row."""

    verdict: Verdict
    code: str = ""
    field: str = ""
    value: str = ""
    changes: tuple[Change, ...] = ()


NEW: Final = Ruling(Verdict.NEW)
SAME: Final = Ruling(Verdict.SAME)


def bad(code: RowSaid | RowCode, field: str, value: object = "") -> Ruling:
    """A row that nothing can be made of."""
    return Ruling(Verdict.BAD, code.value, field, "" if value is None else str(value))


def changed(field: str, value: object = "", was: object = "", *more: Change) -> Ruling:
    """A row that says otherwise what the ledger says: the first field that differs, and the others."""
    return Ruling(Verdict.CHANGED, "", field, str(value), (Change(field, str(was)[:200], str(value)[:200]), *more))


def warned(ruling: Ruling, code: RowSaid, field: str, value: object = "") -> Ruling:
    """A good row with a word of warning; the first warning stays."""
    if ruling.code:
        return ruling
    return Ruling(ruling.verdict, code.value, field, str(value), ruling.changes)


class Judge:
    """Judges the rows of one kind, and says afterwards what is to be recorded."""

    READS: ClassVar[frozenset[str]] = frozenset()
    """Kinds of subject that the verdicts hang on."""

    def __init__(self, world: World, tally: Tally, defaults: Values | None = None) -> None:
        self.world: Final = world
        self.tally: Final = tally
        self.defaults: Final[Values] = defaults or {}
        """What a new entry is where its row does not say."""

    def take(self, batch: Batch) -> None:
        """Judges some hundred rows."""
        for wrong in batch.bad:
            self.tally.note(wrong.row, Verdict.BAD, wrong.code.value, wrong.field, wrong.value)
        if not batch.rows:
            return
        self.prepare(batch.columns)
        warnings: dict[int, Trouble] = {}
        for row, trouble in batch.warnings:
            warnings.setdefault(row, trouble)
        self.rule(batch, warnings)

    def rule(self, batch: Batch, warnings: dict[int, Trouble]) -> None:
        """Judges the readable rows of a batch, one after another."""
        for row, values in rows_of(batch):
            ruling = self.ruling(row, values)
            if ruling.verdict is not Verdict.BAD and not ruling.code and (trouble := warnings.get(row)):
                ruling = Ruling(ruling.verdict, trouble.code.value, trouble.field, trouble.value, ruling.changes)
            self.note(row, ruling)

    def note(self, row: int, ruling: Ruling) -> None:
        """Keeps the verdict on a row."""
        self.tally.note(row, ruling.verdict, ruling.code, ruling.field, ruling.value, ruling.changes)

    def prepare(self, columns: Mapping[str, Sequence[Value | None]]) -> None:
        """Looks up at once what the rows of a batch will ask for."""

    def ruling(self, row: int, values: Values) -> Ruling:
        """Judges one row."""
        raise NotImplementedError

    def finish(self) -> None:
        """All rows have been judged."""

    def drafts(self) -> Iterator[Draft]:
        """What is to be recorded."""
        raise NotImplementedError

    def part_of(self, values: Values) -> Entry | Ruling:
        """The part that a row names, or why none is meant."""
        number = text(values, "part_number")
        found = self.world.part(number, text(values, "manufacturer") or None)
        return found if isinstance(found, Entry) else bad(found, "part_number", number)


def rows_of(batch: Batch) -> Iterator[tuple[int, dict[str, Value]]]:
    """The readable rows of a batch as number and values; empty cells are left out."""
    names = tuple(batch.columns)
    for row, cells in zip(batch.rows, zip(*batch.columns.values(), strict=True), strict=True):
        yield row, {name: value for name, value in zip(names, cells, strict=True) if value is not None}


def texts(columns: Mapping[str, Sequence[Value | None]], name: str) -> Iterator[str]:
    """The different texts of a column."""
    return (value for value in dict.fromkeys(columns.get(name, ())) if isinstance(value, str))


def text(values: Values, name: str) -> str:
    """A cell as text; empty where it is."""
    value = values.get(name, "")
    return value if isinstance(value, str) else ""


def whole(values: Values, name: str) -> int | None:
    """A cell as a number."""
    value = values.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
