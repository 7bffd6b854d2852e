"""Takes in the events of other stations, each station's in order, in whatever order they arrive."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import orjson

from dockmark.database.session import Session
from dockmark.ledger.book import INSERT_EVENT, INSERT_SUBJECT
from dockmark.ledger.folding import Fold
from dockmark.ledger.keys import public_key, signature_holds
from dockmark.ledger.ledger import Ledger
from dockmark.record.canonical import MAX_CORE, is_canonical
from dockmark.record.event import CORE_KEYS, VERSION, Event, Seen, event_hash, seen
from dockmark.record.ids import NO_HASH, is_subject, is_uuid


@dataclass(slots=True)
class Accepted:
    """How many events were new, known already, held back; which stations were put in quarantine and why."""

    new: int = 0
    known: int = 0
    waiting: int = 0
    quarantined: dict[str, str] = field(default_factory=dict)


_HASH = re.compile("[0-9a-f]{64}")


def accept(ledger: Ledger, events: Iterable[Event]) -> Accepted:
    """Takes events in, in one transaction.

    An event that comes before its predecessor waits, and so does an unsigned tail. The same id or place with another
    content puts that station in quarantine; the others go on.
    """
    answer = Accepted()
    with ledger.tending() as session:
        intake = _Intake(session, ledger.identity.ledger, answer)
        stations = dict.fromkeys(event.station for event in events if intake.park(event))
        for station in stations:
            intake.advance(station)
        # A station that could be read only now may be what another one's waiting events were for.
        intake.fold.write()
        answer.waiting = int(session.value("SELECT count(*) FROM waiting_events"))
    return answer


class _Intake:
    def __init__(self, session: Session, ledger: str, answer: Accepted) -> None:
        self._session = session
        self._ledger = ledger
        self._answer = answer
        self._n = int(session.value("SELECT max(n) FROM events") or 0)
        self._bad = {str(row[0]) for row in session.all("SELECT station FROM quarantined_stations")}
        self.fold = Fold(session)

    def park(self, event: Event) -> bool:
        """Puts an event that is not known yet with those that wait for their turn."""
        if event.station in self._bad:
            return False
        known = self._session.value(
            "SELECT hash FROM events WHERE station = ? AND seq = ?", (event.station, event.seq)
        ) or self._session.value(
            "SELECT hash FROM waiting_events WHERE station = ? AND seq = ?", (event.station, event.seq)
        )
        if known is None:
            if event_hash(event.core) != event.hash or len(event.core) > MAX_CORE or not _is_text(event.core):
                return False
            self._session.run(
                "INSERT INTO waiting_events VALUES (?, ?, ?, ?, ?)",
                (event.station, event.seq, event.hash, event.core.decode(), event.sig),
            )
            return True
        if known != event.hash:
            self._quarantine(event.station, "fork", event.seq)
            return False
        self._answer.known += 1
        return False

    def advance(self, station: str) -> None:
        """Accepts the waiting run of a station that follows its head, up to its last signed event."""
        head = self._session.one(
            "SELECT seq, hash, ts FROM events WHERE station = ? ORDER BY seq DESC LIMIT 1", (station,)
        )
        seq, prev, ts = (0, NO_HASH, 0) if head is None else (head[0], head[1].hex(), head[2])
        run: list[tuple[Event, Seen]] = []
        signed = 0
        for row in self._session.all(
            "SELECT seq, hash, core, sig FROM waiting_events WHERE station = ? AND seq > ? ORDER BY seq", (station, seq)
        ):
            event = Event(station, row[0], row[1], row[2].encode(), row[3])
            if event.seq != seq + len(run) + 1:
                break
            read = self._read(event, prev, ts)
            if read is None:
                return
            run.append((event, read))
            prev, ts = read.hash, read.ts
            if event.sig is not None:
                if not self._signed(station, event, run[0][1]):
                    self._quarantine(station, "signature", event.seq)
                    return
                signed = len(run)
        self._store(station, run[:signed])

    def _read(self, event: Event, prev: str, ts: int) -> Seen | None:
        code = _fault(event, prev, ts)
        if code:
            self._quarantine(event.station, code, event.seq)
            return None
        read = seen(event.hash, orjson.loads(event.core))
        if self._session.value("SELECT 1 FROM events WHERE id = ?", (read.id,)):
            self._quarantine(event.station, "id_twice", event.seq)
            return None
        return read

    def _signed(self, station: str, event: Event, first: Seen) -> bool:
        text = self._session.value("SELECT public_key FROM stations WHERE id = ?", (station,))
        if text is None and first.type == "station_enrolled" and first.seq == 1:
            if first.body.get("ledger") != self._ledger:
                return False
            text = first.body.get("public_key")
        key = public_key(str(text))
        return key is not None and event.sig is not None and signature_holds(key, event.hash, event.sig)

    def _store(self, station: str, run: list[tuple[Event, Seen]]) -> None:
        if not run:
            return
        rows, links = [], []
        numbers = self._session.numbers(len(run), self._n)
        self._n = numbers[-1]
        for n, (event, read) in zip(numbers, run, strict=True):
            rows.append((n, station, event.seq, event.hash, event.core.decode(), event.sig, read.id, read.ts))
            links += [(subject, n) for subject in read.subj]
            for subject in read.subj:
                self.fold.refold(subject)
        self._session.many(INSERT_EVENT, rows)
        self._session.many(INSERT_SUBJECT, links)
        last, read = run[-1]
        self._session.run("INSERT OR REPLACE INTO witness VALUES (?, ?, ?, ?)", (station, last.seq, last.hash, read.ts))
        self._session.run("DELETE FROM waiting_events WHERE station = ? AND seq <= ?", (station, last.seq))
        self._answer.new += len(run)
        # The station's key must be readable before its next batch is checked.
        self.fold.write()

    def _quarantine(self, station: str, code: str, seq: int) -> None:
        self._bad.add(station)
        self._answer.quarantined[station] = code
        self._session.run("INSERT OR REPLACE INTO quarantined_stations VALUES (?, ?, ?)", (station, code, seq))
        self._session.run("DELETE FROM waiting_events WHERE station = ?", (station,))


def _is_text(core: bytes) -> bool:
    """Whether these bytes are text at all: what is not could not be stored as it came."""
    try:
        return "\x00" not in core.decode()
    except UnicodeDecodeError:
        return False


def _fault(event: Event, prev: str, ts: int) -> str:
    """The code of what is wrong with the form of an event, or the empty text."""
    if not is_canonical(event.core):
        return "not_canonical"
    core = orjson.loads(event.core)
    return core_fault(core, event.station, event.seq, prev, ts)


def core_fault(core: dict[str, object], station: str, seq: int, prev: str, ts: int) -> str:
    """What is wrong with a core at this place of this station's chain, or the empty text."""
    if not set(core) <= CORE_KEYS or core.get("v") != VERSION:
        return "unknown_form"
    if core.get("station") != station or core.get("seq") != seq:
        return "wrong_place"
    if core.get("prev") != prev:
        return "chain"
    moment = core.get("ts")
    if type(moment) is not int or moment <= ts:
        return "time_order"
    return _ids_fault(core)


def _ids_fault(core: dict[str, object]) -> str:
    subj, base = core.get("subj", []), core.get("base", {})
    if not is_uuid(str(core.get("id"))) or not _typed(core):
        return "ids"
    if not isinstance(subj, list) or not all(isinstance(name, str) and is_subject(name) for name in subj):
        return "subjects"
    if sorted(set(subj)) != subj:
        return "subjects"
    if not isinstance(base, dict) or set(base) != set(subj) or not all(map(_heads, base.values())):
        return "base"
    return ""


_TYPES: tuple[tuple[str, type, bool], ...] = (
    ("type", str, True), ("schema", int, True), ("body", dict, True), ("wall", int, True), ("at", int, False),
    ("actor", str, False), ("sess", str, False), ("refs", list, False), ("wit", list, False), ("clk", dict, False),
    ("esig", dict, False),
)  # fmt: skip


def _typed(core: dict[str, object]) -> bool:
    return all(type(core[name]) is kind if name in core else not needed for name, kind, needed in _TYPES)


def _heads(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(head, str) and _HASH.fullmatch(head) for head in value)
