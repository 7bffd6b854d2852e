"""The flow of one paper: what was set so far, and what stands on every page around it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from dockmark.documents.draw import POINTS_PER_MM as MM
from dockmark.documents.matrix import matrix
from dockmark.documents.paper.house import House
from dockmark.documents.paper.press import ACCENT, GREY, HAIR, INK, WHITE, Imprint, Press
from dockmark.documents.paper.qr import qr
from dockmark.documents.paper.type import Style, cut, plain, width_of, wrapped
from dockmark.wording import _

_SIDE: Final = 18 * MM
_TOP: Final = 14 * MM
_FOOT: Final = 11 * MM
_QR: Final = 15.5 * MM
_LINE: Final = 7.5 * MM
"""Height of the foot where there is nothing to prove."""
_TAG: Final = 12 * MM
_LOGO: Final = (52 * MM, 15 * MM)
_SMALL_LOGO: Final = (30 * MM, 6.5 * MM)
_GAP: Final = 3 * MM


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What a paper says of itself: title, number, time, marks, and what proves it."""

    title: str
    number: str
    made_us: int
    subject: str = ""
    copy: int = 1
    """2 and more for a reprint, and every page says so."""
    void: bool = False
    preliminary: bool = False
    unissued: bool = False
    """A look at it: nothing was recorded, nothing proves it."""
    checkpoint: str = ""
    is_tool: bool = False
    """A sheet to work with: the letterhead makes room for it."""
    remark: str = ""
    """What has to be said of this very copy."""
    tag: str = ""
    """What a scanner shall say of this paper."""

    @property
    def marks(self) -> tuple[str, ...]:
        """The words that every page bears where this is no plain first copy."""
        return tuple(
            word
            for word, so in (
                (_("VOID"), self.void),
                (_("PREVIEW"), self.unissued),
                (_("PRELIMINARY"), self.preliminary),
                (_("REPRINT {number}").format(number=self.copy), self.copy > 1),
            )
            if so
        )


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper as bytes."""

    content: bytes
    pages: int


class Flow:
    """Sets one thing below the other; turns the page where the next does not fit."""

    def __init__(self, front: Front, house: House, press: Press, pages: int = 0) -> None:
        self.front = front
        self.house = house
        self.forms = house.forms
        self.press = press
        self.left = _SIDE
        self.width = house.size.width - 2 * _SIDE
        proof = _QR if front.checkpoint or front.unissued else _LINE
        self.foot = house.size.height - _FOOT - proof - _GAP
        self.y = _TOP
        self._pages = pages
        self._headings = 0
        self._open_page()
        self._masthead()

    # -- the page -------------------------------------------------------------------------------------------------

    @property
    def room(self) -> float:
        """Height that is left on this page."""
        return self.foot - self.y

    def space(self, height: float) -> None:
        """Leaves that much free."""
        self.y += height

    def need(self, height: float) -> bool:
        """Turns the page unless that height is left; says whether it did."""
        if self.room >= height:
            return False
        self.turn()
        return True

    def turn(self) -> None:
        """The next page, with its running head."""
        self._close_page()
        self.press.turn()
        self._open_page()
        self._running_head()

    def end(self) -> int:
        """Ends the last page; says how many there are."""
        self._close_page()
        return self.press.page

    def _open_page(self) -> None:
        if self.front.void:
            self.press.watermark(plain(_("VOID"), Style.TITLE))
        elif self.front.unissued:
            self.press.watermark(plain(_("PREVIEW"), Style.TITLE))

    def _masthead(self) -> None:
        """Letterhead, then title at the left, number and day at the right."""
        self.y = _TOP
        self._letterhead()
        press, right = self.press, self.left + self.width
        press.rule(self.left, self.y, self.width, 1.4, ACCENT)
        self.y += 12 * MM
        title = cut(self.front.title, Style.TITLE, self.width * 0.58)
        press.mark("top", self.front.title)
        press.text(self.left, self.y, Style.TITLE, title)
        at = self.left + width_of(title, Style.TITLE) + 4 * MM
        for mark in self._marks():
            at += self._pill(at, self.y - 14, mark) + 2 * MM
        press.right(right, self.y - 8, Style.NAME, cut(self.front.number, Style.NAME, self.width * 0.4))
        press.right(right, self.y + 3, Style.BODY, self.forms.moment(self.front.made_us), GREY)
        if self.front.remark:
            self.y += 3
            for line in wrapped(self.front.remark, Style.SMALL, self.width * 0.7, 3):
                self.y += Style.SMALL.leading
                press.text(self.left, self.y, Style.SMALL, line, GREY)
        self.y += 8 * MM

    def _letterhead(self) -> None:
        house, press = self.house, self.press
        top, at = self.y, self.left
        height = 0.0
        box = _SMALL_LOGO if self.front.is_tool else _LOGO
        if house.logo:
            at += press.picture(at, top, box, house.logo) + 5 * MM
            height = box[1]
        tag_room = _TAG + 4 * MM if self.front.tag else 0.0
        room = self.left + self.width - tag_room - at
        y = top
        if house.name:
            y += Style.NAME.leading
            press.text(at, y - 3.6, Style.NAME, cut(house.name, Style.NAME, room))
        for line in () if self.front.is_tool else house.address[:6]:
            y += Style.SMALL.leading
            press.text(at, y - 2, Style.SMALL, cut(line, Style.SMALL, room), GREY)
        if self.front.tag:
            press.symbol(self.left + self.width - _TAG, top, _TAG, matrix(self.front.tag))
            height = max(height, _TAG)
        self.y = max(y, top + height) + 4 * MM

    def _marks(self) -> tuple[str, ...]:
        """The words that every page bears; in training before all others that nothing is real."""
        return ((_("TRAINING"), *self.front.marks)) if self.house.training else self.front.marks

    def _running_head(self) -> None:
        press, right = self.press, self.left + self.width
        self.y = _TOP + 8
        whose = f"{self.front.title} {self.front.number}"
        press.text(self.left, self.y, Style.STRONG, cut(whose, Style.STRONG, self.width * 0.5))
        at = self.left + self.width * 0.5 + 2 * MM
        for mark in self._marks():
            at += self._pill(at, self.y - 8.6, mark, Style.CAPTION) + 2 * MM
        press.right(right, self.y, Style.SMALL, cut(self.house.name, Style.SMALL, self.width * 0.24), GREY)
        self.y += 5
        press.rule(self.left, self.y, self.width, 0.6, ACCENT)
        self.y += 5 * MM

    def _pill(self, x: float, y: float, text: str, style: Style = Style.STRONG) -> float:
        """White words on a dark plate; how wide it is."""
        shown = plain(text, style)
        width = width_of(shown, style) + 9
        self.press.plate(x, y, width, style.leading + 4, INK)
        self.press.text(x + 4.5, y + style.leading, style, shown, WHITE)
        return width

    def _close_page(self) -> None:
        press, right = self.press, self.left + self.width
        top = self.foot + _GAP
        press.rule(self.left, top - _GAP / 2, self.width)
        at = self.left
        if self.front.checkpoint:
            press.symbol(at, top, _QR, qr(self.front.checkpoint))
            at += _QR + 4 * MM
            self._proof(at, top)
        told = _("Page {page} of {pages}").format(
            page=self.forms.count(press.page), pages=self.forms.count(self._pages or press.page)
        )
        press.right(right, top + 9, Style.STRONG, plain(told, Style.STRONG))
        press.right(right, top + 19, Style.SMALL, cut(self.front.number, Style.SMALL, 40 * MM), GREY)

    def _proof(self, x: float, top: float) -> None:
        press, room = self.press, self.width - _QR - 34 * MM
        head, _space, note = self.front.checkpoint.rpartition(" ")
        press.text(x, top + 7, Style.CAPTION, cut(_("Checkpoint of the signed ledger"), Style.CAPTION, room))
        press.text(x, top + 16, Style.PROOF, plain(head, Style.PROOF))
        press.text(x, top + 23.4, Style.PROOF, plain(note, Style.PROOF))
        says = _("Proves, with the ledger or a copy of it, that nothing recorded before was changed or left out.")
        for number, line in enumerate(wrapped(says, Style.SMALL, room, 2)):
            press.text(x, top + 33 + number * 8.4, Style.SMALL, line, GREY)

    # -- what a paper is made of ------------------------------------------------------------------------------------

    def heading(self, text: str, keep: float = 60.0) -> None:
        """The title of a section, which never stands alone at the foot of a page."""
        self.need(keep + Style.HEADING.leading)
        self.y += Style.HEADING.leading
        self._headings += 1
        self.press.mark(f"section{self._headings}", text)
        self.press.text(self.left, self.y, Style.HEADING, cut(text, Style.HEADING, self.width), ACCENT)
        self.y += 5

    def sentence(self, text: str, style: Style = Style.BODY) -> None:
        """Words that break over lines."""
        for line in wrapped(text, style, self.width * 0.86):
            self.need(style.leading)
            self.y += style.leading
            self.press.text(self.left, self.y - 2, style, line)
        self.y += 4

    def block(self, columns: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Parties side by side: a small caption, a name, lines below it."""
        across = self.width / max(len(columns), 1)
        room = across - 6 * MM
        heights = []
        self.need(22 * MM)
        for number, (caption, lines) in enumerate(columns):
            x, y = self.left + number * across, self.y + Style.CAPTION.leading
            self.press.text(x, y, Style.CAPTION, cut(caption, Style.CAPTION, room), GREY)
            for place, line in enumerate(lines):
                style = Style.BODY if place else Style.HEADING
                for piece in wrapped(line, style, room, 2):
                    y += style.leading
                    self.press.text(x, y, style, piece, GREY if place else INK)
            heights.append(y)
        self.y = max(heights, default=self.y) + 5 * MM

    def facts(self, pairs: Sequence[tuple[str, str]], across: int = 4) -> None:
        """Captions with their values, in columns under a hairline; what has no value is left out."""
        told = [(caption, value) for caption, value in pairs if value]
        width = self.width / across
        for start in range(0, len(told), across):
            row = [
                (caption, wrapped(value, Style.BODY, width - 4 * MM, 3))
                for caption, value in told[start : start + across]
            ]
            height = 8 + Style.CAPTION.leading + max(len(lines) for _caption, lines in row) * Style.BODY.leading + 4
            self.need(height)
            self.press.rule(self.left, self.y, self.width)
            for number, (caption, lines) in enumerate(row):
                x, y = self.left + number * width, self.y + 3 + Style.CAPTION.leading
                self.press.text(x, y, Style.CAPTION, cut(caption, Style.CAPTION, width - 4 * MM), GREY)
                for line in lines:
                    y += Style.BODY.leading
                    self.press.text(x, y + 0.6, Style.BODY, line)
            self.y += height
        if told:
            self.press.rule(self.left, self.y, self.width)
            self.y += 4 * MM

    def figures(self, pairs: Sequence[tuple[str, int]]) -> None:
        """The few counts that matter, large, side by side."""
        self.need(16 * MM)
        across = self.width / max(len(pairs), 5)
        for number, (caption, count) in enumerate(pairs):
            x = self.left + number * across
            self.press.text(x, self.y + 14, Style.FIGURE, self.forms.count(count), INK if count else HAIR)
            for line, words in enumerate(wrapped(caption, Style.CAPTION, across - 2 * MM, 2)):
                self.press.text(x, self.y + 24 + line * Style.CAPTION.leading, Style.CAPTION, words, GREY)
        self.y += 13 * MM

    def signatures(self, titles: Sequence[str], fields: Sequence[str]) -> None:
        """Lines to sign, one column for each person, kept on one page."""
        gap = 10 * MM
        across = (self.width + gap) / max(len(titles), 1)
        room = across - gap
        self.need((len(fields) * 9.5 + 8) * MM)
        for number, title in enumerate(titles):
            x, y = self.left + number * across, self.y + 10
            self.press.text(x, y, Style.STRONG, cut(title, Style.STRONG, room))
            for field in fields:
                y += 9.5 * MM
                self.press.rule(x, y, room, 0.6, GREY)
                self.press.text(x, y + 8, Style.CAPTION, cut(field, Style.CAPTION, room), GREY)
        self.y += (len(fields) * 9.5 + 8) * MM


def printed(front: Front, house: House, compose: Callable[[Flow], None]) -> Printed:
    """Composes a paper twice: to count its pages, then to draw them."""
    counting = Flow(front, house, Press(house.size))
    compose(counting)
    pages = counting.end()
    imprint = Imprint(
        house.size, title=f"{front.title} {front.number}".strip(), author=house.name, subject=front.subject,
        language=house.forms.language, made_us=front.made_us,
    )  # fmt: skip
    drawing = Flow(front, house, Press(house.size, imprint.canvas), pages)
    compose(drawing)
    if drawing.end() != pages:
        raise ValueError("what stands on a paper changed while it was drawn")
    return Printed(imprint.bytes(), pages)
