"""Sheets: every symbol on them says its tag, and nothing else on the paper gets in its way."""

import io
from pathlib import Path

import pypdf
import pytest
import zxingcpp
from PIL import Image

from dockmark.documents.sheet import TagCell, TagGroup, tag_sheet
from dockmark.identifiers.tags import Command, badge_tag, command_tag, key_tag, place_tag
from dockmark.record.refusal import Refusal, Refused

from .readers import by_libdmtx, by_zxing, pages, text_of
from .specimens import HARMFUL, TAG

DELIVERY = [
    TagCell("[)>\x1e06\x1d17V1ABC5\x1d1PPSU-1200-48\x1dSSN0001\x1e\x04", "PSU-1200-48 SN0001", "Power supply"),
    TagCell("]d2010950600013435217281130" + "21A(10)B\x1d10LOT7", "Valve", "GS1"),
    TagCell("0109506000134352" + "21PLAIN\x1d10LOT8", "Valve, plain symbol"),
    TagCell("]d200095060001343520004", "Box"),
    TagCell("+H123ABC01234567890D", "HIBC"),
    TagCell("https://id.gs1.org/01/09506000134352/21/12345", "Link"),
]
GROUPS = [
    TagGroup("Commands", [TagCell(command_tag(each), each.value, "What it does, in words") for each in Command]),
    TagGroup("Keypad", [TagCell(key_tag(key), str(key)) for key in [*range(10), "E", "C"]]),
    TagGroup("Places", [TagCell(place_tag(f"DOCK{number}"), f"Dock {number}") for number in range(30)]),
    TagGroup("Badges", [TagCell(badge_tag(bytes(range(10))), "Małgorzata Wiśniewska-Kowalczyk", "Clerk")]),
    TagGroup("Delivery", DELIVERY),
    TagGroup("Empty", []),
    TagGroup("Unit", [TagCell(TAG, "^XZ~JR", "<b>not bold</b>")]),
]
TAGS = [cell.tag for group in GROUPS for cell in group.cells]


@pytest.fixture(scope="module")
def sheet() -> bytes:
    return tag_sheet("Practice sheet", GROUPS)


def cut_out(page: Image.Image) -> list[Image.Image]:
    """Each symbol of a page with some paper around it."""
    cuts = []
    for found in zxingcpp.read_barcodes(page):
        corners = [found.position.top_left, found.position.bottom_right, found.position.top_right]
        across, down = [each.x for each in corners], [each.y for each in corners]
        cuts.append(page.crop((min(across) - 25, min(down) - 25, max(across) + 25, max(down) + 25)))
    return cuts


def test_both_readers_read_every_symbol_of_every_page(sheet: bytes, tmp_path: Path) -> None:
    images = pages(sheet, tmp_path, 200)
    assert len(images) > 2
    cuts = [cut for image in images for cut in cut_out(image)]
    assert sorted(tag for cut in cuts for tag in by_zxing(cut)) == sorted(TAGS)
    assert sorted(tag for cut in cuts for tag in by_libdmtx(cut)) == sorted(TAGS)


def test_pages_are_a4_numbered_and_headed(sheet: bytes, tmp_path: Path) -> None:
    document = pypdf.PdfReader(io.BytesIO(sheet))
    count = len(document.pages)
    for number, page in enumerate(document.pages, start=1):
        assert float(page.mediabox.width) == pytest.approx(595.28, abs=0.1)
        assert float(page.mediabox.height) == pytest.approx(841.89, abs=0.1)
        words = page.extract_text()
        assert "Practice sheet" in words
        assert f"{number} / {count}" in words
    words = text_of(sheet, tmp_path)
    for group in GROUPS:
        assert group.heading in words
    assert "ACCEPT" in words
    assert "<b>not bold</b>" in words


def test_a_group_that_goes_on_says_its_heading_again() -> None:
    cells = [TagCell(key_tag(number % 10), str(number)) for number in range(70)]
    document = pypdf.PdfReader(io.BytesIO(tag_sheet("Many", [TagGroup("Keys", cells)])))
    assert len(document.pages) == 3
    assert all("Keys" in page.extract_text() for page in document.pages)


def test_symbols_keep_their_distance(sheet: bytes, tmp_path: Path) -> None:
    """No other symbol within 30 mm, middle to middle: a scanner held to one never sees two."""
    for image in pages(sheet, tmp_path, 100):
        middles = []
        for found in zxingcpp.read_barcodes(image):
            one, other = found.position.top_left, found.position.bottom_right
            middles.append(((one.x + other.x) / 2, (one.y + other.y) / 2))
        for number, (x, y) in enumerate(middles):
            for across, down in middles[:number]:
                assert max(abs(x - across), abs(y - down)) > 28 / 25.4 * 100


@pytest.mark.parametrize("word", [*HARMFUL, "x" * 5000, "word " * 900, ""])
def test_harmful_and_endless_words_are_only_words(word: str, tmp_path: Path) -> None:
    paper = tag_sheet(word, [TagGroup(word, [TagCell(TAG, word, word)])])
    page = pypdf.PdfReader(io.BytesIO(paper)).pages[0]
    assert "/Annots" not in page
    assert by_zxing(pages(paper, tmp_path, 150)[0]) == [TAG]


def test_a_sheet_of_nothing_is_one_page() -> None:
    assert len(pypdf.PdfReader(io.BytesIO(tag_sheet("Nothing", []))).pages) == 1


@pytest.mark.parametrize("content", ["", "X" * 2000, "X" * 5000, "]d2", "]d299", "]d2Z", "]d201[21]"])
def test_what_makes_no_readable_symbol_is_refused(content: str) -> None:
    with pytest.raises(Refusal) as caught:
        tag_sheet("Sheet", [TagGroup("One", [TagCell(content, "x")])])
    assert caught.value.code is Refused.LABEL_DOES_NOT_FIT


def test_the_same_sheet_is_the_same_bytes(sheet: bytes) -> None:
    assert tag_sheet("Practice sheet", GROUPS) == sheet
