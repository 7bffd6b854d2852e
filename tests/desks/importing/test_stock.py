"""Opening balance: units that were here before Dockmark was."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest

from dockmark.custody.events import UnitHeld
from dockmark.record.facts import Draft
from tests.desks.importing.conftest import Shop

HEAD = "part_number,serial,place,condition,owner,date,in_service_since,lot\n"
UNITS = (
    "SELECT u.serial, u.state, u.condition, l.code, u.owner, u.received_at, u.in_service_since FROM units u"
    " JOIN places l ON l.id = u.place ORDER BY u.serial"
)
TEXT = HEAD + (
    "PSU,P1,A-01,new,,2024-05-01,,\nPSU,P2,CUST-7,,Clinic West,2023-04-01,2023-04-15,L1\nFAN,F1,A-02,scrapped,OWN,,,\n"
)


def noon(day: str) -> int:
    return int(datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC).timestamp()) * 1_000_000


def test_units_are_taken_over_where_and_how_they_are(stocked: Shop) -> None:
    stocked.take("stock", TEXT)
    assert stocked.verdicts() == ["new"] * 3
    rows = stocked.all(UNITS)
    assert rows[0][:5] == ("F1", "scrapped", "scrapped", "A-02", "own")
    assert rows[1:] == [
        ("P1", "in_stock", "new", "A-01", "own", noon("2024-05-01"), ""),
        ("P2", "installed", "serviceable", "CUST-7", "Clinic West", noon("2023-04-01"), "2023-04-15"),
    ]
    events = stocked.events
    stocked.take("stock", TEXT)
    assert stocked.verdicts() == ["same"] * 3
    assert stocked.events == events
    stocked.check_sound()


def test_a_place_within_a_customers_site_is_at_the_customers(stocked: Shop) -> None:
    stocked.take("locations", "place,kind,parent\nCUST-7-R1,room,CUST-7\nCUST-7-R1-S1,shelf,CUST-7-R1\n")
    stocked.take("stock", "part_number,serial,place\nPSU,P1,CUST-7-R1-S1\n")
    assert stocked.value("SELECT state FROM units") == "installed"


def test_a_wrong_opening_balance_is_corrected_by_a_counter_entry(stocked: Shop) -> None:
    stocked.take("stock", TEXT)
    corrected = TEXT.replace("A-01,new,,2024-05-01", "A-02,new,,2024-06-01").replace("Clinic West", "Clinic East")
    stocked.take("stock", corrected)
    assert stocked.verdicts() == ["changed", "changed", "same"]
    assert [said.field for said in stocked.said] == ["place", "owner", ""]
    rows = stocked.all(UNITS)
    assert rows[1] == ("P1", "in_stock", "new", "A-02", "own", noon("2024-06-01"), "")
    assert rows[2] == ("P2", "installed", "serviceable", "CUST-7", "Clinic East", noon("2023-04-01"), "2023-04-15")
    assert stocked.value("SELECT count(*) FROM units") == 3
    assert stocked.value("SELECT sum(out_of_sequence) FROM units") == 0
    stocked.take("stock", corrected)
    assert stocked.verdicts() == ["same"] * 3
    stocked.take("stock", TEXT)
    assert stocked.verdicts() == ["changed", "changed", "same"]
    stocked.take("stock", TEXT)
    assert stocked.verdicts() == ["same"] * 3
    stocked.check_sound()


def test_a_unit_that_has_gone_on_since_is_not_corrected(stocked: Shop) -> None:
    stocked.take("stock", TEXT)
    unit = stocked.value("SELECT id FROM units WHERE serial = 'P1'")
    with stocked.ledger.writing() as book:
        book.record(Draft(fact=UnitHeld(reason="DOUBT"), subj=(f"unit:{unit}",)))
    stocked.take("stock", TEXT)
    assert stocked.verdicts() == ["same"] * 3
    stocked.take("stock", TEXT.replace("P1,A-01", "P1,A-02"))
    assert stocked.verdicts() == ["bad moved_since", "same", "same"]


def test_lot_and_quantity_are_part_of_what_a_unit_is_called(stocked: Shop) -> None:
    stocked.take("stock", TEXT)
    stocked.take("stock", TEXT.replace("2023-04-15,L1", "2023-04-15,L2"))
    assert stocked.verdicts() == ["same", "bad not_changeable", "same"]


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        ("NOPE,X1,A-01,,,,,", "bad part_unknown"),
        ("BOLT,X1,A-01,,,,,", "bad ambiguous_part"),
        ("PSU,X1,B-99,,,,,", "bad place_unknown"),
        ("PSU,X1,,,,,,", "bad missing"),
        ("PSU,,A-01,,,,,", "bad serial_needed"),
        ("GREASE,,A-01,,,,,G1", "bad quantity_needed"),
        ("GREASE,X1,A-01,,,,,G1", "new"),
        ("PSU,X1,A-01,,,2026-03-01,,", "new"),
        ("PSU,X1,A-01,,,2026-04-01,,", "bad out_of_range"),
        ("PSU,X1,A-01,,,,2026-04-01,", "bad out_of_range"),
        ("PSU,P1,A-02,new,,,,", "bad doubled"),
        ("PSU,p 1,A-02,new,,,,", "bad doubled"),
        ("FAN,P1,A-02,new,,,,", "new"),
        ("PSU,X1,A-01,rusty,,,,", "bad unknown_word"),
    ],
)
def test_what_makes_a_row_of_stock_bad(stocked: Shop, row: str, verdict: str) -> None:
    stocked.take("stock", f"{HEAD}PSU,P1,A-01,,,,,\n{row}\n")
    assert stocked.verdicts() == ["new", verdict]


def test_boxes_are_told_apart_by_lot_and_place(stocked: Shop) -> None:
    head = "part_number,lot,quantity,place,date\n"
    text = head + "GREASE,G1,10,A-01,2024-01-01\nGREASE,G1,5,A-02,2024-01-01\nGREASE,G2,7,A-01,2024-01-01\n"
    stocked.take("stock", text)
    assert stocked.verdicts() == ["new"] * 3
    assert stocked.all("SELECT lot, quantity, tracking FROM units ORDER BY lot, quantity") == [
        ("G1", 5, "lot"), ("G1", 10, "lot"), ("G2", 7, "lot"),
    ]  # fmt: skip
    stocked.take("stock", text)
    assert stocked.verdicts() == ["same"] * 3
    stocked.take("stock", text.replace("G1,10", "G1,12") + "GREASE,G2,7,A-01,2024-01-01\n")
    assert stocked.verdicts() == ["bad not_changeable", "same", "same", "bad doubled"]
    stocked.check_sound()


def test_a_unit_that_came_by_scan_is_not_taken_over_again(stocked: Shop) -> None:
    from dockmark.custody.events import UnitReceived

    part = stocked.value("SELECT id FROM parts WHERE part_number = 'PSU'")
    with stocked.ledger.writing() as book:
        fact = UnitReceived(receipt="r", part=part, serial="P1")
        book.record(Draft(fact=fact, subj=(f"unit:{book.new_id()}",), new=True))
    stocked.take("stock", "part_number,serial,place\nPSU,P1,A-01\n")
    assert stocked.verdicts() == ["bad alive_elsewhere"]


def test_a_unit_that_was_only_expected_is_taken_over_under_its_own_name(stocked: Shop) -> None:
    from dockmark.custody.events import ActReversed, UnitReceived

    part = stocked.value("SELECT id FROM parts WHERE part_number = 'PSU'")
    with stocked.ledger.writing() as book:
        unit = f"unit:{book.new_id()}"
        [event] = book.record(Draft(fact=UnitReceived(receipt="r", part=part, serial="P1"), subj=(unit,), new=True))
        book.flush()
        book.record(Draft(fact=ActReversed(reverses=[event]), subj=(unit,)))
    assert stocked.value("SELECT state FROM units") == "expected"
    stocked.take("stock", "part_number,serial,place\nPSU,P1,A-01\n")
    assert stocked.verdicts() == ["new"]
    assert stocked.all("SELECT state, out_of_sequence FROM units") == [("in_stock", 0)]
    stocked.check_sound()


def test_thousands_of_units_are_signed_as_they_go(stocked: Shop) -> None:
    rows = "".join(f"PSU,S{number:05},A-01,,,,,\n" for number in range(1201))
    stocked.take("stock", HEAD + rows)
    assert stocked.value("SELECT count(*) FROM units") == 1201
    signed = [row[0] for row in stocked.all("SELECT seq FROM events WHERE sig IS NOT NULL ORDER BY seq")]
    assert max(b - a for a, b in pairwise(signed)) <= 1000
    stocked.check_sound()
