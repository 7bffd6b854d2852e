"""Sheets of scannable tags: commands, reasons, keypad, places, badges, orders, deliveries to practise with."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from dockmark.documents.draw import POINTS_PER_MM as MM
from dockmark.documents.draw import modules_path, pdf_canvas, pdf_font
from dockmark.documents.glyphs import Face, printable
from dockmark.documents.matrix import matrix
from dockmark.record.refusal import Refusal, Refused

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

PAGE: Final = (210 * MM, 297 * MM)
_MARGIN, _FOOT = 15 * MM, 287 * MM
_COLUMNS = 3
_WIDTH = (PAGE[0] - 2 * _MARGIN) / _COLUMNS
_HEIGHT = 29 * MM
_FIRST, _HEADING = 31 * MM, 11 * MM
_PAD, _SIDE = 3.5 * MM, 20 * MM
_TEXT_X = _PAD + _SIDE + 4 * MM
_TEXT_WIDTH = _WIDTH - _TEXT_X - 2 * MM
_MODULE_MM = (0.3, 1.0)
_SIZES = (16.0, 14.0, 12.0, 10.5, 9.0)
_LONGEST = 400
_GREY = 0.45


@dataclass(frozen=True, slots=True)
class TagCell:
    """One symbol: what the scanner shall say (a GS1 symbol where it begins with `]d2`), and what people read."""

    tag: str
    caption: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class TagGroup:
    """Symbols under one heading."""

    heading: str
    cells: Sequence[TagCell]


class _Placed(NamedTuple):
    """A heading or a cell at its place, from the top left of its page."""

    page: int
    x: float
    y: float
    what: str | TagCell


def tag_sheet(title: str, groups: Sequence[TagGroup]) -> bytes:
    """A4 pages of scannable symbols, as many as it takes; a heading is repeated where its group goes on."""
    things = list(_places(groups))
    pages = max((thing.page for thing in things), default=1)
    out = io.BytesIO()
    canvas = pdf_canvas(out, PAGE)
    canvas.setCreator("Dockmark")
    canvas.setViewerPreference("PrintScaling", "None")
    canvas.setTitle(printable(title[:_LONGEST], Face.BOLD))
    for page in range(1, pages + 1):
        _draw_head(canvas, title, f"{page} / {pages}")
        for thing in things:
            if thing.page == page:
                _draw(canvas, thing)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _places(groups: Sequence[TagGroup]) -> Iterator[_Placed]:
    """Rows from the top; a heading never stands alone at the foot of a page."""
    page, y = 1, _FIRST
    for group in groups:
        if y + _HEADING + _HEIGHT > _FOOT:
            page, y = page + 1, _FIRST
        yield _Placed(page, _MARGIN, y, group.heading)
        y += _HEADING
        for start in range(0, len(group.cells), _COLUMNS):
            if y + _HEIGHT > _FOOT:
                page, y = page + 1, _FIRST
                yield _Placed(page, _MARGIN, y, group.heading)
                y += _HEADING
            for column, cell in enumerate(group.cells[start : start + _COLUMNS]):
                yield _Placed(page, _MARGIN + column * _WIDTH, y, cell)
            y += _HEIGHT
        y += 3 * MM


def _draw_head(canvas: "Canvas", title: str, pages: str) -> None:
    canvas.setFillGray(0)
    _text(canvas, _MARGIN, 20 * MM, Face.BOLD, 20, _cut(canvas, title, Face.BOLD, 20, 155 * MM))
    canvas.setFillGray(_GREY)
    canvas.setFont(pdf_font(Face.SANS), 10)
    canvas.drawRightString(PAGE[0] - _MARGIN, PAGE[1] - 20 * MM, pages)
    canvas.setFillGray(0)
    canvas.rect(_MARGIN, PAGE[1] - 24 * MM, PAGE[0] - 2 * _MARGIN, 1.2, stroke=0, fill=1)


def _draw(canvas: "Canvas", thing: _Placed) -> None:
    if isinstance(thing.what, TagCell):
        _draw_cell(canvas, thing.x, thing.y, thing.what)
        return
    canvas.setFillGray(0)
    shown = _cut(canvas, thing.what, Face.BOLD, 12, PAGE[0] - 2 * _MARGIN)
    _text(canvas, thing.x, thing.y + 7 * MM, Face.BOLD, 12, shown)


def _draw_cell(canvas: "Canvas", x: float, y: float, cell: TagCell) -> None:
    """The symbol at the left, in its middle height; caption, note and the tag in letters beside it."""
    canvas.setStrokeGray(0.8)
    canvas.setLineWidth(0.5)
    canvas.rect(x, PAGE[1] - y - _HEIGHT, _WIDTH, _HEIGHT, stroke=1, fill=0)
    _draw_symbol(canvas, x + _PAD, y + (_HEIGHT - _SIDE) / 2, cell.tag)
    texts = _texts(canvas, cell)
    baseline = y + (_HEIGHT - sum([leading for _, _, leading, _, _ in texts])) / 2
    for face, size, leading, grey, text in texts:
        baseline += leading
        canvas.setFillGray(grey)
        _text(canvas, x + _TEXT_X, baseline - size * 0.25, face, size, text)


def _texts(canvas: "Canvas", cell: TagCell) -> list[tuple[Face, float, float, float, str]]:
    """The lines beside a symbol: face, size, leading, grey, text."""
    size, caption = _caption(canvas, cell.caption)
    texts = [(Face.BOLD, size, size * 1.1, 0.0, line) for line in caption]
    for number, line in enumerate(_wrapped(canvas, cell.note, Face.SANS, 8.5, 3)):
        texts.append((Face.SANS, 8.5, 10.0 if number else 12.5, 0.2, line))
    if cell.tag.isascii() and cell.tag.isprintable():
        tag = _cut(canvas, cell.tag, Face.MONO, 6.5, _TEXT_WIDTH)
        texts.append((Face.MONO, 6.5, 11.5, _GREY, tag))
    return texts


def _draw_symbol(canvas: "Canvas", x: float, y: float, content: str) -> None:
    made = matrix(content)
    low, high = _MODULE_MM
    module = min(high * MM, _SIDE / made.side)
    if module < low * MM:
        raise Refusal(Refused.LABEL_DOES_NOT_FIT, field="tag", value=content[:200])
    margin = (_SIDE - module * made.side) / 2
    foot = PAGE[1] - y - _SIDE + margin
    canvas.setFillGray(0)
    path = modules_path(made)
    canvas.addLiteral(f"q {module:.6f} 0 0 {module:.6f} {x + margin:.6f} {foot:.6f} cm\n{path} Q")


def _caption(canvas: "Canvas", caption: str) -> tuple[float, list[str]]:
    """The caption as large as it stands in two lines without a broken word."""
    for size in _SIZES:
        lines = _wrapped(canvas, caption, Face.BOLD, size, 2)
        if not lines or (
            not lines[-1].endswith("…") and " ".join(lines) == " ".join(printable(caption, Face.BOLD).split())
        ):
            return size, lines
    return size, lines


def _wrapped(canvas: "Canvas", text: str, face: Face, size: float, most: int) -> list[str]:
    """Lines broken between words; what is too much ends in "…"."""
    lines: list[str] = []
    words = printable(text[:_LONGEST], face).split()
    for number, word in enumerate(words):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and canvas.stringWidth(longer, pdf_font(face), size) <= _TEXT_WIDTH:
            lines[-1] = longer
        elif len(lines) < most:
            lines.append(word)
        else:
            lines[-1] = " ".join([lines[-1], *words[number:]])
            break
    return [_cut(canvas, line, face, size, _TEXT_WIDTH) for line in lines]


def _cut(canvas: "Canvas", text: str, face: Face, size: float, width: float) -> str:
    shown = printable(text[:_LONGEST], face)
    if canvas.stringWidth(shown, pdf_font(face), size) <= width:
        return shown
    while shown and canvas.stringWidth(f"{shown}…", pdf_font(face), size) > width:
        shown = shown[:-1]
    return shown.rstrip() + "…"


def _text(canvas: "Canvas", x: float, y: float, face: Face, size: float, text: str) -> None:
    canvas.setFont(pdf_font(face), size)
    canvas.drawString(x, PAGE[1] - y, text)
