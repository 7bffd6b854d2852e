"""Questions about parts, partners, places, orders, advices, recalls and serial ranges."""

from dataclasses import dataclass

import orjson

from dockmark.database.session import Row, Session
from dockmark.identifiers.keys import part_key
from dockmark.identifiers.reading import TagKind
from dockmark.identifiers.tags import is_told_by_payload, own_place_payload, place_tag, tag
from dockmark.record.refusal import Refusal, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A catalogue entry. Months and days are -1 where nobody has said them."""

    id: str
    part_number: str
    manufacturer: str = ""
    cage: str = ""
    gtin: str = ""
    customer_part_number: str = ""
    description: str = ""
    tracking: str = "serial"
    supplier: str = ""
    warranty_months: int = -1
    shelf_life_days: int = -1
    requires_approved_supplier: bool = False
    requires_certificate: bool = False
    complete: bool = True


_PART = (
    "SELECT coalesce(nullif(joined, ''), id), part_number, manufacturer, cage, gtin, customer_part_number, description,"
    " tracking, supplier, warranty_months, shelf_life_days, requires_approved_supplier, requires_certificate, complete"
    " FROM parts"
)


def _part(row: Row) -> Part:
    return Part(
        id=row[0], part_number=row[1], manufacturer=row[2], cage=row[3], gtin=row[4], customer_part_number=row[5],
        description=row[6], tracking=row[7], supplier=row[8], warranty_months=row[9], shelf_life_days=row[10],
        requires_approved_supplier=bool(row[11]), requires_certificate=bool(row[12]), complete=bool(row[13]),
    )  # fmt: skip


def part_ids(session: Session, part: str) -> tuple[str, ...]:
    """Every id of the part that this id means, the one that stands for it first: offices may have written it twice."""
    return session.kept(_part_ids, part)


def _part_ids(session: Session, part: str) -> tuple[str, ...]:
    first = str(session.value("SELECT joined FROM parts WHERE id = ? AND joined <> ''", (part,), part))
    rows = session.all("SELECT id FROM parts WHERE joined = ? AND joined <> '' ORDER BY id", (first,))
    return first, *(row[0] for row in rows)


def is_one_part(one: str, other: str) -> str:
    """SQL: whether two columns hold ids of one part."""
    first = "coalesce((SELECT nullif(x.joined, '') FROM parts x WHERE x.id = {0}), {0})"
    return f"({one} = {other} OR {first.format(one)} = {first.format(other)})"


def part(session: Session, identity: str) -> Part | None:
    """The part that this id means."""
    return session.kept(_part_of, identity)


def _part_of(session: Session, identity: str) -> Part | None:
    row = session.one(f"{_PART} WHERE id = ?", (identity,))
    return None if row is None else _part(row)


def parts_by_gtin(session: Session, gtin: str) -> list[Part]:
    """Parts that carry this GTIN (14 digits)."""
    return [*session.kept(_parts_by_gtin, gtin)]


def _parts_by_gtin(session: Session, gtin: str) -> list[Part]:
    return [
        _part(row)
        for row in session.all(f"{_PART} WHERE gtin = ? AND gtin <> '' AND joined = '' ORDER BY id LIMIT 50", (gtin,))
    ]


def parts_by_number(session: Session, number: str) -> list[Part]:
    """Parts of this number, of whatever manufacturer; our customers' numbers count too."""
    return [*session.kept(_parts_by_number, number)]


def _parts_by_number(session: Session, number: str) -> list[Part]:
    rows = session.all(f"{_PART} WHERE part_key = ? AND joined = '' ORDER BY id LIMIT 50", (part_key(number),))
    if not rows:
        rows = session.all(
            f"{_PART} WHERE customer_part_number = ? AND customer_part_number <> '' AND joined = ''"
            " ORDER BY id LIMIT 50",
            (number,),
        )
    return [_part(row) for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A supplier, customer, carrier or maker."""

    id: str
    code: str
    name: str
    approved: bool


def partner(session: Session, identity: str) -> Partner | None:
    """The partner of this id, or of this code."""
    return session.kept(_partner, identity)


def _partner(session: Session, identity: str) -> Partner | None:
    row = session.one("SELECT id, code, name, approved FROM partners WHERE id = ?", (identity,)) or session.one(
        "SELECT id, code, name, approved FROM partners WHERE code = ? AND code <> '' ORDER BY id", (identity,)
    )
    return None if row is None else Partner(id=row[0], code=row[1], name=row[2], approved=bool(row[3]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A bin, shelf, cage, bench, dock, truck or customer site."""

    id: str
    code: str
    tag: str
    name: str
    kind: str


_PLACE = "SELECT id, code, tag, name, kind FROM places"


def _place(row: Row | None) -> Place | None:
    return None if row is None else Place(id=row[0], code=row[1], tag=row[2], name=row[3], kind=row[4])


def place(session: Session, identity: str) -> Place | None:
    """The place of this id."""
    return session.kept(_place_of, identity)


def _place_of(session: Session, identity: str) -> Place | None:
    return _place(session.one(f"{_PLACE} WHERE id = ?", (identity,)))


def place_by_tag(session: Session, payload: str) -> Place | None:
    """The place whose tag holds this payload; refused where places of different codes share it."""
    rows = session.all(f"{_PLACE} WHERE tag = ? ORDER BY id LIMIT 20", (payload,))
    if len(codes := {row[1].upper() for row in rows}) > 1:
        raise Refusal(Refused.PLACE_AMBIGUOUS, places=sorted(codes), tag=payload)
    return _place(rows[0] if rows else session.one(f"{_PLACE} WHERE own_tag = ? ORDER BY id", (payload,)))


_LONGEST_TAG = 40
"""Characters of a code that a label has room for."""


def place_tag_of(session: Session, place: Place) -> str:
    """The tag to print for a place: its code where that tells it from all others, else a number of its own."""
    rows = session.all("SELECT DISTINCT upper(code) FROM places WHERE tag = ? LIMIT 2", (place.tag,))
    if is_told_by_payload(place.code) and len(rows) < 2 and len(place.tag) <= _LONGEST_TAG:
        return place_tag(place.code)
    return tag(TagKind.PLACE, own_place_payload(place.id))


def place_by_code(session: Session, code: str) -> Place | None:
    """The place of this code, upper or lower case."""
    return _place(session.one(f"{_PLACE} WHERE code = ? ORDER BY id", (code,))) or _place(
        session.one(f"{_PLACE} WHERE code = ? ORDER BY id", (code.upper(),))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """A recall that a unit falls under, and by what: the whole part, its lot, its serial."""

    number: str
    reason: str
    by: str


def recalls_of(session: Session, part_id: str, lot: str, serial_key: str) -> list[Recall]:
    """Every recall in force that a unit of this part, lot and serial falls under."""
    found = []
    for identity, number, reason, whole in session.kept(_recalls, part_id):
        by = "part" if whole else _recalled_by(session, identity, lot, serial_key)
        if by:
            found.append(Recall(number=number, reason=reason, by=by))
    return found


def _recalls(session: Session, part_id: str) -> list[Row]:
    asked = "SELECT id, number, reason, whole_part FROM recalls WHERE part = ? AND lifted = 0 ORDER BY number, id"
    return [row for each in part_ids(session, part_id) for row in session.all(asked, (each,))]


def _recalled_by(session: Session, recall: str, lot: str, serial_key: str) -> str:
    wanted = (recall, lot, recall, serial_key)
    row = session.one(
        "SELECT kind FROM recall_marks WHERE (recall = ? AND kind = 'lot' AND first = ? AND first <> '')"
        " OR (recall = ? AND kind = 'serial' AND first = ? AND first <> '')",
        wanted,
    )
    if row is not None:
        return str(row[0])
    ranges = session.all("SELECT first, last FROM recall_marks WHERE recall = ? AND kind = 'range'", (recall,))
    return "serial" if any(in_range(serial_key, first, last) for first, last in ranges) else ""


def serial_ranges(session: Session, part_id: str) -> list[tuple[str, str]]:
    """What the makers said they issued for a part: (first, last), both included."""
    return [*session.kept(_serial_ranges, part_id)]


def _serial_ranges(session: Session, part_id: str) -> list[tuple[str, str]]:
    asked = "SELECT first, last FROM serial_ranges WHERE part = ? ORDER BY first, last"
    return [(row[0], row[1]) for each in part_ids(session, part_id) for row in session.all(asked, (each,))]


def in_range(serial: str, first: str, last: str) -> bool:
    """Whether a serial lies between two others: same length, same letters before the counting digits."""
    text, low, high = ("".join(value.upper().split()) for value in (serial, first, last))
    return bool(text) and len(text) == len(low) == len(high) and low <= text <= high and _shape(text) == _shape(low)


def _shape(text: str) -> str:
    return "".join("9" if letter.isdigit() else letter for letter in text)


def told(text: str) -> dict[str, str | int]:
    """What was told of a catalogue entry, by field."""
    value: dict[str, str | int] = orjson.loads(text)
    return value


def places(session: Session) -> list[Place]:
    """Every place, by its code."""
    return [Place(id=row[0], code=row[1], tag=row[2], name=row[3], kind=row[4]) for row in
            session.all(f"{_PLACE} ORDER BY code, id")]  # fmt: skip
