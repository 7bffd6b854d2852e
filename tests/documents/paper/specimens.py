"""Receipts of any length, for looking at and reading back."""

import io
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pypdf
from PIL import Image, ImageDraw

from dockmark.documents.paper.discrepancy import discrepancy_pdf
from dockmark.documents.paper.facts import (
    Counts,
    Enclosed,
    LineCheck,
    ReceiptBook,
    ReceiptHead,
    Refusal,
    UnitLine,
)
from dockmark.documents.paper.flow import Front, Printed
from dockmark.documents.paper.house import House, readable_logo
from dockmark.documents.paper.receipt import receipt_pdf
from dockmark.wording.forms import Forms

NOON = 1_795_435_200_000_000
CHECKPOINT = f"DMK1 0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b 12 2026-11-23T12:00:00Z {'MZXW6YTB' * 6}OI2D"
TAG = "DMDRC261123001A3FX"
FORMS = Forms("en", "", UTC)


def picture(side: int = 200) -> bytes:
    drawn = Image.new("RGBA", (side * 2, side), (0, 0, 0, 0))
    ImageDraw.Draw(drawn).ellipse((0, 0, side, side), fill=(11, 76, 134, 255))
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()


HOUSE = House(
    name="Northfield Component Repair Ltd", address=("Unit 7, Harbour Road", "Felixstowe IP11 4QT"),
    logo=readable_logo(picture()), forms=FORMS,
)  # fmt: skip


def unit(number: int, **more: object) -> UnitLine:
    told = {
        "number": number, "part": "PSU-1200-48", "description": "Power supply", "serial": f"SN-{number:06}",
        "lot": "L2641", "condition": "new", "place": "DOCK-1", "owner": "own", "at": NOON, "who": "Anna Almqvist",
    }  # fmt: skip
    return UnitLine(**{**told, **more})  # type: ignore[arg-type]  # a test's own keywords


def units(count: int) -> Iterator[UnitLine]:
    return (unit(number) for number in range(1, count + 1))


def book(count: int = 3, **more: object) -> ReceiptBook:
    head = ReceiptHead(
        id="0190", number="RC-261123-001-A3F", is_open=False, station="Dock 1", opened_at=NOON - 60_000_000,
        closed_at=NOON, partner="Helix Power Systems", partner_code="S-1042", order="PO-4711", asn="ASN-90210",
        sscc="350600014300004569", delivery_note="LS 118-4", place="DOCK-1", receivers=("Anna Almqvist",),
        counts=Counts(units=count, pieces=count, parts=1 if count else 0), tag=TAG,
        enclosed=(Enclosed(kind="certificate", name="form one.pdf", sha256="ab" * 32),),
    )  # fmt: skip
    told = {
        "head": head,
        "units": lambda: units(count),
        "lines": (
            LineCheck(name="PO-4711/1", part="PSU-1200-48", description="Power supply", wanted=6, here=3, come=4),
            LineCheck(name="PO-4711/2", part="FAN-120", wanted=1, here=3, come=3),
            LineCheck(name="PO-4711/3", part="FU-771", wanted=1200, here=1200, come=1200),
        ),
        "missing": lambda: [("PSU-1200-48", "SN-MISSING")],
        "refusals": lambda: [
            Refusal(
                at=NOON, who="Anna Almqvist", part="EN-1", serial="EN-0471", rule="not_on_asn", answer="accepted",
                reason="AGREED", note="by phone",
            ),
            Refusal(at=NOON, who="Ben", part="PSU-1200-48", serial="SN-OOO1", rule="look_alike", answer="skipped"),
        ],
    }  # fmt: skip
    return ReceiptBook(**{**told, **more})  # type: ignore[arg-type]  # a test's own keywords


def front(**more: object) -> Front:
    told = {
        "title": "Receipt", "number": "RC-261123-001-A3F", "made_us": NOON, "checkpoint": CHECKPOINT, "tag": TAG,
    }  # fmt: skip
    return Front(**{**told, **more})  # type: ignore[arg-type]  # a test's own keywords


def receipt(count: int = 3, house: House = HOUSE, **more: object) -> Printed:
    return receipt_pdf(book(count), front(**more), house)


def report(house: House = HOUSE, **more: object) -> Printed:
    return discrepancy_pdf(book(3, **more), front(title="Discrepancy report", number="DR-261123-001-A3F"), house)


def reader(made: Printed) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(made.content))


def text(made: Printed) -> str:
    return "\n".join(page.extract_text() for page in reader(made).pages)


def keep(made: Printed, folder: Path) -> Path:
    file = folder / "paper.pdf"
    file.write_bytes(made.content)
    return file
