"""What a file says of one advised delivery: its rows, its lines, what is said of it as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from dockmark.desks.importing.announcing import Packed, Piece
from dockmark.desks.importing.judge import Ruling, Values, bad, text
from dockmark.desks.importing.packing import natural, next_number, unique
from dockmark.desks.importing.verdicts import RowSaid
from dockmark.exchange.rows import Trouble
from dockmark.identifiers.keys import serial_key
from dockmark.lookup.importing import Asn, Expected
from dockmark.record.canonical import Json


class AdviceLine(NamedTuple):
    """A line of an advice, as a row means it."""

    name: str
    part: str
    quantity: int
    order_line: str = ""
    order: str = ""
    partner: str = ""


@dataclass(slots=True)
class AdviceRow:
    """One good row of an advice."""

    row: int
    lines: list[AdviceLine]
    values: Values
    trouble: Trouble | None
    partner: str = ""
    partner_known: bool = True


@dataclass(slots=True)
class Advice:
    """Everything that a file says of one advice."""

    number: str
    rows: list[AdviceRow] = field(default_factory=list)
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


def line_number(news: Advice, part: str, values: Values) -> str:
    """The number of a line that the file does not name: the advice's line of that part, else the next one."""
    if part in news.numbered and any(name in values for name in ("serial", "lot", "sscc")):
        return news.numbered[part]
    before = news.known.lines if news.known else {}
    for name in sorted(before, key=natural):
        if before[name].part == part and not before[name].order_line and name not in news.named:
            return name
    return next_number([*before, *news.named])


def piece_of(news: Advice, row: AdviceRow, line: AdviceLine) -> Piece:
    """What a row announces on a line of its advice."""
    lot, expiry = text(row.values, "lot") or None, text(row.values, "expiry") or None
    ref = line.order_line or f"{news.id}/{line.name}"
    return Piece(line.part, text(row.values, "serial"), lot, ref, line.quantity, expiry, news.id)


def repeats(news: Advice, lines: list[AdviceLine], values: Values) -> Ruling | None:
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


def header_of(news: Advice) -> dict[str, str]:
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


def totals_of(news: Advice, before: Iterable[Expected]) -> dict[str, AdviceLine]:
    """Each line with the sum of its rows. Serials that were named before count, whether this file has them or not."""
    totals: dict[str, AdviceLine] = {}
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
