"""What a desk answers to one scan."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from dockmark.custody.lights import Verdict

Fact = str | int | bool | list[str]


class Outcome(StrEnum):
    """accepted: events changed a unit · noted: context was taken · refused: a rule said no."""

    ACCEPTED = "accepted"
    NOTED = "noted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitView:
    """A unit as an answer names it."""

    id: str
    part: str
    serial: str
    state: str
    condition: str = ""
    lot: str = ""
    quantity: int = 1
    place: str = ""
    owner: str = ""
    description: str = ""
    expiry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One line out for one scan in. `facts` feed the sentence that `wording` makes of `code`."""

    outcome: Outcome
    code: str
    unit: UnitView | None = None
    events: tuple[str, ...] = ()
    verdict: Verdict = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    undo: str = ""
    """Event id that UNDO would reverse now, or empty."""
