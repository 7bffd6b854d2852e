"""What a workstation shows: plain values for the window and the command line. Words are made of codes elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from dockmark.custody.lights import Lamp, Light, Verdict
from dockmark.custody.reasoning import Step
from dockmark.desks.answer import Answer, Fact, UnitView
from dockmark.desks.card_views import NOW, EarlierName, FileView, Link, Moment, PaperView, Timeline
from dockmark.identifiers.reading import Scan


@dataclass(frozen=True, slots=True, kw_only=True)
class StationInfo:
    """Who works where. `read_only` holds the code of the reason why nothing may be recorded, or nothing."""

    name: str
    station: str
    operator: str
    operator_name: str
    role: str
    data: Path
    read_only: str = ""
    training: bool = False
    """Whether this is the practice depot, where nothing is real."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """One line of the order: what was asked for and what has come."""

    id: str
    part: str
    description: str
    ordered: int
    received: int
    open: int
    fit: str = ""
    """How the last unit fits this line: empty, `best` or `fits`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedUnit:
    """One row of the receiving list."""

    unit: UnitView
    lamp: Lamp
    at: datetime | None = None
    typed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A sentence to be made: the code and facts of what UNDO would reverse, or of what a line of history says."""

    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskView:
    """How a desk stands now: enough to paint its screen."""

    receipt: str = ""
    order: str = ""
    partner: str = ""
    place: str = ""
    note: str = ""
    done: int = 0
    wanted: int = 0
    lines: tuple[LineView, ...] = ()
    units: tuple[ReceivedUnit, ...] = ()
    refusal: Answer | None = None
    waiting: str = ""
    """What is awaited: `part_needed`, `serial_needed`, `quantity_needed`, `reason_needed` or nothing."""
    undo: Coming | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One event of a unit's life."""

    at: datetime
    who: str
    what: Coming


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCard:
    """Everything the card at the right shows of one unit. `marks` are pairs of word code and value."""

    unit: UnitView
    marks: tuple[tuple[str, str], ...] = ()
    verdict: Verdict = field(default_factory=dict)
    history: tuple[HistoryLine, ...] = ()
    custody: str = ""
    """Who answers for the unit now: the station where it lies, or the place of the customer that it is at."""
    timeline: Timeline = field(default_factory=Timeline)
    """The latest of its history, newest first; `history` is all of it where all was asked for."""
    steps: Mapping[Light, tuple[Step, ...]] = field(default_factory=dict)
    """How each light was worked out."""
    others: tuple[str, ...] = ()
    """Units to hold against it: the same mark, or one that looks like it."""
    earlier: tuple[EarlierName, ...] = ()
    path: tuple[str, ...] = ()
    """Where it lies, from the largest place to the smallest."""
    papers: tuple[Link, ...] = ()
    files: tuple[FileView, ...] = ()
    documents: tuple[PaperView, ...] = ()
    parent: str = ""
    """The kit, carton or asset that it is in; empty where it stands alone."""
    contents: tuple[str, ...] = ()
    moment: Moment = NOW
    disputed: bool = False
    """Whether stations changed it at once, and nobody has settled it."""
    supplier: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One hit of a search."""

    kind: str
    id: str
    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobView:
    """One print job. `state`: queued, sending, sent, confirmed, unknown, failed."""

    id: str
    title: str
    printer: str
    state: str
    at: datetime | None = None
    code: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """News of one answer. `scan` is None where a command came by key or button."""

    desk: str
    answer: Answer
    scan: Scan | None = None
