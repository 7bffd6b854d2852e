"""Every label, in every form, is read back to exactly the unit that it names, by two unrelated readers."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from dockmark.documents.label import LabelFacts, load_template, render, symbol_content
from dockmark.identifiers import DockmarkTag, Reading, Scan, read
from dockmark.identifiers.tags import unit_of
from dockmark.record.refusal import Refusal, Refused

from .readers import by_libdmtx, by_zxing, pages, picture
from .specimens import CASES, GTIN, TAG, UNIT, any_facts, facts, set_82

TEMPLATE = load_template()
NAMED = pytest.mark.parametrize("label", [pytest.param(each, id=name) for name, each in CASES.items()])


@NAMED
@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_a_picture_says_its_unit_to_both_readers(label: LabelFacts, dpi: int) -> None:
    image = picture(render(TEMPLATE, [label], "png", dpi=dpi))
    assert by_zxing(image) == [symbol_content(label)]
    assert by_libdmtx(image) == [symbol_content(label)]


@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_a_pdf_says_its_units_to_both_readers(dpi: int, tmp_path: Path) -> None:
    labels = list(CASES.values())
    images = pages(render(TEMPLATE, labels, "pdf", dpi=dpi), tmp_path, 400)
    assert [by_zxing(each) for each in images] == [[symbol_content(each)] for each in labels]
    assert [by_libdmtx(each) for each in images] == [[symbol_content(each)] for each in labels]


def test_labels_under_one_another_are_all_read() -> None:
    labels = [facts(serial=f"SN{number}", gtin=GTIN) for number in range(4)]
    found = by_zxing(picture(render(TEMPLATE, labels, "png")))
    assert sorted(found) == sorted(symbol_content(each) for each in labels)


@given(any_facts)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_the_words_a_label_names_its_unit_or_is_refused_by_name(label: LabelFacts) -> None:
    try:
        image = picture(render(TEMPLATE, [label], "png"))
    except Refusal as refusal:
        assert refusal.code is Refused.LABEL_DOES_NOT_FIT
        assert refusal.facts["field"] == "serial"
        return
    assert by_zxing(image) == [symbol_content(label)]
    assert by_libdmtx(image) == [symbol_content(label)]


@given(serial=set_82, lot=set_82)
@settings(max_examples=150, deadline=None)
def test_any_gs1_serial_and_lot_come_back_as_they_were(serial: str, lot: str) -> None:
    label = facts(gtin=GTIN, serial=serial, lot=lot)
    image = picture(render(TEMPLATE, [label], "png"))
    said = by_zxing(image)[0]
    assert said == f"]d201{GTIN}1728113021{serial}\x1d10{lot}"
    assert by_libdmtx(image) == [said]


def test_the_symbol_of_a_part_with_gtin_means_part_serial_lot_and_expiry() -> None:
    found = read(Scan.of_text(symbol_content(facts(gtin=GTIN))), today=date(2026, 11, 23))
    assert isinstance(found, Reading)
    assert (found.gtin, found.serial, found.lot) == (GTIN, "SN4471902", "L2024-07")
    assert found.expiry == "2028-11-30"


def test_the_symbol_of_a_part_without_gtin_means_the_unit() -> None:
    found = read(Scan.of_text(symbol_content(facts())), today=date(2026, 11, 23))
    assert isinstance(found, DockmarkTag)
    assert unit_of(found.payload) == UNIT


@pytest.mark.parametrize(
    "changes",
    [
        {"gtin": ""},
        {"gtin": "09506000134353"},
        {"gtin": "00000000000000"},
        {"gtin": "9506000134352 "},
        {"gtin": "٠٩٥٠٦٠٠٠١٣٤٣٥٢"},
        {"serial": ""},
        {"serial": "A" * 21},
        {"serial": "A B"},
        {"serial": "A#B"},
        {"serial": "Ä"},
        {"serial": "A\n"},
        {"serial": "A\x1d10B"},
        {"lot": "L" * 21},
        {"lot": "[10]"},
        {"expiry": "2028-11"},
        {"expiry": "2028-11-31"},
        {"expiry": "2028-11-30\n"},
        {"expiry": "2099-01-01"},
        {"expiry": "1999-12-31"},
    ],
    ids=str,
)
def test_what_gs1_cannot_carry_whole_gets_the_units_own_tag(changes: dict[str, str]) -> None:
    assert symbol_content(facts(**{"gtin": GTIN, **changes})) == TAG


def test_a_gtin_of_eight_twelve_or_thirteen_digits_is_filled_up() -> None:
    for short in ("96385074", "614141007349", "4006381333931"):
        content = symbol_content(facts(gtin=short, lot="", expiry=""))
        assert content == f"]d201{short.zfill(14)}21SN4471902"
