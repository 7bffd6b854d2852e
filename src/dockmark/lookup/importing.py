"""Questions that an import asks of many rows at once: what is known already of these parts, orders, serials …"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import orjson

from dockmark.database.session import Row, Session
from dockmark.lookup.imports import withdrawals

Told = dict[str, Any]
_AT_ONCE = 500


@dataclass(slots=True, kw_only=True)
class Entry:
    """A part, partner or place: what names it, and its fields as told (JSON until somebody asks)."""

    id: str
    code: str
    complete: bool = True
    text: str = "{}"
    _told: Told | None = None

    @property
    def told(self) -> Told:
        """Its fields."""
        if self._told is None:
            self._told = orjson.loads(self.text)
        return self._told

    def word(self, name: str) -> str:
        """A field as text; empty where nobody has said it."""
        value = self.told.get(name, "")
        return value if isinstance(value, str) else ""


@dataclass(slots=True, kw_only=True)
class OrderLine:
    """A line of an order. `ref` is what expectations and advices name it by."""

    ref: str
    order: str
    """Number of the order."""
    name: str
    part: str
    quantity: int
    told: Told
    partner: str = ""

    @property
    def order_id(self) -> str:
        """Id of the order."""
        return self.ref[: -len(self.name) - 1]

    @property
    def full_name(self) -> str:
        """The line as it is named where its order is not."""
        return self.name if self.name.startswith(self.order) else f"{self.order}/{self.name}"


@dataclass(slots=True, kw_only=True)
class Order:
    """An order and its lines by name."""

    id: str
    number: str
    partner: str = ""
    lines: dict[str, OrderLine] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class AsnLine:
    """A line of an advice."""

    part: str
    quantity: int
    order_line: str


@dataclass(slots=True, kw_only=True)
class Asn:
    """An advised delivery and its lines by name."""

    id: str
    number: str
    order: str = ""
    partner: str = ""
    sscc: str = ""
    shipped: str = ""
    lines: dict[str, AsnLine] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Expected:
    """One row that was announced before."""

    part: str
    serial_key: str
    lot: str
    line: str
    quantity: int
    expiry: str
    order: str
    asn: str


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit that the ledger has, and whether something else than its taking over has happened to it."""

    id: str
    part: str
    serial_key: str
    lot: str
    quantity: int
    state: str
    condition: str
    place: str
    owner: str
    expiry: str
    in_service_since: str
    received_at: int
    events: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A `unit_stocked` event of a unit: its id, when it says it happened, what it says."""

    unit: str
    event: str
    at: int
    body: Told
    gone: int = 0
    """How many events of the unit do not count any more, because their import was undone."""


@dataclass(slots=True, kw_only=True)
class KnownRecall:
    """A recall of one part: all of it, or the marks {(kind, first, last)}."""

    id: str
    number: str
    part: str
    reason: str
    announced: str
    whole: bool
    lifted: bool = False
    marks: set[tuple[str, str, str]] = field(default_factory=set)


def _rows(session: Session, select: str, keys: Iterable[str]) -> Iterator[Row]:
    """The rows of `select`, whose `{}` is a list of these keys, some hundred keys at once."""
    wanted = list(keys)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        yield from session.all(select.format(", ".join("?" * len(some))), some)


_PART = "SELECT part_key, customer_part_number, gtin, id, part_number, complete, told FROM parts"
_IN_ORDER = "ORDER BY id"


def _by(session: Session, select: str, keys: Sequence[str], column: int) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for row in _rows(session, select, keys):
        entry = Entry(id=row[3], code=row[4], complete=bool(row[5]), text=row[6])
        found.setdefault(row[column], []).append(entry)
    return found


def parts_by_key(session: Session, keys: Sequence[str]) -> dict[str, list[Entry]]:
    """Parts by the key of their number (`identifiers.keys.part_key`)."""
    return _by(session, f"{_PART} WHERE part_key IN ({{}}) AND joined = '' {_IN_ORDER}", keys, 0)


def parts_by_customer_number(session: Session, numbers: Sequence[str]) -> dict[str, list[Entry]]:
    """Parts by a customer's number for them."""
    where = "WHERE customer_part_number IN ({}) AND customer_part_number <> '' AND joined = ''"
    return _by(session, f"{_PART} {where} {_IN_ORDER}", numbers, 1)


def parts_by_gtin(session: Session, gtins: Sequence[str]) -> dict[str, list[Entry]]:
    """Parts by GTIN (14 digits)."""
    return _by(session, f"{_PART} WHERE gtin IN ({{}}) AND gtin <> '' AND joined = '' {_IN_ORDER}", gtins, 2)


def partners_by_code(session: Session, codes: Sequence[str]) -> dict[str, list[Entry]]:
    """Partners by code."""
    return _by(session, "SELECT code, '', '', id, code, 1, told FROM partners WHERE code IN ({}) ORDER BY id", codes, 0)


def places_by_code(session: Session, codes: Sequence[str]) -> dict[str, list[Entry]]:
    """Places by code."""
    return _by(session, "SELECT code, '', '', id, code, 1, told FROM places WHERE code IN ({}) ORDER BY id", codes, 0)


def places_by_id(session: Session, ids: Sequence[str]) -> dict[str, list[Entry]]:
    """Places by id."""
    return _by(session, "SELECT id, '', '', id, code, 1, told FROM places WHERE id IN ({})", ids, 0)


def places_by_tag(session: Session, tags: Sequence[str]) -> dict[str, list[Entry]]:
    """Places by what their tag holds."""
    return _by(session, "SELECT tag, '', '', id, code, 1, told FROM places WHERE tag IN ({}) ORDER BY id", tags, 0)


def name_of(session: Session, identity: str) -> str:
    """What people call the place, part or partner of this id; the id itself where it is none."""
    row = session.one(
        "SELECT code FROM places WHERE id = ?1 UNION ALL SELECT part_number FROM parts WHERE id = ?1"
        " UNION ALL SELECT code FROM partners WHERE id = ?1",
        (identity,),
    )
    return identity if row is None else str(row[0])


def orders_by_number(session: Session, numbers: Sequence[str]) -> dict[str, list[Order]]:
    """Orders with their lines, by number."""
    found: dict[str, list[Order]] = {}
    by_id: dict[str, Order] = {}
    for row in _rows(session, "SELECT id, number, partner FROM orders WHERE number IN ({}) ORDER BY id", numbers):
        by_id[row[0]] = Order(id=row[0], number=row[1], partner=row[2])
        found.setdefault(row[1], []).append(by_id[row[0]])
    _add_lines(session, by_id)
    return found


def orders_by_line(session: Session, names: Sequence[str]) -> dict[str, list[Order]]:
    """The order, with its lines, that a line of this name is in; two without lines where it is in several."""
    select = "SELECT line, min(order_id), max(order_id) FROM order_lines WHERE line IN ({}) GROUP BY line"
    named = {row[0]: (row[1], row[2]) for row in _rows(session, select, names)}
    single = [first for first, last in named.values() if first == last]
    by_id: dict[str, Order] = {}
    for row in _rows(session, "SELECT id, number, partner FROM orders WHERE id IN ({})", dict.fromkeys(single)):
        by_id[row[0]] = Order(id=row[0], number=row[1], partner=row[2])
    _add_lines(session, by_id)
    return {
        name: [by_id[first]] if first == last else [Order(id=first, number=""), Order(id=last, number="")]
        for name, (first, last) in named.items()
    }


def _add_lines(session: Session, orders: dict[str, Order]) -> None:
    select = "SELECT id, order_id, line, part, quantity, told FROM order_lines WHERE order_id IN ({}) ORDER BY id"
    for row in _rows(session, select, orders):
        told = orjson.loads(row[5])
        partner = told.get("partner", "")
        orders[row[1]].lines[row[2]] = OrderLine(
            ref=row[0], order=orders[row[1]].number, name=row[2], part=row[3], quantity=row[4], told=told,
            partner=partner if isinstance(partner, str) else "",
        )  # fmt: skip


def asns_by_number(session: Session, numbers: Sequence[str]) -> dict[str, list[Asn]]:
    """Advised deliveries with their lines, by number."""
    found: dict[str, list[Asn]] = {}
    by_id: dict[str, Asn] = {}
    select = "SELECT id, number, order_id, partner, sscc, shipped FROM asns WHERE number IN ({}) ORDER BY id"
    for row in _rows(session, select, numbers):
        asn = Asn(id=row[0], number=row[1], order=row[2], partner=row[3], sscc=row[4], shipped=row[5])
        by_id[asn.id] = asn
        found.setdefault(asn.number, []).append(asn)
    lines = "SELECT asn_id, line, part, quantity, order_line FROM asn_lines WHERE asn_id IN ({}) ORDER BY asn_id, line"
    for row in _rows(session, lines, by_id):
        by_id[row[0]].lines[row[1]] = AsnLine(part=row[2], quantity=row[3], order_line=row[4])
    return found


_EXPECTED = "SELECT part, serial_key, lot, line, quantity, expiry, order_id, asn_id FROM expected_units"


def anything_expected(session: Session) -> bool:
    """Whether any unit was ever announced."""
    return session.value("SELECT 1 FROM expected_units LIMIT 1") is not None


def expected_by_serial(session: Session, serial_keys: Iterable[str]) -> dict[tuple[str, str], list[Expected]]:
    """What was announced by these serials, by part and serial."""
    found: dict[tuple[str, str], list[Expected]] = {}
    for row in _rows(session, f"{_EXPECTED} WHERE serial_key IN ({{}})", serial_keys):
        found.setdefault((row[0], row[1]), []).append(Expected(*row))
    return found


def expected_by_asn(session: Session, asns: Iterable[str]) -> dict[str, list[Expected]]:
    """What was announced with these advices, by advice."""
    found: dict[str, list[Expected]] = {}
    for row in _rows(session, f"{_EXPECTED} WHERE asn_id IN ({{}}) AND asn_id <> ''", asns):
        found.setdefault(row[7], []).append(Expected(*row))
    return found


def expected_without_serial(session: Session, parts: Iterable[str]) -> dict[str, list[Expected]]:
    """What was announced without a serial, by part."""
    found: dict[str, list[Expected]] = {}
    for row in _rows(session, f"{_EXPECTED} WHERE serial_key = '' AND part IN ({{}})", parts):
        found.setdefault(row[0], []).append(Expected(*row))
    return found


_UNIT = (
    "SELECT id, part, serial_key, lot, quantity, state, condition, place, owner, expiry, in_service_since,"
    " received_at, events FROM units"
)


def units_by_serial(session: Session, serial_keys: Iterable[str]) -> dict[tuple[str, str], list[KnownUnit]]:
    """Units of these serials, by part and serial."""
    found: dict[tuple[str, str], list[KnownUnit]] = {}
    for row in _rows(session, f"{_UNIT} WHERE serial_key IN ({{}}) ORDER BY id", serial_keys):
        found.setdefault((row[1], row[2]), []).append(KnownUnit(*row))
    return found


def units_without_serial(session: Session, parts: Iterable[str]) -> dict[str, list[KnownUnit]]:
    """Boxes of these parts that have no serial."""
    found: dict[str, list[KnownUnit]] = {}
    for row in _rows(session, f"{_UNIT} WHERE serial_key = '' AND part IN ({{}}) ORDER BY id", parts):
        found.setdefault(row[1], []).append(KnownUnit(*row))
    return found


def statements(session: Session, units: Iterable[str]) -> dict[str, list[Statement]]:
    """What was said of units when they were taken over, the latest last."""
    found: dict[str, list[Statement]] = {}
    gone: Counter[str] = Counter()
    undone = withdrawals(session)
    select = (
        "SELECT s.subject, e.core FROM event_subjects s JOIN events e ON e.n = s.event WHERE s.subject IN ({})"
        " ORDER BY e.ts, e.station, e.seq"
    )
    for subject, text in _rows(session, select, (f"unit:{unit}" for unit in units)):
        core = orjson.loads(text)
        unit = subject.partition(":")[2]
        if any(each.withdraws(subject, core["station"], core["seq"]) for each in undone):
            gone[unit] += 1
        elif core["type"] == "unit_stocked":
            said = Statement(unit, core["id"], core.get("at", core.get("wall", core["ts"])), core.get("body", {}))
            found.setdefault(unit, []).append(said)
    return {
        unit: [replace(said, gone=gone[unit]) for said in told] if gone[unit] else told for unit, told in found.items()
    }


def recalls_by_number(session: Session, numbers: Sequence[str]) -> dict[str, list[KnownRecall]]:
    """Recalls with their marks, by number."""
    found: dict[str, list[KnownRecall]] = {}
    by_id: dict[str, KnownRecall] = {}
    select = (
        "SELECT id, number, part, reason, announced, whole_part, lifted FROM recalls WHERE number IN ({}) ORDER BY id"
    )
    for row in _rows(session, select, numbers):
        recall = KnownRecall(
            id=row[0], number=row[1], part=row[2], reason=row[3], announced=row[4], whole=bool(row[5]),
            lifted=bool(row[6]),
        )  # fmt: skip
        by_id[recall.id] = recall
        found.setdefault(recall.number, []).append(recall)
    for row in _rows(session, "SELECT recall, kind, first, last FROM recall_marks WHERE recall IN ({})", by_id):
        by_id[row[0]].marks.add((row[1], row[2], row[3]))
    return found


def ranges_by_part(session: Session, parts: Sequence[str]) -> dict[str, list[tuple[str, str, str, str]]]:
    """Serial ranges as (id, first, last, partner), by part."""
    found: dict[str, list[tuple[str, str, str, str]]] = {}
    select = "SELECT part, id, first, last, partner FROM serial_ranges WHERE part IN ({}) ORDER BY id"
    for row in _rows(session, select, parts):
        found.setdefault(row[0], []).append((row[1], row[2], row[3], row[4]))
    return found


def last_event(session: Session) -> int:
    """The local number of the last event that this ledger has."""
    return int(session.value("SELECT max(n) FROM events") or 0)


def subject_kinds_since(session: Session, number: int) -> set[str]:
    """Which kinds of subject the events after this one changed: part, order, unit …"""
    kinds: set[str] = set()
    for (core,) in session.stream("SELECT core FROM events WHERE n > ? ORDER BY n", (number,)):
        kinds |= {name.partition(":")[0] for name in orjson.loads(core).get("subj", ())}
    return kinds


def kept_mapping(session: Session, signature: str) -> str:
    """The column mapping kept for files with this header, or the empty text."""
    return str(session.value("SELECT data FROM column_mappings WHERE signature = ?", (signature,), ""))
