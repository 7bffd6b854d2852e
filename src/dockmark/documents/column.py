"""The column of text on a label: what fits how large, where lines break, how rows share the height."""

from collections.abc import Sequence
from math import ceil
from typing import Final, NamedTuple

from dockmark.documents.glyphs import CAP, Face, Line, Run, Type, printable, size_of, type_of
from dockmark.documents.template import FieldForm, FieldName, Template
from dockmark.record.refusal import Refusal, Refused

_ELLIPSIS = "…"
_LONGEST: Final = 400
"""No text of a label is looked at further than this."""

_STEPS = 3
_LEADING_MM = 0.8
_CELL_GAP_MM = 0.75
_KEPT = 2500
"""Rows kept ready: those of a delivery of a thousand units, printed and then filed as PDF."""

Texts = dict[FieldName, str]


def fitted(text: str, kinds: Sequence[Type], width: int) -> tuple[Type, str, int]:
    """The text as large as it fits, and how wide it is; cut, and ended by "…", where even the smallest is too wide."""
    for kind in kinds:
        across = kind.width(text)
        if across <= width:
            return kind, text, across
    kind, shown = kinds[-1], text
    across, end = kind.width(text), kind.width(_ELLIPSIS)
    while shown and across + end > width:
        across -= kind.width(shown[-1])
        shown = shown[:-1]
    shown = shown.rstrip() + _ELLIPSIS
    return kind, shown, kind.width(shown)


def wrapped(text: str, kind: Type, width: int, most: int) -> list[str]:
    """The whole text in the fewest lines, of nearly one length; empty where it needs more than `most`."""
    for count in range(1, most + 1):
        lines = _broken(text, kind, min(width, kind.width(text) // count + kind.size))
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


class _Row(NamedTuple):
    """Texts that share a baseline: the gap above it, its height, its texts, how far they reach in the column."""

    gap: int
    cap: int
    line: Line
    reach: int


def _kinds(form: FieldForm, scale: float) -> tuple[Type, ...]:
    """The sizes to try, from the largest to the smallest."""
    large, small = (size_of(cap, scale) for cap in form.cap_mm)
    sizes = [large - (large - small) * step // _STEPS for step in range(_STEPS + 1)]
    return tuple([type_of(form.face, size) for size in dict.fromkeys(sizes)])


class Column:
    """Lays out the texts of label after label; rows that come again are kept."""

    def __init__(self, template: Template, scale: float) -> None:
        form = template.column
        self._fields = template.fields
        self._scale = scale
        self._x, self._y = round(form.x_mm * scale), round(form.y_mm * scale)
        self._width, self._height = round(form.width_mm * scale), round(form.height_mm * scale)
        self._half = self._width // 2
        self._gap = round(_CELL_GAP_MM * scale)
        self._gutter = round(form.title_mm * scale)
        self._leading = round(_LEADING_MM * scale)
        title = (type_of(Face.SANS, size_of(form.title_cap_mm, scale)),)
        self._titles = {
            each.field: Run(self._x, *fitted(printable(each.title, Face.SANS), title, self._gutter))
            for each in template.fields
            if each.title
        }
        self._kinds = {each.field: _kinds(each, scale) for each in template.fields}
        self._kept: dict[tuple[FieldName, str, int, bool], list[_Row]] = {}
        self._joins: dict[tuple[Line, Line], _Row] = {}

    def lines(self, texts: Texts) -> list[tuple[Line, int]]:
        """Roomy where the height allows it, then without what is spare, then with the smallest letters."""
        for spare, tight in ((True, False), (False, False), (False, True)):
            forms = [form for form in self._fields if texts[form.field] and (spare or not form.spare)]
            rows, foot, corner = self._rows(forms, texts, tight)
            free = self._height
            for gap, cap, _, _ in (*rows, *foot):
                free -= gap + cap
            if free >= 0:
                return self._placed(rows, foot, free) + corner
        raise Refusal(Refused.LABEL_DOES_NOT_FIT, field="serial", value=texts["serial"][:200])

    def _rows(
        self, forms: list[FieldForm], texts: Texts, tight: bool
    ) -> tuple[list[_Row], list[_Row], list[tuple[Line, int]]]:
        """The rows from the top, the one at the foot, and what stands in the corner."""
        corner = [self._cornered(form, texts[form.field]) for form in forms if form.place == "corner"]
        taken = corner[0][0].width + self._gap if corner else 0
        rows: list[_Row] = []
        foot: list[_Row] = []
        beside = False
        for form in forms:
            text = texts[form.field]
            if form.place == "line":
                rows += self._lines(form, text, 0 if rows else taken, tight)
                beside = False
            elif form.place == "foot":
                foot = self._lines(form, text, 0, tight)
            elif form.place == "cell":
                cell = self._lines(form, text, 0, tight)[0]
                if beside and cell.reach <= self._half:
                    rows[-1] = self._joined(rows[-1], cell)
                    beside = False
                else:
                    rows.append(cell)
                    beside = cell.reach <= self._half - self._gap
        return rows, foot, [(Line(run), y) for run, y in corner]

    def _joined(self, left: _Row, right: _Row) -> _Row:
        key = (left.line, right.line)
        row = self._joins.get(key)
        if row is None:
            moved = [run._replace(x=run.x + self._half) for run in right.line.runs]
            row = _Row(left.gap, max(left.cap, right.cap), Line(*left.line.runs, *moved), self._width)
            self._joins[key] = row
        return row

    def _cornered(self, form: FieldForm, text: str) -> tuple[Run, int]:
        wanted = printable(f"{form.title} {text}", form.face)
        kind, shown, across = fitted(wanted, self._kinds[form.field], self._half)
        return Run(self._x + self._width - across, kind, shown, across), self._y + kind.cap

    def _lines(self, form: FieldForm, text: str, taken: int, tight: bool) -> list[_Row]:
        """The rows of one field, from the ones kept where it was laid out before."""
        key = (form.field, text, taken, tight)
        rows = self._kept.get(key)
        if rows is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
                self._joins.clear()
            rows = self._kept[key] = self._made(form, text, taken, tight)
        return rows

    def _made(self, form: FieldForm, text: str, taken: int, tight: bool) -> list[_Row]:
        at = self._gutter if form.title else 0
        width = self._width - at - taken
        kinds = self._kinds[form.field]
        wanted = printable(text[:_LONGEST], form.face)
        kind, shown, across = fitted(wanted, kinds[-1:] if tight else kinds, width)
        lines = [(shown, across)]
        if form.whole and (shown is not wanted or len(text) > _LONGEST):
            lines = [(line, kind.width(line)) for line in wrapped(wanted, kind, width, form.lines)]
            if not lines or len(text) > _LONGEST:
                raise Refusal(Refused.LABEL_DOES_NOT_FIT, field=form.field, value=text[:200])
        rows: list[_Row] = []
        gap = round(form.gap_mm * self._scale)
        for line, across in lines:
            runs = [Run(self._x + at, kind, line, across)]
            if form.title and not rows:
                runs.append(self._titles[form.field])
            rows.append(_Row(gap, kind.cap, Line(*runs), at + across))
            gap = ceil(kind.size * (1 - CAP) * 0.9)
        return rows

    def _placed(self, rows: list[_Row], foot: list[_Row], free: int) -> list[tuple[Line, int]]:
        """Every line on its baseline; height to spare becomes a little more leading."""
        gaps = len(rows) - 1 + len(foot)
        leading = min(free // gaps, self._leading) if gaps > 0 else 0
        lines = []
        baseline = self._y - leading - (rows[0].gap if rows else 0)
        for gap, cap, line, _ in rows:
            baseline += leading + gap + cap
            lines.append((line, baseline))
        return lines + [(row.line, self._y + self._height) for row in foot]
