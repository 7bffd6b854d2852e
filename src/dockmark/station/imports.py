"""Files in, at a workstation: looked at, judged and recorded on a thread of their own, told of while they go on."""

import gc
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from dockmark.database.session import Session
from dockmark.desks.importing import Cancelled, Importing, ImportResult
from dockmark.desks.importing.looking import FileLook, look_at
from dockmark.desks.importing.preview import Preview, PreviewRow
from dockmark.desks.importing.undoing import UndoPlan, plan_undo, undo_import
from dockmark.exchange.mapping import Mapping
from dockmark.lookup import imports as asked
from dockmark.lookup import people
from dockmark.lookup.imports import Import
from dockmark.station.workers import Workers

if TYPE_CHECKING:
    from dockmark.station.station import Station

T = TypeVar("T")

JUDGING: Final = "judging"
RECORDING: Final = "recording"
_TOLD_EVERY_S: Final = 0.1
_TURN_S: Final = 0.0005
"""How long one thread may keep the others waiting while a file is worked on; the window must not feel it."""


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """News of a file that is being worked on: the stage, rows done, and of how many (0 where nobody knows)."""

    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportLine:
    """A line of the list of imports, with the name of who imported and who undid it."""

    it: Import
    who: str
    undone_by: str = ""


class Imports:
    """What the window asks of the import desk. One file at a time; `cancel` ends what is under way."""

    def __init__(self, station: "Station") -> None:
        self._station = station
        self._desk = Importing()
        self._thread = Workers(1, thread_name_prefix="import")
        self._cancelled = threading.Event()
        self._told = 0.0

    def look(self, path: Path, kind: str = "") -> Future[FileLook]:
        """What a file or a depot's folder is about; the Future raises the Refusal of what cannot be read."""
        return self._submit(lambda: self._looked(path, kind))

    def judge(self, path: Path, kind: str, mapping: Mapping | None) -> Future[Preview]:
        """The verdict on every row. Tells `import` news; raises `Cancelled` after `cancel`."""
        return self._submit(
            lambda: self._desk.preview(
                self._station.ledger, kind, path, mapping=mapping, progress=self._progress(JUDGING)
            )
        )

    def page(self, preview: Preview, wanted: str, first: int, count: int) -> Future[list[PreviewRow]]:
        """Some rows of a preview: those that the filter leaves, from there on."""
        return self._thread.submit(preview.page, wanted, first, count)

    def save_bad(self, preview: Preview, path: Path) -> Future[list[Path]]:
        """Writes the bad rows of a preview into a file."""
        return self._thread.submit(preview.save_bad, path)

    def forget(self, preview: Preview) -> None:
        """Lets go of a preview, after what was asked of it."""
        self._thread.submit(preview.close)

    def record(self, path: Path, kind: str, mapping: Mapping | None, *, skip_bad: bool) -> Future[ImportResult]:
        """Records the file: all of it, or only its good rows. Tells `import` news; a cancelled one records nothing."""

        def work() -> ImportResult:
            done = self._desk.run(
                self._station.ledger, kind, path, mapping=mapping, skip_bad=skip_bad,
                progress=self._progress(RECORDING),
            )  # fmt: skip
            self._station.tell("ledger", None)
            return done

        return self._submit(work)

    def cancel(self) -> None:
        """Ends what is under way: nothing of it is recorded."""
        self._cancelled.set()

    def imports(self) -> Future[list[ImportLine]]:
        """The files that were taken in, the latest first."""

        def lines(session: Session) -> list[ImportLine]:
            found = asked.imports(session)
            names = {each.id: each.name or each.id for each in people.operators(session)}
            return [
                ImportLine(
                    it=it, who=names.get(it.actor, it.actor), undone_by=names.get(it.reversed_by, it.reversed_by)
                )
                for it in found
            ]

        return self._station.ask(lines)

    def plan_undo(self, import_id: str) -> Future[UndoPlan]:
        """What the undo of an import would withdraw, and what would stay."""
        return self._station.ask(lambda session: plan_undo(session, import_id))

    def undo(self, import_id: str, reason: str) -> Future[UndoPlan]:
        """Takes an import back, on the bench; the Future raises the Refusal where that may not be."""
        done = self._station.bench(lambda book: undo_import(book, import_id, reason))
        done.add_done_callback(lambda _: self._station.tell("ledger", None))
        return done

    def close(self) -> None:
        """Ends what is under way and the thread."""
        self._cancelled.set()
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _looked(self, path: Path, kind: str) -> FileLook:
        session = self._station.ledger.session()
        try:
            return look_at(session, path, kind)
        finally:
            session.close()

    def _submit(self, work: Callable[[], T]) -> Future[T]:
        self._cancelled.clear()

        def quietly() -> T:
            with yielding():
                return work()

        return self._thread.submit(quietly)

    def _progress(self, stage: str) -> Callable[[int, int], None]:
        def tell(done: int, total: int) -> None:
            if self._cancelled.is_set():
                raise Cancelled
            now = time.monotonic()
            if now - self._told >= _TOLD_EVERY_S or (total and done >= total):
                self._told = now
                self._station.tell("import", ImportProgress(JUDGING if not total else stage, done, total))

        return tell


@contextmanager
def yielding() -> Iterator[None]:
    """Long work that lets every other thread have its turn soon, and never stops them all to tidy up."""
    before, collects = sys.getswitchinterval(), gc.isenabled()
    sys.setswitchinterval(_TURN_S)
    gc.disable()
    try:
        yield
    finally:
        sys.setswitchinterval(before)
        if collects:
            gc.enable()
