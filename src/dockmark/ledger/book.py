"""One write transaction: facts go in, signed events, projections and local rows come out together or not at all."""

import gc
import random
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import orjson

from dockmark.custody.state import UnitState
from dockmark.database.session import Session
from dockmark.ledger.folding import Fold
from dockmark.ledger.keys import Mark, StationKey
from dockmark.ledger.people import allowed, refuse_beyond
from dockmark.people.access import Uptime
from dockmark.people.rules import Act, act_of
from dockmark.people.signatures import Signer, as_esig
from dockmark.record.canonical import Json
from dockmark.record.clock import Clock, order_time, uptime_of
from dockmark.record.event import VERSION, Event, Seen, seal
from dockmark.record.facts import Draft, to_body
from dockmark.record.ids import NO_HASH, EventId, uuid7
from dockmark.record.refusal import Refusal, Refused

INSERT_EVENT = "INSERT INTO events(n, station, seq, hash, core, sig, id, ts) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_INSERT_JOB = (
    "INSERT INTO print_jobs(event, unit, facts, printer, state, detail, tries, made_at, changed_at, copy)"
    " VALUES (?, ?, ?, ?, 'queued', '', 0, ?, ?, ?)"
)
INSERT_SUBJECT = "INSERT INTO event_subjects(subject, event) VALUES (?, ?)"
_MOST_UNSTORED = 500
"""So many events are held back at most: what is written is let go of, so that a large transaction stays light."""
_draw = random.Random(secrets.randbits(256)).getrandbits  # noqa: S311 - ids are unique, not secret, and many
_TIP = "tip of the ledger"
_HEAD = (
    "SELECT seq, hash, ts, (SELECT max(n) FROM events), EXISTS (SELECT 1 FROM witness) FROM events WHERE station = ?"
    " ORDER BY seq DESC LIMIT 1"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who records: the operator and the session that the operator is signed in with."""

    actor: str = ""
    sess: str = ""
    proved: bool = False
    """Whether the session was begun with a PIN."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelWanted:
    """A label to be printed for a unit; becomes a print job in the same transaction.

    `facts` say what the tables will not tell when it is printed; the rest of the label follows from unit and part.
    """

    unit: str
    facts: dict[str, Json]
    printer: str = ""
    copy: int = 1


@dataclass(slots=True)
class _Tip:
    """Where the ledger ends: this station's last event, the number of events, whether it told of the others' heads."""

    seq: int
    hash: str
    ts: int
    n: int
    told: bool


class Book:
    """The open ledger within one write transaction. Leave the block and everything is durable; raise and nothing is."""

    def __init__(self, session: Session, station: str, key: StationKey | None, clock: Clock, author: Author) -> None:
        self.session = session
        self.station = station
        self._key = key
        self._clock = clock
        self._author = author
        self.fold = Fold(session)
        self._tip: _Tip = session.take(_TIP) or _tip_of(session, station)
        self._unstored: list[tuple[Event, Seen]] = []
        self.mark: Mark | None = None
        self.last_id = ""
        """The id of the last event that was written: it tells whether a commit went through."""
        self.signer: Signer | None = None
        """Somebody who offers to sign what needs a signature in this transaction."""
        self._allowed: frozenset[Act] | None = None
        self.printer = ""
        """Where labels wanted in this transaction go, unless they say; empty for the station's default printer."""

    @property
    def now_us(self) -> int:
        """This station's wall clock."""
        return self._clock.now_us()

    @property
    def uptime(self) -> Uptime:
        """How long this machine has been running: time that nobody can set."""
        return Uptime(*uptime_of(self._clock))

    @property
    def clock(self) -> Clock:
        """The clock of this station."""
        return self._clock

    @property
    def author(self) -> Author:
        """Who records, and in which session."""
        return self._author

    @property
    def next_seq(self) -> int:
        """The number that this station's next event will have."""
        return self._tip.seq + 1

    @property
    def actor(self) -> str:
        """The operator who records."""
        return self._author.actor

    def sign_in(self, author: Author) -> None:
        """From here on somebody else records."""
        self._author = author
        self._allowed = None

    def unit(self, unit: str) -> UnitState:
        """The unit as it is now, events of this transaction included."""
        return self.fold.unit(unit)

    def new_id(self) -> str:
        """A fresh UUIDv7."""
        return uuid7(self._clock.now_us(), _draw(62))

    def record(self, *drafts: Draft) -> list[EventId]:
        """Appends one event for each draft, in order, and folds it. Signed and written when the block is left."""
        if self._key is None:
            raise Refusal(Refused.READ_ONLY)
        if len(drafts) < _MOST_UNSTORED:
            return [self._append(draft) for draft in drafts]
        with _no_tidying():
            return [self._append(draft) for draft in drafts]

    def want_label(self, wanted: LabelWanted, event: str) -> str:
        """Makes the print job of this event; returns its id, which is the event's."""
        now, facts = self.now_us, orjson.dumps(wanted.facts).decode()
        printer = wanted.printer or self.printer
        self.session.run(_INSERT_JOB, (event, wanted.unit, facts, printer, now, now, wanted.copy))
        return event

    def draft(self, desk: str) -> dict[str, Any]:
        """What a desk had in hand when its last transaction ended; empty where there was none."""
        return draft_of(self.session, desk)

    def take_back_label(self, events: Sequence[str]) -> int:
        """Cancels the print jobs of these events that have not begun to print; returns how many."""
        marks = ", ".join("?" * len(events))
        self.session.run(
            f"UPDATE print_jobs SET state = 'cancelled', changed_at = ? WHERE state = 'queued' AND event IN ({marks})",
            (self.now_us, *events),
        )
        return self.session.changed

    def keep_draft(self, desk: str, data: dict[str, Json]) -> None:
        """Keeps what a desk has in hand, so that work resumes at the same line."""
        self.session.run(
            "INSERT INTO drafts VALUES (?, ?) ON CONFLICT (desk) DO UPDATE SET data = excluded.data",
            (desk, orjson.dumps(data).decode()),
        )

    def flush(self) -> None:
        """Signs and writes what was recorded so far; the transaction stays open."""
        if not self._unstored:
            return
        assert self._key is not None
        event, _ = self._unstored[-1]
        last = Event(event.station, event.seq, event.hash, event.core, self._key.sign(event.hash))
        self._store([*(item for item, _ in self._unstored[:-1]), last])
        self.fold.write()
        self._unstored.clear()
        self.mark = Mark(last.seq, last.hash)

    def finish(self) -> None:
        """The last thing before the transaction is committed: writes the rest, and keeps where the ledger ends."""
        self.flush()
        self.session.keep(_TIP, self._tip)

    def _store(self, events: Iterable[Event]) -> None:
        rows, links = [], []
        numbers = self.session.numbers(len(self._unstored), self._tip.n)
        for n, event, (_, read) in zip(numbers, events, self._unstored, strict=True):
            rows.append((n, event.station, event.seq, event.hash, event.core.decode(), event.sig, read.id, read.ts))
            links += [(subject, n) for subject in read.subj]
        self._tip.n, self.last_id = n, read.id
        if len(rows) == 1:
            self.session.run(INSERT_EVENT, rows[0])
        else:
            self.session.many(INSERT_EVENT, rows)
        if links:
            self.session.many(INSERT_SUBJECT, links)

    def _demand_right(self, draft: Draft) -> None:
        """Refuses what whoever records may not do. Without a session the station itself records, as it begins."""
        act = act_of(draft.fact, draft.subj)
        if act is Act.ONESELF:
            return
        if self._allowed is None:
            self._allowed = allowed(self.session, self._author)
        if act not in self._allowed:
            refuse_beyond(self.session, self._author, act)

    def _append(self, draft: Draft) -> EventId:
        if self._author.sess:
            self._demand_right(draft)
        wall = self._clock.now_us()
        subj = draft.subj if len(draft.subj) < 2 else tuple(sorted(draft.subj))
        standings = {} if draft.new else {name: self.fold.standing(name) for name in subj}
        tip = self._tip
        witness, witness_ts = ([], 0) if tip.told else self._untold()
        ts = order_time(wall, tip.ts, witness_ts, *(where.last_ts for where in standings.values()))
        identity = draft.id or EventId(uuid7(ts, _draw(62)))
        base: dict[str, list[str]] = {name: list(standings[name].heads) if name in standings else [] for name in subj}
        fact = draft.fact
        body = to_body(fact)
        core: dict[str, Json] = {
            "v": VERSION, "station": self.station, "seq": tip.seq + 1, "prev": tip.hash, "id": identity,
            "ts": ts, "wall": wall, "type": fact.WORD, "schema": fact.SCHEMA, "body": body,
        }  # fmt: skip
        if witness:
            core["wit"] = witness
        self._add_optional(core, draft, subj, base)
        data, digest = seal(core)
        hex_hash = digest.hex()
        read = Seen(
            self.station, tip.seq + 1, hex_hash, identity, ts, wall, draft.at, self._author.actor, fact.WORD,
            fact.SCHEMA, body, subj, base, draft.refs,
        )  # fmt: skip
        self._unstored.append((Event(self.station, tip.seq + 1, digest, data, None), read))
        tip.seq, tip.hash, tip.ts = tip.seq + 1, hex_hash, ts
        self.fold.take(read, new=draft.new)
        if len(self._unstored) >= _MOST_UNSTORED:
            self.flush()
        return identity

    def _add_optional(
        self, core: dict[str, Json], draft: Draft, subj: tuple[str, ...], base: dict[str, list[str]]
    ) -> None:
        if self._author.actor:
            core["actor"] = self._author.actor
        if self._author.sess:
            core["sess"] = self._author.sess
        if subj:
            core["subj"], core["base"] = subj, base
        if draft.refs:
            core["refs"] = sorted(set(draft.refs))
        if draft.at is not None:
            core["at"] = draft.at
        if draft.esig:
            core["esig"] = as_esig(draft.esig)
        if self._clock.shift_s:
            core["clk"] = {"shifted_s": self._clock.shift_s}

    def _untold(self) -> tuple[list[list[Json]], int]:
        """Other stations' heads that this station has not told of yet."""
        rows = self.session.all("SELECT station, seq, hash, ts FROM witness ORDER BY station")
        self._tip.told = True
        if rows:
            self.session.run("DELETE FROM witness")
        return [[row[0], row[1], row[2].hex()] for row in rows], max((row[3] for row in rows), default=0)


def _tip_of(session: Session, station: str) -> _Tip:
    head = session.one(_HEAD, (station,))
    if head is None:
        return _Tip(0, NO_HASH, 0, int(session.value("SELECT max(n) FROM events") or 0), True)
    return _Tip(head[0], head[1].hex(), head[2], head[3], not head[4])


@contextmanager
def _no_tidying() -> Iterator[None]:
    """No search for cycles meanwhile: there are none in what is recorded, and looking took a fifth of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def draft_of(session: Session, desk: str) -> dict[str, Any]:
    """What a desk has in hand."""
    text = session.value("SELECT data FROM drafts WHERE desk = ?", (desk,))
    kept: dict[str, Any] = {} if text is None else orjson.loads(text)
    return kept
