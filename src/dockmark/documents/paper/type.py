"""The type of papers: few sizes, measured widths, lines that break between words and, where they must, within."""

from enum import Enum
from functools import lru_cache
from typing import Final

from dockmark.documents.draw import pdf_font
from dockmark.documents.glyphs import Face, printable

LONGEST: Final = 4000
"""No text on a paper is looked at further than this."""

_ELLIPSIS: Final = "…"


class Style(Enum):
    """A face, a size in points and the distance from line to line."""

    TITLE = (Face.BOLD, 21.0, 25.0)
    FIGURE = (Face.BOLD, 16.0, 19.0)
    NAME = (Face.BOLD, 12.0, 15.0)
    HEADING = (Face.BOLD, 10.5, 14.0)
    STRONG = (Face.BOLD, 8.6, 10.8)
    BODY = (Face.SANS, 8.6, 10.8)
    SERIAL = (Face.MONO, 8.4, 10.8)
    SMALL = (Face.SANS, 7.2, 9.0)
    SMALL_MONO = (Face.MONO, 6.4, 8.2)
    CAPTION = (Face.BOLD, 6.6, 8.6)
    PROOF = (Face.MONO, 5.9, 7.4)

    def __init__(self, face: Face, size: float, leading: float) -> None:
        self.face = face
        self.size = size
        self.leading = leading


@lru_cache(maxsize=32768)
def width_of(text: str, style: Style) -> float:
    """How wide a text is that can be printed as it stands."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, pdf_font(style.face), style.size))


def plain(text: str, style: Style) -> str:
    """The text as it may be printed: one line, no sign that the face cannot draw."""
    return printable(text[:LONGEST], style.face)


def cut(text: str, style: Style, width: float) -> str:
    """The text in one line, ended by "…" where it is too wide."""
    shown = plain(text, style)
    if width_of(shown, style) <= width:
        return shown
    low, high = 0, len(shown)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(shown[:middle].rstrip() + _ELLIPSIS, style) <= width:
            low = middle
        else:
            high = middle - 1
    return shown[:low].rstrip() + _ELLIPSIS


@lru_cache(maxsize=4096)
def wrapped(text: str, style: Style, width: float, most: int = 0) -> tuple[str, ...]:
    """The text in lines, every sign of it; `most` lines, the last ended by "…", where that is not 0."""
    shown = plain(text, style)
    lines: list[str] = []
    for word in shown.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, style) <= width:
            lines[-1] = longer
            continue
        pieces = _pieces(word, style, width)
        if lines and len(pieces) > 1 and not lines[-1]:
            lines.pop()
        lines += pieces
    lines = [line for line in lines if line] or [""]
    if most and len(lines) > most:
        rest = " ".join(lines[most - 1 :])
        lines = [*lines[: most - 1], cut(f"{rest}{_ELLIPSIS}", style, width)]
    return tuple(lines)


def _pieces(word: str, style: Style, width: float) -> list[str]:
    """A word in as few lines as it needs, broken anywhere."""
    pieces = []
    while width_of(word, style) > width:
        low, high = 1, len(word)
        while low < high:
            middle = (low + high + 1) // 2
            if width_of(word[:middle], style) <= width:
                low = middle
            else:
                high = middle - 1
        pieces.append(word[:low])
        word = word[low:]
    return [*pieces, word]
