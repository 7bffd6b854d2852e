"""How an answer and a lamp look: role, shape and one word. Colour never stands alone."""

from dataclasses import dataclass
from typing import Final

from dockmark.custody.lights import Lamp, gravest
from dockmark.desks.answer import Answer, Outcome
from dockmark.record.refusal import Refused
from dockmark.ui.theme import Role
from dockmark.ui.words import verdict_word


@dataclass(frozen=True, slots=True)
class Face:
    """What the operator sees of a verdict from three metres."""

    role: Role
    shape: str
    word: str


def face(answer: Answer) -> Face:
    """The face of an answer: a grave lamp goes before everything else."""
    lamp = gravest(answer.verdict) if answer.verdict else Lamp.OK
    role, shape = _look(answer, lamp)
    return Face(role, shape, verdict_word(answer.code, lamp.value))


def _look(answer: Answer, lamp: Lamp) -> tuple[Role, str]:
    if answer.code == Refused.UNREADABLE:
        return (Role.WARN, "unread")
    if lamp is Lamp.STOP:
        return (Role.STOP, "stop")
    if answer.outcome is Outcome.REFUSED:
        return (Role.STOP, "refused")
    if lamp is Lamp.WARN:
        return (Role.WARN, "warn")
    return (Role.INFO, "info") if answer.outcome is Outcome.NOTED else (Role.OK, "ok")


_LAMP_ROLES: Final = {
    Lamp.OK: (Role.OK, "ok"),
    Lamp.UNKNOWN: (Role.INFO, "unknown"),
    Lamp.WARN: (Role.WARN, "warn"),
    Lamp.STOP: (Role.STOP, "stop"),
}


def lamp_face(lamp: Lamp) -> tuple[Role, str]:
    """Role and shape of one lamp on the unit card."""
    return _LAMP_ROLES[lamp]
