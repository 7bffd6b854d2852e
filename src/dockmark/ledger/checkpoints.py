"""Checkpoints: signed notes over the heads of all stations known here."""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson

from dockmark.database.session import Session
from dockmark.ledger.book import Book
from dockmark.ledger.ledger import Ledger
from dockmark.people.events import CheckpointMade
from dockmark.record.canonical import canonical_bytes
from dockmark.record.checkpoint_text import checkpoint_text
from dockmark.record.clock import as_text
from dockmark.record.facts import Draft
from dockmark.record.merkle import Tree, leaf_hash

DOMAIN = b"dockmark/checkpoint/v1\n"
EVERY_EVENTS: Final = 256
EVERY_US: Final = 15 * 60 * 1_000_000

Heads = dict[str, tuple[int, str]]
"""Station -> seq and hash of its last event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A checkpoint as paper carries it: maker, number, time and the hash of the note (base32)."""

    maker: str
    number: int
    time: str
    note: str
    events: int
    time_us: int = 0

    @property
    def text(self) -> str:
        """About a hundred characters, for text and QR."""
        return checkpoint_text(self.maker, self.number, self.time, self.note)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a checkpoint says, as its event has it: `seq` is the event's place in its maker's chain."""

    maker: str
    seq: int
    hash: str
    wall: int
    number: int
    heads: Heads
    leaves: int
    root: str
    previous: str
    note: str

    @property
    def text(self) -> str:
        """What paper carries of it."""
        return checkpoint_text(self.maker, self.number, as_text(self.wall), self.note)

    @property
    def events(self) -> int:
        """How many events it covers, with all the ones before it."""
        return sum(seq for seq, _ in self.heads.values())


def note_hash(body: Mapping[str, Any]) -> str:
    """SHA-256 of a note's canonical bytes, base32 without padding."""
    digest = hashlib.sha256(DOMAIN + canonical_bytes(body)).digest()
    return base64.b32encode(digest).decode().rstrip("=")


def note_of(core: Mapping[str, Any], digest: bytes) -> Note | None:
    """The note that the core of a `checkpoint_made` carries, or None where it has not the form of one."""
    body = core.get("body")
    if core.get("type") != "checkpoint_made" or not isinstance(body, dict):
        return None
    heads = body.get("heads")
    numbers, texts = (body.get("number"), body.get("leaves")), (body.get("root"), body.get("previous", ""))
    if not isinstance(heads, dict) or not all(map(_is_head, heads.values())):
        return None
    if not all(type(number) is int for number in numbers) or not all(isinstance(text, str) for text in texts):
        return None
    return Note(
        maker=core["station"], seq=core["seq"], hash=digest.hex(), wall=core["wall"], number=body["number"],
        heads={station: (head[0], head[1]) for station, head in heads.items()}, leaves=body["leaves"],
        root=body["root"], previous=body.get("previous", ""), note=note_hash(body),
    )  # fmt: skip


def notes(session: Session, makers: Iterable[str]) -> Iterator[Note]:
    """The checkpoints of these makers, each maker's in the order in which they were made."""
    for maker in makers:
        rows = session.stream(
            "SELECT e.hash, CAST(e.core AS BLOB) FROM event_subjects s JOIN events e ON e.n = s.event"
            " WHERE s.subject = ? ORDER BY e.seq",
            (_subject(maker),),
        )
        for digest, core in rows:
            try:
                note = note_of(orjson.loads(core), digest)
            except (ValueError, KeyError, TypeError, AttributeError):
                continue  # a spoilt core: the chain that it stands in says so
            if note is not None and note.maker == maker:
                yield note


def latest_note(session: Session, maker: str) -> Note | None:
    """The last checkpoint that this station made."""
    row = session.one(
        "SELECT e.hash, e.core FROM event_subjects s JOIN events e ON e.n = s.event WHERE s.subject = ?"
        " ORDER BY s.event DESC LIMIT 1",
        (_subject(maker),),
    )
    return None if row is None else note_of(orjson.loads(row[1]), row[0])


def make_checkpoint(ledger: Ledger) -> Checkpoint:
    """Records a checkpoint over everything known here up to now."""
    with ledger.writing() as book:
        return checkpoint_in(book)


def checkpoint_in(book: Book) -> Checkpoint:
    """Records a checkpoint in a transaction that is open, over everything recorded until then; signs it at once."""
    book.flush()
    session = book.session
    last = latest_note(session, book.station)
    before = {} if last is None else last.heads
    heads = heads_known(session)
    tree = tree_between(session, before, heads)
    note = CheckpointMade(
        number=1 if last is None else last.number + 1,
        heads={station: [seq, digest] for station, (seq, digest) in heads.items()},
        leaves=tree.size,
        root=tree.root().hex(),
        previous="" if last is None else last.note,
    )
    book.record(Draft(fact=note, subj=(_subject(book.station),)))
    book.flush()
    made = latest_note(session, book.station)
    assert made is not None
    return Checkpoint(
        maker=book.station, number=made.number, time=as_text(made.wall), note=made.note, events=made.events,
        time_us=made.wall,
    )  # fmt: skip


def checkpoint_due(book: Book) -> bool:
    """Whether this station has recorded enough since its last checkpoint, or for long enough, to make another one."""
    session = book.session
    last = latest_note(session, book.station)
    seq = 0 if last is None else last.seq
    if book.next_seq - 1 - seq >= EVERY_EVENTS:
        return True
    core = session.value("SELECT core FROM events WHERE station = ? AND seq = ?", (book.station, seq + 1))
    return core is not None and book.now_us - int(orjson.loads(core)["wall"]) >= EVERY_US


def heads_known(session: Session) -> Heads:
    """Where each station's chain ends here."""
    rows = session.all(
        "SELECT e.station, e.seq, e.hash FROM events e JOIN"
        " (SELECT station, max(seq) AS top FROM events GROUP BY station) t ON t.station = e.station AND t.top = e.seq"
        " ORDER BY e.station"
    )
    return {row[0]: (row[1], row[2].hex()) for row in rows}


def hashes_between(session: Session, before: Heads, heads: Heads) -> Iterator[tuple[str, int, bytes]]:
    """Station, seq and hash of the events after some heads and up to others, by station and seq."""
    for station, (seq, _) in sorted(heads.items()):
        first = before[station][0] if station in before else 0
        yield from session.stream(
            "SELECT station, seq, hash FROM events WHERE station = ? AND seq > ? AND seq <= ? ORDER BY seq",
            (station, first, seq),
        )


def tree_between(session: Session, before: Heads, heads: Heads) -> Tree:
    """The tree over the events after some heads and up to others."""
    tree = Tree()
    tree.add(leaf_hash(digest) for _, _, digest in hashes_between(session, before, heads))
    return tree


def _subject(station: str) -> str:
    return f"checkpoint:{station}"


def _is_head(value: object) -> bool:
    return isinstance(value, list | tuple) and len(value) == 2 and type(value[0]) is int and isinstance(value[1], str)
