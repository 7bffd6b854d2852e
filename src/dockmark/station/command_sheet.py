"""The sheet of one desk: its commands, all reasons, the keypad, and the places where one wants them."""

from collections.abc import Sequence
from typing import Final

from dockmark.custody.reasons import Reason, ReprintReason
from dockmark.database.session import Session
from dockmark.documents.paper.flow import Printed
from dockmark.documents.paper.house import House
from dockmark.documents.paper.tags import KEYS, VERBS, Group, command_pdf
from dockmark.documents.sheet import TagCell
from dockmark.identifiers.reading import TagKind
from dockmark.identifiers.tags import Command, command_tag, key_tag, number_tag, tag
from dockmark.identifiers.window_tags import word_tag
from dockmark.lookup import catalogue
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.tag_groups import TagGroup
from dockmark.wording import _, command_help, command_word, reason_word

VERBS_OF: Final[dict[str, tuple[Command, ...]]] = {
    "receiving": (
        Command.ACCEPT, Command.REJECT, Command.SKIP, Command.QUARANTINE, Command.RELEASE, Command.DAMAGED,
        Command.UNDO, Command.REPEAT, Command.CLEAR, Command.NOTE, Command.HELP, Command.FINISH,
    ),
    "holds": (Command.QUARANTINE, Command.RELEASE, Command.UNDO),
}  # fmt: skip
"""The commands that a desk understands, in the order in which they stand on its sheet."""

_KEYS: Final = (7, 8, 9, "C", 4, 5, 6, "E", 1, 2, 3, 0)
_NUMBERS: Final = (2, 5, 10, 12, 20, 25, 50, 100)
_COUNTING: Final = frozenset({"receiving"})
"""Desks where quantities are keyed."""


def command_groups(
    session: Session, desk: str, *, places: bool = False, more: Sequence[TagGroup] = ()
) -> tuple[str, list[Group]]:
    """Title and symbols of a desk's sheet; `more` is what the face that prints it can do besides."""
    verbs = VERBS_OF.get(desk)
    if verbs is None:
        raise Refusal(Refused.DESK_UNKNOWN, desk=desk[:40], desks=sorted(VERBS_OF))
    says = _("Scan a command in place of its key. Your own badge switches to you; it is never printed here.")
    cells = [TagCell(command_tag(verb), command_word(verb.value), command_help(verb.value)) for verb in verbs]
    groups = [Group(_("Commands"), cells, VERBS, says)]
    reasons = [TagCell(tag(TagKind.REASON, reason.value), _capital(reason_word(reason.value))) for reason in Reason]
    groups.append(Group(_("Reasons"), reasons, says=_("Where a command asks for a reason, scan one."), apart=True))
    if desk in _COUNTING:
        groups.insert(1, _quantities())
        groups.append(_keypad())
    groups += _of_the_face(more)
    if places:
        groups += _places(session)
    return _("{desk}: command sheet").format(desk=desk_word(desk)), groups


def command_sheet(title: str, groups: Sequence[Group], house: House) -> Printed:
    """The sheet as PDF."""
    return command_pdf(title, groups, house)


def desk_word(desk: str) -> str:
    """What a desk is called."""
    return {"receiving": _("Receiving"), "holds": _("Holds")}.get(desk, desk)


def _again() -> Group:
    """Reasons that papers ask for, and no desk does."""
    only = [reason for reason in ReprintReason if reason.value not in Reason.__members__]
    cells = [TagCell(tag(TagKind.REASON, each.value), _capital(reason_word(each.value))) for each in only]
    return Group(_("Reasons for a paper that is made again"), cells)


def _of_the_face(more: Sequence[TagGroup]) -> list[Group]:
    made = []
    for number, group in enumerate(more):
        cells = [TagCell(word_tag(line.word), line.says, line.note) for line in group.lines]
        made.append(Group(group.heading, cells, says=group.says, apart=number == 0))
    return [*made, _again()] if made else []


def _quantities() -> Group:
    return Group(_("Quantities"), [TagCell(number_tag(number), str(number)) for number in _NUMBERS], KEYS)


def _keypad() -> Group:
    names = {"C": _("Clear"), "E": _("Enter")}
    keys = [TagCell(key_tag(key), names.get(str(key), str(key))) for key in _KEYS]
    return Group(_("Keypad"), keys, KEYS, _("For a quantity scan its digits, then Enter."))


def _places(session: Session) -> list[Group]:
    known = [place for place in catalogue.places(session) if place.tag]
    cells = [TagCell(catalogue.place_tag_of(session, place), place.code, place.name) for place in known]
    return [Group(_("Places"), cells, apart=True)] if cells else []


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
