"""Tables in XLSX workbooks, made by a real writer."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from dockmark.exchange.cells import DateCell, ErrorCell, FormulaCell, MergedCell, NumberCell
from dockmark.exchange.codes import FileFault, FileWarning, RowCode
from dockmark.exchange.kinds import kind_named
from dockmark.exchange.mapping import propose
from dockmark.exchange.rows import Bad, Good, read_rows
from dockmark.exchange.sheet import column_index
from dockmark.exchange.tables import open_table
from dockmark.record.refusal import Refusal

Written = Callable[..., Path]


def cells(path: Path, **told: str) -> list[tuple[int, list[str]]]:
    return [(number, list(row)) for number, row in open_table(path, **told).rows()]


def imported(path: Path, kind: str) -> list[Good | Bad]:
    table = open_table(path)
    return list(read_rows(table, kind_named(kind), propose(kind_named(kind), table.columns)))


def test_a_sheet_is_read_as_the_person_sees_it(workbook: Written) -> None:
    rows: list[list[object]] = [
        ["part", "qty", "price", "when", "flag", "note"],
        ["A-1", 5, 12.50, date(2026, 3, 4), True, " ä "],
        ["A-2", 12345.0, 285.56000000000006, datetime(2026, 3, 4, 15, 30), False, None],
    ]
    path = workbook(rows)
    assert open_table(path).columns == ("part", "qty", "price", "when", "flag", "note")
    assert cells(path) == [
        (2, ["A-1", "5", "12.5", "2026-03-04", "true", " ä "]),
        (3, ["A-2", "12345", "285.56", "2026-03-04T15:30:00", "false", ""]),
    ]
    kinds = [type(cell) for cell in next(iter(open_table(path).rows()))[1]]
    assert kinds == [str, NumberCell, NumberCell, DateCell, str, str]


def test_what_a_file_is_decides_not_its_name(workbook: Written, tmp_path: Path) -> None:
    path = workbook([["part", "qty"], ["A", 1]]).rename(tmp_path / "really.csv")
    assert cells(path) == [(2, ["A", "1"])]
    text = tmp_path / "export.xls"
    text.write_text("part\tqty\nA\t1\n")
    assert cells(text) == [(2, ["A", "1"])]


def test_a_formula_is_never_evaluated_and_its_row_is_bad(workbook: Written) -> None:
    path = workbook([["part", "serial"], ["A", "=1+1"], ["A", '=HYPERLINK("http://x")'], ["A", "S1"]])
    assert type(cells(path)[0][1][1]) is FormulaCell
    found = imported(path, "expected")
    assert [(row.row, row.code, row.field, row.value) for row in found if isinstance(row, Bad)] == [
        (2, RowCode.FORMULA, "serial", "=1+1"),
        (3, RowCode.FORMULA, "serial", '=HYPERLINK("http://x")'),
    ]
    assert found[2] == Good(4, {"part_number": "A", "serial": "S1"})


def test_a_formula_in_a_column_that_nobody_reads_does_no_harm(workbook: Written) -> None:
    path = workbook([["part", "serial", "total"], ["A", "S1", "=SUM(A1:B9)"]])
    assert imported(path, "expected") == [Good(2, {"part_number": "A", "serial": "S1"})]


def test_a_formula_in_the_header_is_refused(workbook: Written) -> None:
    with pytest.raises(Refusal) as refused:
        open_table(workbook([["part", "=A1"], ["A", "S1"]]))
    assert refused.value.facts["why"] == FileFault.FORMULA_IN_HEADER


def test_error_cells_are_bad(workbook: Written) -> None:
    def error(book: openpyxl.Workbook) -> None:
        book.active["B2"].value, book.active["B2"].data_type = "#N/A", "e"

    path = workbook([["part", "serial"], ["A", "x"]], error)
    assert type(cells(path)[0][1][1]) is ErrorCell
    assert [(row.code, row.field) for row in imported(path, "expected")] == [(RowCode.ERROR_CELL, "serial")]  # type: ignore[union-attr] # a Good would fail here as it should


def test_marks_held_as_numbers_are_taken_and_said_once(workbook: Written) -> None:
    rows = [["part", "serial", "lot", "qty"], *([1000 + n, 12345.0, "L", 1] for n in range(600))]
    path = workbook(rows)
    table = open_table(path)
    kind = kind_named("expected")
    for _ in range(2):
        found = list(read_rows(table, kind, propose(kind, table.columns)))
    assert found[0] == Good(2, {"part_number": "1000", "serial": "12345", "lot": "L", "quantity": 1})
    warned = [(warning.code, warning.names) for warning in table.warnings]
    assert warned == [(FileWarning.NUMBER_CELL, ("part",)), (FileWarning.NUMBER_CELL, ("serial",))]


def test_digits_that_the_spreadsheet_lost_are_not_made_up(workbook: Written) -> None:
    rows: list[list[object]] = [["part", "serial"], ["A", 1234567890123456789], ["A", 123456789012345], ["A", 1.5e20]]
    found = imported(workbook(rows), "expected")
    assert [getattr(row, "code", None) for row in found] == [RowCode.DIGITS_LOST, None, RowCode.DIGITS_LOST]


def test_zeros_that_a_number_format_shows_are_read(workbook: Written) -> None:
    def zeros(book: openpyxl.Workbook) -> None:
        book.active["B2"].number_format = "00000000"

    assert imported(workbook([["part", "serial"], ["A", 4711]], zeros), "expected") == [
        Good(2, {"part_number": "A", "serial": "00004711"})
    ]


def test_a_mark_that_became_a_date_is_bad(workbook: Written) -> None:
    path = workbook([["part", "serial", "expiry"], [datetime(2026, 3, 1), "S", datetime(2026, 3, 4)]])
    assert [(row.code, row.field) for row in imported(path, "expected") if isinstance(row, Bad)] == [
        (RowCode.DATE_CELL, "part_number")
    ]


def test_dates_of_both_calendars_and_all_kinds_of_formats(workbook: Written) -> None:
    formats = ["dd.mm.yyyy", "mm-dd-yy", "[$-407]d. mmm yyyy", 'yyyy"Y"', "m/d/yy h:mm"]

    def styled(book: openpyxl.Workbook) -> None:
        for row, code in enumerate(formats, start=2):
            book.active.cell(row, 2).number_format = code

    rows: list[list[object]] = [["part", "expiry"], *(["A", datetime(2026, 3, 4)] for _ in formats)]
    for touch in (styled, lambda book: (styled(book), setattr(book, "epoch", CALENDAR_MAC_1904))):
        found = imported(workbook(rows, touch), "expected")
        assert [row.values["expiry"] for row in found if isinstance(row, Good)] == ["2026-03-04"] * len(formats)


def test_a_number_with_words_in_its_format_is_no_date(workbook: Written) -> None:
    def styled(book: openpyxl.Workbook) -> None:
        for column, code in enumerate(['0 "days"', "[Red]0.00", "[$USD] #,##0.00", r"0\d", '_("$"* #,##0.00_)'], 1):
            book.active.cell(2, column).number_format = code

    assert cells(workbook([["a", "b", "c", "d", "e"], [1, 2, 3, 4, 5]], styled)) == [(2, ["1", "2", "3", "4", "5"])]


def test_the_first_days_of_1900_are_those_of_the_spreadsheet(workbook: Written) -> None:
    def styled(book: openpyxl.Workbook) -> None:
        for row in (2, 3, 4):
            book.active.cell(row, 1).number_format = "yyyy-mm-dd"

    path = workbook([["when"], [1], [59], [61]], styled)
    assert [row for _, row in cells(path)] == [["1900-01-01"], ["1900-02-28"], ["1900-03-01"]]


def test_cells_under_a_merged_one_are_not_guessed(workbook: Written) -> None:
    path = workbook(
        [["part", "serial", "x"], ["A", "1", 1], [None, "2", 1], [None, "3", 1], ["B", "4", 1]],
        lambda book: book.active.merge_cells("A2:A4"),
    )
    table = open_table(path)
    assert [warning.code for warning in table.warnings] == [FileWarning.MERGED_CELLS]
    assert [type(row[0]) for _, row in table.rows()] == [str, MergedCell, MergedCell, str]
    found = imported(path, "expected")
    assert [getattr(row, "code", None) for row in found] == [None, RowCode.MERGED_CELL, RowCode.MERGED_CELL, None]


def test_a_merged_title_above_the_header_is_passed_and_said(workbook: Written) -> None:
    path = workbook(
        [["Parts as of March"], [], ["part", "serial"], ["A", "1"]], lambda book: book.active.merge_cells("A1:D1")
    )
    table = open_table(path)
    assert table.columns == ("part", "serial")
    assert list(table.rows()) == [(4, ["A", "1"])]
    assert [warning.code for warning in table.warnings] == [FileWarning.TITLE_SKIPPED]


def test_one_column_needs_no_second(workbook: Written) -> None:
    path = workbook([["place"], ["BIN-1"], [None], ["BIN-2"]])
    assert open_table(path).columns == ("place",)
    assert cells(path) == [(2, ["BIN-1"]), (4, ["BIN-2"])]


def test_rows_and_columns_that_are_only_coloured_are_empty(workbook: Written) -> None:
    def coloured(book: openpyxl.Workbook) -> None:
        for row in range(1, 60):
            book.active.cell(row, 9).number_format = "0.00"
        book.active.cell(500, 1).value = ""

    rows: list[list[object]] = [["a", "b"], [1, 2], [None, 4], ["  ", " "], [5, " "]]
    assert cells(workbook(rows, coloured)) == [(2, ["1", "2"]), (3, ["", "4"]), (5, ["5", ""])]


def test_a_guard_that_went_through_a_spreadsheet_comes_off_too(workbook: Written) -> None:
    assert cells(workbook([["a", "b"], ["'=1+1", "'plain"]])) == [(2, ["=1+1", "'plain"])]


def test_cells_beside_the_table_are_reported(workbook: Written) -> None:
    found = imported(workbook([["part", "serial"], ["A", "1", None, "what is this?"]]), "expected")
    assert [getattr(row, "code", None) for row in found] == [RowCode.TOO_MANY_CELLS]


def test_the_first_visible_sheet_with_something_in_it_is_read(workbook: Written) -> None:
    def sheets(book: openpyxl.Workbook) -> None:
        hidden = book.create_sheet("Hidden", 0)
        hidden.append(["never", "this"])
        hidden.sheet_state = "hidden"
        book.active = 1
        book["Sheet"].title = "Blank"
        for name in ("Übersicht", "Third"):
            book.create_sheet(name).append([name, "b"])

    path = workbook([], sheets)
    table = open_table(path)
    assert (table.sheet, table.columns) == ("Übersicht", ("Übersicht", "b"))
    assert [(warning.code, warning.names) for warning in table.warnings] == [(FileWarning.OTHER_SHEETS, ("Third",))]
    assert open_table(path, sheet="third ").columns == ("Third", "b")
    assert open_table(path, sheet="Hidden").columns == ("never", "this")
    for sheet, why in (("Nope", FileFault.SHEET_UNKNOWN), ("Blank", FileFault.EMPTY)):
        with pytest.raises(Refusal) as refused:
            open_table(path, sheet=sheet)
        assert refused.value.facts["why"] == why


def test_an_empty_workbook_is_refused(workbook: Written) -> None:
    with pytest.raises(Refusal) as refused:
        open_table(workbook([]))
    assert refused.value.facts["why"] == FileFault.EMPTY


def test_rich_text_is_its_words(workbook: Written) -> None:
    bold = CellRichText("S/N ", TextBlock(InlineFont(b=True), "4711"), " x")
    assert cells(workbook([["a", "b"], [bold, 1]])) == [(2, ["S/N 4711 x", "1"])]


def test_escaped_signs_are_the_signs_they_mean(workbook: Written) -> None:
    path = workbook([["part", "serial"], ["A_x005F_x0041_", "B_x000D_"], ["A", "C_xD800_"]])
    assert cells(path) == [(2, ["A_x0041_", "B\r"]), (3, ["A", "C\ufffd"])]


def test_column_letters_count_as_in_spreadsheets() -> None:
    for index, letters in ((1, "A"), (26, "Z"), (27, "AA"), (703, "AAA"), (16384, "XFD")):
        assert openpyxl.utils.get_column_letter(index) == letters
        assert column_index(letters) == index - 1


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12).filter(lambda text: "_x" not in text)
VALUE = (
    TEXT
    | st.integers(-(10**14), 10**14)
    | st.booleans()
    | st.dates(date(1901, 1, 1), date(2200, 1, 1))
    | st.decimals(0, 10**6, places=3).map(float)
    | st.none()
)


def as_seen(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case date():
            return value.isoformat()
        case float():
            return f"{value:.3f}".rstrip("0").rstrip(".")
        case _:
            return str(value)


@settings(max_examples=60)
@given(st.lists(st.lists(VALUE, min_size=3, max_size=3), max_size=8))
def test_what_a_workbook_writer_writes_is_read_cell_by_cell(rows: list[list[object]]) -> None:
    book = openpyxl.Workbook()
    book.active.append(["one", "two", "three"])
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            cell = book.active.cell(number, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        book.save(path)
        found = cells(path)
    expected = [(at, [as_seen(value) for value in row]) for at, row in enumerate(rows, start=2)]
    meant = [(at, [cell if cell.strip() else "" for cell in row]) for at, row in expected]
    # A guarded text loses its guard, which other tests are about.
    assert [(at, [cell.removeprefix("'") for cell in row]) for at, row in found] == [
        (at, [cell.removeprefix("'") for cell in row]) for at, row in meant if any(row)
    ]
