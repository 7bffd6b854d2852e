"""Folds of operators and stations."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from dockmark.people import events as said
from dockmark.people.access import Tried, Try, Uptime
from dockmark.record.canonical import Json
from dockmark.record.event import Seen
from dockmark.record.facts import from_body


class Role(StrEnum):
    """What a person may be at a depot."""

    OPERATOR = "operator"
    TECHNICIAN = "technician"
    INSPECTOR = "inspector"
    SUPERVISOR = "supervisor"
    COMPLIANCE = "compliance"
    ADMINISTRATOR = "administrator"


class PinStanding(StrEnum):
    """How a person stands with the own PIN."""

    NONE = "none"
    OWN = "own"
    TEMPORARY = "temporary"


@dataclass(slots=True, kw_only=True)
class Pin:
    """The PIN in force: its side record, and who set it. `reset_by` is whoever set the one for one time before it."""

    standing: PinStanding = PinStanding.NONE
    record: str = ""
    hash: str = ""
    since: str = ""
    """The event that set it."""
    reset_by: str = ""
    witness: str = ""


@dataclass(slots=True, kw_only=True)
class OperatorState:
    """A person who may work here: roles, and where the name, the badges and the PIN are kept."""

    id: str
    roles: list[str] = field(default_factory=list)
    name_record: str = ""
    name_hash: str = ""
    badges: list[str] = field(default_factory=list)
    disabled: bool = False
    pin: Pin = field(default_factory=Pin)
    same_as: str = ""
    erased: bool = False


def fold_operator(operator: str, history: Iterable[Seen]) -> OperatorState:
    """The operator after these events. Never raises."""
    state = OperatorState(id=operator)
    for event in history:
        _step(state, event)
    return state


def _step(state: OperatorState, event: Seen) -> None:
    fact = from_body(event.type, event.schema, event.body)
    match fact:
        case said.OperatorEnrolled() | said.OperatorChanged():
            state.roles = [role for role in fact.roles if isinstance(role, str)] or state.roles
            state.name_record = str(fact.name.get("id", state.name_record))
            state.name_hash = str(fact.name.get("hash", state.name_hash))
            if isinstance(fact, said.OperatorChanged):
                state.disabled = fact.disabled
                state.same_as = fact.same_as or state.same_as
        case said.BadgeIssued():
            state.badges.append(str(fact.badge.get("id", "")))
        case said.BadgeWithdrawn():
            state.badges = [badge for badge in state.badges if badge != fact.badge]
        case said.PinReset():
            state.pin = _pin(PinStanding.TEMPORARY, fact.pin, event, reset_by=event.actor)
        case said.PinChosen():
            _choose(state, fact, event)
        case said.PersonErased():
            state.erased, state.badges, state.pin = True, [], Pin()
        case _:
            pass


def _choose(state: OperatorState, fact: said.PinChosen, event: Seen) -> None:
    """The own PIN, where it was chosen as it must be; else the person signs nothing with it."""
    after = state.pin
    own = event.actor == state.id
    if after.standing is PinStanding.TEMPORARY:
        own = own and bool(fact.badge) and fact.witness not in ("", state.id, after.reset_by)
    standing = PinStanding.OWN if own else PinStanding.TEMPORARY
    reset_by = after.reset_by if own else after.reset_by or event.actor
    state.pin = _pin(standing, fact.pin, event, reset_by=reset_by, witness=fact.witness)


def _pin(standing: PinStanding, told: dict[str, Json], event: Seen, *, reset_by: str = "", witness: str = "") -> Pin:
    return Pin(
        standing=standing, record=str(told.get("id", "")), hash=str(told.get("hash", "")), since=event.id,
        reset_by=reset_by, witness=witness,
    )  # fmt: skip


@dataclass(slots=True, kw_only=True)
class StationState:
    """A station of this ledger and the key that its events are signed with."""

    id: str
    ledger: str = ""
    public_key: str = ""
    name: str = ""


def fold_station(station: str, history: Iterable[Seen]) -> StationState:
    """The station after these events; its first enrolment counts, and its last name. Never raises."""
    state = StationState(id=station)
    for event in history:
        fact = from_body(event.type, event.schema, event.body)
        if isinstance(fact, said.StationEnrolled) and not state.public_key:
            state.ledger, state.public_key, state.name = fact.ledger, fact.public_key, state.name or fact.name
        elif isinstance(fact, said.StationNamed):
            state.name = fact.name
        elif isinstance(fact, said.KeyRotated) and event.station == station:
            state.public_key = fact.public_key
    return state


@dataclass(slots=True, kw_only=True)
class AccessState:
    """How often somebody has failed at a station to prove who it is, since it last went well."""

    id: str
    operator: str = ""
    station: str = ""
    tries: list[Try] = field(default_factory=list)


def access_of(station: str, operator: str) -> str:
    """The subject that tries for this person at this station are told of. It names nobody: it may be a mistyped id."""
    digest = hashlib.sha256(f"dockmark/access/v1\n{station}\n{operator.casefold()}".encode()).hexdigest()
    return f"access:{digest[:32]}"


def fold_access(identity: str, history: Iterable[Seen]) -> AccessState:
    """The tries that still count. Never raises."""
    state = AccessState(id=identity)
    for event in history:
        fact = from_body(event.type, event.schema, event.body)
        if isinstance(fact, said.SignInFailed):
            state.operator, state.station = fact.operator or state.operator, event.station
            state.tries.append(Try(Tried.FAILED, Uptime(fact.boot, fact.up_s)))
        elif isinstance(fact, said.AccountUnlocked | said.SignedIn):
            state.tries.clear()
    return state
