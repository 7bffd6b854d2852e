"""The simulated depot, and a depot's folder in general."""

import csv
import shutil
from collections import Counter
from pathlib import Path

import orjson
import pytest

from dockmark.lookup import deliveries
from tests.desks.importing.conftest import Shop


def rows_of(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.shared
def test_the_simulated_depot_is_taken_in_whole(shop: Shop, shared: Path) -> None:
    small = shared / "depot-sim" / "small"
    result = shop.take("depot", small)
    names = ["parts", "suppliers", "customers", "purchase_orders", "asns", "serial_ranges"]
    wanted = {name: len(rows_of(small, f"{name}.csv")) for name in names}
    assert Counter(said.file.removesuffix(".csv") for said in shop.said) == wanted
    assert {said.verdict.value for said in shop.said} == {"new"}
    assert (result.rows, result.recorded, result.bad) == (sum(wanted.values()), sum(wanted.values()), 0)
    counted = {
        "parts": "parts", "orders": "", "order_lines": "purchase_orders", "asns": "asns", "asn_lines": "asns",
        "serial_ranges": "serial_ranges",
    }  # fmt: skip
    for table, name in counted.items():
        orders = {row["po_line_id"].rpartition("-")[0] for row in rows_of(small, "purchase_orders.csv")}
        assert shop.value(f"SELECT count(*) FROM {table}") == (wanted[name] if name else len(orders))
    assert shop.value("SELECT count(*) FROM partners") == wanted["suppliers"] + wanted["customers"]
    assert shop.value("SELECT count(*) FROM partners WHERE approved = 1") == wanted["suppliers"]
    assert shop.value("SELECT count(*) FROM events WHERE core LIKE '%\"import_completed\"%'") == 1
    shop.check_sound()


@pytest.mark.shared
def test_what_the_depots_files_say_stands_in_the_tables(shop: Shop, shared: Path) -> None:
    small = shared / "depot-sim" / "small"
    shop.take("depot", small)
    numbers = {row[0]: row[1] for row in shop.all("SELECT id, part_number FROM parts")}
    codes = {row[0]: row[1] for row in shop.all("SELECT id, code FROM partners")}
    lines = shop.all("SELECT line, part, quantity, promised, told FROM order_lines")
    assert {
        (line, numbers[part], quantity, promised, codes[orjson.loads(told)["partner"]])
        for line, part, quantity, promised, told in lines
    } == {
        (row["po_line_id"], row["part_no"], int(row["qty_ordered"]), row["promised_date"], row["supplier_id"])
        for row in rows_of(small, "purchase_orders.csv")
    }
    advised = shop.all("SELECT a.number, l.line, l.quantity, a.sscc FROM asns a JOIN asn_lines l ON l.asn_id = a.id")
    assert set(advised) == {
        (row["asn_id"], row["po_line_id"], int(row["qty_advised"]), row["sscc"][2:])
        for row in rows_of(small, "asns.csv")
    }
    parts = {row[0]: row[1:] for row in shop.all("SELECT part_number, gtin, warranty_months, tracking FROM parts")}
    for row in rows_of(small, "parts.csv"):
        months = int(row["warranty_from_supplier_months"] or -1)
        assert parts[row["part_no"]] == (row["gtin14"], months, row["tracking"])


@pytest.mark.shared
def test_untrue_ssccs_are_warned_of_and_open_their_advice(shop: Shop, shared: Path) -> None:
    small = shared / "depot-sim" / "small"
    result = shop.take("depot", small)
    untrue = [said for said in shop.said if said.code == "bad_check_digit"]
    assert {said.file for said in untrue} == {"asns.csv"} and len(untrue) == result.warnings > 500
    session = shop.ledger.session()
    for row in rows_of(small, "asns.csv")[:50]:
        for text in (row["sscc"], row["sscc"][2:], row["asn_id"]):
            paper = deliveries.paper(session, text)
            assert paper is not None and (paper.kind, paper.number) == ("asn", row["asn_id"])
    session.close()


@pytest.mark.shared
def test_a_second_run_finds_everything_the_same(shop: Shop, shared: Path) -> None:
    small = shared / "depot-sim" / "small"
    shop.take("depot", small)
    before, events = shop.tables(), shop.events
    result = shop.take("depot", small)
    assert {said.verdict.value for said in shop.said} == {"same"}
    assert (result.recorded, shop.events) == (0, events)
    assert shop.tables() == before


@pytest.mark.shared
def test_the_units_of_the_depot_are_expected_and_doubled_serials_listed(shop: Shop, shared: Path) -> None:
    small = shared / "depot-sim" / "small"
    shop.take("depot", small)
    result = shop.take("expected", small / "units.csv")
    units = rows_of(small, "units.csv")
    seen: set[tuple[str, str]] = set()
    doubled = []
    for number, row in enumerate(units, 2):
        if (row["part_no"], row["serial"]) in seen:
            doubled.append((number, row["serial"]))
        seen.add((row["part_no"], row["serial"]))
    assert [(said.row, said.value) for said in shop.said if said.code == "doubled_serial"] == doubled
    assert len(doubled) == 4
    assert (result.rows, result.recorded, result.bad) == (len(units), len(units), 0)
    told = shop.all(
        "SELECT p.part_number, e.serial, e.lot, l.line FROM expected_units e JOIN parts p ON p.id = e.part"
        " JOIN order_lines l ON l.id = e.line"
    )
    assert Counter(told) == Counter((row["part_no"], row["serial"], row["lot"], row["po_line_id"]) for row in units)
    shop.take("expected", small / "units.csv")
    assert {said.verdict.value for said in shop.said} == {"same"}
    shop.check_sound()


@pytest.mark.shared
def test_files_that_a_depot_has_not_are_not_missed(shop: Shop, shared: Path) -> None:
    folder = shop.folder / "few"
    folder.mkdir()
    for name in ("parts.csv", "suppliers.csv"):
        shutil.copy(shared / "depot-sim" / "small" / name, folder / name)
    shop.take("depot", folder)
    assert {said.file for said in shop.said} == {"parts.csv", "suppliers.csv"}


def depot(shop: Shop, **files: str) -> Path:
    folder = shop.folder / "depot"
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text)
    return folder


ORDERS = "po_line_id,part_no,supplier_id,qty_ordered\nPO1-1,PSU,S1,3\n"


def test_one_bad_row_in_any_file_keeps_the_whole_folder_out(shop: Shop) -> None:
    folder = depot(shop, parts="part_no\nPSU\n", purchase_orders=ORDERS + "PO1-2,NOPE,S1,1\n")
    result = shop.take("depot", folder)
    assert [(said.file, said.row, said.code) for said in shop.said if said.code] == [
        ("purchase_orders.csv", 2, "partner_unknown"), ("purchase_orders.csv", 3, "part_unknown"),
    ]  # fmt: skip
    assert result.refused and shop.value("SELECT count(*) FROM parts") == 0
    skipped = shop.take("depot", folder, skip_bad=True)
    assert skipped.bad_files == (folder / "purchase_orders.csv.bad.csv",)
    assert shop.value("SELECT count(*) FROM order_lines") == 1
    shop.check_sound()


def test_approval_that_was_withdrawn_is_not_given_back_by_the_folder(shop: Shop) -> None:
    folder = depot(shop, parts="part_no\nPSU\n", suppliers="supplier_id,name\nS1,Helix\n")
    shop.take("depot", folder)
    assert shop.all("SELECT code, approved FROM partners") == [("S1", 1)]
    shop.take("partners", "partner,name,approved\nS1,Helix,no\n")
    shop.take("depot", folder)
    assert {said.verdict.value for said in shop.said} == {"same"}
    assert shop.all("SELECT code, approved FROM partners") == [("S1", 0)]


def test_files_of_a_folder_build_on_each_other_before_anything_is_recorded(shop: Shop) -> None:
    folder = depot(
        shop,
        parts="part_no\nPSU\n",
        purchase_orders=ORDERS,
        asns="asn_id,po_line_id,shipped_date,qty_advised,sscc\nA1,PO1-1,2026-01-02,3,\n",
        serial_ranges="part_no,supplier_id,serial_first,serial_last\nPSU,S1,P001,P100\n",
    )
    result = shop.take("depot", folder, dry_run=True)
    assert (result.new, result.bad) == (4, 0)
    assert shop.value("SELECT count(*) FROM parts") == 0
