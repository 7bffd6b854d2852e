"""The plain baseline of labels: a PDF written by hand, the same symbol as one path and the same texts."""

import zlib
from collections.abc import Sequence
from itertools import groupby
from typing import Any

import zxingcpp

from dockmark.documents.facts import LabelFacts

_WIDTH, _HEIGHT = 141.73, 70.87
_MODULE = 1.06


def plain_pdf(labels: Sequence[LabelFacts]) -> bytes:
    """One page a label."""
    out, starts = bytearray(b"%PDF-1.4\n"), list[int]()
    pages = range(4, 4 + 2 * len(labels), 2)
    kids = " ".join(f"{page} 0 R" for page in pages)
    _add(out, starts, b"<</Type/Catalog/Pages 2 0 R>>")
    _add(out, starts, f"<</Type/Pages/Count {len(labels)}/Kids[{kids}]>>".encode())
    _add(out, starts, b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    for page, facts in zip(pages, labels, strict=True):
        _add(
            out, starts,
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {_WIDTH} {_HEIGHT}]/Contents {page + 1} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>".encode(),
        )  # fmt: skip
        drawn = zlib.compress(f"{_symbol(facts)}\n{_words(facts)}".encode("latin-1", "replace"))
        _add(out, starts, b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(drawn), drawn))
    foot = len(out)
    lines = "".join(f"{start:010d} 00000 n \n" for start in starts)
    size = len(starts) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n{lines}trailer<</Size {size}/Root 1 0 R>>\n".encode()
    out += b"startxref\n%d\n%%%%EOF\n" % foot
    return bytes(out)


def _add(out: bytearray, starts: list[int], data: bytes) -> None:
    starts.append(len(out))
    out += b"%d 0 obj\n%b\nendobj\n" % (len(starts), data)


def _symbol(facts: LabelFacts) -> str:
    elements = f"[01]{facts.gtin.zfill(14)}[17]281130[21]{facts.serial}[10]{facts.lot}"
    text = elements if facts.gtin else facts.unit_tag
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix, gs1=bool(facts.gtin), force_square=True)
    image: Any = made.to_image(scale=1, add_quiet_zones=False)  # its type hints know of no buffer
    rows: Any = memoryview(image).tolist()
    bars = []
    for up, row in enumerate(reversed(rows)):
        x = 0
        for value, run in groupby(row):
            length = len(list(run))
            if not value:
                bars.append(f"{x} {up} {length} 1 re")
            x += length
    return f"q {_MODULE} 0 0 {_MODULE} 4 4 cm\n{' '.join(bars)} f Q"


def _words(facts: LabelFacts) -> str:
    lines = (
        facts.part_number, facts.description, f"S/N {facts.serial}", f"LOT {facts.lot}  EXP {facts.expiry}",
        f"OWN {facts.owner}",
    )  # fmt: skip
    shown = " 0 -9 Td ".join(f"({_escaped(line)}) Tj" for line in lines)
    return f"BT /F1 8 Tf 48 60 Td {shown} ET"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
