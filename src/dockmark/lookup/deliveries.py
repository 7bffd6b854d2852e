"""Questions about orders, advices, expectations and receipts."""

from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from dockmark.database.came import came as pieces_come
from dockmark.database.session import Row, Session
from dockmark.lookup import catalogue

NOT_HERE = "('expected', '')"
"""States of a unit that has not come."""


SHORTEST_LINE = 4
"""Characters. A line called `10` is found with its order only: `PO9/10`, `PO9-10`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An open line of the order or advice in hand. `ref` is what a received unit names."""

    ref: str
    name: str
    part: str
    part_number: str
    description: str
    quantity: int
    received: int
    promised: str = ""
    owner: str = "own"
    order: str = ""
    partner: str = ""
    """Who supplies this line, where the order has several suppliers."""
    withdrawn: bool = False
    """What had not come was withdrawn; the quantity is what came."""

    @property
    def open(self) -> int:
        """How many are still to come."""
        return max(self.quantity - self.received, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What a delivery is received against: an order, one line of it, or an advice."""

    kind: str
    """`order`, `asn`, or empty for a blind receipt."""
    order: str = ""
    asn: str = ""
    line: str = ""
    number: str = ""
    partner: str = ""


BLIND = Paper(kind="")


def paper(session: Session, text: str) -> Paper | None:
    """The order, order line, ASN or SSCC that this text names, by exact match."""
    for find in (_order, _asn, _line):
        if found := find(session, text):
            return found
    return None


def _order(session: Session, text: str) -> Paper | None:
    row = session.one("SELECT id, number, partner FROM orders WHERE number = ? ORDER BY id", (text,))
    return Paper(kind="order", order=row[0], number=row[1], partner=row[2]) if row else None


def _line(session: Session, text: str) -> Paper | None:
    row = session.one(
        "SELECT l.id, o.id, l.line, o.partner FROM order_lines l JOIN orders o ON o.id = l.order_id"
        " WHERE l.line = ? ORDER BY l.id LIMIT 2",
        (text,),
    )
    if len(text) < SHORTEST_LINE:
        row = None
    for mark in ("/", "-"):
        if row is not None or mark not in text:
            continue
        number, _, line = text.rpartition(mark)
        row = session.one(
            "SELECT l.id, o.id, o.number || '/' || l.line, o.partner FROM order_lines l JOIN orders o"
            " ON o.id = l.order_id WHERE o.number = ? AND l.line = ? ORDER BY l.id",
            (number, line),
        )
    if row is not None and session.value("SELECT count(*) FROM order_lines WHERE line = ?", (text,)) > 1:
        return None
    return Paper(kind="order", order=row[1], line=row[0], number=row[2], partner=row[3]) if row else None


def _asn(session: Session, text: str) -> Paper | None:
    plain = text.strip()
    forms = {plain, plain.removeprefix("(00)"), f"00{plain}", plain[2:] if len(plain) == 20 else plain} - {""}
    row = session.one("SELECT id, number, partner, order_id FROM asns WHERE number = ? ORDER BY id", (plain,))
    for form in sorted(forms, key=len, reverse=True):
        row = row or session.one(
            "SELECT id, number, partner, order_id FROM asns WHERE sscc = ? AND sscc <> '' ORDER BY id", (form,)
        )
    if row is None:
        return None
    partner = row[2] or session.value("SELECT partner FROM orders WHERE id = ?", (row[3],), "")
    return Paper(kind="asn", asn=row[0], order=row[3], number=row[1], partner=partner)


def lines(session: Session, of: Paper) -> list[Line]:
    """The lines of an order or advice with what has come, in the order in which they should be filled.

    A line that was withdrawn before anything came is none any more.
    """
    if of.kind == "asn":
        rows = session.all(_ASN_LINES, (of.asn, of.asn))
    elif of.kind == "order":
        rows = session.all(_ORDER_LINES, (of.order, of.line, of.line))
    else:
        return []
    found = [line for row in rows if (line := _as_line(row, of)).received or not line.withdrawn]
    return sorted(found, key=lambda line: (line.promised or "9999", line.name))


_NAME = "CASE WHEN substr(l.line, 1, length(o.number)) = o.number THEN l.line ELSE o.number || '/' || l.line END"
"""An order line as people name it: with its order's number, unless it says that itself."""

_ORDER_LINES = (
    f"SELECT l.id, {_NAME}, l.part, p.part_number, p.description, l.quantity,"
    " (SELECT coalesce(sum(t.pieces), 0) FROM tallies t WHERE t.line = l.id),"
    " l.promised, l.owner, l.order_id, coalesce(json_extract(l.told, '$.partner'), ''),"
    " l.withdrawn FROM order_lines l JOIN orders o ON o.id = l.order_id"
    " LEFT JOIN parts p ON p.id = l.part WHERE l.order_id = ? AND (? = '' OR l.id = ?)"
)
_ASN_LINES = (
    "SELECT coalesce(nullif(a.order_line, ''), a.asn_id || '/' || a.line) AS ref, a.line, a.part, p.part_number,"
    " p.description, a.quantity, (SELECT coalesce(sum(t.pieces), 0) FROM tallies t JOIN receipts r ON r.id = t.receipt"
    " WHERE t.line = coalesce(nullif(a.order_line, ''), a.asn_id || '/' || a.line) AND r.asn_id = ?"
    f" AND {catalogue.is_one_part('t.part', 'a.part')}),"
    " coalesce(l.promised, ''), coalesce(nullif(l.owner, ''), 'own'), coalesce(l.order_id, ''),"
    " coalesce(json_extract(l.told, '$.partner'), ''), max(a.withdrawn, coalesce(l.withdrawn, 0))"
    " FROM asn_lines a LEFT JOIN parts p ON p.id = a.part LEFT JOIN order_lines l ON l.id = a.order_line"
    " WHERE a.asn_id = ?"
)


def lines_of(session: Session, of: Paper, part: str) -> list[Line]:
    """The lines of an order or advice for one part, in the order in which they should be filled."""
    if not of.kind:
        return []
    rows = session.kept(_rows_of, of.kind, of.asn or of.order, of.line, part)
    if of.kind == "asn":
        ids = catalogue.part_ids(session, part)
        came = [sum(session.value(_CAME_OF_ASN, (row[0], each, of.asn)) for each in ids) for row in rows]
    else:
        came = [pieces_come(session, row[0]) for row in rows]
    return [_as_line((*row[:6], pieces, *row[7:]), of) for row, pieces in zip(rows, came, strict=True)]


_CAME_OF_ASN = (
    "SELECT coalesce(sum(t.pieces), 0) FROM tallies t JOIN receipts r ON r.id = t.receipt"
    " WHERE t.line = ? AND t.part = ? AND r.asn_id = ?"
)


def _rows_of(session: Session, kind: str, paper: str, line: str, part: str) -> list[Row]:
    """The lines for one part as they were announced, in order; what has come of them is asked at each look."""
    rows = []
    for each in catalogue.part_ids(session, part):
        if kind == "asn":
            rows += session.all(f"{_ASN_LINES} AND a.part = ?", (paper, paper, each))
        else:
            rows += session.all(f"{_ORDER_LINES} AND l.part = ?", (paper, line, line, each))
    return sorted(rows, key=lambda row: (row[7] or "9999", row[1]))


def _as_line(row: Row, of: Paper) -> Line:
    return Line(
        ref=row[0], name=row[1], part=row[2], part_number=row[3] or "", description=row[4] or "",
        quantity=min(row[5], row[6]) if row[11] else row[5], withdrawn=bool(row[11]),
        received=row[6], promised=row[7], owner=row[8] or "own", order=row[9] or of.order, partner=str(row[10]),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Advised:
    """A unit that was announced by its serial."""

    part: str
    serial: str
    lot: str
    line: str
    order: str
    asn: str
    expiry: str


_ADVISED = "SELECT part, serial, lot, line, order_id, asn_id, expiry FROM expected_units"


def _advised(row: Row) -> Advised:
    return Advised(part=row[0], serial=row[1], lot=row[2], line=row[3], order=row[4], asn=row[5], expiry=row[6])


def advised(session: Session, serial_key: str) -> list[Advised]:
    """Every announcement of this serial, whatever its part and order."""
    return [
        _advised(row)
        for row in session.all(
            f"{_ADVISED} WHERE serial_key = ? AND serial_key <> '' ORDER BY expectation, row LIMIT 200", (serial_key,)
        )
    ]


def is_advised(session: Session, of: Paper, part: str, refs: Sequence[str]) -> bool:
    """Whether serials were announced for one part of the advice in hand, or of these lines of the order."""
    return bool(of.kind) and bool(session.kept(_announced_by, of.asn, part, *refs))


def advised_lines(session: Session, of: Paper, part: str, refs: Sequence[str], serial_key: str) -> set[str]:
    """The lines on which this very serial was announced; the empty text where it was announced without one."""
    by = session.kept(_announced_by, of.asn, part, *refs)
    asked = "SELECT line, asn_id FROM expected_units WHERE serial_key = ? AND part = ? AND serial <> ''"
    rows = [row for each in catalogue.part_ids(session, part) for row in session.all(asked, (serial_key, each))]
    return {str(line) for line, asn in rows if (asn == of.asn if by == "asn" else line in refs)}


def advised_serials(session: Session, of: Paper, part: str, refs: Sequence[str]) -> list[str]:
    """The serials announced for one part of the advice in hand, or of these lines of the order."""
    by_asn = session.kept(_announced_by, of.asn, part, *refs) == "asn"
    asked, named = (_OF_ASN, (of.asn,)) if by_asn else (_OF_LINE, refs)
    return [
        str(row[0])
        for each in catalogue.part_ids(session, part)
        for name in named
        for row in session.all(f"SELECT serial {asked}", (name, each))
    ]


_OF_ASN = "FROM expected_units WHERE asn_id = ? AND asn_id <> '' AND part = ? AND serial <> ''"
_OF_LINE = "FROM expected_units WHERE line = ? AND line <> '' AND part = ? AND serial <> ''"


def _announced_by(session: Session, asn: str, part: str, *refs: str) -> str:
    """By what the serials of a part were announced: `asn`, else `line`; the empty text where they were not."""
    ids = catalogue.part_ids(session, part)
    if asn and any(session.one(f"SELECT 1 {_OF_ASN} LIMIT 1", (asn, each)) for each in ids):
        return "asn"
    named = [(ref, each) for ref in refs if ref for each in ids]
    return "line" if any(session.one(f"SELECT 1 {_OF_LINE} LIMIT 1", each) for each in named) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A delivery being received, or done."""

    id: str
    number: str
    state: str
    order: str
    asn: str
    line: str
    partner: str
    place: str
    delivery_note: str
    certificates: tuple[dict[str, str], ...]
    opened_at: int = 0


_RECEIPT = (
    "SELECT id, number, state, order_id, asn_id, line, partner, place, delivery_note, certificates, opened_at"
    " FROM receipts"
)


def _receipt(row: Row) -> Receipt:
    return Receipt(
        id=row[0], number=row[1], state=row[2], order=row[3], asn=row[4], line=row[5], partner=row[6], place=row[7],
        delivery_note=row[8], certificates=tuple(orjson.loads(row[9])), opened_at=row[10],
    )  # fmt: skip


def receipt(session: Session, identity: str) -> Receipt | None:
    """The receipt of this id."""
    return session.kept(_receipt_of, identity)


def _receipt_of(session: Session, identity: str) -> Receipt | None:
    row = session.one(f"{_RECEIPT} WHERE id = ?", (identity,))
    return None if row is None else _receipt(row)


def open_receipts(session: Session, station: str) -> list[Receipt]:
    """The open receipts of a station, latest first."""
    rows = session.all(f"{_RECEIPT} WHERE station = ? AND state = 'open' ORDER BY opened_at DESC, id DESC", (station,))
    return [_receipt(row) for row in rows]


def paper_of(session: Session, of: Receipt) -> Paper:
    """What a receipt is received against."""
    return session.kept(_paper_of, of.asn, of.order, of.line, of.partner)


def _paper_of(session: Session, asn: str, order: str, line: str, partner: str) -> Paper:
    if asn:
        number = session.value("SELECT number FROM asns WHERE id = ?", (asn,), "")
        return Paper(kind="asn", asn=asn, order=order, number=number, partner=partner)
    if order:
        number = session.value("SELECT number FROM orders WHERE id = ?", (order,), "")
        if line:
            number = session.value("SELECT line FROM order_lines WHERE id = ?", (line,), number)
        return Paper(kind="order", order=order, line=line, number=number, partner=partner)
    return Paper(kind="", partner=partner)


def line_name(session: Session, ref: str) -> str:
    """An order line as people name it."""
    return str(
        session.value(
            f"SELECT {_NAME} FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE l.id = ?",
            (ref,),
            ref,
        )
    )


def paper_by_tag(session: Session, payload: str) -> Paper | None:
    """The order or advice whose number, letters and digits only, is on a document tag."""
    for table in ("orders", "asns"):
        number = session.value(
            f"SELECT number FROM {table} WHERE upper(replace(replace(replace(replace(number, '-', ''), '/', ''),"
            " ' ', ''), '.', '')) = ? ORDER BY id",
            (payload,),
        )
        if number is not None:
            return paper(session, str(number))
    return None


def receipts_numbered(session: Session, beginning: str, station: str) -> int:
    """How many receipts of a station have a number that begins so."""
    return int(
        session.value(
            "SELECT count(*) FROM receipts WHERE station = ? AND substr(number, 1, ?) = ?",
            (station, len(beginning), beginning),
        )
    )


STILL_TO_COME = (
    "NOT EXISTS (SELECT 1 FROM order_lines w WHERE w.id = e.line AND w.withdrawn = 1)"
    " AND NOT EXISTS (SELECT 1 FROM asn_lines w WHERE w.asn_id = e.asn_id AND w.withdrawn = 1"
    " AND coalesce(nullif(w.order_line, ''), w.asn_id || '/' || w.line) = e.line)"
)
"""That a row `e` of `expected_units` was not withdrawn with its line."""


def announced_but_not_here(session: Session, of: Paper, limit: int) -> list[tuple[str, str]]:
    """(part number, serial) of the units announced on this paper that have not come."""
    if of.kind == "asn":
        where, value = "e.asn_id = ? AND e.asn_id <> ''", of.asn
    elif of.line:
        where, value = "e.line = ? AND e.line <> ''", of.line
    elif of.kind == "order":
        where, value = "e.order_id = ? AND e.order_id <> ''", of.order
    else:
        return []
    rows = session.all(
        "SELECT coalesce(p.part_number, ''), e.serial FROM expected_units e LEFT JOIN parts p ON p.id = e.part"
        f" WHERE {where} AND e.serial <> '' AND {STILL_TO_COME}"
        " AND NOT EXISTS (SELECT 1 FROM units u WHERE u.serial_key = e.serial_key"
        f" AND {catalogue.is_one_part('u.part', 'e.part')} AND u.state NOT IN {NOT_HERE})"
        " ORDER BY e.expectation, e.row LIMIT ?",
        (value, limit),
    )
    return [(row[0], row[1]) for row in rows]
