"""Every other projection: from the history of one subject to its rows."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import orjson

from dockmark.catalog import state as catalog
from dockmark.catalog.events import SerialRangeStated
from dockmark.catalog.imports import fold_import
from dockmark.custody.attachments import fold_attachment
from dockmark.custody.events import DocumentMade
from dockmark.custody.receipts import fold_receipt
from dockmark.database.session import Row, Session
from dockmark.identifiers.keys import part_key, serial_key
from dockmark.identifiers.tags import own_place_payload, place_payload
from dockmark.people import state as people
from dockmark.record.event import Seen
from dockmark.record.facts import from_body

Rows = dict[str, list[Row]]
"""Table -> rows of one subject."""

Maker = Callable[[str, Sequence[Seen]], Rows]


@dataclass(frozen=True, slots=True)
class Doc:
    """What the search finds a subject by."""

    kind: str
    text: str


def _receipt(identity: str, history: Sequence[Seen]) -> Rows:
    it = fold_receipt(identity, history)
    row = (
        it.id, it.number, it.station, it.state, it.order, it.asn, it.line, it.partner, it.place, it.delivery_note,
        it.opened_at, it.closed_at, it.received, _json(it.differences), _json(it.certificates),
    )  # fmt: skip
    return {"receipts": [row]}


def _part(identity: str, history: Sequence[Seen]) -> Rows:
    return {"parts": part_row(identity, history)}


def part_row(identity: str, history: Sequence[Seen], joined: str = "") -> list[Row]:
    """The row of a part; `joined` is the id that stands for it, where another does."""
    it = catalog.fold_entry(identity, history)
    told = _Told(it.told)
    row = (
        it.id, told.text("part_number"), part_key(told.text("part_number")), told.text("manufacturer"),
        told.text("cage"), told.text("gtin"), told.text("customer_part_number"), told.text("description"),
        told.text("tracking") or "serial", told.text("supplier"), told.whole("warranty_months", -1),
        told.whole("customer_warranty_months", -1), told.whole("shelf_life_days", -1),
        told.whole("requires_approved_supplier"), told.whole("requires_certificate"), int(it.complete), _json(it.told),
        joined,
    )  # fmt: skip
    return [row]


def _partner(identity: str, history: Sequence[Seen]) -> Rows:
    told = _Told(catalog.fold_entry(identity, history).told)
    row = (identity, told.text("partner"), told.text("name"), told.whole("approved"), _json(told.values))
    return {"partners": [row]}


def _place(identity: str, history: Sequence[Seen]) -> Rows:
    told = _Told(catalog.fold_entry(identity, history).told)
    code = told.text("place")
    row = (
        identity, code, place_payload(code), told.text("name"), told.text("kind") or "bin", told.text("parent"),
        _json(told.values), own_place_payload(identity),
    )  # fmt: skip
    return {"places": [row]}


def _order(identity: str, history: Sequence[Seen]) -> Rows:
    it = catalog.fold_order(identity, history)
    lines = [
        (
            f"{it.id}/{name}", it.id, name, _text(line, "part"), _whole(line, "quantity"), _text(line, "promised"),
            _text(line, "owner") or it.owner, _json(line), int(name in it.withdrawn),
        )
        for name, line in it.lines.items()
    ]  # fmt: skip
    return {"orders": [(it.id, it.number, it.partner, it.owner, it.ordered)], "order_lines": lines}


def _asn(identity: str, history: Sequence[Seen]) -> Rows:
    it = catalog.fold_asn(identity, history)
    lines = [
        (
            it.id, name, _text(line, "part"), _whole(line, "quantity"), _text(line, "order_line"),
            int(name in it.withdrawn),
        )
        for name, line in it.lines.items()
    ]  # fmt: skip
    return {"asns": [(it.id, it.number, it.order, it.partner, it.sscc, it.shipped)], "asn_lines": lines}


def _expectation(identity: str, history: Sequence[Seen]) -> Rows:
    it = catalog.fold_expectation(identity, history)
    rows = [
        (it.id, number, part, serial, serial_key(serial), lot, line, quantity, expiry, it.order, it.asn)
        for number, (part, serial, lot, line, quantity, expiry) in enumerate(it.rows)
    ]
    return {"expected_units": rows}


def _recall(identity: str, history: Sequence[Seen]) -> Rows:
    it = catalog.fold_recall(identity, history)
    marks = {("lot", lot, "") for lot in it.lots}
    marks |= {("serial", serial_key(serial), "") for serial in it.serials}
    marks |= {("range", first, last) for first, last in it.ranges}
    row = (it.id, it.number, it.part, it.reason, it.announced, int(it.lifted), int(not marks))
    return {"recalls": [row], "recall_marks": [(it.id, *mark) for mark in sorted(marks)]}


def _range(identity: str, history: Sequence[Seen]) -> Rows:
    for event in reversed(history):
        fact = from_body(event.type, event.schema, event.body)
        if isinstance(fact, SerialRangeStated):
            return {"serial_ranges": [(identity, fact.part, fact.partner, fact.first, fact.last)]}
    return {}


def _operator(identity: str, history: Sequence[Seen]) -> Rows:
    it = people.fold_operator(identity, history)
    pin = "" if it.pin.standing is people.PinStanding.NONE else _json(asdict(it.pin))
    row = (
        it.id, _json(it.roles), it.name_record, _json(it.badges), int(it.disabled), it.name_hash, pin, it.same_as,
        int(it.erased),
    )  # fmt: skip
    return {"operators": [row]}


def _access(identity: str, history: Sequence[Seen]) -> Rows:
    it = people.fold_access(identity, history)
    tries = [[each.how.value, each.when.boot, each.when.seconds] for each in it.tries]
    return {"access": [(it.id, it.operator, it.station, _json(tries))]}


def _document(identity: str, history: Sequence[Seen]) -> Rows:
    for event in history:
        fact = from_body(event.type, event.schema, event.body)
        if isinstance(fact, DocumentMade):
            row = (
                identity, fact.kind, fact.ref, fact.number, fact.sha256, fact.size, fact.copy, fact.pages,
                fact.checkpoint, int(fact.preliminary), fact.replaces, fact.reason, fact.note, event.happened,
                event.actor, event.station,
            )  # fmt: skip
            return {"documents": [row]}
    return {}


def _attachment(identity: str, history: Sequence[Seen]) -> Rows:
    it = fold_attachment(identity, history)
    if it is None:
        return {}
    row = (
        it.id,
        it.subject,
        it.kind,
        it.sha256,
        it.name,
        it.size,
        it.note,
        it.at,
        it.actor,
        it.station,
        it.event,
        it.gone,
    )
    return {"attachments": [row]}


def _station(identity: str, history: Sequence[Seen]) -> Rows:
    it = people.fold_station(identity, history)
    return {"stations": [(it.id, it.ledger, it.public_key, it.name)]}


def _company(identity: str, history: Sequence[Seen]) -> Rows:
    told = catalog.fold_company(history)
    return {"company": [(identity, *(told.get(name, "") for name in catalog.COMPANY_FIELDS))]}


def _import(identity: str, history: Sequence[Seen]) -> Rows:
    it = fold_import(identity, history)
    row = (
        it.id, it.kind, it.file, it.sha256, it.rows, it.recorded, it.bad, it.at, it.actor, it.station,
        _json(it.spans), int(it.is_reversed), it.reason, it.reversed_at, it.reversed_by, it.withdrawn, _json(it.kept),
    )  # fmt: skip
    return {"imports": [row]}


MAKERS: dict[str, Maker] = {
    "receipt": _receipt,
    "part": _part,
    "partner": _partner,
    "place": _place,
    "order": _order,
    "asn": _asn,
    "expected": _expectation,
    "recall": _recall,
    "range": _range,
    "operator": _operator,
    "station": _station,
    "document": _document,
    "attachment": _attachment,
    "company": _company,
    "import": _import,
    "access": _access,
}
"""Subject kind -> how its rows are made. Units have a path of their own."""

_KEYED = {
    "receipts": "id", "parts": "id", "partners": "id", "places": "id", "orders": "id", "order_lines": "order_id",
    "asns": "id", "asn_lines": "asn_id", "expected_units": "expectation", "recalls": "id", "recall_marks": "recall",
    "serial_ranges": "id", "operators": "id", "stations": "id", "documents": "id", "attachments": "id",
    "company": "id", "imports": "id", "access": "id",
}  # fmt: skip

_TABLES_OF = {
    "receipt": ("receipts",), "part": ("parts",), "partner": ("partners",), "place": ("places",),
    "order": ("orders", "order_lines"), "asn": ("asns", "asn_lines"), "expected": ("expected_units",),
    "recall": ("recalls", "recall_marks"), "range": ("serial_ranges",), "operator": ("operators",),
    "station": ("stations",), "document": ("documents",), "attachment": ("attachments",), "company": ("company",),
    "import": ("imports",), "access": ("access",),
}  # fmt: skip


def clear(session: Session, kind: str, identity: str) -> None:
    """Takes a subject's rows away, before they are written anew."""
    for table in _TABLES_OF.get(kind, ()):
        session.run(f"DELETE FROM {table} WHERE {_KEYED[table]} = ?", (identity,))


def read(session: Session, kind: str, identity: str) -> Rows:
    """A subject's rows as they are stored."""
    return {
        table: session.all(f"SELECT * FROM {table} WHERE {_KEYED[table]} = ?", (identity,))
        for table in _TABLES_OF.get(kind, ())
    }


def write(session: Session, rows: Rows) -> None:
    """Writes the rows of one or many subjects."""
    for table, values in rows.items():
        if values:
            marks = ", ".join("?" * len(values[0]))
            session.many(f"INSERT INTO {table} VALUES ({marks})", values)


def doc_of(kind: str, rows: Rows) -> Doc | None:
    """What the search finds this subject by, or None where it is not searched for."""
    for table, picks in (("parts", (1, 3, 5, 6, 7)), ("partners", (1, 2)), ("places", (1, 3)), ("orders", (1,)),
                         ("asns", (1, 4)), ("receipts", (1, 9))):  # fmt: skip
        if rows.get(table):
            row = rows[table][0]
            return Doc(kind, " ".join(str(row[pick]) for pick in picks if row[pick]))
    return None


class _Told:
    """Typed reading of what was told of a catalogue entry."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values

    def text(self, name: str) -> str:
        return _text(self.values, name)

    def whole(self, name: str, default: int = 0) -> int:
        return _whole(self.values, name, default)


def _text(values: dict[str, Any], name: str) -> str:
    value = values.get(name, "")
    return value if isinstance(value, str) else ""


def _whole(values: dict[str, Any], name: str, default: int = 0) -> int:
    value = values.get(name, default)
    return int(value) if isinstance(value, int) else default


def _json(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
