"""Tables in text files."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockmark.exchange.cells import BrokenLine
from dockmark.exchange.codes import FileFault, FileWarning, RowCode
from dockmark.exchange.tables import open_table
from dockmark.record.refusal import Refusal

Written = Callable[..., Path]


def cells(path: Path, **told: str) -> list[tuple[int, list[str]]]:
    return [(number, list(row)) for number, row in open_table(path, **told).rows()]


def why(path: Path, **told: str) -> str:
    with pytest.raises(Refusal) as refused:
        open_table(path, **told)
    assert refused.value.facts["file"] == path.name
    return str(refused.value.facts["why"])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_taken_from_the_header(written: Written, delimiter: str) -> None:
    path = written(f"part{delimiter}serial\nA{delimiter}1\n")
    assert open_table(path).columns == ("part", "serial")
    assert cells(path) == [(2, ["A", "1"])]


def test_a_delimiter_inside_quotes_does_not_count(written: Written) -> None:
    path = written('"price, net, USD";part\n"1,5";A\n')
    assert open_table(path).columns == ("price, net, USD", "part")


def test_an_inch_sign_in_the_header_does_not_hide_the_delimiter(written: Written) -> None:
    assert open_table(written('part;size 5";qty\nA;"x";1\n')).columns == ("part", 'size 5"', "qty")


def test_the_separator_line_of_spreadsheets_is_taken_at_its_word(written: Written) -> None:
    path = written("sep=;\npart, net;serial\nA;1\n")
    assert open_table(path).columns == ("part, net", "serial")
    assert cells(path) == [(2, ["A", "1"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le-bom", "utf-16-be-bom"])
def test_unicode_files_are_read_without_a_word(written: Written, encoding: str) -> None:
    text = "part,name\nA,Größe 😀\n"
    marks = {"utf-16-le-bom": b"\xff\xfe", "utf-16-be-bom": b"\xfe\xff"}
    mark = marks.get(encoding, b"")
    table = open_table(written(mark + text.encode(encoding.removesuffix("-bom"))))
    assert table.columns == ("part", "name")
    assert [list(row) for _, row in table.rows()] == [["A", "Größe 😀"]]
    assert table.warnings == []


def test_an_older_encoding_is_guessed_and_said(written: Written) -> None:
    table = open_table(written("part,name\nA,Größe €\n".encode("cp1252")))
    assert [list(row) for _, row in table.rows()] == [["A", "Größe €"]]
    assert [warned.code for warned in table.warnings] == [FileWarning.ENCODING_GUESSED]


def test_one_bad_byte_at_the_end_of_a_good_file_does_not_spoil_the_others(written: Written) -> None:
    good = "part,name\n" + "A,Größe\n" * 40_000
    table = open_table(written(good.encode() + b"B,Gr\xfc\xdf\n"))
    rows = [row for _, row in table.rows()]
    assert [warned.code for warned in table.warnings] == [FileWarning.ENCODING_DAMAGED]
    assert rows[0][1] == "Größe"
    assert "\ufffd" in rows[-1][1]


def test_an_encoding_can_be_told(written: Written) -> None:
    path = written("part,name\nA,Łódź\n".encode("cp1250"))
    assert cells(path, encoding="cp1250") == [(2, ["A", "Łódź"])]
    for nonsense in ("nonsense", "hex", "undefined", "a\0b"):
        assert why(path, encoding=nonsense) == FileFault.ENCODING_UNKNOWN


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_all_line_endings_mean_the_same(written: Written, ending: str, last: bool) -> None:
    text = ending.join(["a,b", "1,2", "", "3,4"]) + (ending if last else "")
    assert cells(written(text)) == [(2, ["1", "2"]), (4, ["3", "4"])]


def test_row_numbers_are_those_of_a_spreadsheet(written: Written) -> None:
    text = 'a,b\n1,"two\nlines"\n,\n  ,  \n\n3,4\n'
    assert cells(written(text)) == [(2, ["1", "two\nlines"]), (6, ["3", "4"])]


def test_row_numbers_hold_across_thousands_of_rows(written: Written) -> None:
    lines = [f"{n},x" if n % 700 else f'{n},"x\ny"' for n in range(2, 5000)]
    rows = cells(written("a,b\n" + "\n".join(lines)))
    assert [number for number, _ in rows] == list(range(2, 5000))
    assert all(int(row[0]) == number for number, row in rows)


def test_empty_lines_above_the_header_are_passed(written: Written) -> None:
    table = open_table(written("\n;;;\npart;serial\nA;1\n"))
    assert table.columns == ("part", "serial")
    assert list(table.rows()) == [(4, ["A", "1"])]


def test_a_quote_that_never_closes_costs_its_own_line_only(written: Written) -> None:
    lines = ["a,b", "1,2", '"3,4', *(f"{n},x" for n in range(2000))]
    rows = list(open_table(written("\n".join(lines))).rows())
    assert [number for number, _ in rows] == list(range(2, len(lines) + 1))
    broken = rows[1][1]
    assert isinstance(broken, BrokenLine)
    assert broken == ('"3,4',)
    assert broken.code is RowCode.BAD_QUOTING
    assert not any(isinstance(row, BrokenLine) for _, row in rows[2:])


def test_text_behind_a_closing_quote_is_reported_and_not_glued(written: Written) -> None:
    rows = list(open_table(written('a,b\n"1"x,2\n3,4\n')).rows())
    assert isinstance(rows[0][1], BrokenLine)
    assert rows[1] == (3, ["3", "4"])


def test_spaces_before_a_quote_are_no_part_of_the_cell(written: Written) -> None:
    assert cells(written('a, "b, c"\n1, "2, 3"\n')) == [(2, ["1", "2, 3"])]


def test_a_cell_of_megabytes_is_reported_and_the_next_row_read(written: Written) -> None:
    huge = "x" * 3_000_000
    rows = list(open_table(written(f"a,b\n1,{huge}\n2,3\n4,{'y' * 200_000}\n5,6\n")).rows())
    assert [number for number, _ in rows] == [2, 3, 4, 5]
    assert [getattr(row, "code", None) for _, row in rows] == [RowCode.TOO_LONG, None, RowCode.TOO_LONG, None]
    assert list(rows[3][1]) == ["5", "6"]


def test_a_line_of_a_million_small_cells_is_reported_and_the_next_row_read(written: Written) -> None:
    rows = list(open_table(written(f"a,b\n1,2\n{'x,' * 500_000}\n3,4\n")).rows())
    assert [(number, getattr(row, "code", None)) for number, row in rows] == [
        (2, None),
        (3, RowCode.TOO_LONG),
        (4, None),
    ]


def test_delimiters_too_many_are_no_cells(written: Written) -> None:
    table = open_table(written("a,b,,\n1,2\n3,4,,\n5,6,,,,,\n7,8,,x\n9,10,,,,y\n"))
    assert table.columns == ("a", "b")
    assert [len(row) for _, row in table.rows()] == [2, 4, 4, 4, 6]


def test_guarded_cells_come_back_as_they_were(written: Written) -> None:
    path = written("a,b\n'=1+1,'@x\n''=1,it's\n'plain,\"=\"\"00123\"\"\"\n")
    assert cells(path) == [(2, ["=1+1", "@x"]), (3, ["'=1", "it's"]), (4, ["'plain", "00123"])]


def test_formulas_in_a_text_file_are_text(written: Written) -> None:
    assert cells(written("a,b\n=1+1,-5\n")) == [(2, ["=1+1", "-5"])]


def test_a_table_can_be_read_again(written: Written) -> None:
    table = open_table(written("a,b\n1,2\n"))
    assert list(table.rows()) == list(table.rows())


def test_a_file_changed_meanwhile_is_refused(written: Written) -> None:
    table = open_table(written("a,b\n1,2\n"))
    written("a,b\n1,2\n3,4\n")
    with pytest.raises(Refusal) as refused:
        list(table.rows())
    assert refused.value.facts["why"] == FileFault.CHANGED


def test_one_column_is_a_table_too(written: Written) -> None:
    table = open_table(written("place\nBIN-1\n\nBIN-2\n"))
    assert table.columns == ("place",)
    assert list(table.rows()) == [(2, ["BIN-1"]), (4, ["BIN-2"])]


def test_a_header_alone_is_a_table_without_rows(written: Written) -> None:
    assert cells(written("a,b")) == []


def test_names_of_columns_are_tidied(written: Written) -> None:
    assert open_table(written('"Part\nNo."," Serial  no\u00a0",,x\n')).columns == ("Part No.", "Serial no", "", "x")


def test_files_that_hold_no_table_are_refused_with_the_reason(written: Written, tmp_path: Path) -> None:
    assert why(tmp_path / "away.csv") == FileFault.NOT_FOUND
    assert why(written("x") / "inside.csv") == FileFault.NOT_FOUND
    assert why(tmp_path) == FileFault.NOT_A_FILE
    assert why(Path("/dev/null")) == FileFault.NOT_A_FILE
    assert why(written("")) == FileFault.EMPTY
    assert why(written(b"\xef\xbb\xbf \n\n")) == FileFault.EMPTY
    assert why(written("\n\n;;;\n\n,,\n")) == FileFault.NO_HEADER
    assert why(written("<!DOCTYPE html><table><tr><td>a")) == FileFault.NOT_A_TABLE
    assert why(written("<?xml version='1.0'?><a/>")) == FileFault.NOT_A_TABLE
    assert why(written('[{"part": 1}]')) == FileFault.NOT_A_TABLE
    assert why(written(b"%PDF-1.7 and so on")) == FileFault.BINARY
    assert why(written(bytes(range(256)) * 20)) == FileFault.BINARY
    assert why(written(b"a,b\n1,\x002\n" + b"3,4\n" * 100)) == FileFault.NUL_BYTES
    assert why(written(b"a,b\n" + b"3,4\n" * 100_000 + b"\x00")) == FileFault.NUL_BYTES
    assert why(written("a,b,A\n")) == FileFault.DUPLICATE_COLUMNS
    assert why(written(",".join(f"c{n}" for n in range(1001)))) == FileFault.TOO_MANY_COLUMNS
    assert why(written(",".join(f"c{n}" for n in range(100_000)))) == FileFault.TOO_MANY_COLUMNS
    assert why(written("a,b\n"), sheet="First") == FileFault.SHEET_UNKNOWN


def test_a_column_name_in_brackets_is_no_json(written: Written) -> None:
    assert open_table(written("[Part No],[Qty]\nA,1\n")).columns == ("[Part No]", "[Qty]")


CELL = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n\x1d"), max_size=12
) | st.sampled_from(['"', '""', ",", "\n", '"\n', "'=", "=1", "a\tb", ";", "|", "ä", '="1"'])


@given(
    rows=st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=12),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
)
def test_what_the_csv_module_writes_is_read_cell_by_cell(rows: list[list[str]], quoting: int, delimiter: str) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting)
    writer.writerow(["one", "two", "three"])
    writer.writerows(rows)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(out.getvalue().encode())
        found = cells(path)
    expected = [
        (at, row)
        for at, row in enumerate(rows, start=2)
        if any(cell.lstrip(" ") if quoting == csv.QUOTE_MINIMAL else cell for cell in row)
    ]
    assert [number for number, _ in found] == [number for number, _ in expected]
    for (_, read), (_, meant) in zip(found, expected, strict=True):
        for got, cell in zip(read, meant, strict=True):
            assert got in {cell, cell.lstrip(" "), cell.removeprefix("'"), cell[2:-1], cell.lstrip(" ")[2:-1]}


@given(st.binary(max_size=300))
def test_no_bytes_at_all_end_in_anything_but_rows_or_a_refusal(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(content)
        try:
            table = open_table(path)
        except Refusal as refused:
            assert refused.facts["why"] in set(FileFault)
            return
        for number, row in table.rows():
            assert number > 1
            assert all(isinstance(cell, str) for cell in row)


@given(st.text(st.sampled_from("a1,;\"\n'= \tü"), max_size=120))
def test_no_line_is_ever_lost(text: str) -> None:
    """Every sign that is not a delimiter, a quote or space comes out again, in order."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(f"a,b,c\n{text}".encode())
        found = "".join("".join(row) for _, row in open_table(path).rows())

    def bare(of: str) -> str:
        return "".join(sign for sign in of if sign in "a1ü")

    assert bare(found) == bare(text)
