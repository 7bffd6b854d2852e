"""Takes a file in: everything is read and judged first, then recorded in one transaction, or nothing is."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from dockmark.catalog.events import AsnAdvised, ImportCompleted, OrderChanged, OrderPlaced, UnitsExpected
from dockmark.database.session import Session
from dockmark.desks.importing.advices import AsnJudge
from dockmark.desks.importing.bad_rows import write_bad_rows
from dockmark.desks.importing.entries import PartJudge, PartnerJudge
from dockmark.desks.importing.expectations import ExpectedJudge
from dockmark.desks.importing.judge import Judge
from dockmark.desks.importing.orders import OrderJudge
from dockmark.desks.importing.places import PlaceJudge
from dockmark.desks.importing.preview import Preview, Titles
from dockmark.desks.importing.ranges import RangeJudge
from dockmark.desks.importing.recalls import RecallJudge
from dockmark.desks.importing.releasing import release
from dockmark.desks.importing.sources import Source, dated, digest_of, sources_of
from dockmark.desks.importing.stock import StockJudge
from dockmark.desks.importing.verdicts import FileSaid, ImportResult, RowVerdict, Tally, Verdict
from dockmark.desks.importing.world import World
from dockmark.exchange.codes import FileFault
from dockmark.exchange.encoding import bad_file
from dockmark.exchange.mapping import Mapping
from dockmark.exchange.rows import read_batches
from dockmark.ledger.book import Book
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.mappings import keep_mapping
from dockmark.lookup.importing import last_event, subject_kinds_since
from dockmark.record.clock import Clock, as_date
from dockmark.record.facts import Draft
from dockmark.record.ids import EventId, uuid7
from dockmark.record.refusal import Refusal, Refused

Progress = Callable[[int, int], None]
"""Told (rows judged, 0) while reading, then (rows recorded, rows to record); raises `Cancelled` to end the import."""

JUDGES: Final[dict[str, type[Judge]]] = {
    "parts": PartJudge,
    "partners": PartnerJudge,
    "locations": PlaceJudge,
    "orders": OrderJudge,
    "asn": AsnJudge,
    "expected": ExpectedJudge,
    "stock": StockJudge,
    "recalls": RecallJudge,
    "ranges": RangeJudge,
}
MOST_SHOWN: Final = 300_000
"""Rows that are judged to be looked at; more would take the memory of a workstation. The command line takes them."""
_SIGNED_EVERY: Final = 500
"""Events. Also what is held in memory of a large import."""
_TOLD_EVERY: Final = 200
_WITH_LINES: Final = (OrderPlaced, OrderChanged, AsnAdvised)
_EASTMOST_US: Final = 14 * 3600 * 1_000_000
"""Where it is tomorrow already, today is not a day to come."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """A file, judged against the ledger as it stood at one moment."""

    upto: int
    judges: list[Judge]

    @property
    def tallies(self) -> list[Tally]:
        return [judge.tally for judge in self.judges]

    @property
    def bad(self) -> int:
        return sum(tally.bad for tally in self.tallies)

    @property
    def news(self) -> int:
        return sum(tally.news for tally in self.tallies)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """One import, as it was asked for."""

    ledger: Ledger
    kind: str
    file: Path
    sources: list[Source]
    dry_run: bool
    skip_bad: Path | bool
    progress: Progress

    def bad_file(self, source: Source) -> Path:
        """Where the bad rows of a table go."""
        if not isinstance(self.skip_bad, Path):
            return source.table.path.with_name(f"{source.table.path.name}.bad.csv")
        return self.skip_bad.with_name(f"{self.skip_bad.name}.{source.name}") if source.name else self.skip_bad


class Importing:
    """The desk that takes files in."""

    name = "importing"

    def run(
        self,
        ledger: Ledger,
        kind: str,
        file: Path,
        *,
        mapping: Path | Mapping | None = None,
        dry_run: bool = False,
        skip_bad: Path | bool | None = False,
        progress: Progress | None = None,
        on_row: Callable[[RowVerdict], None] | None = None,
    ) -> ImportResult:
        """Takes a file of this kind in, or a depot's folder.

        One bad row keeps everything out, unless `skip_bad` says where to write the bad ones (True: beside the file,
        as `<file>.bad.csv`). `on_row` is told each row's verdict once the outcome is certain.
        Raises Refusal where there is nothing to read, or nothing may be recorded.
        """
        if ledger.read_only and not dry_run:
            raise Refusal(Refused.READ_ONLY, why=ledger.read_only)
        session = ledger.session()
        try:
            job = _Job(
                ledger=ledger, kind=kind, file=file, sources=sources_of(session, kind, file, mapping), dry_run=dry_run,
                skip_bad=skip_bad or False, progress=progress or _unheard,
            )  # fmt: skip
            _refuse_overwriting(job)
            with session.reading():
                judged = _judged(session, job)
        finally:
            session.close()
        result, judged = _settled(job, judged)
        if on_row is not None:
            for said in chain.from_iterable(tally.each() for tally in judged.tallies):
                on_row(said)
        release(*judged.judges)
        return result

    def preview(
        self,
        ledger: Ledger,
        kind: str,
        file: Path,
        *,
        mapping: Path | Mapping | None = None,
        progress: Progress | None = None,
    ) -> Preview:
        """Judges every row of a file and records nothing: to be looked at, page by page."""
        session = ledger.session()
        titles = Titles()
        try:
            job = _Job(
                ledger=ledger, kind=kind, file=file, sources=sources_of(session, kind, file, mapping), dry_run=True,
                skip_bad=False, progress=progress or _unheard,
            )  # fmt: skip
            with session.reading():
                judged = _judged(session, job, titles)
        except BaseException:
            titles.close()
            raise
        finally:
            session.close()
        seen = Preview(_result(job, judged, recorded=0), job.sources, judged.tallies, titles)
        release(*(value for judge in judged.judges for name, value in vars(judge).items() if name != "tally"))
        return seen


def _refuse_overwriting(job: _Job) -> None:
    """The bad rows never take the place of the file that they stand in."""
    for source in job.sources:
        if job.skip_bad and job.bad_file(source).resolve() == source.table.path.resolve():
            raise bad_file(source.table.path, FileFault.NOT_WRITABLE)


def _unheard(_done: int, _all: int) -> None:
    return None


def _judged(session: Session, job: _Job, titles: Titles | None = None) -> _Judged:
    """Every row against the ledger as this session sees it."""
    clock = job.ledger.clock
    world = World(session, _new_ids(clock), as_date(clock.now_us() + _EASTMOST_US).isoformat())
    upto = last_event(session)
    judges: list[Judge] = []
    done = 0
    for source in job.sources:
        judge = JUDGES[source.kind.name](world, Tally(source.name), source.defaults)
        judges.append(judge)
        for batch in read_batches(source.table, source.kind, source.mapping):
            judge.take(batch)
            if titles is not None:
                titles.take(len(judges) - 1, batch)
                if done > MOST_SHOWN:
                    raise bad_file(source.table.path, FileFault.TOO_LARGE, rows=done, most=MOST_SHOWN)
            done += len(batch.rows) + len(batch.bad)
            job.progress(done, 0)
        judge.finish()
    return _Judged(upto, judges)


def _new_ids(clock: Clock) -> Callable[[], str]:
    return lambda: uuid7(clock.now_us(), secrets.randbits(62))


def _settled(job: _Job, judged: _Judged) -> tuple[ImportResult, _Judged]:
    """Records what was judged to be new, if it may be."""
    if _stops(job, judged) or job.dry_run:
        return _result(job, judged, recorded=0), judged
    if not judged.news and not judged.bad:
        if any(source.remember for source in job.sources):
            with job.ledger.tending() as session:
                _remember(session, job)
        return _result(job, judged, recorded=0), judged
    with job.ledger.writing() as book:
        if _moved(book.session, judged):
            # Nobody else writes now, so what is judged here holds until it is recorded.
            release(*judged.judges)
            judged = _judged(book.session, job)
            if _stops(job, judged):
                return _result(job, judged, recorded=0), judged
        bad_files = _bad_rows_kept(job, judged)
        event = _recorded(book, job, judged) if judged.news else ""
        _remember(book.session, job)
    return _result(job, judged, recorded=judged.news, event=event, bad_files=bad_files), judged


def _stops(job: _Job, judged: _Judged) -> bool:
    return judged.bad > 0 and job.skip_bad is False


def _moved(session: Session, judged: _Judged) -> bool:
    """Whether something that the verdicts hang on was recorded since."""
    read = frozenset[str]().union(*(judge.READS for judge in judged.judges))
    return not read.isdisjoint(subject_kinds_since(session, judged.upto))


def _bad_rows_kept(job: _Job, judged: _Judged) -> tuple[Path, ...]:
    return tuple(
        job.bad_file(source)
        for source, tally in zip(job.sources, judged.tallies, strict=True)
        if write_bad_rows(job.bad_file(source), source.table, tally)
    )


def _remember(session: Session, job: _Job) -> None:
    day = as_date(job.ledger.clock.now_us()).isoformat()
    for source in job.sources:
        if source.remember:
            keep_mapping(session, source.signature, dated(source.mapping.to_json(), day))


def _recorded(book: Book, job: _Job, judged: _Judged) -> str:
    """Records the news, and last of all that the file was taken in."""
    total, done, told = judged.news, 0, 0
    first = book.next_seq
    for number, draft in enumerate(chain.from_iterable(judge.drafts() for judge in judged.judges), 1):
        book.record(draft)
        if number % _SIGNED_EVERY == 0:
            book.flush()
        done += _rows_in(draft)
        if done >= told + _TOLD_EVERY:
            told = done
            job.progress(min(done, total), total)
    name = book.new_id()
    completed = ImportCompleted(
        kind=job.kind, file=job.file.name, sha256=digest_of(job.sources),
        rows=sum(tally.rows for tally in judged.tallies), recorded=judged.news, bad=judged.bad,
        spans=[[first, book.next_seq - 1]],
    )  # fmt: skip
    [event] = book.record(Draft(fact=completed, subj=(f"import:{name}",), id=EventId(name), new=True))
    book.flush()
    job.progress(total, total)
    return event


def _rows_in(draft: Draft) -> int:
    """About how many rows of the file stand in an event."""
    fact = draft.fact
    packed = fact.rows if isinstance(fact, UnitsExpected) else fact.lines if isinstance(fact, _WITH_LINES) else ()
    return len(packed) or 1


def _result(
    job: _Job, judged: _Judged, *, recorded: int, event: str = "", bad_files: tuple[Path, ...] = ()
) -> ImportResult:
    tallies = judged.tallies

    def count(verdict: Verdict) -> int:
        return sum(tally.count(verdict) for tally in tallies)

    return ImportResult(
        rows=sum(tally.rows for tally in tallies), recorded=recorded, bad=judged.bad,
        warnings=sum(tally.warnings for tally in tallies), refused=_stops(job, judged),
        bad_file=bad_files[0] if bad_files else None, bad_files=bad_files, new=count(Verdict.NEW),
        same=count(Verdict.SAME), changed=count(Verdict.CHANGED), dry_run=job.dry_run, event=event,
        files=tuple(_said_of_files(job.sources)),
    )  # fmt: skip


def _said_of_files(sources: list[Source]) -> list[FileSaid]:
    return [
        FileSaid(file=source.table.path.name, code=warning.code.value, names=warning.names)
        for source in sources
        for warning in source.table.warnings
    ]
