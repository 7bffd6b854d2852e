"""Serial ranges: which serials a maker says it has issued."""

from collections.abc import Iterator, Mapping, Sequence

from dockmark.catalog.events import SerialRangeStated
from dockmark.desks.importing.judge import NEW, SAME, Judge, Ruling, Values, bad, changed, text, texts, warned
from dockmark.desks.importing.packing import refs_of
from dockmark.desks.importing.verdicts import RowSaid, Tally
from dockmark.desks.importing.world import Register, World
from dockmark.exchange.values import Value
from dockmark.identifiers.keys import part_key
from dockmark.lookup.importing import ranges_by_part
from dockmark.record.facts import Draft


class RangeJudge(Judge):
    """Serial ranges by part, first and last; the maker may be named later."""

    READS = frozenset({"part", "partner", "range"})

    def __init__(self, world: World, tally: Tally, defaults: Values | None = None) -> None:
        super().__init__(world, tally, defaults)
        self._known = Register[tuple[str, str, str, str]](world.session, ranges_by_part)
        self._met: set[tuple[str, str, str]] = set()
        self._news: list[Draft] = []

    def prepare(self, columns: Mapping[str, Sequence[Value | None]]) -> None:
        """Looks up the parts and suppliers of a batch."""
        self.world.parts.want(map(part_key, texts(columns, "part_number")))
        self.world.partners.want(texts(columns, "supplier"))

    def ruling(self, row: int, values: Values) -> Ruling:
        """Judges one range."""
        part = self.part_of(values)
        if isinstance(part, Ruling):
            return part
        first, last, supplier = (text(values, name) for name in ("serial_first", "serial_last", "supplier"))
        if (part.id, first, last) in self._met:
            return bad(RowSaid.DOUBLED, "serial_first", first)
        self._met.add((part.id, first, last))
        partner, is_known = self.world.partner(supplier) if supplier else ("", True)
        ruling = self._settled(part.id, first, last, partner, supplier)
        return ruling if is_known else warned(ruling, RowSaid.PARTNER_UNKNOWN, "supplier", supplier)

    def _settled(self, part: str, first: str, last: str, partner: str, supplier: str) -> Ruling:
        known = next((it for it in self._known[part] if it[1:3] == (first, last)), None)
        if known is not None and (not supplier or self.world.names_partner(known[3], supplier)):
            return SAME
        identity = known[0] if known else self.world.new_id()
        fact = SerialRangeStated(part=part, first=first, last=last, partner=partner)
        refs = refs_of(("part", part), ("partner", partner if partner != supplier else ""))
        self._news.append(Draft(fact=fact, subj=(f"range:{identity}",), refs=refs, new=known is None))
        return changed("supplier", supplier, self.world.name_of(known[3])) if known else NEW

    def drafts(self) -> Iterator[Draft]:
        """One event for each range."""
        yield from self._news
