"""Proves a ledger against itself: bytes, hashes, chains, signatures, links, and the tables folded from it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from dockmark.database.session import Row, Session
from dockmark.ledger.chains import CHAIN, PAGE, QUICK_CHAIN, STATIONS, Broken, Chains, QuickChains, Trusted
from dockmark.ledger.comparing import compare_tables
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.rebuild import Progress
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


def verify(ledger: Ledger, progress: Progress | None = None, *, quick: bool = False) -> Finding:
    """Checks the whole ledger; `quick` leaves out signatures, canonical form and the replay of the tables.

    A lone ledger without a checkpoint kept outside can be `sound-not-witnessed` at best: somebody with the key could
    have cut off its end.
    """
    session = ledger.session()
    try:
        with session.reading():
            return _verified(session, ledger.identity.ledger, progress, quick)
    finally:
        session.close()


def _verified(session: Session, ledger: str, progress: Progress | None, quick: bool) -> Finding:
    total = int(session.value("SELECT count(*) FROM events"))
    stations = [row[0] for row in session.all(STATIONS)]
    counted = _Counted(progress, total)
    chains: QuickChains | Chains = QuickChains() if quick else Chains(ledger)
    try:
        for station in stations:
            rows = session.stream(QUICK_CHAIN if quick else CHAIN, (station,), page=PAGE)
            chains.check(station, counted.each(rows))
        if isinstance(chains, Chains):
            compare_tables(session, chains.links, lone=len(stations) == 1)
    except Broken as broken:
        trusted = _before(session, broken) or chains.trusted
        return Finding(
            result=Soundness.BROKEN, events=total, at=broken.place, trusted_to=trusted, checks=list(chains.done)
        )
    firsts = [session.value("SELECT ts FROM events WHERE station = ? AND seq = 1", (it,)) for it in stations]
    times = [moment for moment in firsts if isinstance(moment, int)]
    return Finding(
        result=Soundness.NOT_WITNESSED,
        events=total,
        since=as_text(min(times)) if times else "",
        trusted_to=chains.trusted,
        checks=list(chains.done),
    )


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
