"""Acts that need two people: who they may be. Pure."""

from collections.abc import Sequence
from typing import Final

from dockmark.people.state import Role
from dockmark.record.refusal import Refusal, Refused

FOR_KEYS: Final = frozenset({Role.ADMINISTRATOR, Role.COMPLIANCE, Role.SUPERVISOR})
"""Who may be the second person where a key is at stake. The first one is an administrator."""


class Person:
    """One of the two: an id, the roles, and whether the person may work here at all."""

    def __init__(self, identity: str, roles: Sequence[str], *, disabled: bool = False) -> None:
        self.id, self.roles, self.disabled = identity, frozenset(roles), disabled


def demand_two(first: Person | None, second: Person | None, *, named: tuple[str, str]) -> None:
    """Refuses anything but two different people who may work here: an administrator, and one who answers for the depot.

    `named` are the ids that were said, whether such people are known or not.
    """
    for who, name in zip((first, second), named, strict=True):
        if name and (who is None or who.disabled):
            raise Refusal(Refused.OPERATOR_UNKNOWN, operator=name[:60])
    if first is None or second is None or first.id == second.id:
        raise Refusal(Refused.SECOND_PERSON_NEEDED, operator=named[0][:60])
    if Role.ADMINISTRATOR.value not in first.roles:
        raise Refusal(Refused.NOT_ALLOWED, operator=first.id, role=Role.ADMINISTRATOR.value)
    if second.roles.isdisjoint(role.value for role in FOR_KEYS):
        raise Refusal(Refused.NOT_ALLOWED, operator=second.id, role=Role.SUPERVISOR.value)
