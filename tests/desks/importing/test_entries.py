"""Parts, partners and places: new, same, changed, bad."""

import orjson
import pytest

from dockmark.catalog.events import PartAdded
from dockmark.record.facts import Draft
from tests.desks.importing.conftest import GTIN, OTHER_GTIN, Shop

PARTS = (
    "part_number,manufacturer,description,gtin,tracking,list_price_eur,weight_g,warranty_months,requires_certificate\n"
    f"PSU-24,Acme,Power supply,{GTIN},serial,250.00,1200,24,yes\n"
    "FAN-1,,Fan tray,,,,,,\n"
)


def test_parts_are_new_then_the_same(shop: Shop) -> None:
    first = shop.take("parts", PARTS)
    assert shop.verdicts() == ["new", "new"]
    assert (first.rows, first.recorded, first.bad, first.new) == (2, 2, 0, 2)
    events = shop.events
    again = shop.take("parts", PARTS)
    assert shop.verdicts() == ["same", "same"]
    assert (again.recorded, again.same, again.event) == (0, 2, "")
    assert shop.events == events
    shop.check_sound()


def test_a_part_keeps_every_field_that_its_row_names(shop: Shop) -> None:
    shop.take("parts", PARTS)
    [(told, gtin, warranty, certificate)] = shop.all(
        "SELECT told, gtin, warranty_months, requires_certificate FROM parts WHERE part_number = 'PSU-24'"
    )
    assert (gtin, warranty, certificate) == (GTIN, 24, 1)
    assert orjson.loads(told) == {
        "part_number": "PSU-24", "manufacturer": "Acme", "description": "Power supply", "gtin": GTIN,
        "tracking": "serial", "unit_price": 25000, "currency": "EUR", "mass": 1_200_000, "warranty_months": 24,
        "requires_certificate": 1,
    }  # fmt: skip


def test_a_change_is_recorded_with_the_changed_fields_only(shop: Shop) -> None:
    shop.take("parts", PARTS)
    shop.take("parts", PARTS.replace("Power supply", "Power supply 24 V"))
    assert shop.verdicts() == ["changed", "same"]
    assert shop.said[0].field == "description"
    core = orjson.loads(shop.value("SELECT core FROM events WHERE core LIKE '%part_changed%'"))
    assert core["body"] == {"told": {"description": "Power supply 24 V"}}
    shop.check_sound()


def test_an_empty_cell_says_nothing(shop: Shop) -> None:
    shop.take("parts", PARTS)
    shop.take("parts", "part_number,manufacturer,description\nPSU-24,Acme,\n")
    assert shop.verdicts() == ["same"]
    assert shop.value("SELECT description FROM parts WHERE part_number = 'PSU-24'") == "Power supply"


def test_the_same_part_twice_in_a_file_is_bad(shop: Shop) -> None:
    result = shop.take("parts", "part_number\nPSU\nFAN\npsu\n")
    assert shop.verdicts() == ["new", "new", "bad doubled"]
    assert result.refused and result.recorded == 0
    assert shop.value("SELECT count(*) FROM parts") == 0


def test_a_number_may_be_made_by_two_makers(shop: Shop) -> None:
    shop.take("parts", "part_number,manufacturer\nBOLT,Acme\nBOLT,Bravo\n")
    assert shop.verdicts() == ["new", "new"]
    shop.take("parts", "part_number,manufacturer,description\nBOLT, ACME ,Bolt\n")
    assert shop.verdicts() == ["changed"]
    shop.take("parts", "part_number,description\nBOLT,Which one\n")
    assert shop.verdicts() == ["bad ambiguous_part"]


def test_a_maker_completes_the_entry_that_has_none(shop: Shop) -> None:
    with shop.ledger.writing() as book:
        scanned = PartAdded(told={"part_number": "PSU", "gtin": GTIN}, complete=False)
        book.record(Draft(fact=scanned, subj=(f"part:{book.new_id()}",), new=True))
    shop.take("parts", "part_number,manufacturer\nPSU,Acme\n")
    assert shop.verdicts() == ["changed"]
    assert shop.all("SELECT manufacturer, gtin, complete FROM parts") == [("Acme", GTIN, 1)]


def test_a_part_made_from_a_scan_is_complete_once_a_file_has_it(shop: Shop) -> None:
    with shop.ledger.writing() as book:
        scanned = PartAdded(told={"part_number": "PSU"}, complete=False)
        book.record(Draft(fact=scanned, subj=(f"part:{book.new_id()}",), new=True))
    shop.take("parts", "part_number\nPSU\n")
    assert shop.verdicts() == ["changed"]
    assert shop.value("SELECT complete FROM parts") == 1
    shop.take("parts", "part_number\nPSU\n")
    assert shop.verdicts() == ["same"]


def test_another_cage_is_another_part(shop: Shop) -> None:
    shop.take("parts", "part_number,cage\nPSU,1AB23\n")
    shop.take("parts", "part_number,manufacturer,cage\nPSU,Acme,9ZZ99\n")
    assert shop.verdicts() == ["new"]
    assert shop.value("SELECT count(*) FROM parts") == 2


def test_a_gtin_on_two_parts_is_warned_of(shop: Shop) -> None:
    result = shop.take("parts", f"part_number,gtin\nPSU,{GTIN}\nFAN,{GTIN}\nLRU,{OTHER_GTIN}\n")
    assert shop.verdicts() == ["new", "new doubled_gtin", "new"]
    assert (result.warnings, result.recorded) == (1, 3)
    shop.take("parts", f"part_number,gtin\nCARD,{OTHER_GTIN}\n")
    assert shop.verdicts() == ["new doubled_gtin"]


def test_partners_are_approved_only_where_the_file_says_so(shop: Shop) -> None:
    shop.take("partners", "partner,name,kind,approved\nS1,Helix,supplier,yes\nS2,Corner,,\n")
    assert shop.all("SELECT code, approved FROM partners ORDER BY code") == [("S1", 1), ("S2", 0)]
    shop.take("partners", "partner,name,approved\nS1,Helix,no\nS2,Corner,\nS2,Corner,\n")
    assert shop.verdicts() == ["changed", "same", "bad doubled"]
    assert shop.value("SELECT approved FROM partners WHERE code = 'S1'") == 1
    shop.take("partners", "partner,name,approved\nS1,Helix,no\n")
    assert shop.value("SELECT approved FROM partners WHERE code = 'S1'") == 0
    shop.check_sound()


PLACES = "place,name,kind,parent\nA-01-1,Bin one,bin,A-01\nA-01,Shelf,shelf,HALL\nHALL,Hall,room,\n"


def test_a_place_may_stand_in_one_that_follows(shop: Shop) -> None:
    shop.take("locations", PLACES)
    assert shop.verdicts() == ["new", "new", "new"]
    rows = shop.all("SELECT p.code, q.code FROM places p JOIN places q ON q.id = p.parent ORDER BY p.code")
    assert rows == [("A-01", "HALL"), ("A-01-1", "A-01")]
    shop.take("locations", PLACES)
    assert shop.verdicts() == ["same", "same", "same"]
    shop.take("locations", "place,parent\nA-01-1,HALL\n")
    assert shop.verdicts() == ["changed"]
    shop.check_sound()


@pytest.mark.parametrize(
    ("rows", "verdicts"),
    [
        ("A,\nB,NOWHERE\n", ["new", "bad place_unknown"]),
        ("A,A\n", ["bad place_loop"]),
        ("A,B\nB,C\nC,A\nD,C\n", ["bad place_loop"] * 4),
        ("A,\nA,\n", ["new", "bad doubled"]),
        ("HALL,A-01\n", ["bad place_loop"]),
        ("A0101,\n", ["new"]),
        ("a-01,\n", ["new same_tag"]),
        ("X-1,\nX1,\n", ["new", "new same_tag"]),
    ],
)
def test_places_are_bad_where_they_stand_nowhere_or_in_themselves(shop: Shop, rows: str, verdicts: list[str]) -> None:
    shop.take("locations", PLACES)
    shop.take("locations", f"place,parent\n{rows}")
    assert shop.verdicts() == verdicts
