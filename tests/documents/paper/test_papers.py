"""Papers are read back: each serial once, page x of y, sums carried over, symbols, marks, proof."""

import re
import tracemalloc
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest
import zxingcpp

from dockmark.documents.paper.facts import ReceiptBook
from dockmark.documents.paper.flow import Front, printed
from dockmark.documents.paper.house import SIZES, House, readable_logo
from dockmark.documents.paper.receipt import receipt_pdf
from dockmark.station.language import load
from dockmark.wording import speaking
from dockmark.wording.forms import Forms

from ..readers import by_libdmtx, by_zxing, pages, text_of
from ..specimens import HARMFUL
from .specimens import CHECKPOINT, FORMS, HOUSE, NOON, TAG, book, front, picture, reader, receipt, report, text, unit


def test_a_receipt_says_from_whom_against_what_where_and_by_whom() -> None:
    told = text(receipt())
    for words in (
        "Northfield Component Repair Ltd", "Felixstowe", "Helix Power Systems", "S-1042", "PO-4711", "ASN-90210",
        "350600014300004569", "LS 118-4", "DOCK-1", "Dock 1", "Anna Almqvist", "RC-261123-001-A3F", "form one.pdf",
        "ab" * 32, "Released by", "Received by", "Signature", "Date and time", "own stock", "L2641",
    ):  # fmt: skip
        assert words in told


@pytest.mark.parametrize("count", [0, 1, 2, 17, 18, 19, 20, 100, 333])
def test_each_unit_stands_on_the_paper_once_whatever_their_number(count: int) -> None:
    made = receipt(count)
    told = text(made)
    assert sorted(re.findall(r"SN-[0-9]{6}", told)) == [f"SN-{number:06}" for number in range(1, count + 1)]
    assert ("No unit was received." in told) is (count == 0)
    for number, page in enumerate(reader(made).pages, start=1):
        assert f"Page {number} of {made.pages}" in page.extract_text()
    assert len(reader(made).pages) == made.pages


def test_sums_are_carried_from_page_to_page() -> None:
    made = receipt(100)
    sheets = [page.extract_text() for page in reader(made).pages]
    carried = [re.search(r"Carried over|([0-9]+) units · ", sheet) for sheet in sheets]
    assert all(carried)
    before = 0
    for sheet in sheets[:-1]:
        if "Carried over" not in sheet:
            break
        shown = len(re.findall(r"SN-[0-9]{6}", sheet))
        sums = [int(found) for found in re.findall(r"([0-9]+) units · \1 pieces", sheet)]
        assert sums == ([before, before + shown] if before else [shown])
        before += shown
    assert "100 units · 100 pieces" in sheets[-1] or "100 units · 100 pieces" in sheets[-2]


def test_the_head_of_the_table_is_on_every_page_that_has_units() -> None:
    for page in reader(receipt(100)).pages:
        told = page.extract_text()
        assert ("Serial · lot" in told) is bool(re.search(r"SN-[0-9]{6}", told))


def test_five_thousand_units_are_all_on_their_paper() -> None:
    made = receipt(5000)
    assert len(set(re.findall(r"SN-[0-9]{6}", text(made)))) == 5000
    assert 100 < made.pages < 250
    assert len(made.content) < 3_000_000


def test_a_long_paper_takes_little_memory() -> None:
    receipt(1)
    tracemalloc.start()
    receipt(1000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 12_000_000


@pytest.mark.parametrize("paper", SIZES)
def test_a_paper_has_the_size_of_its_sheet(paper: str) -> None:
    made = receipt(40, replace(HOUSE, paper=paper.lower()))
    for page in reader(made).pages:
        assert float(page.mediabox.width) == pytest.approx(SIZES[paper].width, abs=0.01)
        assert float(page.mediabox.height) == pytest.approx(SIZES[paper].height, abs=0.01)


def test_an_unknown_size_is_a4() -> None:
    assert House(paper="quarto").size == SIZES["A4"]


def test_every_page_carries_the_checkpoint_and_the_first_the_tag_of_the_paper(tmp_path: Path) -> None:
    made = receipt(40)
    head, _space, note = CHECKPOINT.rpartition(" ")
    for page in reader(made).pages:
        told = page.extract_text()
        assert head in told
        assert note in told
    sheets = pages(made.content, tmp_path, 200)
    for sheet in sheets:
        codes = zxingcpp.read_barcodes(sheet, formats=zxingcpp.BarcodeFormat.QRCode)
        assert [code.text for code in codes] == [CHECKPOINT]
    corner = sheets[0].crop((int(sheets[0].width * 0.8), 0, sheets[0].width, int(sheets[0].height * 0.15)))
    assert by_zxing(corner) == [TAG]
    assert by_libdmtx(corner) == [TAG]


def test_the_same_paper_is_the_same_bytes() -> None:
    assert receipt(60).content == receipt(60).content
    assert report().content == report().content


def test_a_paper_says_what_it_is_in_which_language_and_from_when() -> None:
    document = reader(receipt())
    told = document.metadata
    assert told is not None
    assert told.title == "Receipt RC-261123-001-A3F"
    assert told.author == "Northfield Component Repair Ltd"
    assert told.creation_date is not None
    assert told.creation_date.timestamp() == NOON // 1_000_000
    assert document.root_object["/Lang"] == "en"
    assert {"Units received", "Custody", "Certificates and papers"} <= {str(it.title) for it in document.outline}


@pytest.mark.parametrize(
    ("more", "marks"),
    [
        ({}, set()),
        ({"copy": 2}, {"REPRINT 2"}),
        ({"void": True}, {"VOID"}),
        ({"preliminary": True}, {"PRELIMINARY"}),
        ({"unissued": True, "checkpoint": ""}, {"PREVIEW"}),
        ({"void": True, "copy": 7}, {"VOID", "REPRINT 7"}),
    ],
)
def test_every_page_bears_the_marks_of_the_copy(more: dict[str, object], marks: set[str]) -> None:
    for page in reader(receipt(60, **more)).pages:
        told = page.extract_text()
        found = {"VOID", "PREVIEW", "PRELIMINARY"} & set(told.split())
        found |= {" ".join(pair) for pair in re.findall(r"(REPRINT) ([0-9]+)", told)}
        assert found == marks


def test_a_preview_is_not_proven_by_anything(tmp_path: Path) -> None:
    made = receipt(3, unissued=True, checkpoint="")
    assert "DMK1" not in text(made)
    assert zxingcpp.read_barcodes(pages(made.content, tmp_path, 150)[0], formats=zxingcpp.BarcodeFormat.QRCode) == []


def test_fonts_are_in_the_file_and_nothing_in_it_acts() -> None:
    document = reader(receipt(3))
    fonts = document.pages[0]["/Resources"]["/Font"]
    drawn = [font.get_object() for font in fonts.values()]
    assert all("/FontFile2" in font["/FontDescriptor"] for font in drawn if font["/Subtype"] == "/TrueType")
    assert any(font["/Subtype"] == "/TrueType" for font in drawn)
    for page in document.pages:
        assert "/Annots" not in page
    assert not {"/OpenAction", "/AA", "/Names", "/AcroForm"} & set(document.root_object)


HOSTILE = [
    *HARMFUL,
    "\x00\x07\x1b[2J\x1d",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 🧨",
    "‮evil‬",
    "a" * 300,
    "é" * 90,
    "W" * 200,
    "line\nbreak\tand tab",
    "",
]


@pytest.mark.parametrize("word", HOSTILE)
def test_hostile_words_are_only_words(word: str) -> None:
    odd = unit(
        1, part=word, description=word, serial=word[:200], lot=word, place=word, owner=word or "own", who=word,
        note=word, reason=word, rules=("look_alike",), condition=word, held=word, expiry=word,
    )  # fmt: skip
    one = book(1)
    head = replace(one.head, partner=word, order=word, delivery_note=word, place=word, receivers=(word,), station=word)
    told = ReceiptBook(head=head, units=lambda: [odd], lines=one.lines)
    house = House(name=word, address=(word, word), forms=FORMS)
    for made in (receipt_pdf(told, front(title=word or "x", number=word), house), report(house, units=lambda: [odd])):
        document = reader(made)
        assert len(document.pages) == made.pages
        assert all("/Annots" not in page for page in document.pages)


@pytest.mark.parametrize("length", [1, 25, 60, 120])
def test_a_serial_is_never_cut(length: int, tmp_path: Path) -> None:
    serial = "".join("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"[number * 7 % 34] for number in range(length))
    told = replace(book(1), units=lambda: [unit(1, serial=serial, lot="")])
    made = receipt_pdf(told, front(), HOUSE)
    joined = "".join(text(made).split())
    assert serial in joined


def test_no_text_leaves_its_sheet(tmp_path: Path) -> None:
    """Nothing but white at the edges of any page, whatever is written on it."""
    long = replace(book(1), units=lambda: [unit(1, part="W" * 200, serial="M" * 60, who="W" * 90, owner="W" * 90)])
    for made in (receipt_pdf(long, front(title="W" * 60, number="W" * 60), HOUSE), report()):
        for sheet in pages(made.content, tmp_path, 60):
            edge = round(8 / 25.4 * 60)
            ink = sheet.point([255] * 200 + [0] * 56)
            box = ink.getbbox()
            assert box is not None
            assert box[0] >= edge
            assert box[1] >= edge
            assert box[2] <= sheet.width - edge
            assert box[3] <= sheet.height - edge


def test_a_report_says_what_differs_and_how_refusals_were_answered(tmp_path: Path) -> None:
    odd = [unit(1, stranger=True), unit(2, damaged=True, condition="unserviceable"), unit(3, held="DOUBT")]
    told = text_of(report(units=lambda: odd).content, tmp_path)
    rows = [" ".join(line.split()) for line in told.splitlines()]
    assert any(row.startswith("PO-4711/1 PSU-1200-48 6 3 4 –2 2") for row in rows)
    assert any(row.startswith("PO-4711/2 FAN-120 1 3 3 +2 0") for row in rows)
    assert any(row.startswith("PO-4711/3 FU-771 1,200 1,200 1,200 0 0") for row in rows)
    for words in (
        "SN-MISSING", "Not announced, and taken in", "Damaged", "On hold", "not on the ASN", "accepted with a reason",
        "agreed with the supplier", "“by phone”", "set aside, not received", "Reported by", "Acknowledged by",
    ):  # fmt: skip
        assert words in told


def test_a_report_of_nothing_says_so() -> None:
    clean = report(lines=(), missing=tuple, refusals=tuple, units=tuple)
    assert "Everything came as it was announced" in text(clean)
    assert clean.pages == 1


def test_a_paper_speaks_the_language_and_forms_of_its_house() -> None:
    with speaking(load("de")):
        made = receipt_pdf(book(1), front(title="Wareneingang"), replace(HOUSE, forms=Forms("de", "", UTC)))
    told = text(made)
    assert "23.11.2026 12:00" in told
    assert reader(made).root_object["/Lang"] == "de"


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"%PDF-1.4", picture()[:60], b"<svg/>"])
def test_a_logo_that_is_no_picture_is_left_out(content: bytes) -> None:
    assert readable_logo(content) == b""


def test_a_logo_is_made_small_enough_for_paper() -> None:
    made = readable_logo(picture(3000))
    assert len(receipt(1, replace(HOUSE, logo=made)).content) < 400_000


def test_what_changes_while_it_is_drawn_is_never_printed() -> None:
    lengths = iter([3, 80])
    told = replace(book(3), units=lambda: (unit(number) for number in range(1, next(lengths) + 1)))
    with pytest.raises(ValueError, match="changed"):
        receipt_pdf(told, front(), HOUSE)


def test_a_front_without_anything_is_a_page() -> None:
    assert printed(Front(title="", number="", made_us=0), House(), lambda flow: None).pages == 1
