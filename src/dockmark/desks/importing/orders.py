"""Orders and their lines.

A line is called what the file calls it: the order line (`PO000001-1`) where there is one, else the line's number.
Rows without either are the order's lines 1, 2, 3 … in their order; a later file finds them again by their part.
Lines of one order may come from different suppliers; then the order itself names none.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dockmark.catalog.events import OrderChanged, OrderPlaced
from dockmark.desks.importing.judge import (
    NEW,
    SAME,
    Judge,
    Ruling,
    Values,
    bad,
    changed,
    rows_of,
    text,
    texts,
    warned,
    whole,
)
from dockmark.desks.importing.packing import natural, next_number, packed, refs_of, unique
from dockmark.desks.importing.verdicts import Change, RowSaid, Tally
from dockmark.desks.importing.world import World
from dockmark.exchange.rows import Batch, Trouble
from dockmark.exchange.values import Value
from dockmark.identifiers.keys import part_key
from dockmark.lookup.importing import Order, OrderLine
from dockmark.record.canonical import Json
from dockmark.record.facts import Draft
from dockmark.record.ids import is_uuid

OWN = "own"
_FIELDS = {"part": "part_number", "partner": "supplier", "price": "unit_price"}
"""What a file calls the fields of a line that an event calls otherwise."""
_AS_GIVEN = ("promised", "due", "ordered")


@dataclass(slots=True)
class _News:
    """What a file says of one order."""

    order: Order
    added: bool
    lines: list[dict[str, Json]] = field(default_factory=list)
    suppliers: list[str] = field(default_factory=list)
    unnamed: dict[str, list[OrderLine]] = field(default_factory=dict)
    """By part: the lines that rows without a line name may still mean."""


class OrderJudge(Judge):
    """Orders by number, lines by name."""

    READS = frozenset({"part", "partner", "order"})

    def __init__(self, world: World, tally: Tally, defaults: Values | None = None) -> None:
        super().__init__(world, tally, defaults)
        self._news: dict[str, _News] = {}
        self._met: set[tuple[str, str]] = set()
        self._unnamed: list[tuple[int, Values]] = []

    def prepare(self, columns: Mapping[str, Sequence[Value | None]]) -> None:
        """Looks up the parts, suppliers and orders of a batch."""
        self.world.parts.want(map(part_key, texts(columns, "part_number")))
        self.world.partners.want(texts(columns, "supplier"))
        self.world.orders.want(texts(columns, "order"))
        self.world.order_lines.want(texts(columns, "order_line"))

    def rule(self, batch: Batch, warnings: dict[int, Trouble]) -> None:
        """Judges the rows that name their line. The others choose among what these leave, and so come last."""
        for row, values in rows_of(batch):
            if "line" in values or "order_line" in values:
                self.note(row, self.ruling(row, values))
            else:
                self._unnamed.append((row, values))

    def finish(self) -> None:
        """Judges the rows that name no line."""
        for row, values in self._unnamed:
            self.note(row, self.ruling(row, values))

    def ruling(self, row: int, values: Values) -> Ruling:
        """Judges one line of an order."""
        part = self.part_of(values)
        if isinstance(part, Ruling):
            return part
        news = self._order(text(values, "order"))
        known = self._known(news, values, part.id)
        name = known.name if known else self._name(news, values)
        if (news.order.id, name) in self._met:
            return bad(RowSaid.DOUBLED, "order_line" if "order_line" in values else "line", name)
        self._met.add((news.order.id, name))
        said, unknown = self._said(values, part.id)
        ruling = self._settled(news, known, name, said, "order_line" in values)
        return warned(ruling, RowSaid.PARTNER_UNKNOWN, "supplier", values["supplier"]) if unknown else ruling

    def _order(self, number: str) -> _News:
        order = self.world.orders.first(number)
        if order is None:
            order = Order(id=self.world.new_id(), number=number)
            self.world.orders.add(number, order)
            self._news[order.id] = _News(order, added=True)
        return self._news.setdefault(order.id, _News(order, added=False))

    def _known(self, news: _News, values: Values, part: str) -> OrderLine | None:
        line, order_line = text(values, "line"), text(values, "order_line")
        if not line and not order_line:
            if not news.unnamed:
                # The lines that this file adds are not meant: each of its rows is a line.
                for each in sorted(news.order.lines.values(), key=lambda line: natural(line.name), reverse=True):
                    if (news.order.id, each.name) not in self._met:
                        news.unnamed.setdefault(each.part, []).append(each)
            lines = news.unnamed.setdefault(part, [])
            return lines.pop() if lines else None
        found = self.world.order_line(news.order.number, line, order_line)
        return found if found is not None and found.name in news.order.lines else None

    def _name(self, news: _News, values: Values) -> str:
        return text(values, "order_line") or text(values, "line") or next_number(news.order.lines, news.order.number)

    def _said(self, values: Values, part: str) -> tuple[dict[str, Json], bool]:
        """What a row says of its line, and whether its supplier is unknown."""
        said: dict[str, Json] = {"part": part, "quantity": whole(values, "quantity") or 0}
        said |= {name: values[name] for name in _AS_GIVEN if name in values}
        if "promised" not in said and "due" in said:
            said["promised"] = said["due"]
        if "unit_price" in values:
            said |= {"price": values["unit_price"], "currency": text(values, "currency")}
        if owner := text(values, "owner"):
            said["owner"] = OWN if owner.casefold() == OWN else owner
        if not (supplier := text(values, "supplier")):
            return said, False
        said["partner"], known = self.world.partner(supplier)
        return said, not known

    def _settled(self, news: _News, known: OrderLine | None, name: str, said: dict[str, Json], named: bool) -> Ruling:
        if known is None:
            self._take(news, {"line": name, **said}, named)
            return NEW
        differing = [each for each, value in said.items() if not self._same(known, each, value)]
        if not differing:
            return SAME
        words = self.world.name_of
        first, *more = [
            Change(_FIELDS.get(each, each), words(str(known.told.get(each, ""))), words(str(said[each])))
            for each in differing
        ]
        self._take(news, {**known.told, **said, "line": name}, named)
        return changed(first.field, first.now, first.was, *more)

    def _same(self, known: OrderLine, name: str, value: Json) -> bool:
        if name != "partner":
            return known.told.get(name, OWN if name == "owner" else None) == value
        stored = known.partner
        partner = self.world.partners.first(stored)
        return value == stored or (partner is not None and value == partner.id)

    def _take(self, news: _News, line: dict[str, Json], named: bool) -> None:
        order, name = news.order, str(line["line"])
        news.lines.append(line)
        order.lines[name] = OrderLine(
            ref=f"{order.id}/{name}", order=order.number, name=name, part=str(line["part"]),
            quantity=int(str(line["quantity"])), told=dict(line), partner=str(line.get("partner", "")),
        )  # fmt: skip
        # A bare line number means nothing without its order.
        if named and all(each.id != order.id for each in self.world.order_lines[name]):
            self.world.order_lines.add(name, order)

    def drafts(self) -> Iterator[Draft]:
        """The orders placed, and the lines changed."""
        for news in self._news.values():
            if news.lines:
                yield from _drafts(news)


def _drafts(news: _News) -> Iterator[Draft]:
    order = news.order
    partner = unique(line.partner for line in order.lines.values())
    ordered = min((str(line["ordered"]) for line in news.lines if "ordered" in line), default="")
    subj = (f"order:{order.id}",)
    refs = refs_of(("partner", partner)) if is_uuid(partner) else ()
    new = news.added
    for lines in packed(news.lines, most=200):
        if new:
            fact: OrderPlaced | OrderChanged = OrderPlaced(
                number=order.number, partner=partner, ordered=ordered, lines=list(lines)
            )
        else:
            fact = OrderChanged(lines=list(lines), partner=partner)
        yield Draft(fact=fact, subj=subj, refs=refs, new=new)
        new = False
