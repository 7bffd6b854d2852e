"""Two unrelated readers of Data Matrix, and what turns our output into pictures for them."""

import io
import subprocess
from pathlib import Path

import pylibdmtx.pylibdmtx as dmtx
import zxingcpp
from PIL import Image
from pylibdmtx.wrapper import DmtxProperty, dmtxDecodeCreate, dmtxDecodeSetProp

GS = "\x1d"


def picture(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("L")


def pages(pdf: bytes, folder: Path, dpi: int) -> list[Image.Image]:
    """The pages of a PDF as poppler draws them."""
    source = folder / "paper.pdf"
    source.write_bytes(pdf)
    subprocess.run(["pdftoppm", "-gray", "-r", str(dpi), "-png", source, folder / "page"], check=True)
    return [Image.open(each).convert("L") for each in sorted(folder.glob("page-*.png"))]


def text_of(pdf: bytes, folder: Path) -> str:
    source = folder / "words.pdf"
    source.write_bytes(pdf)
    told = subprocess.run(["pdftotext", "-layout", "-enc", "UTF-8", source, "-"], check=True, capture_output=True)
    return told.stdout.decode()


def by_zxing(image: Image.Image) -> list[str]:
    """What zxing-cpp reads, GS1 symbols marked as scanners mark them."""
    found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.DataMatrix)
    return [_marked(each.symbology_identifier) + each.bytes.decode("utf-8") for each in found]


def _marked(identifier: str) -> str:
    return identifier if identifier == "]d2" else ""


def by_libdmtx(image: Image.Image, most: int = 1) -> list[str]:
    """What libdmtx reads; it says FNC1 as GS, also the one that begins a GS1 symbol."""
    bright = image.point([0] * 128 + [255] * 128)
    found = [each.data.decode("utf-8") for each in dmtx.decode(bright, timeout=8000, max_count=most)]
    return [f"]d2{each[1:]}" if each.startswith(GS) else each for each in found]


def _with_separators(image: object, shrink: int) -> object:
    decoder = dmtxDecodeCreate(image, shrink)
    dmtxDecodeSetProp(decoder, DmtxProperty.DmtxPropFnc1, ord(GS))
    return decoder


dmtx.dmtxDecodeCreate = _with_separators  # its own interface cannot ask libdmtx to keep FNC1
