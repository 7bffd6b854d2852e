"""What a unit card holds besides the unit and its lights: plain values for window, command line and paper."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from dockmark.custody.lights import Verdict
from dockmark.desks.answer import Fact, UnitView


@dataclass(frozen=True, slots=True, kw_only=True)
class RawScan:
    """What a scanner read for an event, byte for byte as far as it was kept; `length` where it was longer."""

    raw: bytes
    symbology: str = ""
    device: str = ""
    typed: bool = False
    length: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One event of a unit's life: what, when, who, where, why, and what corrected it."""

    id: str
    type: str
    facts: Mapping[str, Fact]
    at: datetime
    recorded: datetime
    """When it was recorded; later than `at` where it was told afterwards."""
    who: str
    actor: str
    station: str
    undone_by: str = ""
    """The event that took it back."""
    undoes: tuple[str, ...] = ()
    """The events that this one took back."""
    scan: RawScan | None = None
    order: str = ""
    """Its place among all; a page goes on from there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A page of a time line, newest first. `more` names where the next one begins; empty where there is none."""

    entries: tuple[TimelineEntry, ...] = ()
    more: str = ""
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierName:
    """What a unit or its part was called before, until somebody corrected it."""

    field: str
    value: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A paper that the unit came with: receipt, order or ASN."""

    kind: str
    id: str
    number: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """A file that belongs to the unit. `picture` says that it can be shown as one."""

    id: str
    kind: str
    name: str
    sha256: str
    size: int
    at: datetime
    who: str
    note: str = ""
    picture: bool = False
    of: str = "unit"
    """Whose it is: `unit`, or the `receipt` that the unit came with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperView:
    """A paper that was made about the unit, or about the receipt that it came with."""

    id: str
    kind: str
    number: str
    sha256: str
    copy: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Another unit to hold against this one: how it is alike, how it stands, what happened to it."""

    how: str
    """`this`, `twin`, `alike` or `scrapped`."""
    unit: UnitView
    verdict: Verdict = field(default_factory=dict)
    supplier: str = ""
    receipt: str = ""
    timeline: Timeline = field(default_factory=Timeline)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The past that a card shows: by when things happened, by what had been recorded. Microseconds, or None."""

    until: int | None = None
    known: int | None = None

    @property
    def is_now(self) -> bool:
        """Whether it is no past at all."""
        return self.until is None and self.known is None


NOW = Moment()
