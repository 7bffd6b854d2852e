"""The simulated depot's own files need no hand to be mapped."""

from pathlib import Path

import pytest

from dockmark.exchange.kinds import kind_named
from dockmark.exchange.mapping import Mapping, propose
from dockmark.exchange.rows import Bad, Good, read_rows
from dockmark.exchange.tables import open_table

pytestmark = pytest.mark.shared

FILES = {
    "parts": ("parts", 36, {"field", "tree_level", "co2e_new_kg", "co2e_repair_kg", "label_format"}),
    "suppliers": ("partners", 9, set()),
    "customers": ("partners", 12, {"city", "segment"}),
    "purchase_orders": ("orders", 623, set()),
    "asns": ("asn", 623, set()),
    "units": ("expected", 2153, {"unit_id", "received_date", "status", "location"}),
    "serial_ranges": ("ranges", 32, set()),
    "recalls": ("recalls", 1, set()),
}


def imported(shared: Path, name: str) -> tuple[Mapping, list[Good | Bad]]:
    table = open_table(shared / "depot-sim" / "small" / f"{name}.csv")
    kind = kind_named(FILES[name][0])
    mapping = propose(kind, table.columns)
    return mapping, list(read_rows(table, kind, mapping))


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_the_depot_is_mapped_and_every_row_good(shared: Path, name: str) -> None:
    _, count, unused = FILES[name]
    mapping, rows = imported(shared, name)
    assert mapping.missing == ()
    assert set(mapping.unused) == unused
    assert [row for row in rows if isinstance(row, Bad)] == []
    assert [row.row for row in rows] == list(range(2, count + 2))


def first(shared: Path, name: str) -> dict[str, str | int | bool]:
    row = imported(shared, name)[1][0]
    assert isinstance(row, Good)
    return row.values


def test_the_values_are_those_of_the_files(shared: Path) -> None:
    assert first(shared, "parts") == {
        "part_number": "MI-GANTRY",
        "description": "Gantry frame controller",
        "gtin": "04012345000016",
        "tracking": "serial",
        "unit_price": 2_100_000,
        "currency": "USD",
        "mass": 38_000_000,
        "warranty_months": 24,
        "customer_warranty_months": 12,
        "repairable": True,
        "supplier": "S1",
    }
    assert first(shared, "suppliers") == {"partner": "S1", "name": "Helix Imaging", "country": "DE"}
    assert first(shared, "purchase_orders") == {
        "order_line": "PO000001-1",
        "order": "PO000001",
        "line": "1",
        "part_number": "CM-PSU24",
        "supplier": "S3",
        "quantity": 2,
        "ordered": "2017-01-12",
        "promised": "2017-02-26",
        "unit_price": 28556,
        "currency": "USD",
    }
    assert first(shared, "asns") == {
        "asn": "ASN0000000",
        "order_line": "PO000001-1",
        "order": "PO000001",
        "line": "1",
        "quantity": 2,
        "shipped": "2017-03-21",
        "sscc": "000000000000000000",
    }
    assert first(shared, "units") == {
        "part_number": "AV-BAY",
        "serial": "AVBAY80100011",
        "lot": "AVBAY-S8-201801",
        "order_line": "PO000006-1",
        "order": "PO000006",
        "line": "1",
        "supplier": "S8",
        "made": "2018-09-20",
    }
    assert first(shared, "serial_ranges") == {
        "part_number": "MI-GANTRY",
        "supplier": "S1",
        "serial_first": "MIGANT10100001",
        "serial_last": "MIGANT10100016",
    }
    assert first(shared, "recalls") == {
        "recall": "RCL-2024-01",
        "part_number": "CM-PSU24",
        "lot": "CMPSU2-S3-202101",
        "reason": "capacitor electrolyte; early loss of output",
        "announced": "2024-06-03",
    }


def test_untrue_check_digits_of_its_pallets_are_warned_of(shared: Path) -> None:
    rows = [row for row in imported(shared, "asns")[1] if isinstance(row, Good)]
    warned = [row for row in rows if row.warnings]
    assert 0.85 < len(warned) / len(rows) < 0.95
