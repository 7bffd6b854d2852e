"""Parts, partners and places: catalogue entries, changed field by field. An empty cell says nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from dockmark.catalog.events import (
    PartAdded,
    PartChanged,
    PartnerAdded,
    PartnerChanged,
)
from dockmark.desks.importing.judge import NEW, SAME, Judge, Ruling, Values, bad, changed, rows_of, text, texts, warned
from dockmark.desks.importing.verdicts import Change, RowSaid, Tally
from dockmark.desks.importing.world import World, same_word
from dockmark.exchange.rows import Batch, Trouble
from dockmark.exchange.values import Value
from dockmark.identifiers.keys import part_key
from dockmark.lookup.importing import Entry
from dockmark.record.canonical import Json
from dockmark.record.facts import Draft, Fact

Told = dict[str, Json]


@dataclass(slots=True)
class _News:
    """What a file says of one entry."""

    entry: Entry
    told: Told = field(default_factory=dict)
    added: bool = False


class EntryJudge(Judge):
    """What catalogue entries have in common."""

    SUBJECT: ClassVar[str] = ""

    def __init__(self, world: World, tally: Tally, defaults: Values | None = None) -> None:
        super().__init__(world, tally, defaults)
        self._news: dict[str, _News] = {}
        self._met: set[str] = set()

    def added(self, told: Told) -> Fact:
        """What is recorded of a new entry."""
        raise NotImplementedError

    def corrected(self, told: Told) -> Fact:
        """What is recorded of an entry with fields that differ."""
        raise NotImplementedError

    def said(self, values: Values) -> Told:
        """The fields as an event tells them."""
        return {name: int(value) if isinstance(value, bool) else value for name, value in values.items()}

    def settle(self, entry: Entry | None, code: str, told: Told) -> tuple[Ruling, Entry]:
        """The verdict on an entry of which a row says this."""
        if entry is None:
            entry = Entry(id=self.world.new_id(), code=code)
            defaults = self.said(self.defaults)
            self._news[entry.id] = _News(entry, {**defaults, **told}, added=True)
            self.world.names[entry.id] = code
            # What a later row, or a later file of the same folder, finds.
            entry.told.update(self._news[entry.id].told)
            self._met.add(entry.id)
            return NEW, entry
        if entry.id in self._met:
            return bad(RowSaid.DOUBLED, self.key_field, code), entry
        self._met.add(entry.id)
        differing = {name: value for name, value in told.items() if entry.told.get(name) != value}
        if not differing and entry.complete:
            return SAME, entry
        self._news[entry.id] = _News(entry, differing)
        changes = [
            Change(name, self._words(entry.told.get(name, "")), self._words(differing[name])) for name in differing
        ]
        entry.told.update(differing)
        if not changes:
            return changed("", ""), entry
        first, *more = changes
        return changed(first.field, first.now, first.was, *more), entry

    def _words(self, value: Json) -> str:
        return "" if value is None else self.world.name_of(str(value))[:200]

    @property
    def key_field(self) -> str:
        """The field that names an entry."""
        return self.SUBJECT

    def drafts(self) -> Iterator[Draft]:
        """One event for each entry that is new or has changed."""
        for news in self._news.values():
            fact = self.added(news.told) if news.added else self.corrected(news.told)
            yield Draft(fact=fact, subj=(f"{self.SUBJECT}:{news.entry.id}",), new=news.added)


class PartJudge(EntryJudge):
    """Parts: one entry for each number and maker.

    A row that names a maker completes the entry of that number that has none yet, as a part made from a scan has.
    A row that names none means the only entry of that number. Rows that say more of the maker are judged before those
    that say less and take what is left.
    """

    SUBJECT = "part"
    READS = frozenset({"part"})

    def __init__(self, world: World, tally: Tally, defaults: Values | None = None) -> None:
        super().__init__(world, tally, defaults)
        self._rows: list[tuple[int, Values]] = []

    def added(self, told: Told) -> Fact:
        """A part that is new."""
        return PartAdded(told=told)

    def corrected(self, told: Told) -> Fact:
        """A part that is known."""
        return PartChanged(told=told)

    @property
    def key_field(self) -> str:
        """The field that names a part."""
        return "part_number"

    def prepare(self, columns: Mapping[str, Sequence[Value | None]]) -> None:
        """Looks up the numbers and GTINs of a batch."""
        self.world.parts.want(part_key(number) for number in texts(columns, "part_number"))
        self.world.gtins.want(texts(columns, "gtin"))

    def rule(self, batch: Batch, warnings: dict[int, Trouble]) -> None:
        """Keeps the rows of a batch."""
        self._rows.extend(rows_of(batch))

    def finish(self) -> None:
        """Judges every row."""
        self._rows.sort(key=lambda each: ("manufacturer" not in each[1], "cage" not in each[1]))
        for row, values in self._rows:
            self.note(row, self.ruling(row, values))

    def ruling(self, row: int, values: Values) -> Ruling:
        """Judges one part."""
        number, maker, gtin = text(values, "part_number"), text(values, "manufacturer"), text(values, "gtin")
        entry = self._entry(self.world.parts[part_key(number)], maker, text(values, "cage"))
        if isinstance(entry, RowSaid):
            return bad(entry, "part_number", number)
        ruling, part = self.settle(entry, number, self.said(values))
        if entry is None:
            self.world.parts.add(part_key(number), part)
        if gtin and any(other.id != part.id for other in self.world.gtins[gtin]):
            ruling = warned(ruling, RowSaid.DOUBLED_GTIN, "gtin", gtin)
        elif gtin and not self.world.gtins[gtin]:
            self.world.gtins.add(gtin, part)
        return ruling

    def _entry(self, known: list[Entry], maker: str, cage: str) -> Entry | RowSaid | None:
        blank = [entry for entry in known if not entry.word("manufacturer")]
        if maker:
            named = [entry for entry in known if same_word(entry.word("manufacturer"), maker)]
            return next(iter(named or [entry for entry in blank if _may_be(entry, cage)]), None)
        if cage:
            # Another CAGE code is another maker, whatever its name.
            known = [entry for entry in known if entry.word("cage") == cage] or [
                entry for entry in known if not entry.word("cage")
            ]
        if len(known) > 1:
            known = [entry for entry in known if not entry.word("manufacturer")] or known
        if len(known) > 1:
            return RowSaid.AMBIGUOUS_PART
        return known[0] if known else None


def _may_be(entry: Entry, cage: str) -> bool:
    return not cage or not entry.word("cage") or entry.word("cage") == cage


class PartnerJudge(EntryJudge):
    """Partners by their code. A supplier is approved only where a row says so."""

    SUBJECT = "partner"
    READS = frozenset({"partner"})

    def added(self, told: Told) -> Fact:
        """A partner that is new."""
        return PartnerAdded(told=told)

    def corrected(self, told: Told) -> Fact:
        """A partner that is known."""
        return PartnerChanged(told=told)

    def prepare(self, columns: Mapping[str, Sequence[Value | None]]) -> None:
        """Looks up the codes of a batch."""
        self.world.partners.want(texts(columns, "partner"))

    def ruling(self, row: int, values: Values) -> Ruling:
        """Judges one partner."""
        code = text(values, "partner")
        known = self.world.partners.first(code)
        ruling, partner = self.settle(known, code, self.said(values))
        if known is None:
            self.world.partners.add(code, partner)
        return ruling
