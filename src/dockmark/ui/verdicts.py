"""How an answer and a lamp look: role, shape and one word. Colour never stands alone."""

from dataclasses import dataclass
from typing import Final

from dockmark.custody.lights import Lamp, gravest
from dockmark.desks.answer import Answer, Outcome
from dockmark.record.refusal import Refused
from dockmark.ui.theme import Role
from dockmark.ui.words import _


@dataclass(frozen=True, slots=True)
class Face:
    """What the operator sees of a verdict from three metres."""

    role: Role
    shape: str
    word: str


def accepted() -> Face:
    """A unit was changed, and nothing is against it."""
    return Face(Role.OK, "ok", _("ACCEPTED"))


def face(answer: Answer) -> Face:
    """The face of an answer: a grave lamp goes before everything else."""
    if answer.code == Refused.UNREADABLE:
        return Face(Role.WARN, "unread", _("UNREADABLE"))
    lamp = gravest(answer.verdict) if answer.verdict else Lamp.OK
    if lamp is Lamp.STOP:
        return Face(Role.STOP, "stop", _("STOP"))
    if answer.outcome is Outcome.REFUSED:
        return Face(Role.STOP, "refused", _("REFUSED"))
    if answer.outcome is Outcome.NOTED:
        return noted()
    return Face(Role.WARN, "warn", _("CHECK")) if lamp is Lamp.WARN else accepted()


def noted() -> Face:
    """Context was taken; nothing changed."""
    return Face(Role.INFO, "info", _("NOTED"))


def widest_words() -> tuple[str, ...]:
    """Every word that a flood may show, for measuring."""
    return (_("ACCEPTED"), _("CHECK"), _("STOP"), _("REFUSED"), _("NOTED"), _("UNREADABLE"), _("READY"), _("OPENING"))


_LAMP_ROLES: Final = {
    Lamp.OK: (Role.OK, "ok"),
    Lamp.UNKNOWN: (Role.INFO, "unknown"),
    Lamp.WARN: (Role.WARN, "warn"),
    Lamp.STOP: (Role.STOP, "stop"),
}


def lamp_face(lamp: Lamp) -> tuple[Role, str]:
    """Role and shape of one lamp on the unit card."""
    return _LAMP_ROLES[lamp]
