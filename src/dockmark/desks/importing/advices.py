"""Advised deliveries (ASN): their lines, and the units that they name.

Rows of one advice are judged together: an advice may list one row a line, one row a serial, or one row a box. What
lies behind an order line is the order's part; a row that names only an order stands for the whole of it. An advice
is opened by one SSCC, the first that its rows carry.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dockmark.catalog.events import AsnAdvised
from dockmark.desks.importing.advice import (
    Advice,
    AdviceLine,
    AdviceRow,
    header_of,
    line_number,
    piece_of,
    repeats,
    totals_of,
)
from dockmark.desks.importing.announcing import Announced, expectations
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
from dockmark.desks.importing.packing import packed, refs_of, unique
from dockmark.desks.importing.verdicts import RowSaid, Tally, Verdict
from dockmark.desks.importing.world import World
from dockmark.exchange.codes import RowCode
from dockmark.exchange.rows import Batch, Trouble
from dockmark.exchange.values import Value
from dockmark.identifiers.keys import part_key, serial_key
from dockmark.lookup.importing import OrderLine, expected_by_asn
from dockmark.record.canonical import Json
from dockmark.record.facts import Draft
from dockmark.record.ids import is_uuid


class AsnJudge(Judge):
    """Advised deliveries by number."""

    READS = frozenset({"part", "partner", "order", "asn", "expected"})

    def __init__(self, world: World, tally: Tally, defaults: Values | None = None) -> None:
        super().__init__(world, tally, defaults)
        self._news: dict[str, Advice] = {}
        self._unnamed: list[tuple[int, Values, Trouble | None]] = []

    def prepare(self, columns: Mapping[str, Sequence[Value | None]]) -> None:
        """Looks up the parts, orders and advices of a batch."""
        self.world.parts.want(map(part_key, texts(columns, "part_number")))
        self.world.partners.want(texts(columns, "supplier"))
        self.world.orders.want(texts(columns, "order"))
        self.world.asns.want(texts(columns, "asn"))

    def rule(self, batch: Batch, warnings: dict[int, Trouble]) -> None:
        """Sorts the rows of a batch by advice. Rows that name no line choose among what the others leave: last."""
        for row, values in rows_of(batch):
            if any(name in values for name in ("order", "line")):
                self._sort(row, values, warnings.get(row))
            else:
                self._unnamed.append((row, values, warnings.get(row)))

    def _sort(self, row: int, values: Values, trouble: Trouble | None) -> None:
        """What no line can be made of is bad at once."""
        number = text(values, "asn")
        news = self._news.get(number)
        if news is None:
            news = self._news[number] = Advice(number, known=self.world.asns.first(number))
        lines = self._lines(news, values)
        found = lines if isinstance(lines, Ruling) else repeats(news, lines, values)
        if found is not None:
            self.note(row, found)
        elif not isinstance(lines, Ruling):
            partner, known = self._partner(values, lines)
            news.rows.append(AdviceRow(row, lines, values, trouble, partner, known))

    def _partner(self, values: Values, lines: list[AdviceLine]) -> tuple[str, bool]:
        if supplier := text(values, "supplier"):
            return self.world.partner(supplier)
        return unique(line.partner for line in lines), True

    # -- which lines a row means ------------------------------------------------------------------------------------

    def _lines(self, news: Advice, values: Values) -> list[AdviceLine] | Ruling:
        part = self.part_of(values) if "part_number" in values else None
        if "order" not in values:
            return part if isinstance(part, Ruling) else self._own_line(news, values, part.id if part else "")
        line = self.world.order_line(text(values, "order"), text(values, "line"), text(values, "order_line"))
        if line is None and "order_line" not in values:
            return part if isinstance(part, Ruling) else self._on_order(values, part.id if part else "")
        if line is None:
            return bad(RowSaid.ORDER_UNKNOWN, "order_line", values["order_line"])
        if isinstance(part, Ruling):
            if part.code != RowSaid.AMBIGUOUS_PART:
                return part
        elif part is not None and part.id != line.part:
            return bad(RowSaid.WRONG_PART, "part_number", part.code)
        return [_of_order(line, self._quantity(values) or line.quantity)]

    def _quantity(self, values: Values) -> int:
        return 1 if "serial" in values else whole(values, "quantity") or 0

    def _own_line(self, news: Advice, values: Values, part: str) -> list[AdviceLine] | Ruling:
        """A line without an order behind it."""
        if not part:
            return bad(RowCode.MISSING, "part_number")
        quantity = self._quantity(values)
        if not quantity:
            return bad(RowSaid.QUANTITY_NEEDED, "quantity")
        name = text(values, "line") or line_number(news, part, values)
        news.named.setdefault(name, part)
        news.numbered[part] = name
        return [AdviceLine(name, part, quantity)]

    def _on_order(self, values: Values, part: str) -> list[AdviceLine] | Ruling:
        """A row that names an order, and perhaps a part of it."""
        order = self.world.orders.first(text(values, "order"))
        if order is None:
            return bad(RowSaid.ORDER_UNKNOWN, "order", values["order"])
        quantity = self._quantity(values)
        lines = [line for line in order.lines.values() if part in ("", line.part)]
        if part and not lines:
            return bad(RowSaid.WRONG_PART, "part_number", values["part_number"])
        if not part and len(lines) > 1:
            if quantity:
                return bad(RowCode.MISSING, "part_number")
            return [_of_order(line, line.quantity) for line in lines]
        if not lines:
            return bad(RowSaid.ORDER_UNKNOWN, "order", values["order"])
        fits = [line for line in lines if line.quantity >= quantity] or lines
        return [_of_order(fits[0], quantity or fits[0].quantity)]

    # -- what an advice says that is new ----------------------------------------------------------------------------

    def finish(self) -> None:
        """Compares each advice as a whole with what the ledger has of it."""
        for waiting in self._unnamed:
            self._sort(*waiting)
        ids = [news.known.id for news in self._news.values() if news.known]
        before = expected_by_asn(self.world.session, ids) if ids else {}
        announced: dict[tuple[str, str], str] = {}
        for news in self._news.values():
            known = news.known
            news.id = known.id if known else self.world.new_id()
            news.header = header_of(news)
            totals = totals_of(news, before.get(news.id, []))
            said = Announced(before.get(news.id, []))
            for row in news.rows:
                ruling = self._settled(news, row, totals, said)
                self.note(row.row, _with_warnings(ruling, row, news, announced))

    def _settled(self, news: Advice, row: AdviceRow, totals: dict[str, AdviceLine], said: Announced) -> Ruling:
        ruling = _header_ruling(news, row)
        for line in row.lines:
            ruling = _graver(ruling, self._line_ruling(news, totals[line.name]))
            if not any(name in row.values for name in ("serial", "lot", "expiry")):
                continue
            verdict, fresh = said.of(piece_of(news, row, line))
            ruling = _graver(ruling, Ruling(verdict, "", "lot" if verdict is Verdict.CHANGED else ""))
            if fresh:
                news.expected.setdefault(line.order, []).append(fresh)
        return ruling

    def _line_ruling(self, news: Advice, line: AdviceLine) -> Ruling:
        known = news.known.lines.get(line.name) if news.known else None
        if known is not None and (known.part, known.quantity, known.order_line) == line[1:4]:
            return SAME
        told: dict[str, Json] = {"line": line.name, "part": line.part, "quantity": line.quantity}
        news.lines[line.name] = told | ({"order_line": line.order_line} if line.order_line else {})
        if known is None:
            return NEW
        if known.part != line.part:
            return changed("part_number", self.world.name_of(line.part), self.world.name_of(known.part))
        return changed("quantity", line.quantity, known.quantity)

    def drafts(self) -> Iterator[Draft]:
        """The advices, each followed by the units that it names."""
        for news in self._news.values():
            if news.rows:
                yield from _drafts(news, iter(self.world.new_id, ""))


def _of_order(line: OrderLine, quantity: int) -> AdviceLine:
    return AdviceLine(line.full_name, line.part, quantity, line.ref, line.order_id, line.partner)


def _header_ruling(news: Advice, row: AdviceRow) -> Ruling:
    known = news.known
    if known is None:
        return NEW
    if "sscc" in row.values and news.header["sscc"] != known.sscc:
        return changed("sscc", row.values["sscc"], known.sscc)
    if "shipped" in row.values and news.header["shipped"] != known.shipped:
        return changed("shipped", row.values["shipped"], known.shipped)
    if news.header["partner"] != known.partner:
        return changed("supplier", row.values.get("supplier", ""))
    return SAME


def _with_warnings(ruling: Ruling, row: AdviceRow, news: Advice, announced: dict[tuple[str, str], str]) -> Ruling:
    if row.trouble is not None:
        ruling = replace(ruling, code=row.trouble.code.value, field=row.trouble.field, value=row.trouble.value)
    if not row.partner_known:
        ruling = warned(ruling, RowSaid.PARTNER_UNKNOWN, "supplier", row.values["supplier"])
    if text(row.values, "sscc") not in ("", news.header["sscc"]):
        ruling = warned(ruling, RowSaid.OTHER_SSCC, "sscc", row.values["sscc"])
    key = serial_key(text(row.values, "serial"))
    if key and announced.setdefault((row.lines[0].part, key), news.number) != news.number:
        ruling = warned(ruling, RowSaid.DOUBLED_SERIAL, "serial", row.values["serial"])
    return ruling


def _graver(one: Ruling, other: Ruling) -> Ruling:
    """Changed counts more than new, new more than same; but what belongs to something new is new."""
    if Verdict.CHANGED in (one.verdict, other.verdict):
        return one if one.verdict is Verdict.CHANGED else other
    return NEW if Verdict.NEW in (one.verdict, other.verdict) else SAME


def _drafts(news: Advice, identities: Iterator[str]) -> Iterator[Draft]:
    known, header = news.known, news.header
    before = (known.order, known.partner, known.sscc, known.shipped) if known else None
    told = (header["order"], header["partner"], header["sscc"], header["shipped"])
    refs = refs_of(("order", header["order"]), ("partner", header["partner"] if is_uuid(header["partner"]) else ""))
    new = known is None
    for lines in list(packed(list(news.lines.values()), most=200)) or ([[]] if told != before else []):
        fact = AsnAdvised(
            number=news.number, order=told[0], partner=told[1], sscc=told[2], shipped=told[3], lines=list(lines)
        )
        yield Draft(fact=fact, subj=(f"asn:{news.id}",), refs=refs, new=new)
        new = False
    for order, rows in news.expected.items():
        yield from expectations(rows, order, news.id, identities)
