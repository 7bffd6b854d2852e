"""What the window asks of a workstation: one protocol. The plain values that come back are `desks.views`.

Every question returns a Future at once; the window never waits for one. Sentences are made of codes and
facts by `words`. News that `listen` tells: `answered` (an `Answered`, once for every answer, whoever asked,
after it is durable), `jobs` (None), `devices` (a tuple of `DeviceLight`), `ledger` (None: `info` or views changed),
`import` (an `ImportProgress`), `card` (the id of a unit of which something was attached or
taken away, or nothing for any), `scanned` (a `Scan` from a serial scanner, for the desk that is open),
`scanner_tried` (a `ScannerTried`), `backup` (a `BackupNews`), `papers` (what a paper was made or a file was kept for,
as in `receipt:<id>`),
`waiting` (for how many seconds another program has held the ledger; None when it is free again).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # Names of values only: what reads scans is loaded after the first paint.
    from collections.abc import Callable, Mapping, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from dockmark.desks.answer import Answer
    from dockmark.desks.views import DeskView, Found, JobView, StationInfo, UnitCard
    from dockmark.devices.lights import DeviceLight
    from dockmark.identifiers.reading import Scan
    from dockmark.people.signatures import Signer
    from dockmark.station.backups import Backups
    from dockmark.station.cards import Cards
    from dockmark.station.company import DepotSettings
    from dockmark.station.disk import Room
    from dockmark.station.imports import Imports
    from dockmark.station.lists import Lists
    from dockmark.station.master import Master
    from dockmark.station.papers import Papers
    from dockmark.station.scanners import Scanners
    from dockmark.station.sessions import Sessions


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

    def printers(self) -> dict[str, str]: ...

    def use_printer(self, kind: str, url: str) -> Future[None]: ...

    def reasons(self) -> Sequence[tuple[str, str]]: ...

    def lights(self) -> tuple[DeviceLight, ...]: ...

    def signed(self, desk: str, word: str, facts: dict[str, str], signer: Signer) -> Future[Answer]: ...

    @property
    def sessions(self) -> Sessions: ...

    @property
    def cards(self) -> Cards: ...

    @property
    def scanners(self) -> Scanners: ...

    @property
    def papers(self) -> Papers: ...

    @property
    def backups(self) -> Backups: ...

    @property
    def lists(self) -> Lists: ...

    @property
    def imports(self) -> Imports: ...

    @property
    def master(self) -> Master: ...

    @property
    def depot(self) -> DepotSettings: ...

    def room(self) -> Future[Room]: ...

    def attend_devices(self) -> None: ...

    def listen(self, hook: Callable[[str, object], None]) -> None: ...

    def close(self) -> None: ...


class Depots(Protocol):
    """Ways to come to an open workstation. Each blocks: the window calls them on a thread of its own."""

    def open(self, data: Path) -> Service: ...

    def printers(self) -> list[tuple[str, str]]: ...

    def create(self, data: Path, operator: str, name: str) -> None: ...

    def introduce(self, data: Path, station: str, company: Mapping[str, str]) -> None: ...

    def demo(self, data: Path) -> None: ...

    def take_over(
        self, data: Path, folder: Path, operator: str, name: str, tell: Callable[[int, int], None]
    ) -> None: ...
