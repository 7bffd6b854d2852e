"""Recalls: of a whole part, of lots, of serials, of serial ranges.

A row that names a serial means that piece, whatever lot it says besides; a row that names a range means the range.
Only a row that names none of these means the whole part. A recall of the whole part stands by itself, beside the
marks of a recall of the same number, so that no later file can narrow it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from dockmark.catalog.events import RecallAnnounced
from dockmark.desks.importing.judge import NEW, SAME, Judge, Ruling, Values, bad, changed, rows_of, text, texts
from dockmark.desks.importing.packing import packed, refs_of
from dockmark.desks.importing.verdicts import RowSaid, Tally
from dockmark.desks.importing.world import Register, World
from dockmark.exchange.rows import Batch, Trouble
from dockmark.exchange.values import Value
from dockmark.identifiers.keys import part_key, serial_key
from dockmark.lookup.importing import KnownRecall, recalls_by_number
from dockmark.record.canonical import Json
from dockmark.record.facts import Draft

_Mark = tuple[str, str, str]
_WHOLE: Final[_Mark] = ("whole", "", "")
_AND: Final = "; "
_LONGEST: Final = 4000


@dataclass(slots=True)
class _News:
    """What a file says of one recall of one part."""

    recall: KnownRecall
    added: bool
    rows: list[tuple[int, Values, bool]] = field(default_factory=list)
    """Row, its values, whether its mark is new."""
    marks: list[tuple[_Mark, str]] = field(default_factory=list)
    """New marks, with the serial as it is written."""
    said: dict[str, str] = field(default_factory=dict)
    """Reason and day, where they are new or differ."""


class RecallJudge(Judge):
    """Recalls by number and part."""

    READS = frozenset({"part", "recall"})

    def __init__(self, world: World, tally: Tally, defaults: Values | None = None) -> None:
        super().__init__(world, tally, defaults)
        self._recalls = Register[KnownRecall](world.session, recalls_by_number)
        self._news: dict[str, _News] = {}
        self._met: set[tuple[str, str, _Mark]] = set()

    def prepare(self, columns: Mapping[str, Sequence[Value | None]]) -> None:
        """Looks up the parts and recalls of a batch."""
        self.world.parts.want(map(part_key, texts(columns, "part_number")))
        self._recalls.want(texts(columns, "recall"))

    def rule(self, batch: Batch, warnings: dict[int, Trouble]) -> None:
        """Sorts the rows of a batch by recall; what no mark can be made of is bad at once."""
        for row, values in rows_of(batch):
            part = self.part_of(values)
            if isinstance(part, Ruling):
                self.note(row, part)
                continue
            number, (mark, written) = text(values, "recall"), _mark(values)
            if (number, part.id, mark) in self._met:
                self.note(row, bad(RowSaid.DOUBLED, mark[0] if mark[0] in values else "part_number", written))
                continue
            self._met.add((number, part.id, mark))
            self._sort(row, values, part.id, mark, written)

    def _sort(self, row: int, values: Values, part: str, mark: _Mark, written: str) -> None:
        number, whole = text(values, "recall"), mark is _WHOLE
        known = [each for each in self._recalls[number] if each.part == part and each.whole == whole]
        has_it = [each for each in known if whole or mark in each.marks]
        recall = next(iter(has_it or known), None) or self._added(number, part, whole)
        news = self._news.setdefault(recall.id, _News(recall, added=not known))
        is_new = not has_it
        if is_new and not whole:
            recall.marks.add(mark)
            news.marks.append((mark, written))
        news.rows.append((row, values, is_new))

    def _added(self, number: str, part: str, whole: bool) -> KnownRecall:
        recall = KnownRecall(id=self.world.new_id(), number=number, part=part, reason="", announced="", whole=whole)
        self._recalls.add(number, recall)
        return recall

    def finish(self) -> None:
        """Compares reason and day with what the ledger has of each recall."""
        for news in self._news.values():
            differing = _differing(news)
            for row, values, is_new in news.rows:
                field_of = next((name for name in differing if name in values), "")
                ruling = changed(field_of, values[field_of], getattr(news.recall, field_of, "")) if field_of else SAME
                self.note(row, NEW if is_new else ruling)

    def drafts(self) -> Iterator[Draft]:
        """Announcements; those of many marks widen the recall step by step."""
        for news in self._news.values():
            if news.added or news.marks or news.said:
                yield from _drafts(news)


def _differing(news: _News) -> list[str]:
    """Which of reason and day are new; of several reasons in one file none is lost."""
    recall = news.recall
    reasons, known = _said(news, "reason"), (recall.reason, *recall.reason.split(_AND))
    if any(reason not in known for reason in reasons) and (said := _AND.join(reasons)[:_LONGEST]) != recall.reason:
        news.said["reason"] = said
    days = _said(news, "announced")
    if days and recall.announced not in days:
        news.said["announced"] = min(days)
    return list(news.said)


def _said(news: _News, name: str) -> list[str]:
    return list(dict.fromkeys(text(values, name) for _, values, _ in news.rows if name in values))


def _mark(values: Values) -> tuple[_Mark, str]:
    """What of the part a row means, and how the row writes it."""
    if serial := text(values, "serial"):
        return ("serial", serial_key(serial), ""), serial
    if first := text(values, "serial_from"):
        return ("range", first, text(values, "serial_to")), first
    if lot := text(values, "lot"):
        return ("lot", lot, ""), lot
    return _WHOLE, ""


def _drafts(news: _News) -> Iterator[Draft]:
    recall, new = news.recall, news.added
    marks: list[list[Json]] = [[*mark, written] for mark, written in news.marks]
    for some in list(packed(marks)) or [[]]:
        fact = RecallAnnounced(
            number=recall.number, part=recall.part,
            reason=news.said.get("reason", ""), announced=news.said.get("announced", ""),
            lots=[mark[1] for mark in some if mark[0] == "lot"],
            serials=[mark[3] for mark in some if mark[0] == "serial"],
            ranges=[[mark[1], mark[2]] for mark in some if mark[0] == "range"],
        )  # fmt: skip
        yield Draft(fact=fact, subj=(f"recall:{recall.id}",), refs=refs_of(("part", recall.part)), new=new)
        new = False
