"""Expected units, and serials that are announced twice."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desks.importing.conftest import Shop

HEAD = "part_no,serial,lot,po_line_id\n"
ROWS = (
    "SELECT p.part_number, e.serial, e.lot, coalesce(o.line, ''), e.quantity, e.expiry FROM expected_units e"
    " JOIN parts p ON p.id = e.part LEFT JOIN order_lines o ON o.id = e.line ORDER BY 1, 2, 4, 3"
)


def test_expected_units_are_new_then_the_same(ordered: Shop) -> None:
    text = HEAD + "PSU,P1,L1,PO1-1\nPSU,P2,L1,PO1-1\nFAN,F1,,PO1-2\n"
    result = ordered.take("expected", text)
    assert ordered.verdicts() == ["new"] * 3
    assert ordered.all(ROWS) == [
        ("FAN", "F1", "", "PO1-2", 1, ""), ("PSU", "P1", "L1", "PO1-1", 1, ""), ("PSU", "P2", "L1", "PO1-1", 1, ""),
    ]  # fmt: skip
    assert ordered.value("SELECT count(DISTINCT expectation) FROM expected_units") == 1
    order = ordered.value("SELECT id FROM orders WHERE number = 'PO1'")
    assert ordered.all("SELECT DISTINCT order_id, asn_id FROM expected_units") == [(order, "")]
    assert result.event
    events = ordered.events
    ordered.take("expected", text)
    assert ordered.verdicts() == ["same"] * 3
    assert ordered.events == events
    ordered.check_sound()


def test_a_serial_on_two_lines_is_kept_twice_and_listed(ordered: Shop) -> None:
    text = HEAD + "PSU,P1,L1,PO1-1\nPSU,P1,L9,PO3-1\nFAN,P1,,PO1-2\nPSU, p1 ,L7,PO3-1\n"
    result = ordered.take("expected", text)
    assert ordered.verdicts() == ["new", "new doubled_serial", "new", "changed doubled_serial"]
    assert [said.row for said in ordered.said if said.code] == [3, 5]
    assert (result.bad, result.warnings, result.recorded) == (0, 2, 4)
    assert [row[:4] for row in ordered.all(ROWS)] == [
        ("FAN", "P1", "", "PO1-2"), ("PSU", "P1", "L1", "PO1-1"), ("PSU", "P1", "L9", "PO3-1"),
        ("PSU", "p1", "L7", "PO3-1"),
    ]  # fmt: skip
    ordered.take("expected", text)
    assert [said.verdict.value for said in ordered.said] == ["same"] * 4


def test_a_row_that_repeats_another_is_listed_and_kept_once(ordered: Shop) -> None:
    ordered.take("expected", HEAD + "PSU,P1,L1,PO1-1\nPSU,P1,L1,PO1-1\n")
    assert ordered.verdicts() == ["new", "same doubled_serial"]
    assert ordered.value("SELECT count(*) FROM expected_units") == 1


def test_a_serial_announced_on_another_line_before_is_listed(ordered: Shop) -> None:
    ordered.take("expected", HEAD + "PSU,P1,L1,PO1-1\n")
    ordered.take("expected", HEAD + "PSU,P1,L1,PO3-1\n")
    assert ordered.verdicts() == ["new doubled_serial"]


def test_another_lot_of_a_serial_is_a_change_and_stands_beside_the_first(ordered: Shop) -> None:
    ordered.take("expected", HEAD + "PSU,P1,L1,PO1-1\n")
    ordered.take("expected", HEAD + "PSU,P1,L2,PO1-1\nPSU,P1,,PO1-1\n")
    assert ordered.verdicts() == ["changed", "same doubled_serial"]
    assert [row[2] for row in ordered.all(ROWS)] == ["L1", "L2"]
    ordered.take("expected", HEAD + "PSU,P1,L2,PO1-1\n")
    assert ordered.verdicts() == ["same"]


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        ("NOPE,X1,,PO1-1", "bad part_unknown"),
        ("PSU,X1,,PO1-7", "bad order_unknown"),
        ("PSU,X1,,PO99-1", "bad order_unknown"),
        ("FAN,X1,,PO1-1", "bad wrong_part"),
        ("BOLT,X1,,", "bad ambiguous_part"),
        ("PSU,X1,,", "new"),
        (",X1,,PO1-1", "bad missing"),
    ],
)
def test_what_makes_an_expected_unit_bad(ordered: Shop, row: str, verdict: str) -> None:
    result = ordered.take("expected", f"{HEAD}PSU,P1,L1,PO1-1\n{row}\n")
    assert ordered.verdicts() == ["new", verdict]
    assert ordered.value("SELECT count(*) FROM expected_units") == (0 if result.refused else 2)


def test_boxes_without_serials_count_together(ordered: Shop) -> None:
    head = "part_no,lot,quantity,po_line_id,expiry\n"
    text = head + "GREASE,G1,20,PO2-1,2027-01-31\nGREASE,G1,10,PO2-1,2027-01-31\nGREASE,G2,20,PO2-1,\n"
    ordered.take("expected", text)
    assert ordered.verdicts() == ["new"] * 3
    ordered.take("expected", text)
    assert ordered.verdicts() == ["same"] * 3
    ordered.take("expected", head + "GREASE,G1,35,PO2-1,2027-01-31\n")
    assert ordered.verdicts() == ["changed"]
    assert ordered.value("SELECT sum(quantity) FROM expected_units WHERE lot = 'G1'") == 35
    ordered.take("expected", head + "GREASE,G1,35,PO2-1,2027-01-31\n")
    assert ordered.verdicts() == ["same"]
    ordered.check_sound()


def test_a_part_that_is_on_several_lines_fills_them_one_after_another(stocked: Shop) -> None:
    stocked.take("orders", "order,line,part_number,quantity\nPO9,1,PSU,2\nPO9,2,PSU,2\n")
    text = "order,part_number,serial\nPO9,PSU,A\nPO9,PSU,B\nPO9,PSU,C\n"
    stocked.take("expected", text)
    assert [row[3] for row in stocked.all(ROWS)] == ["1", "1", "2"]
    stocked.take("expected", text)
    assert stocked.verdicts() == ["same"] * 3


def test_units_are_expected_on_an_advice(ordered: Shop) -> None:
    ordered.take("asn", "asn,order_line,part_number,quantity\nA1,PO1-1,,2\nA2,,FAN,1\n")
    text = "asn,part_number,serial\nA1,PSU,P1\nA2,FAN,F1\n"
    ordered.take("expected", text)
    assert ordered.verdicts() == ["new", "new"]
    assert ordered.all(ROWS)[1][3] == "PO1-1"
    line = ordered.value("SELECT id FROM asns WHERE number = 'A2'") + "/1"
    assert ordered.all("SELECT line FROM expected_units WHERE serial = 'F1'") == [(line,)]
    ordered.take("expected", text + "A3,PSU,P9\nA1,FAN,F9\n")
    assert ordered.verdicts() == ["same", "same", "bad asn_unknown", "bad wrong_part"]


def test_an_order_line_settles_which_of_several_parts_is_meant(stocked: Shop) -> None:
    stocked.take("orders", "order,line,part_number,manufacturer,quantity\nPO9,1,BOLT,Bravo,5\n")
    stocked.take("expected", "part_number,serial,order,line\nBOLT,B1,PO9,1\n")
    assert stocked.verdicts() == ["new"]
    assert stocked.value("SELECT p.manufacturer FROM expected_units e JOIN parts p ON p.id = e.part") == "Bravo"


def test_expectations_of_wide_texts_fit_into_events(ordered: Shop) -> None:
    rows = "".join(f"PSU,{'é' * 55}{number},{'Ω' * 60},PO1-1\n" for number in range(900))
    ordered.take("expected", HEAD + rows)
    assert ordered.value("SELECT count(*) FROM expected_units") == 900
    assert ordered.value("SELECT max(length(CAST(core AS BLOB))) FROM events") <= 64 * 1024
    ordered.check_sound()


ROW = st.tuples(
    st.sampled_from(["PSU,{s},{l},PO1-1", "PSU,{s},{l},PO3-1", "FAN,{s},{l},PO1-2", "PSU,{s},{l},"]),
    st.sampled_from(["A", "B", "a", "C1", ""]),
    st.sampled_from(["", "L1", "L2"]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROW, max_size=12), cut=st.integers(0, 12))
def test_whatever_was_imported_is_the_same_the_next_time(
    ordered: Shop, rows: list[tuple[str, str, str]], cut: int
) -> None:
    lines = [form.format(s=serial, l=lot) + "\n" for form, serial, lot in rows]
    for some in (lines[:cut], lines[cut:], lines):
        ordered.take("expected", HEAD + "".join(some))
    ordered.take("expected", HEAD + "".join(lines))
    assert {said.verdict.value for said in ordered.said} <= {"same"}
