"""What is said of parts, partners, places, orders, advices, recalls and serial ranges."""

from dataclasses import dataclass, field

from dockmark.record.canonical import Json
from dockmark.record.facts import Fact, word

Told = dict[str, Json]


@word("part_added")
@dataclass(frozen=True, slots=True, kw_only=True)
class PartAdded(Fact):
    """A part entered the catalogue; `told` holds its fields. `complete` is false where it was made from a scan."""

    told: Told
    complete: bool = True


@word("part_changed")
@dataclass(frozen=True, slots=True, kw_only=True)
class PartChanged(Fact):
    """Fields of a part were corrected or completed."""

    told: Told
    complete: bool = True
    reason: str = ""


@word("parts_joined")
@dataclass(frozen=True, slots=True, kw_only=True)
class PartsJoined(Fact):
    """The catalogue entries that this event is about are one part: several offices wrote it down."""

    parts: list[Json]
    reason: str
    note: str = ""


@word("partner_added")
@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerAdded(Fact):
    """A supplier, customer, carrier or maker became known."""

    told: Told


@word("partner_changed")
@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerChanged(Fact):
    """Fields of a partner were corrected."""

    told: Told
    reason: str = ""


@word("place_added")
@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceAdded(Fact):
    """A place became known: bin, shelf, cage, bench, dock, truck, customer site."""

    told: Told


@word("place_changed")
@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceChanged(Fact):
    """Fields of a place were corrected."""

    told: Told
    reason: str = ""


@word("company_set")
@dataclass(frozen=True, slots=True, kw_only=True)
class CompanySet(Fact):
    """What the company says of itself on its papers: name, address (lines), logo (SHA-256 of a kept picture), paper
    (A4, Letter), language, date_form (iso, dmy, mdy, or empty for the language's own). Of each field the last told."""

    told: Told
    reason: str = ""


@word("order_placed")
@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPlaced(Fact):
    """An order went to a supplier; lines are {line, part, quantity, price?, currency?, promised?, owner?}."""

    number: str
    partner: str = ""
    owner: str = "own"
    ordered: str = ""
    lines: list[Json] = field(default_factory=list)


@word("order_changed")
@dataclass(frozen=True, slots=True, kw_only=True)
class OrderChanged(Fact):
    """Lines of an order were added or replaced, by their line name."""

    lines: list[Json]
    partner: str = ""
    reason: str = ""


@word("asn_advised")
@dataclass(frozen=True, slots=True, kw_only=True)
class AsnAdvised(Fact):
    """A supplier announced a delivery; lines are {line?, part, quantity}. The SSCC opens it by exact match."""

    number: str
    order: str = ""
    partner: str = ""
    sscc: str = ""
    shipped: str = ""
    lines: list[Json] = field(default_factory=list)


@word("expectation_withdrawn")
@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectationWithdrawn(Fact):
    """What has not come on these lines of an order or advice will not come; no lines means all of them."""

    reason: str
    lines: list[Json] = field(default_factory=list)
    note: str = ""


@word("units_expected")
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsExpected(Fact):
    """Units to come, packed: rows are [part, serial, lot, line, quantity, expiry], trailing blanks left out."""

    rows: list[Json]
    order: str = ""
    asn: str = ""


@word("recall_announced")
@dataclass(frozen=True, slots=True, kw_only=True)
class RecallAnnounced(Fact):
    """A maker called back units of a part: all, by lot, by serial or by serial range [first, last]."""

    number: str
    part: str
    reason: str = ""
    announced: str = ""
    lots: list[Json] = field(default_factory=list)
    serials: list[Json] = field(default_factory=list)
    ranges: list[Json] = field(default_factory=list)


@word("recall_lifted")
@dataclass(frozen=True, slots=True, kw_only=True)
class RecallLifted(Fact):
    """A recall does not hold any longer."""

    reason: str


@word("serial_range_stated")
@dataclass(frozen=True, slots=True, kw_only=True)
class SerialRangeStated(Fact):
    """A maker said which serials it has issued for a part, both ends included."""

    part: str
    first: str
    last: str
    partner: str = ""


@word("import_completed")
@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCompleted(Fact):
    """A file was taken in whole: its kind, its SHA-256, how many rows it had and how many said something new."""

    kind: str
    file: str
    sha256: str
    rows: int
    recorded: int
    bad: int = 0
    spans: list[Json] = field(default_factory=list)
    """Which events of this station say what the file said: [first, last] by their numbers."""


@word("import_reversed")
@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReversed(Fact):
    """What a file said is withdrawn, but for what was used since: {subject: names of lines or rows, none for all}."""

    file: str
    reason: str
    withdrawn: int = 0
    kept: Told = field(default_factory=dict)
