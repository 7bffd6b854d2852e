"""The chains of a ledger, link by link: what an event says, and what is said of it."""

from binascii import hexlify
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from dockmark.database.session import Row
from dockmark.ledger.cores import Cores
from dockmark.ledger.keys import public_key, signature_holds
from dockmark.record.canonical import MAX_CORE
from dockmark.record.event import EVENT_DOMAIN
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

_CORE = f"substr(CAST(core AS BLOB), 1, {MAX_CORE + 1})"
"""A core of more than may be is not fetched whole: somebody may have put anything there."""
QUICK_CHAIN = f"SELECT seq, hash, {_CORE}, sig FROM events WHERE station = ? ORDER BY seq"
CHAIN = f"SELECT seq, hash, {_CORE}, sig, id, ts FROM events WHERE station = ? ORDER BY seq"
PAGE = 50
"""Events in hand at a time: few enough to stay near the processor."""

Trusted = dict[str, str | int]
"""Station, seq and hash of a signed event; empty where there is none."""


class QuickChains:
    """Hashes and links between neighbours, over the stored bytes. No more work for an event than it takes."""

    done = ("hash", "chain")

    def __init__(self) -> None:
        self._last: tuple[str, int, bytes] | None = None

    @property
    def trusted(self) -> Trusted:
        """The last signed event that nothing was found against."""
        if self._last is None:
            return {}
        station, seq, digest = self._last
        return {"station": station, "seq": seq, "hash": digest.hex()}

    def check(self, station: str, rows: Iterator[Row]) -> None:
        """One station's chain, from its first event on."""
        wanted, signed, link, at = 0, 0, b'"prev":"' + NO_HASH.encode() + b'"', 0
        begun = sha256(EVENT_DOMAIN).copy
        for wanted, (seq, digest, core, signature) in enumerate(rows, 1):
            if seq != wanted:
                raise Broken("gap", station, wanted)
            # As `event_hash` does it, a million times, from where the domain is hashed already.
            sum_ = begun()
            sum_.update(core)
            if sum_.digest() != digest:
                raise Broken("core_too_large" if len(core) > MAX_CORE else "hash", station, seq)
            # Nearly always the link stands where it stood in the event before.
            if not core.startswith(link, at):
                at = core.find(link)
                if at < 0:
                    raise Broken("chain", station, seq)
            link = b'"prev":"' + hexlify(digest) + b'"'
            if signature is not None:
                signed = seq
                self._last = (station, seq, digest)
        if signed != wanted:
            raise Broken("unsigned_tail", station, signed + 1)


class Listener:
    """Hears every event that was found to be whole, chain after chain. This one does nothing with it."""

    def begin(self, station: str) -> None:
        """The chain of this station is read from its beginning."""

    def take(self, core: dict[str, Any], seq: int, digest: bytes) -> None:
        """Its next event."""

    def end(self, seq: int, digest: str) -> None:
        """The chain was read to its end."""


class Chains:
    """Everything that an event says: its form, its place, its links, its signature."""

    done = ("canonical", "hash", "chain", "signature", "links", "tables", "witnesses", "checkpoints", "people")

    def __init__(self, ledger: str, watch: Listener | None = None) -> None:
        self._ledger = ledger
        self._watch = watch or Listener()
        self._cores = Cores()
        self._last: tuple[str, int, str] | None = None
        self.links = 0
        """How many subjects all events name together."""

    @property
    def trusted(self) -> Trusted:
        """The last signed event that nothing was found against."""
        return {} if self._last is None else dict(zip(("station", "seq", "hash"), self._last, strict=True))

    def check(self, station: str, rows: Iterator[Row]) -> None:
        """One station's chain, from its first event on."""
        wanted, signed, prev, before = 0, 0, NO_HASH, 0
        key: Ed25519PublicKey | None = None
        watch = self._watch
        watch.begin(station)
        for wanted, row in enumerate(rows, 1):
            seq, digest, signature = row[0], row[1], row[3]
            if seq != wanted:
                raise Broken("gap", station, wanted)
            read = self._read(row, station, prev, before)
            if seq == 1:
                key = self._enrolled(read, station)
            prev, before = digest.hex(), read["ts"]
            if signature is not None:
                _check_signature(key, station, seq, digest, signature)
                signed = seq
                self._last = (station, seq, prev)
            if read["type"] == "key_rotated":
                # The old key signs that there is a new one.
                key = rotated_to(read, signed)
            watch.take(read, seq, digest)
        if signed != wanted:
            raise Broken("unsigned_tail", station, signed + 1)
        watch.end(wanted, prev)

    def _read(self, row: Row, station: str, prev: str, before: int) -> dict[str, Any]:
        """What an event says that is what it should be in this place."""
        seq, digest, core, _, identity, ts = row
        if sha256(EVENT_DOMAIN + core).digest() != digest:
            raise Broken("core_too_large" if len(core) > MAX_CORE else "hash", station, seq)
        read = self._cores.read(core, station, seq, prev, before)
        if isinstance(read, str):
            raise Broken(read, station, seq)
        if read["id"] != identity or read["ts"] != ts:
            raise Broken("columns", station, seq)
        if "subj" in read:
            self.links += len(read["subj"])
        return read

    def _enrolled(self, core: dict[str, Any], station: str) -> Ed25519PublicKey:
        body = core["body"]
        if not is_uuid(station):
            raise Broken("columns", station, 1)
        if core["type"] != "station_enrolled":
            raise Broken("not_enrolled", station, 1)
        if body.get("ledger") != self._ledger:
            raise Broken("wrong_ledger", station, 1)
        key = public_key(str(body.get("public_key")))
        if key is None:
            raise Broken("signature", station, 1)
        return key


def rotated_to(core: dict[str, Any], signed: int) -> Ed25519PublicKey:
    """The key that signs from here on: told by an event that the old one signed itself."""
    key = public_key(str(core["body"].get("public_key")))
    if key is None or signed != core["seq"]:
        raise Broken("key_rotation", core["station"], core["seq"])
    return key


def _check_signature(key: Ed25519PublicKey | None, station: str, seq: int, digest: bytes, signature: object) -> None:
    if key is None or not isinstance(signature, bytes) or not signature_holds(key, digest, signature):
        raise Broken("signature", station, seq)
