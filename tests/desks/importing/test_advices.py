"""Advised deliveries: by line, by serial, by box, by order."""

import pytest

from dockmark.lookup import deliveries
from tests.desks.importing.conftest import Shop

TRUE_SSCC, UNTRUE_SSCC = "340123450000000000", "340123450000000001"

LINES = (
    "SELECT l.line, p.part_number, l.quantity, o.line FROM asn_lines l JOIN parts p ON p.id = l.part"
    " LEFT JOIN order_lines o ON o.id = l.order_line ORDER BY l.asn_id, l.line"
)
EXPECTED = (
    "SELECT e.serial, e.lot, e.quantity, o.line FROM expected_units e LEFT JOIN order_lines o ON o.id = e.line"
    " ORDER BY e.serial, e.lot"
)


def test_an_advice_takes_its_part_from_the_order_line(ordered: Shop) -> None:
    text = "asn,order_line,quantity,shipped\nA1,PO1-1,2,2026-02-20\nA1,PO1-2,,2026-02-19\n"
    ordered.take("asn", text)
    assert ordered.verdicts() == ["new", "new"]
    assert ordered.all(LINES) == [("PO1-1", "PSU", 2, "PO1-1"), ("PO1-2", "FAN", 2, "PO1-2")]
    order = ordered.value("SELECT id FROM orders WHERE number = 'PO1'")
    supplier = ordered.value("SELECT id FROM partners WHERE code = 'S1'")
    assert ordered.all("SELECT number, order_id, partner, shipped FROM asns") == [("A1", order, supplier, "2026-02-19")]
    ordered.take("asn", text)
    assert ordered.verdicts() == ["same", "same"]
    ordered.check_sound()


def test_an_sscc_with_an_untrue_check_digit_is_warned_of_and_opens_its_advice(ordered: Shop) -> None:
    good = TRUE_SSCC[:-1] + str((10 - sum(int(d) * (3, 1)[n % 2] for n, d in enumerate(TRUE_SSCC[:-1])) % 10) % 10)
    bad = good[:-1] + str((int(good[-1]) + 1) % 10)
    result = ordered.take("asn", f"asn,order_line,sscc\nA1,PO1-1,00{good}\nA2,PO3-1,00{bad}\n")
    assert ordered.verdicts() == ["new", "new bad_check_digit"]
    assert (result.warnings, result.recorded) == (1, 2)
    session = ordered.ledger.session()
    for text, number in ((good, "A1"), (bad, "A2"), (f"00{bad}", "A2"), (f"(00){bad}", "A2"), ("A2", "A2")):
        paper = deliveries.paper(session, text)
        assert paper is not None and paper.number == number
    session.close()
    ordered.take("asn", f"asn,order_line,sscc\nA2,PO3-1,00{bad}\n")
    assert ordered.verdicts() == ["same bad_check_digit"]


def test_serials_of_an_advice_are_counted_and_expected(ordered: Shop) -> None:
    text = "asn,order_line,part_number,serial,lot\nA1,PO1-1,PSU,P1,L1\nA1,PO1-1,PSU,P2,L1\nA1,PO1-2,FAN,F1,\n"
    ordered.take("asn", text)
    assert ordered.all(LINES) == [("PO1-1", "PSU", 2, "PO1-1"), ("PO1-2", "FAN", 1, "PO1-2")]
    assert ordered.all(EXPECTED) == [("F1", "", 1, "PO1-2"), ("P1", "L1", 1, "PO1-1"), ("P2", "L1", 1, "PO1-1")]
    ordered.take("asn", text)
    assert ordered.verdicts() == ["same"] * 3
    ordered.take("asn", "asn,order_line,serial\nA1,PO1-1,P3\n")
    assert ordered.verdicts() == ["changed"]
    assert ordered.all(LINES)[0] == ("PO1-1", "PSU", 3, "PO1-1")
    ordered.check_sound()


def test_an_advice_of_a_whole_order_has_all_its_lines(ordered: Shop) -> None:
    ordered.take("asn", "asn,order\nA1,PO1\nA2,PO2\n")
    assert ordered.verdicts() == ["new", "new"]
    assert ordered.all(LINES) == [
        ("PO1-1", "PSU", 3, "PO1-1"), ("PO1-2", "FAN", 2, "PO1-2"), ("PO2-1", "GREASE", 50, "PO2-1"),
    ]  # fmt: skip


def test_an_advice_without_an_order_has_lines_of_its_own(ordered: Shop) -> None:
    text = "asn,part_number,quantity,supplier\nA1,PSU,2,S1\nA1,FAN,1,S1\n"
    ordered.take("asn", text)
    assert ordered.all(LINES) == [("1", "PSU", 2, None), ("2", "FAN", 1, None)]
    ordered.take("asn", text)
    assert ordered.verdicts() == ["same", "same"]
    ordered.take("asn", text.replace("FAN,1", "FAN,4"))
    assert ordered.verdicts() == ["same", "changed"]


def test_a_dozen_unnamed_lines_of_one_part_are_found_again_in_their_order(ordered: Shop) -> None:
    text = "asn,part_number,quantity\n" + "".join(f"A1,PSU,{number}\n" for number in range(1, 14))
    ordered.take("asn", text)
    assert ordered.verdicts() == ["new"] * 13
    ordered.take("asn", text)
    assert ordered.verdicts() == ["same"] * 13


def test_a_part_on_an_order_finds_its_line(ordered: Shop) -> None:
    ordered.take("asn", "asn,order,part_number,quantity\nA1,PO1,FAN,1\n")
    assert ordered.all(LINES) == [("PO1-2", "FAN", 1, "PO1-2")]


def test_boxes_of_lots_add_up(ordered: Shop) -> None:
    text = "asn,order_line,quantity,lot,expiry\nA1,PO2-1,20,G1,2027-01-31\nA1,PO2-1,30,G2,\n"
    ordered.take("asn", text)
    assert ordered.verdicts() == ["new", "new"]
    assert ordered.all(LINES) == [("PO2-1", "GREASE", 50, "PO2-1")]
    assert ordered.all(EXPECTED) == [("", "G1", 20, "PO2-1"), ("", "G2", 30, "PO2-1")]
    assert ordered.value("SELECT expiry FROM expected_units WHERE lot = 'G1'") == "2027-01-31"
    ordered.take("asn", text)
    assert ordered.verdicts() == ["same", "same"]


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        ("A1,PO1-1,PSU,1,,", "new"),
        ("A1,PO1-9,PSU,1,,", "bad order_unknown"),
        ("A1,PO77,PSU,1,,", "bad order_unknown"),
        ("A1,PO1-1,FAN,1,,", "bad wrong_part"),
        ("A1,PO1-1,NOPE,1,,", "bad part_unknown"),
        ("A1,,PSU,,,", "bad quantity_needed"),
        ("A1,,BOLT,1,,", "bad ambiguous_part"),
        ("A1,,BOLT,1,,S9", "bad ambiguous_part"),
        ("A1,PO1-1,PSU,2,S-1,", "bad not_one"),
    ],
)
def test_what_makes_a_row_of_an_advice_bad(ordered: Shop, row: str, verdict: str) -> None:
    ordered.take("asn", f"asn,order_line,part_number,quantity,serial,supplier\n{row}\n")
    assert ordered.verdicts() == [verdict]


def test_what_is_said_twice_is_bad_and_what_two_advices_say_is_warned_of(ordered: Shop) -> None:
    head = "asn,order_line,quantity,serial\n"
    ordered.take("asn", head + "A1,PO1-1,1,\nA1,PO1-1,1,\n")
    assert ordered.verdicts() == ["new", "bad doubled"]
    ordered.take("asn", head + "A1,PO1-1,,P1\nA1,PO1-1,,p1\nA2,PO3-1,,P1\n")
    assert ordered.verdicts() == ["new", "bad doubled", "new doubled_serial"]


def test_a_changed_header_is_recorded_with_the_advice(ordered: Shop) -> None:
    ordered.take("asn", "asn,order_line,quantity,shipped\nA1,PO1-1,2,2026-02-20\n")
    ordered.take("asn", "asn,order_line,quantity,shipped\nA1,PO1-1,2,2026-02-21\n")
    assert ordered.verdicts() == ["changed"]
    assert ordered.said[0].field == "shipped"
    assert ordered.value("SELECT shipped FROM asns") == "2026-02-21"
    assert ordered.value("SELECT count(*) FROM asn_lines") == 1
    ordered.check_sound()


def test_a_second_box_of_an_advice_is_warned_of(ordered: Shop) -> None:
    text = f"asn,order_line,quantity,sscc\nA1,PO1-1,1,{TRUE_SSCC}\nA1,PO1-1,2,{UNTRUE_SSCC}\n"
    ordered.take("asn", text)
    codes = {said.code for said in ordered.said}
    assert "other_sscc" in codes or "bad_check_digit" in codes
    assert ordered.value("SELECT sscc FROM asns") == TRUE_SSCC
    assert ordered.all(LINES) == [("PO1-1", "PSU", 3, "PO1-1")]
    ordered.take("asn", text)
    assert {said.verdict.value for said in ordered.said} == {"same"}
