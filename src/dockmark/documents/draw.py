"""Three ways to draw a layout: dots for printers, dots for screens, outlines for paper."""

import io
import struct
import zlib
from binascii import hexlify, unhexlify
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from dockmark.documents.glyphs import Bitmap, Face, Line, font_file
from dockmark.documents.layout import Drawing, Mark, Plate
from dockmark.documents.matrix import Matrix

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

POINTS_PER_MM: Final = 72 / 25.4


class Placed(NamedTuple):
    """A bitmap at its place on the label."""

    x: int
    y: int
    bitmap: Bitmap


def placed(drawing: Drawing) -> Iterator[Placed]:
    """The label as bitmaps: one for the symbol, one for each text and each plate. Where they overlap, ink adds up."""
    mark = drawing.mark
    yield Placed(mark.x, mark.y, mark_bitmap(mark))
    for plate in drawing.plates:
        yield Placed(plate.x, plate.y, plate_bitmap(plate))
    for line, baseline in drawing.lines:
        yield from placed_line(line, baseline)


def placed_line(line: Line, baseline: int) -> Iterator[Placed]:
    """The bitmaps of one line, blank ones left out."""
    for x, kind, text, _ in line.runs:
        bitmap = kind.bitmap(text)
        if bitmap.height:
            yield Placed(x + bitmap.left, baseline + bitmap.top, bitmap)


@cache
def _widened(module: int) -> tuple[bytes, ...]:
    """For eight modules, one byte, the hexadecimal digits of their dots."""
    wide = ["".join([bit * module for bit in f"{byte:08b}"]) for byte in range(256)]
    return tuple([b"%0*X" % (2 * module, int(dots, 2)) for dots in wide])


_DIGIT: Final = 4
"""Dots in a hexadecimal digit, and dots of a module at the most usual size: such a symbol is only written over."""
_DIGITS = bytes.maketrans(b"1", b"F")


def mark_bitmap(mark: Mark) -> Bitmap:
    """The symbol's modules as dots."""
    side, module = mark.matrix.side, mark.module
    across = -(-side // 8)
    pad = "0" * (across * 8 - side)
    modules = pad.join(mark.matrix.rows) + pad
    if module == _DIGIT:
        dots = modules.encode().translate(_DIGITS)
    else:
        dots = b"".join(map(_widened(module).__getitem__, int(modules, 2).to_bytes(across * side)))
    line = across * module * 2
    lines = [dots[at : at + line] * module for at in range(0, line * side, line)]
    return Bitmap(0, 0, across * module, side * module, b"".join(lines))


@cache
def plate_bitmap(plate: Plate) -> Bitmap:
    """A plate with its white words."""
    stride = -(-plate.width // 8) * 8
    page = _Page(stride, plate.height)
    page.rows = [((1 << plate.width) - 1) << (stride - plate.width)] * plate.height
    for line, baseline in plate.lines:
        for x, y, bitmap in placed_line(line, baseline):
            page.paint(x - plate.x, y - plate.y, bitmap, white=True)
    return Bitmap(0, 0, stride // 8, plate.height, hexlify(page.data()).upper())


class _Page:
    """A sheet of dots, one number a row."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.rows = [0] * height

    def paint(self, x: int, y: int, bitmap: Bitmap, *, white: bool = False) -> None:
        shift = self.width - x - bitmap.stride * 8
        inside = (1 << self.width) - 1
        dots = unhexlify(bitmap.hex)
        for row in range(bitmap.height):
            if 0 <= y + row < len(self.rows):
                ink = int.from_bytes(dots[row * bitmap.stride : (row + 1) * bitmap.stride])
                ink = (ink << shift if shift >= 0 else ink >> -shift) & inside
                self.rows[y + row] = self.rows[y + row] & ~ink if white else self.rows[y + row] | ink

    def data(self) -> bytes:
        across = -(-self.width // 8)
        return b"".join([(row << (across * 8 - self.width)).to_bytes(across) for row in self.rows])


def zpl(drawings: Iterable[Drawing]) -> bytes:
    """One format a label. All that came from data is a picture here: no text that a printer could take for orders."""
    return b"".join(map(_zpl_label, drawings))


def _zpl_label(drawing: Drawing) -> bytes:
    mark = drawing.mark
    head = f"^XA^PMN^LRN^LH0,0^PW{drawing.width}^LL{drawing.height}\n".encode()
    parts = [head, _zpl(mark.x, mark.y, mark_bitmap(mark))]
    parts += [_zpl(plate.x, plate.y, plate_bitmap(plate)) for plate in drawing.plates]
    for line, baseline in drawing.lines:
        drawn = line.drawn.get(baseline)
        if drawn is None:
            drawn = line.drawn[baseline] = b"".join([_zpl(*each) for each in placed_line(line, baseline)])
        parts.append(drawn)
    parts.append(b"^PQ1^XZ\n")
    return b"".join(parts)


def _zpl(x: int, y: int, bitmap: Bitmap) -> bytes:
    size = bitmap.stride * bitmap.height
    return b"^FO%d,%d^GFA,%d,%d,%d,%b^FS\n" % (x, y, size, size, bitmap.stride, bitmap.hex)


def png(drawings: Sequence[Drawing]) -> bytes:
    """One picture of pure black and white at the printer's resolution; several labels stand under one another."""
    width, height = drawings[0].width, sum([drawing.height for drawing in drawings])
    lines = bytearray()
    for drawing in drawings:
        page = _Page(width, drawing.height)
        for each in placed(drawing):
            page.paint(*each)
        across = -(-width // 8)
        dots = page.data()
        for row in range(drawing.height):
            lines += b"\0" + bytes([byte ^ 0xFF for byte in dots[row * across : (row + 1) * across]])
    per_metre = round(drawings[0].dots_per_mm * 1000)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)),
            _chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)),
            _chunk(b"IDAT", zlib.compress(bytes(lines), 6)),
            _chunk(b"IEND", b""),
        ]
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def modules_path(matrix: Matrix) -> str:
    """PDF operators that fill the dark modules in one path: a module is 1 wide, the lower left corner is 0 0."""
    parts = []
    for up, row in enumerate(reversed(matrix.rows)):
        x = 0
        for dark, group in groupby(row):
            length = len(list(group))
            if dark == "1":
                parts.append(f"{x} {up} {length} 1 re")
            x += length
    return "\n".join([*parts, "f"])


@cache
def pdf_font(face: Face) -> str:
    """The face's name in PDFs; its outlines are embedded, cut to the signs used."""
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    name = f"Dockmark-{face}"
    registerFont(TTFont(name, io.BytesIO(font_file(face))))
    return name


def pdf_canvas(out: io.BytesIO, page: tuple[float, float]) -> "Canvas":
    """Pages of this size in points, written there when the canvas is saved; equal for equal content."""
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    # The library's own setting, and its only one for this: pages as text of ASCII characters took a third of the time.
    rl_config.useA85 = 0
    return Canvas(out, pagesize=page, pageCompression=1, invariant=1)


def pdf(drawings: Iterable[Drawing], width_mm: float, height_mm: float) -> bytes:
    """One page a label, of the label's exact size; modules and text are outlines at the layout's dots."""
    out = io.BytesIO()
    page = (width_mm * POINTS_PER_MM, height_mm * POINTS_PER_MM)
    canvas = pdf_canvas(out, page)
    canvas.setCreator("Dockmark")
    canvas.setViewerPreference("PrintScaling", "None")
    for drawing in drawings:
        _pdf_label(canvas, drawing, page[1])
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _pdf_label(canvas: "Canvas", drawing: Drawing, height: float) -> None:
    dot = POINTS_PER_MM / drawing.dots_per_mm
    mark = drawing.mark
    side = mark.module * dot
    foot = height - (mark.y + mark.module * mark.matrix.side) * dot
    canvas.addLiteral(f"q {side:.6f} 0 0 {side:.6f} {mark.x * dot:.6f} {foot:.6f} cm\n{modules_path(mark.matrix)} Q")
    _pdf_text(canvas, drawing.lines, dot, height)
    for plate in drawing.plates:
        canvas.rect(plate.x * dot, height - (plate.y + plate.height) * dot, plate.width * dot, plate.height * dot, 0, 1)
        canvas.setFillGray(1)
        _pdf_text(canvas, plate.lines, dot, height)
        canvas.setFillGray(0)


def _pdf_text(canvas: "Canvas", lines: Iterable[tuple[Line, int]], dot: float, height: float) -> None:
    """The texts, stretched to the width that they have in dots."""
    text = canvas.beginText()
    for line, baseline in lines:
        for run in line.runs:
            if not run.width:
                continue
            name, size = pdf_font(run.kind.face), run.kind.size * dot
            text.setFont(name, size)
            text.setTextOrigin(run.x * dot, height - baseline * dot)
            natural = canvas.stringWidth(run.text, name, size)
            text.setHorizScale(100 * run.width * dot / natural if natural else 100)
            text.textOut(run.text)
    canvas.drawText(text)
