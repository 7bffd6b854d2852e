"""The recorded event: its core, hash and signature, and what folds read of it."""

import hashlib
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson

from dockmark.record.canonical import MAX_CORE, Json, canonical_bytes
from dockmark.record.ids import NO_HASH
from dockmark.record.refusal import Refusal, Refused

VERSION = 1
EVENT_DOMAIN = b"dockmark/event/v1\n"
SIGNATURE_DOMAIN = b"dockmark/sig/v1\n"

CORE_KEYS = frozenset(
    [
        "v",
        "station",
        "seq",
        "prev",
        "id",
        "ts",
        "wall",
        "clk",
        "at",
        "actor",
        "sess",
        "type",
        "schema",
        "body",
        "subj",
        "refs",
        "base",
        "wit",
        "esig",
    ]
)


@dataclass(frozen=True, slots=True)
class Event:
    """One stored event: where it stands in its station's chain, its canonical core, its signature if it has one."""

    station: str
    seq: int
    hash: bytes
    core: bytes
    sig: bytes | None

    def reading(self) -> dict[str, Any]:
        """The core as an object."""
        value: dict[str, Any] = orjson.loads(self.core)
        return value


class Seen(NamedTuple):
    """An event as folds and histories read it. A tuple: of all that a rebuild makes, it is made the most often."""

    station: str
    seq: int
    hash: str
    id: str
    ts: int
    wall: int
    at: int | None
    actor: str
    type: str
    schema: int
    body: dict[str, Any]
    subj: tuple[str, ...]
    base: dict[str, list[str]]
    refs: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[int, str, int]:
        """Folds run in this order; ties break on the station's id."""
        return (self.ts, self.station, self.seq)

    @property
    def happened(self) -> int:
        """When it happened, as far as is known: said time, else the station's clock."""
        return self.at if self.at is not None else self.wall


def event_hash(core: bytes) -> bytes:
    """SHA-256 over the event domain and the canonical core."""
    return hashlib.sha256(EVENT_DOMAIN + core).digest()


def signed_bytes(raw_hash: bytes) -> bytes:
    """What a station's signature is made over."""
    return SIGNATURE_DOMAIN + raw_hash


def seal(core: dict[str, Json]) -> tuple[bytes, bytes]:
    """The canonical bytes of a core and their hash. Refuses a core of more than 64 KiB."""
    data = canonical_bytes(core)
    if len(data) > MAX_CORE:
        raise Refusal(Refused.CORE_TOO_LARGE, size=len(data), limit=MAX_CORE, type=str(core["type"]))
    return data, event_hash(data)


def seen(hash_: bytes, core: dict[str, Any]) -> Seen:
    """The event as folds read it, from its core."""
    said = core.get
    # By place, not by name: it is made once for every event of a rebuild.
    return Seen(
        core["station"], core["seq"], hash_.hex(), core["id"], core["ts"], said("wall", core["ts"]), said("at"),
        said("actor", ""), core["type"], said("schema", 1), said("body", {}), tuple(said("subj", ())),
        said("base", {}), tuple(said("refs", ())),
    )  # fmt: skip


def first_link() -> str:
    """What `prev` says in a station's first event."""
    return NO_HASH
