"""Proves a ledger against itself: bytes, hashes, chains, signatures, links, and the tables folded from it."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from dockmark.database.session import Row, Session
from dockmark.ledger.chains import CHAIN, PAGE, QUICK_CHAIN, STATIONS, Broken, Chains, QuickChains, Trusted
from dockmark.ledger.checkpoints import Note
from dockmark.ledger.comparing import compare_tables
from dockmark.ledger.given import agreeing, read_given
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.rebuild import Progress
from dockmark.ledger.watching import Watch
from dockmark.ledger.witnesses import Witnessed
from dockmark.record.checkpoint_text import Typed
from dockmark.record.clock import as_text


class Soundness(StrEnum):
    """What `verify` says of a ledger."""

    SOUND = "sound"
    NOT_WITNESSED = "sound-not-witnessed"
    BROKEN = "broken"
    NOT_CHECKED = "not-checked"


@dataclass(slots=True, kw_only=True)
class Finding:
    """The result: the first bad event with its code, and the last one that can be trusted."""

    result: Soundness
    events: int = 0
    since: str = ""
    at: dict[str, str | int] = field(default_factory=dict)
    trusted_to: dict[str, str | int] = field(default_factory=dict)
    checks: list[str] = field(default_factory=list)
    checkpoints: int = 0
    """How many checkpoints the ledger holds; each was made anew and compared."""
    witnessed_to: dict[str, int] = field(default_factory=dict)
    """Station -> the last event that a checkpoint kept outside or another station's signature vouches for."""
    flags: list[dict[str, str | int]] = field(default_factory=list)
    """What breaks nothing and somebody should know."""


def verify(
    ledger: Ledger, progress: Progress | None = None, *, quick: bool = False, given: Sequence[str] = (),
    data: Path | None = None,
) -> Finding:  # fmt: skip
    """Checks the whole ledger; `quick` leaves out signatures, canonical form and the replay of the tables.

    `given` are checkpoints that were kept outside, as they were typed or scanned. `data` is the folder with the files
    that events name; without it they are not looked at. A lone ledger without a checkpoint kept outside can be
    `sound-not-witnessed` at best: somebody with the key could have cut off its end.
    """
    typed = read_given(given)
    session = ledger.session()
    try:
        with session.reading():
            return _Verifying(session, ledger, progress, typed, None if quick else data).run(quick=quick)
    except sqlite3.DatabaseError as fault:
        if isinstance(fault, sqlite3.OperationalError):
            raise
        return Finding(result=Soundness.BROKEN, at={"station": "", "seq": 0, "code": "unreadable"})
    finally:
        session.close()


class _Verifying:
    def __init__(
        self, session: Session, ledger: Ledger, progress: Progress | None, given: Sequence[Typed], data: Path | None
    ) -> None:
        self._session = session
        self._ledger = ledger.identity.ledger
        self._own = ledger.identity.station
        self._now_us = ledger.clock.now_us()
        self._progress = progress
        self._given = given
        self._data = data

    def run(self, *, quick: bool) -> Finding:
        session = self._session
        total = int(session.value("SELECT count(*) FROM events"))
        stations = [row[0] for row in session.all(STATIONS)]
        counted = _Counted(self._progress, total)
        watch = None if quick else Watch(session, stations, self._own, self._now_us, self._data)
        chains: QuickChains | Chains = QuickChains() if watch is None else Chains(self._ledger, watch)
        witnessed = Witnessed()
        try:
            for station in stations:
                rows = session.stream(QUICK_CHAIN if quick else CHAIN, (station,), page=PAGE)
                chains.check(station, counted.each(rows))
            if isinstance(chains, Chains):
                compare_tables(session, chains.links, lone=len(stations) == 1)
            if watch is not None:
                witnessed = watch.judge(self._progress)
            agreed = agreeing(session, self._given)
        except Broken as broken:
            return Finding(
                result=Soundness.BROKEN, events=total, at=broken.place, checks=list(chains.done),
                trusted_to=self._trusted(broken, chains.trusted),
            )  # fmt: skip
        return self._sound(stations, total, witnessed, agreed, chains)

    def _sound(
        self, stations: list[str], total: int, witnessed: Witnessed, agreed: list[Note], chains: QuickChains | Chains
    ) -> Finding:
        vouched = [*agreed, *witnessed.cosigned]
        reach: dict[str, int] = {}
        for note in vouched:
            for station, (seq, _) in note.heads.items():
                reach[station] = max(reach.get(station, 0), seq)
        since = max(note.wall for note in vouched) if vouched else min(self._begun(stations), default=0)
        return Finding(
            result=Soundness.SOUND if vouched else Soundness.NOT_WITNESSED,
            events=total,
            since=as_text(since) if since else "",
            trusted_to=chains.trusted,
            checks=[*chains.done, *(["files"] if self._data is not None else ()), *(["given"] if self._given else ())],
            checkpoints=len(witnessed.notes),
            witnessed_to=reach,
            flags=witnessed.flags,
        )

    def _begun(self, stations: list[str]) -> list[int]:
        firsts = [self._session.value("SELECT ts FROM events WHERE station = ? AND seq = 1", (it,)) for it in stations]
        return [moment for moment in firsts if isinstance(moment, int)]

    def _trusted(self, broken: Broken, chained: Trusted) -> Trusted:
        """The last event that can be trusted: a rewritten past is trusted no further than what witnesses reach."""
        if broken.place["code"] not in _REWRITTEN:
            return _before(self._session, broken) or chained
        station, seq = str(broken.place["station"]), int(broken.place["seq"]) - 1
        row = self._session.one("SELECT hash FROM events WHERE station = ? AND seq = ?", (station, seq))
        return {} if row is None else {"station": station, "seq": seq, "hash": row[0].hex()}


_REWRITTEN = frozenset({"checkpoint_differs", "checkpoint_not_ours", "checkpoint_root", "checkpoint_head"})
_SIGNED = "SELECT station, seq, hash FROM events WHERE station = ? AND seq < ? AND sig IS NOT NULL ORDER BY seq DESC"


def _before(session: Session, broken: Broken) -> Trusted:
    """The last signed event of a station before this one, where one of its events was found to be bad."""
    row = session.one(f"{_SIGNED} LIMIT 1", (broken.place["station"], broken.place["seq"]))
    return {} if row is None else {"station": row[0], "seq": row[1], "hash": row[2].hex()}


class _Counted:
    """Tells how many rows have passed."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def each(self, rows: Iterator[Row]) -> Iterator[Row]:
        return rows if self._progress is None else self._told(rows, self._progress)

    def _told(self, rows: Iterator[Row], progress: Progress) -> Iterator[Row]:
        for row in rows:
            yield row
            self._done += 1
            if self._done % 2000 == 0:
                progress(self._done, self._total)
