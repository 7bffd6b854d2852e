"""Rows of a table as typed values."""

import tracemalloc
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dockmark.exchange.cells import NumberCell
from dockmark.exchange.codes import FileFault, RowCode
from dockmark.exchange.columns import Type
from dockmark.exchange.csv_out import write_csv
from dockmark.exchange.dates import DateOrder
from dockmark.exchange.kinds import KINDS, kind_named
from dockmark.exchange.lanes import lane_for
from dockmark.exchange.mapping import Mapping, mapping_from_json, propose
from dockmark.exchange.rows import Bad, Good, Trouble, read_batches, read_rows
from dockmark.exchange.tables import open_table
from dockmark.exchange.values import Fault
from dockmark.record.refusal import Refusal

Written = Callable[..., Path]


def imported(path: Path, kind: str, told: str = "") -> list[Good | Bad]:
    table = open_table(path)
    found = kind_named(kind)
    mapping = mapping_from_json(told, found, table.columns) if told else propose(found, table.columns)
    return list(read_rows(table, found, mapping))


def troubles(rows: list[Good | Bad]) -> list[tuple[int, str, str]]:
    return [(row.row, row.code, row.field) for row in rows if isinstance(row, Bad)]


def test_a_part_has_all_its_fields_in_units_of_the_record(written: Written) -> None:
    text = (
        "part_number,manufacturer,description,gtin,tracking,unit_price,currency,mass,warranty_months,"
        "customer_warranty_months,repairable,shelf_life_days,requires_approved_supplier,requires_certificate,"
        "supplier,customer_part_number,cage,revision\n"
        'P-1,Acme,"Pump, ""big""",4012345000016,Lot,"1.234,50",eur,2.5,24,12,yes,365,x,nein,S1,C-9,1abc5,B\n'
        "P-2,,,,,,,,,,,,,,,,,\n"
    )
    assert imported(written(text), "parts") == [
        Good(
            2,
            {
                "part_number": "P-1",
                "manufacturer": "Acme",
                "description": 'Pump, "big"',
                "gtin": "04012345000016",
                "tracking": "lot",
                "unit_price": 123450,
                "currency": "EUR",
                "mass": 2_500_000,
                "warranty_months": 24,
                "customer_warranty_months": 12,
                "repairable": True,
                "shelf_life_days": 365,
                "requires_approved_supplier": True,
                "requires_certificate": False,
                "supplier": "S1",
                "customer_part_number": "C-9",
                "cage": "1ABC5",
                "revision": "B",
            },
        ),
        Good(3, {"part_number": "P-2"}),
    ]


def test_money_hangs_on_the_currency_of_its_row(written: Written) -> None:
    text = "part,price,currency\nA,100,JPY\nB,100,\nC,1.234,KWD\nD,1.5,JPY\nE,5,XYZ\nF,,EUR\n"
    rows = imported(written(text), "parts")
    assert [(row.values.get("unit_price"), row.values.get("currency")) for row in rows if isinstance(row, Good)] == [
        (100, "JPY"),
        (10000, "USD"),
        (1234, "KWD"),
        (None, "EUR"),
    ]
    assert troubles(rows) == [(5, "too_precise", "unit_price"), (6, "unknown_currency", "currency")]
    assert imported(written("part,price_jpy\nA,100\nB,\n"), "parts") == [
        Good(2, {"part_number": "A", "currency": "JPY", "unit_price": 100}),
        Good(3, {"part_number": "B"}),
    ]


def test_the_order_is_taken_from_the_order_line_where_it_is_not_given(written: Written) -> None:
    text = "po_line_id,order,part,qty\nPO000001-1,,A,1\nPO-2026-0077,,A,1\nPO7,,A,1\nPO9-3,OTHER,A,1\n,PO5,A,1\n,,A,1\n"
    rows = imported(written(text), "orders")
    found = [
        tuple(row.values.get(name) for name in ("order_line", "order", "line")) for row in rows if isinstance(row, Good)
    ]
    assert found == [
        ("PO000001-1", "PO000001", "1"),
        ("PO-2026-0077", "PO-2026", "0077"),
        ("PO7", "PO7", None),
        ("PO9-3", "OTHER", "3"),
        (None, "PO5", None),
    ]
    assert troubles(rows) == [(7, "missing", "order")]


def test_a_row_that_misses_something_required_is_bad_and_the_next_is_read(written: Written) -> None:
    rows = imported(written("part,serial\n,1\nA,2\n  ,3\n"), "expected")
    assert troubles(rows) == [(2, "missing", "part_number"), (4, "missing", "part_number")]
    assert rows[1] == Good(3, {"part_number": "A", "serial": "2"})


def test_a_bad_row_says_everything_that_is_wrong_with_it(written: Written) -> None:
    rows = imported(written("part,serial,qty,expiry\nA,x\x07,many,3/4/2026\n"), "expected")
    assert rows == [
        Bad(
            2,
            RowCode.CONTROL_CHARS,
            "serial",
            "x\x07",
            ("A", "x\x07", "many", "3/4/2026"),
            (
                Trouble(RowCode.BAD_NUMBER, "quantity", "many"),
                Trouble(RowCode.AMBIGUOUS_DATE, "expiry", "3/4/2026"),
            ),
        )
    ]


def test_ragged_and_broken_rows_come_out_in_their_place(written: Written) -> None:
    rows = imported(written('part,serial\nA,1\nA\nA,2,3\n"A"x,4\nA,5\n"A,6\n'), "expected")
    assert [row.row for row in rows] == [2, 3, 4, 5, 6, 7]
    assert troubles(rows) == [
        (3, "too_few_cells", ""),
        (4, "too_many_cells", ""),
        (5, "bad_quoting", ""),
        (7, "bad_quoting", ""),
    ]
    assert [row.cells for row in rows if isinstance(row, Bad)] == [("A",), ("A", "2", "3"), ('"A"x,4',), ('"A,6',)]


def test_every_one_of_many_bad_rows_is_counted(written: Written) -> None:
    lines = [f"A,{n}" if n % 3 else f",{n}" for n in range(2, 3002)]
    rows = imported(written("part,serial\n" + "\n".join(lines)), "expected")
    assert [row.row for row in rows] == list(range(2, 3002))
    assert all(isinstance(row, Bad) == (row.row % 3 == 0) for row in rows)
    assert all(row.values["serial"] == str(row.row) for row in rows if isinstance(row, Good))


def test_what_can_be_meant_two_ways_is_settled_by_the_mapping(written: Written) -> None:
    path = written("part;qty;expiry\nA;1.000;3/4/2026\n")
    assert [code for _, code, _ in troubles(imported(path, "expected"))] == ["ambiguous_number"]
    pairs = '"columns": {"part_number": "part", "quantity": "qty", "expiry": "expiry"}'
    assert imported(path, "expected", f'{{{pairs}, "dates": "month_first", "decimal": ","}}') == [
        Good(2, {"part_number": "A", "quantity": 1000, "expiry": "2026-03-04"})
    ]


def test_an_untrue_check_digit_is_a_warning_on_an_sscc_only(written: Written) -> None:
    good, untrue = "106141412345678908", "00000000000000000001"
    rows = imported(written(f"asn,part,sscc\nN1,A,{good}\nN2,A,{untrue}\nN3,A,\n"), "asn")
    assert [(row.values.get("sscc"), row.warnings) for row in rows if isinstance(row, Good)] == [
        (good, ()),
        (untrue[2:], (Trouble(RowCode.BAD_CHECK_DIGIT, "sscc", untrue[2:]),)),
        (None, ()),
    ]
    assert troubles(imported(written("part,gtin\nA,04012345000017\n"), "parts")) == [(2, "bad_check_digit", "gtin")]


def test_a_serial_stands_for_one_unit(written: Written) -> None:
    rows = imported(written("part,serial,qty,place\nA,1,1,B\nA,2,5,B\nA,,5,B\nA,3,,B\n"), "stock")
    assert troubles(rows) == [(3, "not_one", "quantity")]


def test_a_serial_range_must_be_one(written: Written) -> None:
    text = "part,serial_first,serial_last\nA,S1,S9\nA,S9,S10\nA,S9,S1\nA,S1,T10\nA,S1,\nA,A0F,A1C\nA,S1,S1\nA,C,B\n"
    assert troubles(imported(written(text), "ranges")) == [
        (4, "bad_range", "serial_last"),
        (5, "bad_range", "serial_last"),
        (6, "missing", "serial_last"),
        (9, "bad_range", "serial_last"),
    ]
    text = "recall,part,serial_from,serial_to\nR,A,,S9\nR,A,S1,\nR,A,,\nR,A,S1,S10\n"
    assert troubles(imported(written(text), "recalls")) == [(2, "missing", "serial_from"), (3, "missing", "serial_to")]


def test_all_kinds_of_places_conditions_and_partners(written: Written) -> None:
    rows = imported(written("place,name,kind,parent\nB1,Bin 1,Bin,S1\nS1,,customer site,\n"), "locations")
    assert [row.values for row in rows if isinstance(row, Good)] == [
        {"place": "B1", "name": "Bin 1", "kind": "bin", "parent": "S1"},
        {"place": "S1", "kind": "customer_site"},
    ]
    text = "partner,name,kind,approved,country\nS1,Acme,supplier;maker,1,us\nC1,Bob,Kunde,,\nX,Y,friend,,\n"
    rows = imported(written(text), "partners")
    assert rows[0] == Good(
        2, {"partner": "S1", "name": "Acme", "kind": "supplier maker", "approved": True, "country": "US"}
    )
    assert rows[1] == Good(3, {"partner": "C1", "name": "Bob", "kind": "customer"})
    assert troubles(rows) == [(4, "unknown_word", "kind")]
    text = "part,serial,place,condition,date,in_service_since\nA,1,B1,Quarantine,2026-01-02,1.2.2020\n"
    assert imported(written(text), "stock") == [
        Good(
            2,
            {
                "part_number": "A",
                "serial": "1",
                "place": "B1",
                "condition": "quarantined",
                "date": "2026-01-02",
                "in_service_since": "2020-02-01",
            },
        )
    ]


def test_a_table_without_the_required_columns_is_refused(written: Written) -> None:
    table = open_table(written("serial,colour\n1,red\n"))
    kind = kind_named("expected")
    mappings = (
        propose(kind, table.columns),
        Mapping(kind="expected", columns={}),
        Mapping(kind="expected", columns={"part_number": "away"}),
    )
    for mapping in mappings:
        with pytest.raises(Refusal) as refused:
            list(read_rows(table, kind, mapping))
        assert refused.value.facts["why"] == FileFault.COLUMNS_MISSING


def test_batches_hold_the_same_as_rows(written: Written) -> None:
    lines = [f"A,{n},{'' if n % 5 else n}" if n % 7 else ",x,many" for n in range(2, 2000)]
    table = open_table(written("part,serial,lot\n" + "\n".join(lines)))
    kind = kind_named("expected")
    mapping = propose(kind, table.columns)
    good, bad = [], []
    for batch in read_batches(table, kind, mapping):
        assert {len(values) for values in batch.columns.values()} == {len(batch.rows)}
        assert not batch.full
        for at, row in enumerate(batch.rows):
            values = {name: found[at] for name, found in batch.columns.items()}
            good.append((row, {name: value for name, value in values.items() if value is not None}))
        bad += batch.bad
    rows = list(read_rows(table, kind, mapping))
    assert [(row.row, row.values) for row in rows if isinstance(row, Good)] == good
    assert [row for row in rows if isinstance(row, Bad)] == bad


def test_fifty_thousand_rows_pass_through_little_memory(written: Written) -> None:
    lines = (f"PART-{n % 30},SER{n:09},LOT-{n % 400},PO{n % 600:06}-{n % 9},2026-03-04" for n in range(50_000))
    table = open_table(written("part,serial,lot,po_line_id,expiry\n" + "\n".join(lines)))
    kind = kind_named("expected")
    tracemalloc.start()
    count = sum(len(batch.rows) for batch in read_batches(table, kind, propose(kind, table.columns)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 50_000
    assert peak < 20_000_000


LANES = [(kind.name, column) for kind in KINDS.values() for column in kind.columns if column.type is not Type.MONEY]
CELL = (
    st.text(st.sampled_from("aZ09-./, #E+\u00a0é\u0301\x07\n"), max_size=8)
    | st.dates().map(str)
    | st.integers(-5, 2000).map(str)
    | st.sampled_from(["", " ", "x" * 70, "yes", "bin", "supplier", "new", "04012345000016", "DE", "1,234"])
)


@settings(max_examples=300)
@given(st.sampled_from(LANES), st.lists(CELL, min_size=1, max_size=8), st.sampled_from(DateOrder))
def test_a_column_at_once_means_what_its_cells_mean(
    lane_of: tuple[str, object], cells: list[str], order: DateOrder
) -> None:
    kind, column = lane_of
    mapping = Mapping(kind=kind, columns={}, dates=order)
    lane = lane_for(column, 0, mapping)  # type: ignore[arg-type] # a Column, see LANES
    alone = [lane_for(column, 0, mapping).one(cell) for cell in cells]  # type: ignore[arg-type] # a Column
    for plain in (True, False):
        assert list(lane.take(cells, plain=plain).values) == alone
    marked = [*cells, NumberCell("5")]
    assert list(lane.take(marked, plain=False).values)[:-1] == alone


FIELD = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Co", "Cn"]), max_size=10)


@given(st.lists(st.tuples(FIELD, FIELD, st.integers(1, 10**9)), max_size=20))
def test_what_we_write_we_read_back(rows: list[tuple[str, str, int]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "out.csv"
        write_csv(path, ["part_number", "lot", "quantity"], rows)
        found = imported(path, "expected")
    assert [row.row for row in found] == list(range(2, len(rows) + 2))
    columns = {column.name: column for column in kind_named("expected").columns}
    mapping = Mapping(kind="expected", columns={})
    for row, (part, lot, quantity) in zip(found, rows, strict=True):
        meant_part = lane_for(columns["part_number"], 0, mapping).one(part)
        meant_lot = lane_for(columns["lot"], 0, mapping).one(lot)
        if meant_part is None or isinstance(meant_part, Fault) or isinstance(meant_lot, Fault):
            assert isinstance(row, Bad)
        else:
            meant = {"part_number": meant_part, "lot": meant_lot, "quantity": quantity}
            assert row == Good(row.row, {name: value for name, value in meant.items() if value is not None})
