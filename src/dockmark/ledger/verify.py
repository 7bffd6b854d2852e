"""Proves a ledger against itself: bytes, hashes, chains, signatures, links, and the tables folded from it."""

import heapq
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import orjson

from dockmark.database.engine import Database
from dockmark.database.session import Row, Session
from dockmark.database.tables import PROJECTIONS
from dockmark.ledger.accepting import core_fault
from dockmark.ledger.keys import public_key, signature_holds
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.rebuild import Progress, replay
from dockmark.record.canonical import is_canonical
from dockmark.record.clock import as_text
from dockmark.record.event import event_hash
from dockmark.record.ids import NO_HASH, is_uuid


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


class _Broken(Exception):  # noqa: N818
    def __init__(self, code: str, station: str, seq: int, detail: str = "") -> None:
        self.place: dict[str, str | int] = {"station": station, "seq": seq, "code": code}
        if detail:
            self.place["detail"] = detail


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
    chains = _Chains(session, ledger, quick)
    try:
        for count, row in enumerate(_merged(session), 1):
            chains.check(row)
            if progress is not None and count % 2000 == 0:
                progress(count, total)
        chains.finish()
        if not quick:
            _links_equal(session)
            _tables_equal(session, chains.trusted)
    except _Broken as broken:
        return Finding(
            result=Soundness.BROKEN, events=total, at=broken.place, trusted_to=dict(chains.trusted), checks=chains.done
        )
    since = session.value("SELECT min(ts) FROM events")
    return Finding(
        result=Soundness.NOT_WITNESSED,
        events=total,
        since=as_text(since) if since else "",
        trusted_to=dict(chains.trusted),
        checks=chains.done,
    )


_EVENTS = "SELECT station, seq, hash, core, sig, id, ts FROM events WHERE station = ? ORDER BY seq"


def _merged(session: Session) -> Iterator[Row]:
    """The events of all stations, each station's in order, woven by time."""
    stations = [row[0] for row in session.all("SELECT DISTINCT station FROM events ORDER BY station")]
    streams = [session.stream(_EVENTS, (station,), page=500) for station in stations]
    return heapq.merge(*streams, key=lambda row: (row[6], row[0], row[1]))


@dataclass(slots=True)
class _Chain:
    seq: int = 0
    prev: str = NO_HASH
    ts: int = 0
    key: object = None
    signed: int = 0


class _Chains:
    def __init__(self, session: Session, ledger: str, quick: bool) -> None:
        self._ledger = ledger
        self._quick = quick
        self._chains: dict[str, _Chain] = {}
        self._hashes: set[int] = set()
        self._lone = int(session.value("SELECT count(DISTINCT station) FROM events")) == 1
        self.trusted: dict[str, str | int] = {}
        self.done = ["hash", "chain"] if quick else ["canonical", "hash", "chain", "signature", "links", "tables"]

    def check(self, row: Row) -> None:
        station, seq, digest, text, signature, _, ts = row
        chain = self._chains.setdefault(station, _Chain())
        if seq != chain.seq + 1:
            raise _Broken("gap", station, chain.seq + 1)
        core = text.encode() if isinstance(text, str) else bytes(text)
        if event_hash(core) != bytes(digest):
            raise _Broken("hash", station, seq)
        if self._quick:
            self._check_quickly(core, chain, station, seq)
        else:
            self._check_fully(core, chain, row)
        chain.seq, chain.prev, chain.ts = seq, bytes(digest).hex(), ts
        self._hashes.add(int.from_bytes(digest[:8], "big"))
        if signature is not None:
            chain.signed = seq
            self.trusted = {"station": station, "seq": seq, "hash": chain.prev}

    def finish(self) -> None:
        for station, chain in self._chains.items():
            if chain.signed != chain.seq:
                raise _Broken("unsigned_tail", station, chain.signed + 1)

    def _check_quickly(self, core: bytes, chain: _Chain, station: str, seq: int) -> None:
        if f'"prev":"{chain.prev}"'.encode() not in core:
            raise _Broken("chain", station, seq)

    def _check_fully(self, core: bytes, chain: _Chain, row: Row) -> None:
        station, seq, digest, _, signature, identity, ts = row
        if not is_canonical(core):
            raise _Broken("not_canonical", station, seq)
        read = orjson.loads(core)
        if code := core_fault(read, station, seq, chain.prev, chain.ts):
            raise _Broken(code, station, seq)
        if read["id"] != identity or read["ts"] != ts or not is_uuid(station):
            raise _Broken("columns", station, seq)
        if seq == 1:
            self._enrol(chain, read, station)
        if signature is not None and not signature_holds(chain.key, digest, signature):  # type: ignore[arg-type]
            raise _Broken("signature", station, seq)
        self._check_links(read, station, seq)

    def _enrol(self, chain: _Chain, core: dict[str, object], station: str) -> None:
        body = core["body"]
        if core["type"] != "station_enrolled" or not isinstance(body, dict):
            raise _Broken("not_enrolled", station, 1)
        if body.get("ledger") != self._ledger:
            raise _Broken("wrong_ledger", station, 1)
        chain.key = public_key(str(body.get("public_key")))
        if chain.key is None:
            raise _Broken("signature", station, 1)

    def _check_links(self, core: dict[str, object], station: str, seq: int) -> None:
        base = core.get("base", {})
        assert isinstance(base, dict)
        for heads in base.values():
            for head in heads:
                if int(str(head)[:16], 16) not in self._hashes and self._lone:
                    raise _Broken("base_unknown", station, seq, str(head))


def _links_equal(session: Session) -> None:
    """Every event is linked to the subjects that it names, and to no other."""
    wanted = 0
    for number, station, seq, core in session.stream("SELECT n, station, seq, core FROM events ORDER BY n"):
        subjects = orjson.loads(core).get("subj", [])
        wanted += len(subjects)
        for subject in subjects:
            if not session.value("SELECT 1 FROM event_subjects WHERE subject = ? AND event = ?", (subject, number)):
                raise _Broken("projection", station, seq, "event_subjects")
    if session.value("SELECT count(*) FROM event_subjects") != wanted:
        raise _Broken("projection", "", 0, "event_subjects")


def _tables_equal(session: Session, trusted: dict[str, str | int]) -> None:
    """The projections equal a fresh replay, row by row."""
    with tempfile.TemporaryDirectory(prefix="dockmark-verify-") as folder:
        fresh = Database(Path(folder) / "replay.sqlite3")
        try:
            fresh.create()
            copy = fresh.session()
            copy.run("PRAGMA synchronous = OFF")
            with copy.writing():
                replay(session, copy, search=False)
            for table in PROJECTIONS:
                _same_rows(session, copy, table.name, [column.name for column in table.columns])
            copy.close()
        finally:
            fresh.close()


def _same_rows(session: Session, copy: Session, table: str, columns: list[str]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    query = f"SELECT {names} FROM {table} ORDER BY {', '.join(str(n + 1) for n in range(len(columns)))}"
    ours, theirs = session.stream(query), copy.stream(query)
    for mine in ours:
        if mine != next(theirs, None):
            raise _Broken("projection", "", 0, f"{table} {mine[0]}")
    if (extra := next(theirs, None)) is not None:
        raise _Broken("projection", "", 0, f"{table} {extra[0]}")
