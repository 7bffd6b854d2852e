"""The typefaces of labels and sheets, measured and drawn in whole printer dots.

One set of advances, that of the hinted bitmaps, decides what fits; the PDF stretches its outlines by the last
per cent to the same width. So a label is the same label on every printer, whatever fonts the printer has.
"""

import io
import unicodedata
from binascii import hexlify
from enum import StrEnum
from functools import cache, lru_cache
from math import ceil
from typing import Final, NamedTuple

from PIL import Image, ImageDraw, ImageFont

from dockmark.packed import packed

CAP: Final = 0.714
"""Height of a capital, as a part of the size, in all three faces."""

DESCENT: Final = 0.24
"""Depth of g, q, y below the baseline, as a part of the size."""

_ASCII = "".join(map(chr, range(32, 127)))
_REPLACEMENT = "\ufffd"
_NOWHERE = "\uffff"
"""No face has it, so its picture is the one for what is missing."""

_PROBE = 32
_ASCENT, _DEPTH, _BEARING = 1.07, 0.4, 0.35
_STEP = 32
"""Bitmaps are this many dots wide, or a multiple: few widths, so that glyphs are kept ready for each."""

_KEPT = 2048
"""Signs and pairs of them kept ready for one size; text made of all of Unicode fills no memory."""

_KEPT_TEXTS = 128


class Face(StrEnum):
    """A typeface. Mono tells 0 from O and 1 from I, and is for what people compare character by character."""

    MONO = "mono"
    SANS = "sans"
    BOLD = "bold"


_FILES = {
    Face.MONO: "NotoSansMono-CondensedBold.ttf",
    Face.SANS: "NotoSans-CondensedMedium.ttf",
    Face.BOLD: "NotoSans-CondensedBold.ttf",
}


class Bitmap(NamedTuple):
    """Dots in rows of whole bytes, the leftmost highest; `left` and `top` are seen from the text's origin."""

    left: int
    top: int
    stride: int
    height: int
    hex: bytes


@cache
def font_file(face: Face) -> bytes:
    """The bytes of the face's TrueType file."""
    return packed("fonts", _FILES[face]).read_bytes()


def printable(text: str, face: Face) -> str:
    """The text as it may be printed: a sign that this face has no picture for becomes a replacement character."""
    if text.isascii() and text.isprintable():
        return text
    return "".join([_shown(sign, face) for sign in text])


@lru_cache(maxsize=16384)
def _shown(sign: str, face: Face) -> str:
    if unicodedata.category(sign) == "Zs":
        return " "
    return sign if sign.isprintable() and type_of(face, _PROBE).pictures(sign) else _REPLACEMENT


class Type:
    """One face at one size, in dots."""

    def __init__(self, face: Face, size: int) -> None:
        self.face = face
        self.size = size
        self._font = ImageFont.truetype(io.BytesIO(font_file(face)), size, layout_engine=ImageFont.Layout.BASIC)
        self._advances: dict[str, int] = {}
        self._glyphs: dict[int, dict[str, tuple[int, int]]] = {}
        self._bitmaps: dict[str, Bitmap] = {}
        self._even = 0
        if self.width(_ASCII) == len(_ASCII) * self.width("0") and face is Face.MONO:
            self._even = self.width("0")
        self._rise = ceil(size * _ASCENT)
        self._height = self._rise + ceil(size * _DEPTH)
        self._bearing = ceil(size * _BEARING)

    @property
    def cap(self) -> int:
        """Height of a capital in dots."""
        return ceil(self.size * CAP)

    def width(self, text: str) -> int:
        """How far the pen moves."""
        if self._even and text.isascii():
            return self._even * len(text)
        try:
            return sum(map(self._advances.__getitem__, text))
        except KeyError:
            for sign in set(text) - self._advances.keys():
                self._advances[sign] = round(self._font.getlength(sign, mode="1"))
            return sum(map(self._advances.__getitem__, text))

    def pictures(self, sign: str) -> bool:
        """Whether the face has a picture of its own for a sign: not a blank, not the box for missing ones."""
        return self._drawn(sign, 4 * self.size) not in (0, self._drawn(_NOWHERE, 4 * self.size))

    def bitmap(self, text: str) -> Bitmap:
        """The text in dots, cut to its ink from above and below; labels of one delivery share most of theirs."""
        made = self._bitmaps.get(text)
        if made is None:
            if len(self._bitmaps) >= _KEPT_TEXTS:
                self._bitmaps.clear()
            made = self._bitmaps[text] = self._composed(text)
        return made

    def _composed(self, text: str) -> Bitmap:
        stride = -(-(self.width(text) + 2 * self._bearing) // _STEP) * _STEP
        glyphs = self._glyphs.setdefault(stride, {})
        ink = pen = 0
        for at in range(0, len(text), 2):
            pair = text[at : at + 2]
            glyph, across = glyphs.get(pair) or self._ready(pair, stride)
            ink |= glyph >> pen
            pen += across
        if not ink:
            return Bitmap(0, 0, stride // 8, 0, b"")
        above = self._height + -ink.bit_length() // stride
        below = ((ink & -ink).bit_length() - 1) // stride
        height = self._height - above - below
        dots = (ink >> below * stride).to_bytes(height * stride // 8)
        return Bitmap(-self._bearing, above - self._rise, stride // 8, height, hexlify(dots).upper())

    def _ready(self, signs: str, stride: int) -> tuple[int, int]:
        """One sign or a pair as one number, row by row, its origin a bearing from the left; and how wide it is."""
        glyphs = self._glyphs.setdefault(stride, {})
        made = glyphs.get(signs)
        if made is None:
            if len(signs) == 1:
                made = self._drawn(signs, stride), self.width(signs)
            else:
                (first, across), (second, rest) = self._ready(signs[0], stride), self._ready(signs[1], stride)
                made = first | second >> across, across + rest
            if len(glyphs) >= _KEPT:
                glyphs.clear()
            glyphs[signs] = made
        return made

    def _drawn(self, sign: str, stride: int) -> int:
        across = min(self.width(sign) + 2 * self._bearing, stride)
        image = Image.new("1", (across, self._height))
        ImageDraw.Draw(image).text((self._bearing, self._rise), sign, fill=1, font=self._font, anchor="ls")
        line, dots, ink = ceil(across / 8), image.tobytes(), 0
        for row in range(self._height):
            bits = int.from_bytes(dots[row * line : (row + 1) * line]) >> (line * 8 - across)
            ink = ink << stride | bits << (stride - across)
        return ink


@cache
def type_of(face: Face, size: int) -> Type:
    """The face at that size, made once."""
    return Type(face, size)


@cache
def size_of(cap_mm: float, scale: float) -> int:
    """The size in dots whose capitals are at least so high."""
    return ceil(cap_mm * scale / CAP)


class Run(NamedTuple):
    """One text: where it begins, counted from the label's left."""

    x: int
    kind: Type
    text: str
    width: int


class Line:
    """Texts that share a baseline, with the drawings made of them so far, by the height of the baseline."""

    __slots__ = ("drawn", "runs")

    def __init__(self, *runs: Run) -> None:
        self.runs = runs
        self.drawn: dict[int, bytes] = {}
