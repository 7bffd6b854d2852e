"""The keys of stations, as the ledger tells of them: which one signs from where, who backed it, what was withdrawn."""

from dataclasses import dataclass
from typing import Any

import orjson

from dockmark.database.session import Session
from dockmark.ledger.checkpoints import notes
from dockmark.ledger.folding import history
from dockmark.people import events as said
from dockmark.record.event import Seen
from dockmark.record.facts import from_body


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoked:
    """A station's key was withdrawn: from `after` on nothing counts but what a checkpoint covers up to `to`."""

    station: str
    by: str
    seq: int
    after: int
    to: int
    reason: str


@dataclass(slots=True, kw_only=True)
class StationKeys:
    """What the ledger tells of one station's keys."""

    station: str
    name: str = ""
    public_key: str = ""
    replaces: str = ""
    enrolled_at: int = 0
    rotations: int = 0
    root: bool = False
    """The station that began the ledger: nobody was there to back it."""
    backed_by: str = ""
    second: str = ""
    last_seq: int = 0
    revoked: Revoked | None = None

    @property
    def state(self) -> str:
        """One word: `revoked`, `root`, `backed` or `unbacked`."""
        if self.revoked is not None:
            return "revoked"
        return "root" if self.root else "backed" if self.backed_by else "unbacked"


def station_keys(session: Session) -> list[StationKeys]:
    """The keys of every station, the first to enrol first."""
    heads: dict[str, int] = dict(session.all("SELECT station, max(seq) FROM events GROUP BY station"))
    found = [_told(session, station, top) for station, top in heads.items()]
    found.sort(key=lambda it: (it.enrolled_at, it.station))
    if found:
        found[0].root = True
    return found


def key_in_force(events: list[Seen], station: str, seq: int) -> str:
    """The public key that a station's event of that number is signed with, by what its own events say."""
    key = ""
    for event in sorted((it for it in events if it.station == station and it.seq < max(seq, 2)), key=lambda it: it.seq):
        fact = from_body(event.type, event.schema, event.body)
        if isinstance(fact, said.KeyRotated) or (isinstance(fact, said.StationEnrolled) and event.seq == 1):
            key = fact.public_key
    return key


def revocation(session: Session, station: str) -> Revoked | None:
    """The first withdrawal of a station's key, and up to where its events count all the same."""
    told = [event for event in history(session, f"station:{station}") if event.type == "key_revoked"]
    for event in told:
        fact = from_body(event.type, event.schema, event.body)
        if isinstance(fact, said.KeyRevoked) and event.station != station:
            to = max(fact.after, _covered(session, station, event))
            return Revoked(
                station=station, by=event.station, seq=event.seq, after=fact.after, to=to, reason=fact.reason
            )
    return None


def is_backed(session: Session, station: str, public_key: str, first: str) -> bool:
    """Whether two people of another station said that this station, with this key and first event, is the depot's."""
    told = [
        from_body(event.type, event.schema, event.body)
        for event in history(session, f"station:{station}")
        if event.station != station
    ]
    return any(
        isinstance(fact, said.StationBacked) and (fact.public_key, fact.first) == (public_key, first) for fact in told
    )


def _told(session: Session, station: str, last_seq: int) -> StationKeys:
    it = StationKeys(station=station, last_seq=last_seq)
    events = history(session, f"station:{station}")
    for event in events:
        fact = from_body(event.type, event.schema, event.body)
        if isinstance(fact, said.StationEnrolled) and event.seq == 1 and event.station == station:
            it.enrolled_at, it.replaces = event.ts, fact.replaces
        elif isinstance(fact, said.StationBacked) and event.station != station:
            it.backed_by, it.second = event.actor, fact.second
        elif isinstance(fact, said.KeyRotated) and event.station == station:
            it.rotations += 1
    it.public_key = key_in_force(events, station, last_seq + 1)
    it.name = str(session.value("SELECT name FROM stations WHERE id = ?", (station,), ""))
    it.revoked = revocation(session, station)
    return it


def _covered(session: Session, station: str, revoked: Seen) -> int:
    """How far other stations' checkpoints covered it that were made before their makers heard of the withdrawal."""
    makers = [row[0] for row in session.all("SELECT id FROM stations WHERE id <> ? ORDER BY id", (station,))]
    heard = {maker: _heard(session, maker, revoked) for maker in makers}
    reach = 0
    for note in notes(session, makers):
        if note.seq < heard[note.maker]:
            reach = max(reach, note.heads.get(station, (0, ""))[0])
    return reach


def _heard(session: Session, maker: str, revoked: Seen) -> int:
    """The number of the event with which a station told that it had heard of the withdrawal; beyond all where never."""
    if maker == revoked.station:
        return revoked.seq
    rows = session.stream(
        "SELECT seq, CAST(core AS BLOB) FROM events WHERE station = ? AND core LIKE ? ORDER BY seq",
        (maker, '%"wit":%'),
    )
    for seq, core in rows:
        if any(_reaches(told, revoked) for told in orjson.loads(core).get("wit", ())):
            return int(seq)
    return 2**53


def _reaches(told: Any, revoked: Seen) -> bool:
    return bool(told[0] == revoked.station and told[1] >= revoked.seq)
