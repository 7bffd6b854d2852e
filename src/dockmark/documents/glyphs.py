"""The typefaces of labels and sheets, measured and drawn in whole printer dots.

One set of advances, that of the hinted bitmaps, decides what fits; the PDF stretches its outlines by the last
per cent to the same width. So a label is the same label on every printer, whatever fonts the printer has.
"""

import io
import unicodedata
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

_REPLACEMENT = "\ufffd"
_ASCENT, _DEPTH, _BEARING = 1.1, 0.4, 0.35
_STEP = 64
"""Bitmaps are this many dots wide, or a multiple: few widths, so that glyphs are kept ready for each."""

_KEPT = 4096
"""Glyphs kept ready for one size: plenty for real labels, and text made of all of Unicode fills no memory."""


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
    """Dots in rows of whole bytes, the leftmost in the highest bit; `left` and `top` are seen from the text's origin."""

    left: int
    top: int
    stride: int
    height: int
    hex: str


@cache
def font_file(face: Face) -> bytes:
    """The bytes of the face's TrueType file."""
    return packed("fonts", _FILES[face]).read_bytes()


def printable(text: str) -> str:
    """The text as it may be printed: what has no picture of its own becomes a replacement character."""
    return text if text.isprintable() else "".join([_shown(sign) for sign in text])


def _shown(sign: str) -> str:
    if sign.isprintable():
        return sign
    return " " if unicodedata.category(sign) == "Zs" else _REPLACEMENT


class Type:
    """One face at one size, in dots."""

    def __init__(self, face: Face, size: int) -> None:
        self.face = face
        self.size = size
        self._font = ImageFont.truetype(io.BytesIO(font_file(face)), size, layout_engine=ImageFont.Layout.BASIC)
        self._advances: dict[str, int] = {}
        self._glyphs: dict[tuple[str, int], int] = {}
        self._rise = ceil(size * _ASCENT)
        self._height = self._rise + ceil(size * _DEPTH)
        self._bearing = ceil(size * _BEARING)

    @property
    def cap(self) -> int:
        """Height of a capital in dots."""
        return ceil(self.size * CAP)

    def width(self, text: str) -> int:
        """How far the pen moves."""
        try:
            return sum(map(self._advances.__getitem__, text))
        except KeyError:
            for sign in text:
                self._advances[sign] = round(self._font.getlength(sign, mode="1"))
            return sum(map(self._advances.__getitem__, text))

    def bitmap(self, text: str) -> Bitmap:
        """The text in dots, cut to its ink from above and below."""
        room = self.width(text) + 2 * self._bearing
        stride = ceil(room / _STEP) * _STEP
        ink, at = 0, 0
        for sign in text:
            glyph = self._glyphs.get((sign, stride))
            ink |= (self._drawn(sign, stride) if glyph is None else glyph) >> at
            at += self._advances[sign]
        if not ink:
            return Bitmap(0, 0, stride // 8, 0, "")
        above = self._height - ceil(ink.bit_length() / stride)
        below = ((ink & -ink).bit_length() - 1) // stride
        height = self._height - above - below
        dots = (ink >> below * stride).to_bytes(height * stride // 8)
        return Bitmap(-self._bearing, above - self._rise, stride // 8, height, dots.hex().upper())

    def _drawn(self, sign: str, stride: int) -> int:
        """The sign as one number, row by row, its origin a bearing from the left."""
        across = min(self._advances[sign] + 2 * self._bearing, stride)
        image = Image.new("1", (across, self._height))
        ImageDraw.Draw(image).text((self._bearing, self._rise), sign, fill=1, font=self._font, anchor="ls")
        line, dots, ink = ceil(across / 8), image.tobytes(), 0
        for row in range(self._height):
            bits = int.from_bytes(dots[row * line : (row + 1) * line]) >> (line * 8 - across)
            ink = ink << stride | bits << (stride - across)
        if len(self._glyphs) >= _KEPT:
            self._glyphs.clear()
        self._glyphs[sign, stride] = ink
        return ink


@cache
def type_of(face: Face, size: int) -> Type:
    """The face at that size, made once."""
    return Type(face, size)


@lru_cache(maxsize=4096)
def text_bitmap(face: Face, size: int, text: str) -> Bitmap:
    """The bitmap of a text; labels of one delivery share most of theirs."""
    return type_of(face, size).bitmap(text)
