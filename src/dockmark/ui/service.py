"""What the window asks of a workstation: one protocol, and the plain values that come back.

Every question returns a Future at once; the window never waits for one. Sentences are made of codes and
facts by `words`. `news` words that `listen` may tell: answered, jobs, devices, ledger.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from dockmark.custody.lights import Lamp, Verdict
from dockmark.desks.answer import Answer, Fact, UnitView
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
    meaning: str = ""
    """What the scan was read as: a word code such as `unit`, `place`, `order`, `command`, `badge`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceView:
    """One device and its state: ready, away, faulted, opening."""

    name: str
    state: str


class Service(Protocol):
    """A workstation as its window sees it. All methods return at once."""

    @property
    def info(self) -> StationInfo: ...

    def scan(self, desk: str, scan: Scan) -> Future[Answer]: ...

    def command(self, desk: str, word: str, **facts: str) -> Future[Answer]: ...

    def begin(self, desk: str, *, order: str = "", place: str = "", new: bool = False) -> Future[Answer]: ...

    def view(self, desk: str) -> Future[DeskView]: ...

    def card(self, unit_id: str) -> Future[UnitCard]: ...

    def search(self, text: str, limit: int) -> Future[list[Found]]: ...

    def jobs(self) -> Future[list[JobView]]: ...

    def retry(self, job: str) -> Future[None]: ...

    def settle(self, job: str, printed: bool) -> Future[None]: ...

    def reasons(self) -> Sequence[tuple[str, str]]: ...

    def listen(self, hook: Callable[[str, object], None]) -> None: ...

    def close(self) -> None: ...


class Depots(Protocol):
    """Ways to come to an open workstation. Each blocks: the window calls them on a thread of its own."""

    def open(self, data: Path) -> Service: ...

    def create(self, data: Path, operator: str, name: str) -> None: ...

    def demo(self, data: Path) -> None: ...

    def take_over(self, data: Path, folder: Path, operator: str, name: str) -> None: ...
