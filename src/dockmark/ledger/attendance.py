"""Who recorded: whether an event's actor had the session that it names, and the role that was claimed there."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

from dockmark.ledger.chains import Broken
from dockmark.people.state import OperatorState, fold_operator
from dockmark.record.event import Seen, seen
from dockmark.record.ids import identity_of

_OF_PEOPLE: Final = frozenset({"operator_enrolled", "operator_changed"})


@dataclass(frozen=True, slots=True)
class _SignedIn:
    station: str
    seq: int
    ts: int
    actor: str
    role: str


class Attendance:
    """Listens while the chains are read, and judges when all of them were found whole."""

    def __init__(self) -> None:
        self._sessions: dict[str, str] = {}
        self._usual: tuple[str | None, str | None] = (None, None)
        self._signed_in: list[_SignedIn] = []
        self._people: dict[str, list[Seen]] = defaultdict(list)
        self._told: dict[str, list[tuple[int, str, int]]] = defaultdict(list)
        self._first_fault: Broken | None = None

    def begin(self) -> None:
        """Another station's chain begins: its sessions are its own."""
        self._sessions, self._usual = {}, (None, None)

    def take(self, core: dict[str, Any]) -> None:
        """The next event of the chain. Nearly always it was recorded by whoever recorded the one before."""
        actor, session = core.get("actor"), core.get("sess")
        if (actor, session) == self._usual or actor is None:
            return
        code = ""
        if session is None:
            # Signing in comes before the session, and so does what a new ledger begins with.
            code = "session_missing" if any(name.startswith("unit:") for name in core.get("subj", ())) else ""
        elif session not in self._sessions:
            code = "session_unknown"
        elif self._sessions[session] != actor:
            code = "session_actor"
        else:
            self._usual = (actor, session)
        if code and self._first_fault is None:
            self._first_fault = Broken(code, core["station"], core["seq"], str(actor))

    def look(self, core: dict[str, Any], digest: bytes) -> None:
        """An event that says something of people, sessions, or other stations' heads."""
        kind, station, seq = core["type"], core["station"], core["seq"]
        if kind == "signed_in" and isinstance(actor := core.get("actor"), str):
            self._sessions[core["id"]] = actor
            role = str(core["body"].get("role", ""))
            self._signed_in.append(_SignedIn(station, seq, core["ts"], actor, role))
        if kind in _OF_PEOPLE:
            for subject in core.get("subj", ()):
                self._people[identity_of(subject)].append(seen(digest, core))
        for told in core.get("wit", ()):
            self._told[station].append((seq, told[0], told[1]))

    def judge(self) -> None:
        """Raises the first event whose actor was not who could have recorded it."""
        if self._first_fault is not None:
            raise self._first_fault
        for events in self._people.values():
            events.sort(key=lambda event: event.order)
        for it in self._signed_in:
            self._judge(it)

    def _judge(self, it: _SignedIn) -> None:
        """By what this station knew then, and by what was so then: it is enough that one of the two allows it."""
        events = self._people.get(it.actor, [])
        earlier = [event for event in events if event.ts <= it.ts]
        heads = {it.station: it.seq}
        for seq, station, head in self._told[it.station]:
            if seq <= it.seq:
                heads[station] = head
        known = [event for event in events if event.seq <= heads.get(event.station, 0)]
        states = [fold_operator(it.actor, some) for some in (earlier, known) if some]
        if not states:
            raise Broken("operator_unknown", it.station, it.seq, it.actor)
        if not any(_may(state, it.role) for state in states):
            raise Broken("role_unheld", it.station, it.seq, f"{it.actor} {it.role}")


def _may(state: OperatorState, role: str) -> bool:
    return not state.disabled and (role in state.roles or not state.roles)
