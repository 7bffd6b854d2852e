"""The one layout of a label, in whole printer dots: ZPL, PDF and PNG draw what it says and decide nothing.

The symbol and every field that must be whole are whole, or the label is refused; other fields end in "…".
"""

from functools import lru_cache
from math import ceil, floor
from typing import Final, NamedTuple

from dockmark.documents.column import Column
from dockmark.documents.facts import LabelFacts, gtin14, symbol_content
from dockmark.documents.glyphs import Line, Run, printable, size_of, type_of
from dockmark.documents.matrix import GS1_MARK, Matrix, matrix
from dockmark.documents.template import FieldName, StampForm, SymbolForm, Template
from dockmark.record.refusal import Refusal, Refused

DOTS_PER_MM: Final = {203: 8.0, 300: 300 / 25.4, 600: 600 / 25.4}
"""What printers sold by these names really have."""


class Plate(NamedTuple):
    """A black plate; its lines are white, and counted from the label's top left like all others."""

    x: int
    y: int
    width: int
    height: int
    lines: tuple[tuple[Line, int], ...]


class Mark(NamedTuple):
    """The symbol, one module so many dots wide and high."""

    x: int
    y: int
    module: int
    matrix: Matrix
    content: str


class Drawing(NamedTuple):
    """A label ready to be drawn."""

    width: int
    height: int
    dots_per_mm: float
    mark: Mark
    lines: list[tuple[Line, int]]
    plates: tuple[Plate, ...]


class Layout:
    """A template at one resolution: lays out label after label."""

    def __init__(self, template: Template, dpi: int) -> None:
        if dpi not in DOTS_PER_MM:
            raise Refusal(Refused.BAD_VALUE, field="dpi", value=dpi)
        self._scale = scale = DOTS_PER_MM[dpi]
        self._width, self._height = floor(template.width_mm * scale), floor(template.height_mm * scale)
        self._symbol = SymbolBox.of(template.symbol, scale)
        self._plates = (_stamp(template.stamp, scale),) if template.stamp else ()
        self._column = Column(template, scale)

    def lay_out(self, facts: LabelFacts) -> Drawing:
        """Place everything, or refuse by the name of the field that does not fit whole."""
        content = symbol_content(facts)
        mark = self._symbol.mark(content)
        lines = self._column.lines(_texts(facts, content))
        plates = self._plates if facts.held else ()
        return Drawing(self._width, self._height, self._scale, mark, lines, plates)


@lru_cache(maxsize=4)
def layout_of(template: Template, dpi: int) -> Layout:
    """The layout of a template at one resolution, with the rows that it made so far."""
    return Layout(template, dpi)


def _texts(facts: LabelFacts, content: str) -> dict[FieldName, str]:
    """What each field of a template prints: the only formatters there are."""
    return {
        "part_number": facts.part_number,
        "description": facts.description,
        "serial": facts.serial,
        "lot": facts.lot,
        "expiry": facts.expiry,
        "quantity": str(facts.quantity) if facts.quantity != 1 else "",
        "owner": facts.owner,
        "maker": facts.maker,
        "received": facts.received,
        "copy": str(facts.copy) if facts.copy > 1 else "",
        "symbol_text": f"GTIN {gtin14(facts.gtin)}" if content.startswith(GS1_MARK) else content,
    }


class SymbolBox(NamedTuple):
    """The square for the symbol, and how many dots a module may have."""

    x: int
    y: int
    side: int
    low: int
    high: int

    @classmethod
    def of(cls, form: SymbolForm, scale: float) -> "SymbolBox":
        """In the dots of a printer; a module is never smaller or larger than the template says."""
        low, high = form.module_mm
        side = floor(form.side_mm * scale + 1e-6)
        x, y = round(form.x_mm * scale), round(form.y_mm * scale)
        return cls(x, y, side, ceil(low * scale - 1e-6), floor(high * scale + 1e-6))

    def mark(self, content: str) -> Mark:
        """The symbol with the largest modules that fit."""
        made = matrix(content)
        module = min(self.high, self.side // made.side)
        if module < self.low:
            raise Refusal(Refused.LABEL_DOES_NOT_FIT, field="symbol", value=content[:200])
        return Mark(self.x, self.y, module, made, content)


def _stamp(form: StampForm, scale: float) -> Plate:
    """The plate with its words centred, one under the other, the space shared equally above, between and below."""
    x, y = round(form.x_mm * scale), round(form.y_mm * scale)
    width, height = round(form.width_mm * scale), round(form.height_mm * scale)
    words = [(printable(word.text, word.face), type_of(word.face, size_of(word.cap_mm, scale))) for word in form.words]
    free = height - sum([kind.cap for _, kind in words])
    lines, baseline = [], float(y)
    for text, kind in words:
        baseline += free / (len(words) + 1) + kind.cap
        across = kind.width(text)
        if free <= 0 or across > width:
            raise Refusal(Refused.LABEL_DOES_NOT_FIT, field=form.field, value=text)
        lines.append((Line(Run(x + (width - across) // 2, kind, text, across)), round(baseline)))
    return Plate(x, y, width, height, tuple(lines))
