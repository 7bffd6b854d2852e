"""Recalls: of a whole part, of lots, of serials, of serial ranges.

A row that names a serial means that piece, whatever lot it says besides; a row that names a range means the range.
Only a row that names none of these means the whole part. A recall of the whole part stands by itself, beside the
marks of a recall of the same number, so that no later file can narrow it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dockmark.catalog.events import RecallAnnounced
from dockmark.desks.importing.judge import NEW, SAME, Judge, Ruling, Values, bad, changed, text, texts
from dockmark.desks.importing.packing import packed, refs_of
from dockmark.desks.importing.verdicts import RowSaid, Tally
from dockmark.desks.importing.world import Register, World
from dockmark.exchange.values import Value
from dockmark.identifiers.keys import part_key, serial_key
from dockmark.lookup.importing import KnownRecall, recalls_by_number
from dockmark.record.canonical import Json
from dockmark.record.facts import Draft

_Mark = tuple[str, str, str]
_WHOLE: _Mark = ("whole", "", "")


@dataclass(slots=True)
class _News:
    """What a file says of one recall of one part."""

    recall: KnownRecall
    added: bool
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

    def ruling(self, row: int, values: Values) -> Ruling:
        """Judges one row of a recall."""
        part = self.part_of(values)
        if isinstance(part, Ruling):
            return part
        number, (mark, written) = text(values, "recall"), _mark(values)
        if (number, part.id, mark) in self._met:
            return bad(RowSaid.DOUBLED, mark[0] if mark[0] in values else "part_number", written or part.code)
        self._met.add((number, part.id, mark))
        known = [each for each in self._recalls[number] if each.part == part.id and each.whole == (mark is _WHOLE)]
        has_it = [each for each in known if mark is _WHOLE or mark in each.marks]
        recall = (has_it or known or [self._added(number, part.id, mark is _WHOLE)])[0]
        news = self._news.setdefault(recall.id, _News(recall, added=not known))
        return self._settled(news, values, mark, written, is_new=not has_it)

    def _added(self, number: str, part: str, whole: bool) -> KnownRecall:
        recall = KnownRecall(
            id=self.world.new_id(), number=number, part=part, reason="", announced="", whole=whole
        )  # fmt: skip
        self._recalls.add(number, recall)
        return recall

    def _settled(self, news: _News, values: Values, mark: _Mark, written: str, *, is_new: bool) -> Ruling:
        recall = news.recall
        differing = ""
        for name, stored in (("reason", recall.reason), ("announced", recall.announced)):
            said = text(values, name)
            if said and said != stored and name not in news.said:
                news.said[name] = said
                differing = differing or name
        if is_new:
            if mark is not _WHOLE:
                recall.marks.add(mark)
                news.marks.append((mark, written))
            return NEW
        return changed(differing, news.said[differing]) if differing else SAME

    def drafts(self) -> Iterator[Draft]:
        """Announcements; those of many marks widen the recall step by step."""
        for news in self._news.values():
            if news.added or news.marks or news.said:
                yield from _drafts(news)


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
