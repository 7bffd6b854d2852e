"""The verdict on a unit: six lights, each with the facts of its arithmetic."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Light(StrEnum):
    """The six questions that every scan answers."""

    WARRANTY = "warranty"
    RECALL = "recall"
    COUNTERFEIT = "counterfeit"
    LIFE = "life"
    OWNER = "owner"
    HOLD = "hold"


class Lamp(StrEnum):
    """How a light stands. Order of gravity: ok, unknown, warn, stop."""

    OK = "ok"
    UNKNOWN = "unknown"
    WARN = "warn"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Finding:
    """One light: how it stands, the code of the reason and the facts of its arithmetic (for `wording`)."""

    state: Lamp
    code: str
    facts: Mapping[str, str | int] = field(default_factory=dict)


Verdict = Mapping[Light, Finding]


def gravest(verdict: Verdict) -> Lamp:
    """The gravest lamp of a verdict: what the scan strip floods."""
    order = (Lamp.OK, Lamp.UNKNOWN, Lamp.WARN, Lamp.STOP)
    return max((finding.state for finding in verdict.values()), key=order.index, default=Lamp.UNKNOWN)
