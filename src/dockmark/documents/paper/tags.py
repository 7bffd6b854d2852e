"""Sheets of symbols to scan from, in the house's style: large, apart from each other, each with its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dockmark.documents.draw import POINTS_PER_MM as MM
from dockmark.documents.matrix import Matrix, matrix
from dockmark.documents.paper.flow import Flow, Front, Printed, printed
from dockmark.documents.paper.house import House
from dockmark.documents.paper.press import GREY, HAIR
from dockmark.documents.paper.type import Style, cut, plain, wrapped
from dockmark.documents.sheet import TagCell
from dockmark.record.refusal import Refusal, Refused

_MODULE: Final = (0.35 * MM, 1.7 * MM)
_PAD: Final = 3 * MM


@dataclass(frozen=True, slots=True)
class Look:
    """How the cells of a group stand: how many side by side, how high, how large their symbols and words are."""

    across: int
    height: float
    symbol: float
    style: Style


VERBS: Final = Look(3, 32.0 * MM, 23.0 * MM, Style.NAME)
WORDS: Final = Look(3, 28.6 * MM, 18.0 * MM, Style.HEADING)
KEYS: Final = Look(4, 28.6 * MM, 18.0 * MM, Style.TITLE)


@dataclass(frozen=True, slots=True)
class Group:
    """Symbols under one heading, and what is said below it."""

    heading: str
    cells: Sequence[TagCell]
    look: Look = WORDS
    says: str = ""
    apart: bool = False
    """Begins a page of its own."""


def command_pdf(title: str, groups: Sequence[Group], house: House) -> Printed:
    """Pages of symbols; a heading is repeated where its group goes on."""
    front = Front(title=title, number="", made_us=0, is_tool=True)

    def compose(flow: Flow) -> None:
        for group in groups:
            _set_group(flow, group)

    return printed(front, house, compose)


def _set_group(flow: Flow, group: Group) -> None:
    if group.apart:
        flow.turn()
    flow.heading(group.heading, keep=group.look.height + 10)
    if group.says:
        flow.sentence(group.says, Style.SMALL)
    flow.space(1.5 * MM)
    look = group.look
    width = flow.width / look.across
    for start in range(0, len(group.cells), look.across):
        if flow.need(look.height):
            flow.heading(group.heading, keep=look.height)
            flow.space(1.5 * MM)
        for number, cell in enumerate(group.cells[start : start + look.across]):
            _set_cell(flow, flow.left + number * width, width, cell, look)
        flow.space(look.height)
    flow.space(3 * MM)


def _set_cell(flow: Flow, x: float, width: float, cell: TagCell, look: Look) -> None:
    press, top = flow.press, flow.y
    press.rule(x, top, width - 2 * MM, 0.4, HAIR)
    made, side = _symbol(cell.tag, look.symbol)
    press.symbol(x, top + (look.height - side) / 2 + 0.6 * MM, side, made)
    left = x + look.symbol + _PAD
    room = width - look.symbol - _PAD - 3 * MM
    words = wrapped(cell.caption, look.style, room, 2)
    notes = wrapped(cell.note, Style.SMALL, room, 4) if cell.note else ()
    height = len(words) * look.style.leading + len(notes) * Style.SMALL.leading + Style.PROOF.leading + 3
    y = top + (look.height - height) / 2
    for line in words:
        y += look.style.leading
        press.text(left, y - look.style.leading * 0.24, look.style, line)
    for line in notes:
        y += Style.SMALL.leading
        press.text(left, y - 1.6, Style.SMALL, line, GREY)
    y += Style.PROOF.leading + 3
    press.text(left, y - 1.6, Style.PROOF, cut(plain(cell.tag, Style.PROOF), Style.PROOF, room), GREY)


def _symbol(content: str, side: float) -> tuple[Matrix, float]:
    """The symbol and its side: whole where it is at least as coarse as a scanner at arm's length needs."""
    made = matrix(content)
    module = min(side / made.side, _MODULE[1])
    if module < _MODULE[0]:
        raise Refusal(Refused.LABEL_DOES_NOT_FIT, field="tag", value=content[:200])
    return made, module * made.side
