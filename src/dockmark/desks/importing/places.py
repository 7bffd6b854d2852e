"""Places: bins within shelves within rooms. What a place stands in may follow further down in the file."""

from collections.abc import Mapping, Sequence

from dockmark.catalog.events import PlaceAdded, PlaceChanged
from dockmark.desks.importing.entries import EntryJudge, Told
from dockmark.desks.importing.judge import Ruling, Values, bad, rows_of, text, texts, warned
from dockmark.desks.importing.verdicts import RowSaid, Tally
from dockmark.desks.importing.world import World
from dockmark.exchange.rows import Batch, Trouble
from dockmark.exchange.values import Value
from dockmark.identifiers.tags import place_payload
from dockmark.record.facts import Fact


class PlaceJudge(EntryJudge):
    """Places by their code. Judged from the outermost inwards, once all rows are known."""

    SUBJECT = "place"
    READS = frozenset({"place"})

    def __init__(self, world: World, tally: Tally, defaults: Values | None = None) -> None:
        super().__init__(world, tally, defaults)
        self._rows: dict[str, tuple[int, Values]] = {}
        self._rulings: dict[str, Ruling] = {}
        self._within: dict[str, str] = {}
        """Place to what it stands in, as this file says, by id."""

    def added(self, told: Told) -> Fact:
        """A place that is new."""
        return PlaceAdded(told=told)

    def corrected(self, told: Told) -> Fact:
        """A place that is known."""
        return PlaceChanged(told=told)

    def prepare(self, columns: Mapping[str, Sequence[Value | None]]) -> None:
        """Looks up the codes of a batch, and what they stand in."""
        self.world.places.want((*texts(columns, "place"), *texts(columns, "parent")))
        self.world.tags.want(map(place_payload, texts(columns, "place")))

    def rule(self, batch: Batch, warnings: dict[int, Trouble]) -> None:
        """Keeps the rows of a batch; only a code that was met before is bad at once."""
        for row, values in rows_of(batch):
            code = text(values, "place")
            if code in self._rows:
                self.note(row, bad(RowSaid.DOUBLED, "place", code))
            else:
                self._rows[code] = (row, values)

    def finish(self) -> None:
        """Judges every row after the row of what it stands in."""
        for code in self._rows:
            for each in self._outwards(code):
                if each not in self._rulings:
                    self._rulings[each] = self._ruled(each)
        for code, (row, _) in self._rows.items():
            self.note(row, self._rulings[code])

    def _outwards(self, code: str) -> list[str]:
        """The rows to be judged before this one, the outermost first; those that stand in a ring are judged here."""
        chain = {code: None}
        inner = code
        while (outer := text(self._rows[inner][1], "parent")) in self._rows and outer not in self._rulings:
            if outer in chain:
                looped = list(chain)[list(chain).index(outer) :]
                self._rulings.update((each, bad(RowSaid.PLACE_LOOP, "parent", outer)) for each in looped)
                break
            chain[outer] = None
            inner = outer
        return list(reversed(chain))

    def _ruled(self, code: str) -> Ruling:
        values = self._rows[code][1]
        told = self.said(values)
        known = self.world.places.first(code)
        if parent := text(values, "parent"):
            if parent in self._rulings and self._rulings[parent].code == RowSaid.PLACE_LOOP:
                return bad(RowSaid.PLACE_LOOP, "parent", parent)
            outer = self.world.places.first(parent)
            if outer is None:
                return bad(RowSaid.PLACE_UNKNOWN, "parent", parent)
            if parent == code or (known is not None and self._stands_in(outer.id, known.id)):
                return bad(RowSaid.PLACE_LOOP, "parent", parent)
            told["parent"] = outer.id
        ruling, place = self.settle(known, code, told)
        if parent:
            self._within[place.id] = str(told["parent"])
        if known is None:
            self.world.places.add(code, place)
        tag = place_payload(code)
        if any(other.id != place.id for other in self.world.tags[tag]):
            return warned(ruling, RowSaid.SAME_TAG, "place", code)
        if known is None:
            self.world.tags.add(tag, place)
        return ruling

    def _stands_in(self, place: str, other: str) -> bool:
        """Whether a place is, or stands anywhere in, another one."""
        met: set[str] = set()
        while place and place not in met:
            if place == other:
                return True
            met.add(place)
            known = self.world.places_by_id.first(place)
            place = self._within.get(place) or (known.word("parent") if known else "")
        return False
