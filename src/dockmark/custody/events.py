"""What can happen to units and to the receipts that they come in with."""

from dataclasses import dataclass, field

from dockmark.record.canonical import Json
from dockmark.record.facts import Fact, word

Told = dict[str, Json]


@word("unit_received")
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitReceived(Fact):
    """A unit entered our custody at a dock. Identity stands in it at first sight."""

    receipt: str
    part: str = ""
    serial: str = ""
    lot: str = ""
    quantity: int = 1
    tracking: str = "serial"
    line: str = ""
    partner: str = ""
    place: str = ""
    condition: str = "new"
    owner: str = "own"
    expiry: str = ""
    made: str = ""
    typed: bool = False
    stranger: bool = False
    marks: Told = field(default_factory=dict)
    override: Told = field(default_factory=dict)
    scan: Told = field(default_factory=dict)


@word("unit_returned")
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitReturned(Fact):
    """A known unit of ours came back through the dock; it waits in returns hold."""

    receipt: str
    place: str = ""
    condition: str = ""
    override: Told = field(default_factory=dict)
    scan: Told = field(default_factory=dict)


@word("unit_stocked")
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitStocked(Fact):
    """A unit was taken over as opening balance: where it was, in what condition, and whose."""

    part: str
    serial: str = ""
    lot: str = ""
    quantity: int = 1
    tracking: str = "serial"
    place: str = ""
    state: str = "in_stock"
    condition: str = "serviceable"
    owner: str = "own"
    in_service_since: str = ""
    expiry: str = ""
    scan: Told = field(default_factory=dict)


@word("unit_held")
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitHeld(Fact):
    """A unit may not go on until somebody else releases it."""

    reason: str
    code: str = ""
    note: str = ""
    scan: Told = field(default_factory=dict)


@word("unit_released")
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitReleased(Fact):
    """The holds named by their event ids are over, by a second person."""

    holds: list[Json]
    reason: str
    note: str = ""
    scan: Told = field(default_factory=dict)


@word("unit_condition_noted")
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitConditionNoted(Fact):
    """Somebody looked at a unit and said what condition it is in."""

    condition: str
    damaged: bool = False
    reason: str = ""
    scan: Told = field(default_factory=dict)


@word("unit_put_away")
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPutAway(Fact):
    """A unit lies in another place of ours now."""

    place: str
    scan: Told = field(default_factory=dict)


@word("unit_scrapped")
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitScrapped(Fact):
    """A unit's life ended."""

    reason: str
    note: str = ""


@word("label_reprinted")
@dataclass(frozen=True, slots=True, kw_only=True)
class LabelReprinted(Fact):
    """A unit's label was printed once more, and why."""

    reason: str
    note: str = ""
    scan: Told = field(default_factory=dict)


@word("act_reversed")
@dataclass(frozen=True, slots=True, kw_only=True)
class ActReversed(Fact):
    """The events named are without effect: the counter-entry of an undo. They stay in the history."""

    reverses: list[Json]
    reason: str = "undo"
    scan: Told = field(default_factory=dict)


@word("dispute_resolved")
@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeResolved(Fact):
    """Somebody looked at what two stations did at once and says that the fold over both stands."""

    heads: list[Json]
    reason: str


@word("units_joined")
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsJoined(Fact):
    """The units that this event is about are one: stations that worked apart met it under several ids."""

    units: list[Json]
    reason: str
    note: str = ""
    scan: Told = field(default_factory=dict)


@word("units_parted")
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsParted(Fact):
    """The units named here are not what the others that this event is about are, though they bear the same mark."""

    units: list[Json]
    reason: str
    note: str = ""
    scan: Told = field(default_factory=dict)


@word("receipt_opened")
@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptOpened(Fact):
    """A delivery is being received at this station."""

    number: str
    order: str = ""
    line: str = ""
    asn: str = ""
    partner: str = ""
    place: str = ""


@word("receipt_noted")
@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptNoted(Fact):
    """Something was learnt of the delivery while it was received."""

    order: str = ""
    line: str = ""
    asn: str = ""
    partner: str = ""
    delivery_note: str = ""
    place: str = ""
    scan: Told = field(default_factory=dict)


@word("certificate_attached")
@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateAttached(Fact):
    """A certificate came with the delivery; the file is kept by its SHA-256."""

    sha256: str
    name: str
    size: int
    part: str = ""


@word("file_attached")
@dataclass(frozen=True, slots=True, kw_only=True)
class FileAttached(Fact):
    """A photo or paper belongs to what `to` names (`unit:<id>`, `receipt:<id>`); the file is kept by its SHA-256.

    Its subject is `attachment:<id>`. The unit itself is not changed, so nobody disputes it, and no undo fails over it.
    """

    to: str
    sha256: str
    name: str
    size: int
    kind: str = "other"
    note: str = ""


@word("file_detached")
@dataclass(frozen=True, slots=True, kw_only=True)
class FileDetached(Fact):
    """The file that `event` attached does not belong there after all. It stays in the history, and so does the file."""

    event: str
    reason: str
    note: str = ""


@word("document_made")
@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentMade(Fact):
    """A paper was made and kept by its SHA-256. `ref` is what it is about; copy 2 and more are reprints, with a reason.

    What is made while its subject is still open is preliminary, and counted apart.
    """

    kind: str
    ref: str
    number: str
    sha256: str
    size: int
    copy: int
    pages: int
    checkpoint: str
    preliminary: bool = False
    replaces: str = ""
    reason: str = ""
    note: str = ""


@word("receipt_closed")
@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptClosed(Fact):
    """A delivery is done: how many came, and the differences as they were shown."""

    received: int
    differences: list[Json] = field(default_factory=list)
    scan: Told = field(default_factory=dict)


@word("scan_noted")
@dataclass(frozen=True, slots=True, kw_only=True)
class ScanNoted(Fact):
    """A scan that changed no unit: refused, unreadable, or taken as context. Nothing scanned is lost."""

    desk: str
    outcome: str
    code: str
    scan: Told
    facts: Told = field(default_factory=dict)
