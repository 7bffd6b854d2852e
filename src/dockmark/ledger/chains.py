"""The chains of a ledger, link by link: what an event says, and what is said of it."""

import heapq
from binascii import hexlify
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from dockmark.database.session import Row, Session
from dockmark.ledger.accepting import core_fault
from dockmark.ledger.keys import public_key, signature_holds
from dockmark.record.canonical import canonical_bytes
from dockmark.record.event import EVENT_DOMAIN, event_hash
from dockmark.record.ids import NO_HASH, is_uuid


class Broken(Exception):  # noqa: N818 - says what the ledger is
    """The first thing that does not hold, and where."""

    def __init__(self, code: str, station: str, seq: int, detail: str = "") -> None:
        self.place: dict[str, str | int] = {"station": station, "seq": seq, "code": code}
        if detail:
            self.place["detail"] = detail


STATIONS = (
    "WITH RECURSIVE known(station) AS (SELECT min(station) FROM events UNION ALL"
    " SELECT (SELECT min(station) FROM events WHERE station > known.station) FROM known WHERE station IS NOT NULL)"
    " SELECT station FROM known WHERE station IS NOT NULL"
)
"""Every station, by one look into the index for each: DISTINCT would read all of it."""

CHAIN = "SELECT seq, hash, CAST(core AS BLOB), sig FROM events WHERE station = ? ORDER BY seq"
_EVENTS = "SELECT n, station, seq, hash, CAST(core AS BLOB), sig, id, ts FROM events WHERE station = ? ORDER BY seq"
_LINK_TO = b'"prev":"%b"'
_LINK = "SELECT 1 FROM event_subjects WHERE subject = ? AND event = ?"


def merged(session: Session, stations: list[str]) -> Iterator[Row]:
    """The events of all stations, each station's in order, woven by time."""
    streams = [session.stream(_EVENTS, (station,), page=500) for station in stations]
    return streams[0] if len(streams) == 1 else heapq.merge(*streams, key=_order)


def _order(row: Row) -> tuple[int, str, int]:
    _, station, seq, _, _, _, _, ts = row
    if type(ts) is not int:
        raise Broken("columns", station, seq)
    return ts, station, seq


class QuickChains:
    """Hashes and links between neighbours, over the stored bytes. No more work for an event than it takes."""

    def __init__(self) -> None:
        self._last: tuple[str, int, bytes] | None = None
        self.done = ["hash", "chain"]

    @property
    def trusted(self) -> dict[str, str | int]:
        """The last signed event that nothing was found against."""
        if self._last is None:
            return {}
        station, seq, digest = self._last
        return {"station": station, "seq": seq, "hash": digest.hex()}

    def check(self, station: str, rows: Iterator[Row]) -> None:
        """One station's chain, from its first event on."""
        wanted, signed, link = 0, 0, _LINK_TO % NO_HASH.encode()
        for wanted, (seq, digest, core, signature) in enumerate(rows, 1):
            if seq != wanted:
                raise Broken("gap", station, wanted)
            # As `event_hash` does it, a million times without a call.
            if sha256(EVENT_DOMAIN + core).digest() != digest:
                raise Broken("hash", station, seq)
            if link not in core:
                raise Broken("chain", station, seq)
            link = _LINK_TO % hexlify(digest)
            if signature is not None:
                signed = seq
                self._last = (station, seq, digest)
        if signed != wanted:
            raise Broken("unsigned_tail", station, signed + 1)


@dataclass(slots=True)
class _Chain:
    seq: int = 0
    prev: str = NO_HASH
    ts: int = 0
    key: Ed25519PublicKey | None = None
    signed: int = 0


class Chains:
    """Everything that an event says, and everything that is said of it."""

    def __init__(self, session: Session, ledger: str, *, lone: bool) -> None:
        self._session = session
        self._ledger = ledger
        self._lone = lone
        self._chains: dict[str, _Chain] = {}
        self._hashes: set[int] = set()
        self._links = 0
        self.trusted: dict[str, str | int] = {}
        self.done = ["canonical", "hash", "chain", "signature", "links", "tables"]

    def check(self, row: Row) -> None:
        number, station, seq, digest, core, signature, identity, ts = row
        chain = self._chains.get(station)
        if chain is None:
            chain = self._chains[station] = _Chain()
        if seq != chain.seq + 1:
            raise Broken("gap", station, chain.seq + 1)
        if event_hash(core) != digest:
            raise Broken("hash", station, seq)
        read = _canonical(core)
        if read is None:
            raise Broken("not_canonical", station, seq)
        if code := core_fault(read, station, seq, chain.prev, chain.ts):
            raise Broken(code, station, seq)
        if read["id"] != identity or read["ts"] != ts or not is_uuid(station):
            raise Broken("columns", station, seq)
        if seq == 1:
            self._enrol(chain, read, station)
        if signature is not None:
            self._check_signature(chain, station, seq, digest, signature)
        self._check_base(read, station, seq)
        self._check_links(read.get("subj", ()), number, station, seq)
        chain.seq, chain.prev, chain.ts = seq, digest.hex(), ts
        self._hashes.add(int.from_bytes(digest[:8], "big"))
        if signature is not None:
            chain.signed = seq
            self.trusted = {"station": station, "seq": seq, "hash": chain.prev}

    def finish(self) -> None:
        for station, chain in self._chains.items():
            if chain.signed != chain.seq:
                raise Broken("unsigned_tail", station, chain.signed + 1)
        if self._session.value("SELECT count(*) FROM event_subjects") != self._links:
            raise Broken("projection", "", 0, "event_subjects")

    def _enrol(self, chain: _Chain, core: dict[str, Any], station: str) -> None:
        body = core["body"]
        if core["type"] != "station_enrolled" or not isinstance(body, dict):
            raise Broken("not_enrolled", station, 1)
        if body.get("ledger") != self._ledger:
            raise Broken("wrong_ledger", station, 1)
        chain.key = public_key(str(body.get("public_key")))
        if chain.key is None:
            raise Broken("signature", station, 1)

    def _check_signature(self, chain: _Chain, station: str, seq: int, digest: bytes, signature: object) -> None:
        key = chain.key
        if key is None or not isinstance(signature, bytes) or not signature_holds(key, digest, signature):
            raise Broken("signature", station, seq)

    def _check_base(self, core: dict[str, Any], station: str, seq: int) -> None:
        for heads in core.get("base", {}).values():
            for head in heads:
                if int(head[:16], 16) not in self._hashes and self._lone:
                    raise Broken("base_unknown", station, seq, head)

    def _check_links(self, subjects: list[str], number: int, station: str, seq: int) -> None:
        """The event is linked to the subjects that it names; `finish` sees that there are no other links."""
        self._links += len(subjects)
        for subject in subjects:
            if self._session.one(_LINK, (subject, number)) is None:
                raise Broken("projection", station, seq, "event_subjects")


def _canonical(core: bytes) -> dict[str, Any] | None:
    """What a core says, read once; None where its bytes are not the one form of it."""
    try:
        read = orjson.loads(core)
        return read if isinstance(read, dict) and canonical_bytes(read) == core else None
    except (ValueError, RecursionError):
        return None
