"""What is left in the ledger of an attempt that somebody had no right to make. Pure."""

from typing import Final

from dockmark.people.events import AttemptDenied
from dockmark.record.canonical import Json, cleaned
from dockmark.record.facts import Draft
from dockmark.record.refusal import Refusal, Refused

DENIALS: Final = frozenset({
    Refused.NOT_ALLOWED, Refused.SECOND_PERSON_NEEDED, Refused.TWO_PEOPLE_NEEDED, Refused.PIN_NEEDED,
    Refused.PIN_TO_CHANGE, Refused.ACCOUNT_LOCKED, Refused.WITNESS_NEEDED, Refused.BADGE_NEEDED,
    Refused.LAST_ADMINISTRATOR, Refused.BADGE_UNKNOWN,
})  # fmt: skip
"""Refusals that say that somebody had no right, not that something was not in order."""


def left_by(no: Refusal) -> tuple[Draft, ...]:
    """The events that are recorded in place of what was refused; mostly none."""
    if no.leaves:
        return no.leaves
    if no.code not in DENIALS:
        return ()
    facts = {name: _short(value) for name, value in no.facts.items() if name != "act"}
    return (Draft(fact=AttemptDenied(code=no.code.value, act=str(no.facts.get("act", "")), facts=facts)),)


def _short(value: str | int | bool | list[str]) -> Json:
    if isinstance(value, str):
        return cleaned(value[:200])
    return [cleaned(text[:60]) for text in value[:10]] if isinstance(value, list) else value
