"""What stands on a label: whole where it must be, cut where it may be, readable, inside, and never misread."""

import io
import itertools
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dockmark.documents.glyphs import Face, font_file, printable
from dockmark.documents.label import LabelFacts, load_template, render, symbol_content
from dockmark.documents.layout import DOTS_PER_MM, Drawing, Layout
from dockmark.record.refusal import Refusal, Refused

from .readers import by_zxing, pages, picture, text_of
from .specimens import CASES, GTIN, HARMFUL, TAG, facts, words

TEMPLATE = load_template()
NAMED = pytest.mark.parametrize("label", [pytest.param(each, id=name) for name, each in CASES.items()])
ALL_DPI = pytest.mark.parametrize("dpi", [203, 300, 600])


def drawn(label: LabelFacts, dpi: int = 203) -> Drawing:
    return Layout(TEMPLATE, dpi).lay_out(label)


def texts(drawing: Drawing) -> list[str]:
    return [run.text for line, _ in drawing.lines for run in line.runs]


def refusal_of(label: LabelFacts, dpi: int = 203) -> Refusal:
    with pytest.raises(Refusal) as caught:
        drawn(label, dpi)
    assert caught.value.code is Refused.LABEL_DOES_NOT_FIT
    return caught.value


@NAMED
@ALL_DPI
def test_the_serial_is_whole_and_its_capitals_are_two_millimetres(label: LabelFacts, dpi: int) -> None:
    drawing, rest = drawn(label, dpi), printable(label.serial, Face.MONO)
    for line, _ in drawing.lines:
        run = line.runs[0]
        if rest and rest.startswith(run.text) and run.kind.cap >= 2 * DOTS_PER_MM[dpi]:
            rest = rest[len(run.text) :]
    assert not rest


@NAMED
@ALL_DPI
def test_nothing_leaves_the_column_and_lines_keep_apart(label: LabelFacts, dpi: int) -> None:
    drawing, scale = drawn(label, dpi), DOTS_PER_MM[dpi]
    left, right = round(16.5 * scale), round(16.5 * scale) + round(32 * scale)
    heights = []
    for line, baseline in drawing.lines:
        assert all(left <= run.x and run.x + run.width <= right for run in line.runs)
        side_by_side = sorted(line.runs)
        assert all(one.x + one.width <= two.x for one, two in itertools.pairwise(side_by_side))
        heights.append((baseline - max(run.kind.cap for run in line.runs), baseline))
    rows = sorted(heights[: len(heights) - (label.copy > 1)])
    assert all(upper[1] < lower[0] for upper, lower in itertools.pairwise(rows))
    assert rows[0][0] >= 0
    assert rows[-1][1] < drawing.height


@NAMED
@ALL_DPI
def test_the_quiet_zone_is_quiet(label: LabelFacts, dpi: int) -> None:
    image, mark = picture(render(TEMPLATE, [label], "png", dpi=dpi)), drawn(label, dpi).mark
    side, quiet = mark.module * mark.matrix.side, 2 * mark.module
    box = (mark.x - quiet, mark.y - quiet, mark.x + side + quiet, mark.y + side + quiet)
    around = image.crop(box)
    around.paste(255, (quiet, quiet, quiet + side, quiet + side))
    assert around.getextrema() == (255, 255)
    assert image.getpixel((mark.x, mark.y + side - 1)) == 0


@ALL_DPI
def test_modules_are_whole_dots_between_a_quarter_and_half_a_millimetre(dpi: int) -> None:
    for label in CASES.values():
        assert 0.249 <= drawn(label, dpi).mark.module / DOTS_PER_MM[dpi] <= 0.501


def test_a_long_part_number_owner_and_description_end_in_an_ellipsis() -> None:
    long = {"part_number": "P" * 60, "owner": "O" * 80, "description": "D" * 90, "lot": "L" * 70}
    shown = texts(drawn(facts(**long)))
    for sign in "PODL":
        assert next(each for each in shown if each.startswith(sign * 5)).strip(sign) == "…"


@pytest.mark.parametrize("length", [55, 200, 401, 100_000])
def test_a_serial_that_does_not_fit_whole_is_refused_by_name(length: int) -> None:
    refusal = refusal_of(facts(serial="W" * length))
    assert refusal.facts == {"field": "serial", "value": "W" * min(length, 200)}


def test_a_serial_of_thirty_characters_fits_at_every_resolution() -> None:
    for dpi in DOTS_PER_MM:
        shown = "".join(texts(drawn(facts(serial="MH-7781-33920-A-00417-2024-REV"), dpi)))
        assert "MH-7781-33920-A-00417-2024-REV" in shown.replace("S/N", "")


@pytest.mark.parametrize("content", ["", "X" * 400, "\ud800"])
def test_a_tag_that_makes_no_symbol_is_refused_by_name(content: str) -> None:
    assert refusal_of(facts(unit_tag=content)).facts["field"] == "symbol"


def test_held_reprinted_and_lot_labels_say_so() -> None:
    assert not drawn(facts()).plates
    plate = drawn(facts(held=True)).plates[0]
    assert [line.runs[0].text for line, _ in plate.lines] == ["HELD", "QUARANTINE"]
    assert not [each for each in texts(drawn(facts())) if "COPY" in each or "QTY" in each]
    assert "COPY 3" in texts(drawn(facts(copy=3)))
    shown = texts(drawn(facts(serial="", quantity=250)))
    assert shown[shown.index("QTY") - 1] == "250"
    assert "S/N" not in shown


def test_a_serial_of_signs_without_a_picture_leaves_ink_in_every_form(tmp_path: Path) -> None:
    for serial in ("部品番号", "\U0001f600\U0001f600", "\x00\x00"):
        label = LabelFacts(unit_tag=TAG, part_number="", serial=serial)
        papers = [picture(render(TEMPLATE, [label], "png")), pages(render(TEMPLATE, [label], "pdf"), tmp_path, 203)[0]]
        for image in papers:
            assert image.crop((180, 8, 390, 40)).getextrema()[0] < 100


def test_every_fact_of_an_ordinary_label_stands_on_it() -> None:
    shown = texts(drawn(facts()))
    for each in ("PSU-1200-48", "SN4471902", "L2024-07", "2028-11-30", "ACME Rail", "S/N", "LOT", "EXP", "OWN", TAG):
        assert each in shown
    assert f"GTIN {GTIN}" in texts(drawn(facts(gtin=GTIN)))


def test_what_is_spare_goes_before_anything_that_is_not() -> None:
    crowded = texts(drawn(CASES["everything long"]))
    assert "MFR" not in crowded
    for title in ("S/N", "LOT", "EXP", "QTY", "OWN"):
        assert title in crowded
    assert "MFR" in texts(drawn(facts(maker="Murata", lot="")))


@given(words, st.sampled_from(Face))
@settings(deadline=None)
def test_only_signs_that_have_a_picture_are_printed(word: str, face: Face) -> None:
    shown = printable(word, face)
    assert shown.isprintable()
    assert len(shown) == len(word)
    assert all(new == old for new, old in zip(shown, word, strict=True) if " " <= old <= "~")


@pytest.mark.parametrize("face", Face)
def test_the_picture_and_the_paper_have_the_same_signs(face: Face) -> None:
    """What printers show as dots, PDFs have outlines for, and the other way round."""
    from reportlab.pdfbase.ttfonts import TTFontFile

    outlines = TTFontFile(io.BytesIO(font_file(face))).charToGlyph
    for code in [*range(0x20, 0x3100), *range(0xFE00, 0x10000), *range(0x1F600, 0x1F640)]:
        sign = chr(code)
        if printable(sign, face) == sign:
            assert outlines.get(code), f"U+{code:04X} would print on labels and be missing in PDFs"
    assert printable("Aé€Łж–…Ω", face) == "Aé€Łж–…Ω"
    assert printable("部\U0001f600ש\ufe0f\u200b", face) == "\ufffd" * 5


@pytest.mark.parametrize("sign", ["\x00", "\n", "\u202e", "\u200d", "\ud800", "\U000e0041", "部", "\U0001f600", "ש"])
def test_a_sign_without_a_picture_shows_as_a_box_and_takes_room(sign: str) -> None:
    plain, odd = drawn(facts(serial="AB")), drawn(facts(serial=f"A{sign}B"))
    width = {run.text: run.width for line, _ in odd.lines for run in line.runs}
    assert width["A\ufffdB"] > max(run.width for line, _ in plain.lines for run in line.runs if run.text == "AB")


@pytest.mark.parametrize("word", HARMFUL)
def test_harmful_words_are_words_in_a_pdf(word: str, tmp_path: Path) -> None:
    paper = render(TEMPLATE, [facts(description=word[:12])], "pdf")
    page = pypdf.PdfReader(io.BytesIO(paper)).pages[0]
    assert set(page) <= {"/Contents", "/MediaBox", "/Parent", "/Resources", "/Rotate", "/Trans", "/Type"}
    if word.isascii() and word.isprintable():
        assert word[:12] in text_of(paper, tmp_path)


def test_a_pdf_page_is_exactly_one_label_and_carries_its_fonts(tmp_path: Path) -> None:
    paper = render(TEMPLATE, [facts(), facts(serial="SN2", held=True)], "pdf")
    document = pypdf.PdfReader(io.BytesIO(paper))
    assert len(document.pages) == 2
    assert document.trailer["/Root"]["/ViewerPreferences"]["/PrintScaling"] == "/None"
    for page in document.pages:
        assert float(page.mediabox.width) == pytest.approx(50 / 25.4 * 72, abs=1e-3)
        assert float(page.mediabox.height) == pytest.approx(25 / 25.4 * 72, abs=1e-3)
        for font in page["/Resources"]["/Font"].values():
            about = font.get_object().get("/FontDescriptor", None)
            assert about is None or "/FontFile2" in about
    found = text_of(paper, tmp_path)
    assert "SN4471902" in found
    assert "QUARANTINE" in found


@ALL_DPI
def test_texts_in_a_pdf_are_as_wide_as_in_dots(dpi: int, tmp_path: Path) -> None:
    """The right end of every word, by poppler, is where the layout has it, within a dot."""
    source = tmp_path / "label.pdf"
    source.write_bytes(render(TEMPLATE, [facts(owner="ACME", description="Supply")], "pdf", dpi=dpi))
    told = subprocess.run(["pdftotext", "-bbox", source, "-"], check=True, capture_output=True).stdout.decode()
    found = {
        line.split(">")[1].split("<")[0]: float(line.split('xMax="')[1].split('"')[0])
        for line in told.splitlines()
        if "<word" in line
    }
    per_dot = 72 / 25.4 / DOTS_PER_MM[dpi]
    for line, _ in drawn(facts(owner="ACME", description="Supply"), dpi).lines:
        for run in line.runs:
            assert found[run.text] == pytest.approx((run.x + run.width) * per_dot, abs=per_dot)


@pytest.mark.parametrize("to", ["zpl", "pdf", "png"])
def test_the_same_label_is_the_same_bytes(to: str) -> None:
    labels = [facts(), facts(gtin=GTIN, held=True)]
    assert render(TEMPLATE, labels, to) == render(load_template(), labels, to)  # type: ignore[arg-type]  # three words


def test_a_picture_has_the_printers_dots_and_says_how_large_they_are() -> None:
    from PIL import Image

    for dpi, size in ((203, (400, 200)), (300, (590, 295)), (600, (1181, 590))):
        image = Image.open(io.BytesIO(render(TEMPLATE, [facts()], "png", dpi=dpi)))
        assert (image.size, image.mode) == (size, "1")
        assert image.info["dpi"][0] == pytest.approx(DOTS_PER_MM[dpi] * 25.4, abs=0.1)


@pytest.mark.parametrize("asked", [{"to": "svg"}, {"dpi": 204}, {"labels": []}])
def test_what_cannot_be_drawn_is_refused(asked: dict[str, object]) -> None:
    wanted = {"labels": [facts()], "to": "zpl", "dpi": 203, **asked}
    with pytest.raises(Refusal) as caught:
        render(TEMPLATE, wanted["labels"], wanted["to"], dpi=wanted["dpi"])  # type: ignore[arg-type]  # wrong on purpose
    assert caught.value.code is Refused.BAD_VALUE


def test_one_bad_label_among_good_ones_prints_nothing() -> None:
    with pytest.raises(Refusal):
        render(TEMPLATE, [facts(), facts(serial="W" * 99), facts()], "zpl")


@given(st.lists(st.sampled_from(list(CASES.values())), min_size=1, max_size=4))
@settings(max_examples=20, deadline=None)
def test_what_was_laid_out_before_changes_nothing(labels: list[LabelFacts]) -> None:
    together = render(TEMPLATE, labels, "zpl")
    assert together == b"".join([render(TEMPLATE, [each], "zpl") for each in labels])


def test_more_different_labels_than_are_kept_still_come_out_right() -> None:
    labels = [facts(serial=f"SN{number:07}", lot=f"L{number}") for number in range(1500)]
    last = render(TEMPLATE, labels, "zpl").decode().split("^XA")[-1]
    assert "^XA" + last == render(TEMPLATE, labels[-1:], "zpl").decode()
    assert by_zxing(picture(render(TEMPLATE, labels[-1:], "png"))) == [symbol_content(labels[-1])]


def test_labels_load_no_pdf_library_until_there_is_a_pdf_to_draw() -> None:
    code = "import sys, dockmark.documents.label, dockmark.documents.sheet; print('reportlab' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    assert told.stdout.strip() == b"False"
