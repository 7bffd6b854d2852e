"""Folds of operators and stations."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from dockmark.people import events as said
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


@dataclass(slots=True, kw_only=True)
class OperatorState:
    """A person who may work here: roles, and where the name and the badges are kept."""

    id: str
    roles: list[str] = field(default_factory=list)
    name_record: str = ""
    badges: list[str] = field(default_factory=list)
    disabled: bool = False


def fold_operator(operator: str, history: Iterable[Seen]) -> OperatorState:
    """The operator after these events. Never raises."""
    state = OperatorState(id=operator)
    for event in history:
        fact = from_body(event.type, event.schema, event.body)
        if isinstance(fact, said.OperatorEnrolled | said.OperatorChanged):
            state.roles = [role for role in fact.roles if isinstance(role, str)] or state.roles
            state.name_record = str(fact.name.get("id", state.name_record))
        if isinstance(fact, said.OperatorChanged):
            state.disabled = fact.disabled
        if isinstance(fact, said.BadgeIssued):
            state.badges.append(str(fact.badge.get("id", "")))
    return state


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
