"""What a receipt and its discrepancy report say: plain values, codes left for `wording`. Times in microseconds UTC."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A file that was kept with the receipt. `kind` is `certificate`, `delivery_note` or another code."""

    kind: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What came, counted."""

    units: int = 0
    pieces: int = 0
    parts: int = 0
    damaged: int = 0
    held: int = 0
    strangers: int = 0
    returned: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptHead:
    """A delivery: from whom, against what, where, by whom, what came."""

    id: str
    number: str
    is_open: bool
    station: str
    opened_at: int
    closed_at: int
    partner: str = ""
    partner_code: str = ""
    order: str = ""
    line: str = ""
    asn: str = ""
    sscc: str = ""
    delivery_note: str = ""
    place: str = ""
    receivers: tuple[str, ...] = ()
    counts: Counts = Counts()
    enclosed: tuple[Enclosed, ...] = ()
    differs: bool = False
    tag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """One unit as it was received. `rules` were set aside for the `reason`."""

    number: int
    part: str
    description: str = ""
    serial: str = ""
    lot: str = ""
    expiry: str = ""
    quantity: int = 1
    condition: str = ""
    damaged: bool = False
    held: str = ""
    """The reason why it may not go on."""
    place: str = ""
    owner: str = ""
    at: int = 0
    who: str = ""
    stranger: bool = False
    typed: bool = False
    returned: bool = False
    rules: tuple[str, ...] = ()
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCheck:
    """One line of what was asked for: wanted, come in this delivery, come in all."""

    name: str
    part: str
    description: str = ""
    wanted: int = 0
    here: int = 0
    come: int = 0

    @property
    def missing(self) -> int:
        """How many are still expected."""
        return max(self.wanted - self.come, 0)

    @property
    def over(self) -> int:
        """How many came too many."""
        return max(self.come - self.wanted, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A unit that a rule refused at the dock, and how that was answered.

    `answer` is `accepted`, `quarantined`, `skipped`, `rejected`, `received_after`, `undone` or `left`.
    """

    at: int
    who: str
    part: str
    serial: str
    rule: str
    answer: str
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptBook:
    """A receipt whole. What may be long is asked for anew each time, and comes one by one."""

    head: ReceiptHead
    units: Callable[[], Iterable[UnitLine]]
    lines: tuple[LineCheck, ...] = ()
    missing: Callable[[], Iterable[tuple[str, str]]] = tuple
    """Part and serial of what was announced and did not come."""
    refusals: Callable[[], Iterable[Refusal]] = tuple
