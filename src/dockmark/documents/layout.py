"""The one layout of a label, in whole printer dots: ZPL, PDF and PNG draw what it says and decide nothing.

The symbol and every field that must be whole are whole, or the label is refused; other fields end in "…".
"""

from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil, floor
from typing import Final, NamedTuple

from dockmark.documents.facts import LabelFacts, gtin14, symbol_content
from dockmark.documents.glyphs import CAP, Face, Type, printable, type_of
from dockmark.documents.matrix import GS1_MARK, Matrix, matrix
from dockmark.documents.template import ColumnForm, FieldForm, FieldName, StampForm, SymbolForm, Template
from dockmark.record.refusal import Refusal, Refused

DOTS_PER_MM: Final = {203: 8.0, 300: 300 / 25.4, 600: 600 / 25.4}
"""What printers sold by these names really have."""

_ELLIPSIS = "…"
_LONGEST = 400
_STEPS = 3
_LEADING_MM = 0.8
_CELL_GAP_MM = 0.75


class Run(NamedTuple):
    """One line of text: origin on the baseline, counted from the label's top left."""

    x: int
    y: int
    face: Face
    size: int
    text: str
    width: int


class Plate(NamedTuple):
    """A black plate; its runs are white and counted from the label's top left like all others."""

    x: int
    y: int
    width: int
    height: int
    runs: tuple[Run, ...]


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
    runs: tuple[Run, ...]
    plates: tuple[Plate, ...]


def lay_out(template: Template, facts: LabelFacts, dpi: int) -> Drawing:
    """Place everything, or refuse by the name of the field that does not fit whole."""
    if dpi not in DOTS_PER_MM:
        raise Refusal(Refused.BAD_VALUE, field="dpi", value=dpi)
    scale = DOTS_PER_MM[dpi]
    content = symbol_content(facts)
    texts = _texts(facts, content)
    return Drawing(
        width=floor(template.width_mm * scale),
        height=floor(template.height_mm * scale),
        dots_per_mm=scale,
        mark=_mark(template.symbol, content, scale),
        runs=_column(template, texts, scale),
        plates=(_stamp(template.stamp, scale),) if template.stamp and facts.held else (),
    )


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


def _mark(form: SymbolForm, content: str, scale: float) -> Mark:
    """The symbol with the largest modules that fit its square."""
    made = matrix(content)
    low, high = form.module_mm
    module = min(floor(high * scale + 1e-6), floor(form.side_mm * scale) // made.side)
    if module < ceil(low * scale - 1e-6):
        raise Refusal(Refused.LABEL_DOES_NOT_FIT, field="symbol", value=content[:200])
    return Mark(round(form.x_mm * scale), round(form.y_mm * scale), module, made, content)


@lru_cache(maxsize=64)
def _stamp(form: StampForm, scale: float) -> Plate:
    """The plate with its words centred, one under the other, the space shared equally above, between and below."""
    x, y = round(form.x_mm * scale), round(form.y_mm * scale)
    width, height = round(form.width_mm * scale), round(form.height_mm * scale)
    words = [(printable(word.text), type_of(word.face, size_of(word.cap_mm, scale))) for word in form.words]
    free = height - sum([kind.cap for _, kind in words])
    runs, baseline = [], float(y)
    for text, kind in words:
        baseline += free / (len(words) + 1) + kind.cap
        across = kind.width(text)
        if free <= 0 or across > width:
            raise Refusal(Refused.LABEL_DOES_NOT_FIT, field=form.field, value=text)
        runs.append(Run(x + (width - across) // 2, round(baseline), kind.face, kind.size, text, across))
    return Plate(x, y, width, height, tuple(runs))


@lru_cache(maxsize=1024)
def size_of(cap_mm: float, scale: float) -> int:
    """The size in dots whose capitals are at least so high."""
    return ceil(cap_mm * scale / CAP)


class Fitted(NamedTuple):
    """A text that fits: its size, what of it is shown, how wide it is."""

    size: int
    text: str
    width: int


@lru_cache(maxsize=8192)
def fitted(text: str, face: Face, large: int, small: int, width: int) -> Fitted:
    """The text as large as it fits between two sizes; cut, and ended by "…", where even the smaller is too wide."""
    text = printable(text[:_LONGEST])
    for step in range(_STEPS + 1):
        kind = type_of(face, large - (large - small) * step // _STEPS)
        across = kind.width(text)
        if across <= width:
            return Fitted(kind.size, text, across)
    shown, end = text, kind.width(_ELLIPSIS)
    while shown and across + end > width:
        across -= kind.width(shown[-1])
        shown = shown[:-1]
    shown = shown.rstrip() + _ELLIPSIS
    return Fitted(kind.size, shown, kind.width(shown))


def wrapped(text: str, kind: Type, width: int, most: int) -> list[str]:
    """The whole text in the fewest lines of nearly one length; empty where it needs more than `most`."""
    for count in range(1, most + 1):
        even = min(width, kind.width(text) // count + kind.size)
        lines = _broken(text, kind, even)
        if len(lines) <= count and all(kind.width(line) <= width for line in lines):
            return lines
    return []


def _broken(text: str, kind: Type, width: int) -> list[str]:
    lines, line, across = [], "", 0
    for sign in text:
        step = kind.width(sign)
        if line and across + step > width:
            lines.append(line)
            line, across = "", 0
        line += sign
        across += step
    return [*lines, line]


class _Piece(NamedTuple):
    """Text at its place in the column, before its row has a height."""

    x: int
    face: Face
    text: Fitted


@dataclass(slots=True)
class _Row:
    """Texts that share a baseline."""

    gap: int
    cap: int
    pieces: list[_Piece] = field(default_factory=list)


def _column(template: Template, texts: dict[FieldName, str], scale: float) -> tuple[Run, ...]:
    """The column: roomy where it can be, then without what is spare, then with the smallest letters."""
    height = round(template.column.height_mm * scale)
    for spare, tight in ((True, False), (False, False), (False, True)):
        column = _Column(template.column, scale, tight)
        for form in template.fields:
            if texts[form.field] and (spare or not form.spare):
                column.add(form, texts[form.field])
        if column.needed() <= height:
            break
    else:
        raise Refusal(Refused.LABEL_DOES_NOT_FIT, field="serial", value=texts["serial"][:200])
    return column.runs(round(template.column.x_mm * scale), round(template.column.y_mm * scale), height)


class _Column:
    """Rows of text under one another."""

    def __init__(self, form: ColumnForm, scale: float, tight: bool) -> None:
        self._scale = scale
        self._tight = tight
        self._width = round(form.width_mm * scale)
        self._half = self._width // 2
        self._gutter = round(form.title_mm * scale)
        self._title_size = size_of(form.title_cap_mm, scale)
        self._gap = round(_CELL_GAP_MM * scale)
        self._rows: list[_Row] = []
        self._foot: _Row | None = None
        self._corner: _Piece | None = None
        self._open_half: _Row | None = None

    def add(self, form: FieldForm, text: str) -> None:
        """Take one field in, where its form says."""
        if form.place == "cell":
            self._add_cell(form, text)
        elif form.place == "corner":
            size = size_of(form.cap_mm[0], self._scale)
            shown = fitted(f"{form.title} {text}".strip(), form.face, size, size, self._half)
            self._corner = _Piece(self._width - shown.width, form.face, shown)
        elif form.place == "foot":
            large, small = self._sizes(form)
            row = self._row(form, fitted(text, form.face, large, small, self._width), 0)
            self._foot = row
        else:
            self._add_line(form, text)

    def _add_line(self, form: FieldForm, text: str) -> None:
        at = self._gutter if form.title else 0
        width = self._width - at
        if self._corner and not self._rows:
            width -= self._corner.text.width + self._gap
        large, small = self._sizes(form)
        shown = fitted(text, form.face, large, small, width)
        if not form.whole or shown.text == printable(text):
            row = self._row(form, shown, at)
            self._rows.append(self._titled(row, form, 0))
            return
        kind = type_of(form.face, small)
        lines = wrapped(printable(text), kind, width, form.lines) if len(text) <= _LONGEST else []
        if not lines:
            raise Refusal(Refused.LABEL_DOES_NOT_FIT, field=form.field, value=text[:200])
        for number, line in enumerate(lines):
            row = self._row(form, Fitted(small, line, kind.width(line)), at)
            if number:
                row.gap = ceil(small * (1 - CAP) * 0.9)
            self._rows.append(row if number else self._titled(row, form, 0))

    def _add_cell(self, form: FieldForm, text: str) -> None:
        at = self._gutter if form.title else 0
        large, small = self._sizes(form)
        shown = fitted(text, form.face, large, small, self._width - at)
        across = at + shown.width
        row, self._open_half = self._open_half, None
        if row and across <= self._half:
            row.pieces.append(_Piece(self._half + at, form.face, shown))
            self._titled(row, form, self._half)
            return
        row = self._titled(self._row(form, shown, at), form, 0)
        self._rows.append(row)
        self._open_half = row if across <= self._half - self._gap else None

    def _sizes(self, form: FieldForm) -> tuple[int, int]:
        large, small = form.cap_mm
        return size_of(small if self._tight else large, self._scale), size_of(small, self._scale)

    def _row(self, form: FieldForm, shown: Fitted, x: int) -> _Row:
        cap = type_of(form.face, shown.size).cap
        return _Row(round(form.gap_mm * self._scale), cap, [_Piece(x, form.face, shown)])

    def _titled(self, row: _Row, form: FieldForm, x: int) -> _Row:
        if form.title:
            size = self._title_size
            row.pieces.append(_Piece(x, Face.SANS, fitted(form.title, Face.SANS, size, size, self._gutter)))
        return row

    def needed(self) -> int:
        """The least height in dots."""
        foot = self._foot.gap + self._foot.cap if self._foot else 0
        return sum([row.gap + row.cap for row in self._rows]) + foot

    def runs(self, x: int, y: int, height: int) -> tuple[Run, ...]:
        """Everything at its place; height to spare becomes a little more leading."""
        gaps = max(len(self._rows) - (0 if self._foot else 1), 1)
        leading = min((height - self.needed()) // gaps, round(_LEADING_MM * self._scale))
        runs: list[Run] = []
        baseline = y
        for number, row in enumerate(self._rows):
            baseline += row.cap + (row.gap + leading if number else 0)
            runs += [Run(x + at, baseline, face, *text) for at, face, text in row.pieces]
            if number == 0 and self._corner:
                runs.append(self._cornered(x, y))
        for at, face, text in self._foot.pieces if self._foot else ():
            runs.append(Run(x + at, y + height, face, *text))
        return tuple(runs)

    def _cornered(self, x: int, y: int) -> Run:
        assert self._corner is not None
        at, face, text = self._corner
        return Run(x + at, y + type_of(face, text.size).cap, face, *text)
