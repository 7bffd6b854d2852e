"""Advised deliveries (ASN): their lines, and the units that they name.

Rows of one advice are judged together: an advice may list one row a line, one row a serial, or one row a box. What
lies behind an order line is the order's part; a row that names only an order stands for the whole of it. An advice
is opened by one SSCC, the first that its rows carry.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from dockmark.catalog.events import AsnAdvised
from dockmark.desks.importing.announcing import Announced, Packed, Piece, expectations
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
from dockmark.desks.importing.verdicts import RowSaid, Tally, Verdict
from dockmark.desks.importing.world import World
from dockmark.exchange.codes import RowCode
from dockmark.exchange.rows import Batch, Trouble
from dockmark.exchange.values import Value
from dockmark.identifiers.keys import part_key, serial_key
from dockmark.lookup.importing import Asn, Expected, OrderLine, expected_by_asn
from dockmark.record.canonical import Json
from dockmark.record.facts import Draft
from dockmark.record.ids import is_uuid


class _Line(NamedTuple):
    """A line of an advice, as a row means it."""

    name: str
    part: str
    quantity: int
    order_line: str = ""
    order: str = ""
    partner: str = ""


@dataclass(slots=True)
class _Row:
    """One good row of an advice."""

    row: int
    lines: list[_Line]
    values: Values
    trouble: Trouble | None
    partner: str = ""
    partner_known: bool = True


@dataclass(slots=True)
class _News:
    """Everything that a file says of one advice."""

    number: str
    rows: list[_Row] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)
    """The advice's own lines, as this file names them, with their part."""
    numbered: dict[str, str] = field(default_factory=dict)
    """Part to the line of its own that it had last."""
    met: set[tuple[str, str]] = field(default_factory=set)
    serials: set[tuple[str, str]] = field(default_factory=set)
    known: Asn | None = None
    id: str = ""
    lines: dict[str, dict[str, Json]] = field(default_factory=dict)
    """What is to be recorded."""
    expected: dict[str, list[Packed]] = field(default_factory=dict)
    """What is to be announced, by order."""
    header: dict[str, str] = field(default_factory=dict)


class AsnJudge(Judge):
    """Advised deliveries by number."""

    READS = frozenset({"part", "partner", "order", "asn", "expected"})

    def __init__(self, world: World, tally: Tally, defaults: Values | None = None) -> None:
        super().__init__(world, tally, defaults)
        self._news: dict[str, _News] = {}
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
            news = self._news[number] = _News(number, known=self.world.asns.first(number))
        lines = self._lines(news, values)
        found = lines if isinstance(lines, Ruling) else _repeats(news, lines, values)
        if found is not None:
            self.note(row, found)
        elif not isinstance(lines, Ruling):
            partner, known = self._partner(values, lines)
            news.rows.append(_Row(row, lines, values, trouble, partner, known))

    def _partner(self, values: Values, lines: list[_Line]) -> tuple[str, bool]:
        if supplier := text(values, "supplier"):
            return self.world.partner(supplier)
        return unique(line.partner for line in lines), True

    # -- which lines a row means ------------------------------------------------------------------------------------

    def _lines(self, news: _News, values: Values) -> list[_Line] | Ruling:
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

    def _own_line(self, news: _News, values: Values, part: str) -> list[_Line] | Ruling:
        """A line without an order behind it."""
        if not part:
            return bad(RowCode.MISSING, "part_number")
        quantity = self._quantity(values)
        if not quantity:
            return bad(RowSaid.QUANTITY_NEEDED, "quantity")
        name = text(values, "line") or _number(news, part, values)
        news.named.setdefault(name, part)
        news.numbered[part] = name
        return [_Line(name, part, quantity)]

    def _on_order(self, values: Values, part: str) -> list[_Line] | Ruling:
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
            news.header = _header(news)
            totals = _totals(news, before.get(news.id, []))
            said = Announced(before.get(news.id, []))
            for row in news.rows:
                ruling = self._settled(news, row, totals, said)
                self.note(row.row, _with_warnings(ruling, row, news, announced))

    def _settled(self, news: _News, row: _Row, totals: dict[str, _Line], said: Announced) -> Ruling:
        ruling = _header_ruling(news, row)
        for line in row.lines:
            ruling = _graver(ruling, self._line_ruling(news, totals[line.name]))
            if not any(name in row.values for name in ("serial", "lot", "expiry")):
                continue
            verdict, fresh = said.of(_piece(news, row, line))
            ruling = _graver(ruling, Ruling(verdict, "", "lot" if verdict is Verdict.CHANGED else ""))
            if fresh:
                news.expected.setdefault(line.order, []).append(fresh)
        return ruling

    def _line_ruling(self, news: _News, line: _Line) -> Ruling:
        known = news.known.lines.get(line.name) if news.known else None
        if known is not None and (known.part, known.quantity, known.order_line) == line[1:4]:
            return SAME
        told: dict[str, Json] = {"line": line.name, "part": line.part, "quantity": line.quantity}
        news.lines[line.name] = told | ({"order_line": line.order_line} if line.order_line else {})
        if known is None:
            return NEW
        return changed("quantity" if known.part == line.part else "part_number", line.quantity)

    def drafts(self) -> Iterator[Draft]:
        """The advices, each followed by the units that it names."""
        for news in self._news.values():
            if news.rows:
                yield from _drafts(news, iter(self.world.new_id, ""))


def _number(news: _News, part: str, values: Values) -> str:
    """The number of a line that the file does not name: the advice's line of that part, else the next one."""
    if part in news.numbered and any(name in values for name in ("serial", "lot", "sscc")):
        return news.numbered[part]
    before = news.known.lines if news.known else {}
    for name in sorted(before, key=natural):
        if before[name].part == part and not before[name].order_line and name not in news.named:
            return name
    return next_number([*before, *news.named])


def _of_order(line: OrderLine, quantity: int) -> _Line:
    return _Line(line.full_name, line.part, quantity, line.ref, line.order_id, line.partner)


def _piece(news: _News, row: _Row, line: _Line) -> Piece:
    lot, expiry = text(row.values, "lot") or None, text(row.values, "expiry") or None
    ref = line.order_line or f"{news.id}/{line.name}"
    return Piece(line.part, text(row.values, "serial"), lot, ref, line.quantity, expiry, news.id)


def _repeats(news: _News, lines: list[_Line], values: Values) -> Ruling | None:
    """A row that says again what a row above of the same advice has said."""
    if serial := serial_key(text(values, "serial")):
        key = (lines[0].part, serial)
        if key in news.serials:
            return bad(RowSaid.DOUBLED, "serial", values["serial"])
        news.serials.add(key)
        return None
    box = "\n".join(text(values, name) for name in ("lot", "sscc", "expiry"))
    if any((line.name, box) in news.met for line in lines):
        return bad(RowSaid.DOUBLED, "line" if "order_line" not in values else "order_line", lines[0].name)
    news.met.update((line.name, box) for line in lines)
    return None


def _header(news: _News) -> dict[str, str]:
    """What the rows of an advice say of it as a whole; what they do not say stays as it was."""
    known = news.known
    codes = [text(row.values, "sscc") for row in news.rows if "sscc" in row.values]
    header = {
        "order": unique(line.order for row in news.rows for line in row.lines),
        "partner": unique(row.partner for row in news.rows),
        "sscc": codes[0] if codes else "",
        "shipped": min((text(row.values, "shipped") for row in news.rows if "shipped" in row.values), default=""),
    }
    if known is None:
        return header
    if known.sscc in codes:
        header["sscc"] = known.sscc
    before = {"order": known.order, "partner": known.partner, "sscc": known.sscc, "shipped": known.shipped}
    return {name: value or before[name] for name, value in header.items()}


def _header_ruling(news: _News, row: _Row) -> Ruling:
    known = news.known
    if known is None:
        return NEW
    if "sscc" in row.values and news.header["sscc"] != known.sscc:
        return changed("sscc", row.values["sscc"])
    if "shipped" in row.values and news.header["shipped"] != known.shipped:
        return changed("shipped", row.values["shipped"])
    if news.header["partner"] != known.partner:
        return changed("supplier", row.values.get("supplier", ""))
    return SAME


def _totals(news: _News, before: Iterable[Expected]) -> dict[str, _Line]:
    """Each line with the sum of its rows. Serials that were named before count, whether this file has them or not."""
    totals: dict[str, _Line] = {}
    serials: dict[str, set[str]] = {}
    for row in news.rows:
        for line in row.lines:
            told = totals.get(line.name)
            totals[line.name] = line if told is None else line._replace(quantity=told.quantity + line.quantity)
            if key := serial_key(text(row.values, "serial")):
                serials.setdefault(line.name, set()).add(key)
    for name, keys in serials.items():
        line = totals[name]
        ref = line.order_line or f"{news.id}/{name}"
        keys |= {it.serial_key for it in before if it.line == ref and it.part == line.part and it.serial_key}
        totals[name] = line._replace(quantity=max(line.quantity, len(keys)))
    return totals


def _with_warnings(ruling: Ruling, row: _Row, news: _News, announced: dict[tuple[str, str], str]) -> Ruling:
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


def _drafts(news: _News, identities: Iterator[str]) -> Iterator[Draft]:
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
