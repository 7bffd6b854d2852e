"""Checkpoints: signed notes over the heads of all stations known here."""

import base64
import hashlib
from dataclasses import dataclass

from dockmark.database.session import Session
from dockmark.ledger.book import Book
from dockmark.ledger.folding import history
from dockmark.ledger.ledger import Ledger
from dockmark.people.events import CheckpointMade
from dockmark.record.canonical import canonical_bytes
from dockmark.record.clock import as_text
from dockmark.record.facts import Draft, from_body, to_body
from dockmark.record.merkle import tree_root

DOMAIN = b"dockmark/checkpoint/v1\n"


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
        return f"DMK1 {self.maker} {self.number} {self.time} {self.note}"


def note_hash(note: CheckpointMade) -> str:
    """SHA-256 of a note's canonical bytes, base32 without padding."""
    digest = hashlib.sha256(DOMAIN + canonical_bytes(to_body(note))).digest()
    return base64.b32encode(digest).decode().rstrip("=")


def make_checkpoint(ledger: Ledger) -> Checkpoint:
    """Records a checkpoint over everything known here up to now."""
    with ledger.writing() as book:
        return checkpoint_in(book)


def checkpoint_in(book: Book) -> Checkpoint:
    """Records a checkpoint in a transaction that is open, over everything that was known when it began."""
    session = book.session
    last = _last_note(session, book.station)
    before = {} if last is None else _seqs(last)
    heads = _heads(session)
    leaves = [
        row[0]
        for station, (seq, _) in sorted(heads.items())
        for row in session.all(
            "SELECT hash FROM events WHERE station = ? AND seq > ? AND seq <= ? ORDER BY seq",
            (station, before.get(station, 0), seq),
        )
    ]
    note = CheckpointMade(
        number=1 if last is None else last.number + 1,
        heads={station: [seq, digest] for station, (seq, digest) in heads.items()},
        leaves=len(leaves),
        root=tree_root(leaves).hex(),
        previous="" if last is None else note_hash(last),
    )
    now = book.now_us
    book.record(Draft(fact=note, subj=(_subject(book.station),)))
    events = sum(seq for seq, _ in heads.values())
    return Checkpoint(
        maker=book.station, number=note.number, time=as_text(now), note=note_hash(note), events=events, time_us=now
    )


def _heads(session: Session) -> dict[str, tuple[int, str]]:
    rows = session.all(
        "SELECT e.station, e.seq, e.hash FROM events e JOIN"
        " (SELECT station, max(seq) AS top FROM events GROUP BY station) t ON t.station = e.station AND t.top = e.seq"
    )
    return {row[0]: (row[1], row[2].hex()) for row in rows}


def _subject(station: str) -> str:
    return f"checkpoint:{station}"


def _last_note(session: Session, station: str) -> CheckpointMade | None:
    for event in reversed(history(session, _subject(station))):
        fact = from_body(event.type, event.schema, event.body)
        if isinstance(fact, CheckpointMade):
            return fact
    return None


def _seqs(note: CheckpointMade) -> dict[str, int]:
    found = {}
    for station, head in note.heads.items():
        if isinstance(head, list) and isinstance(head[0], int):
            found[station] = head[0]
    return found
