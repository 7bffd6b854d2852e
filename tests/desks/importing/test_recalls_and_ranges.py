"""Recalls widen and never narrow; serial ranges are said once."""

import pytest

from dockmark.lookup import catalogue
from tests.desks.importing.conftest import Shop

HEAD = "recall,part_number,lot,serial,serial_from,serial_to,reason,announced\n"
TEXT = HEAD + (
    "R1,PSU,L1,,,,smoke,2026-01-05\n"
    "R1,PSU,L2,,,,smoke,2026-01-05\n"
    "R1,FAN,,F1,,,smoke,2026-01-05\n"
    "R1,FAN,LF,F2,,,smoke,2026-01-05\n"
    "R2,PSU,,,S100,S199,fire,\n"
    "R3,GREASE,,,,,poison,\n"
)


def recalled(shop: Shop, number: str, lot: str = "", serial: str = "") -> list[str]:
    session = shop.ledger.session()
    part = session.value("SELECT id FROM parts WHERE part_number = ?", (number,))
    found = [f"{it.number} {it.by}" for it in catalogue.recalls_of(session, part, lot, serial)]
    session.close()
    return found


def test_recalls_reach_exactly_what_they_name(stocked: Shop) -> None:
    stocked.take("recalls", TEXT)
    assert stocked.verdicts() == ["new"] * 6
    assert recalled(stocked, "PSU", lot="L2") == ["R1 lot"]
    assert recalled(stocked, "PSU", lot="L3", serial="S150") == ["R2 serial"]
    assert recalled(stocked, "PSU", lot="L3", serial="S200") == []
    assert recalled(stocked, "FAN", lot="LF", serial="F3") == []
    assert recalled(stocked, "FAN", serial="F2") == ["R1 serial"]
    assert recalled(stocked, "GREASE", lot="any") == ["R3 part"]
    events = stocked.events
    stocked.take("recalls", TEXT)
    assert stocked.verdicts() == ["same"] * 6
    assert stocked.events == events
    stocked.check_sound()


def test_a_recall_widens(stocked: Shop) -> None:
    stocked.take("recalls", TEXT)
    stocked.take("recalls", HEAD + "R1,PSU,L9,,,,smoke,2026-01-05\nR1,PSU,,,,,smoke,2026-01-05\n")
    assert stocked.verdicts() == ["new", "new"]
    assert recalled(stocked, "PSU", lot="L9") == ["R1 lot", "R1 part"]
    assert recalled(stocked, "PSU", lot="whatever") == ["R1 part"]


def test_a_recall_of_a_whole_part_is_not_narrowed_by_a_lot(stocked: Shop) -> None:
    stocked.take("recalls", HEAD + "R3,GREASE,,,,,poison,\n")
    stocked.take("recalls", HEAD + "R3,GREASE,G1,,,,poison,\n")
    assert stocked.verdicts() == ["new"]
    assert recalled(stocked, "GREASE", lot="G2") == ["R3 part"]


def test_another_reason_is_a_change(stocked: Shop) -> None:
    stocked.take("recalls", TEXT)
    stocked.take("recalls", HEAD + "R2,PSU,,,S100,S199,fire and smoke,\n")
    assert stocked.verdicts() == ["changed"]
    assert stocked.said[0].field == "reason"
    assert stocked.value("SELECT reason FROM recalls WHERE number = 'R2'") == "fire and smoke"
    assert recalled(stocked, "PSU", serial="S150") == ["R2 serial"]
    stocked.check_sound()


def test_what_makes_a_row_of_a_recall_bad(stocked: Shop) -> None:
    rows = "R1,NOPE,L1,,,,,\nR1,BOLT,L1,,,,,\nR1,PSU,L1,,,,,\nR1,PSU,L1,,,,,\nR1,PSU,,,S9,S1,,\nR1,PSU,,,S9,,,\n"
    stocked.take("recalls", HEAD + rows)
    assert stocked.verdicts() == [
        "bad part_unknown", "bad ambiguous_part", "new", "bad doubled", "bad bad_range", "bad missing",
    ]  # fmt: skip


def test_thousands_of_serials_are_recalled_in_steps(stocked: Shop) -> None:
    rows = "".join(f"R1,PSU,,SER{number:06},,,smoke,\n" for number in range(1300))
    stocked.take("recalls", HEAD + rows)
    assert stocked.value("SELECT count(*) FROM recall_marks") == 1300
    assert stocked.value("SELECT count(*) FROM recalls") == 1
    stocked.check_sound()


RANGES = "part_no,supplier_id,serial_first,serial_last\nPSU,S1,PS0001,PS0100\nPSU,S2,PT0001,PT0100\nFAN,,F001,F100\n"


def test_ranges_are_new_then_the_same(stocked: Shop) -> None:
    stocked.take("ranges", RANGES)
    assert stocked.verdicts() == ["new"] * 3
    stocked.take("ranges", RANGES)
    assert stocked.verdicts() == ["same"] * 3
    stocked.take("ranges", RANGES.replace("FAN,,", "FAN,S1,"))
    assert stocked.verdicts() == ["same", "same", "changed"]
    assert stocked.value("SELECT count(*) FROM serial_ranges") == 3
    stocked.check_sound()


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        ("NOPE,S1,A1,A9", "bad part_unknown"),
        ("PSU,S9,A1,A9", "new partner_unknown"),
        ("PSU,S1,A9,A1", "bad bad_range"),
        ("PSU,S1,PS0001,PS0100", "bad doubled"),
        ("PSU,S1,PS0001,PS0200", "new"),
    ],
)
def test_what_makes_a_range_bad(stocked: Shop, row: str, verdict: str) -> None:
    stocked.take("ranges", f"{RANGES}{row}\n")
    assert stocked.verdicts() == ["new"] * 3 + [verdict]
