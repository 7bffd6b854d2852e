"""CSV files of ours."""

import csv
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockmark.exchange.cells import as_meant, guarded, unguarded
from dockmark.exchange.codes import FileFault, RowCode
from dockmark.exchange.csv_out import bad_rows_file, csv_file, write_csv
from dockmark.exchange.kinds import kind_named
from dockmark.exchange.mapping import propose
from dockmark.exchange.rows import Bad, read_rows
from dockmark.exchange.tables import open_table
from dockmark.record.refusal import Refusal, Refused

Written = Callable[..., Path]


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


RUN = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\rx", "\nx", "  =1", "'=1", "＝1", "\u200b=1", "\ufeff@x"]


@pytest.mark.parametrize("text", RUN)
def test_a_cell_that_a_spreadsheet_would_run_is_guarded(tmp_path: Path, text: str) -> None:
    path = tmp_path / "out.csv"
    write_csv(path, ["name"], [[text]])
    assert read(path) == [["name"], ["'" + text]]


@pytest.mark.parametrize("text", ["", "a", "1-2", "a=b", "it's", "'quoted'", " x", "#5", "ä", "😀", "0+1"])
def test_a_cell_that_no_spreadsheet_runs_is_left_alone(tmp_path: Path, text: str) -> None:
    write_csv(tmp_path / "out.csv", ["name", "x"], [[text, "x"]])
    assert read(tmp_path / "out.csv")[1][0] == text


@given(st.text())
def test_the_guard_comes_off_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert as_meant(guarded(text)) == text


@given(st.text(st.sampled_from("'=+-@ \t\n\"a1"), max_size=8))
def test_nothing_guarded_begins_with_a_sign_that_runs(text: str) -> None:
    assert not guarded(text).lstrip(" \t\r\n").startswith(("=", "+", "-", "@"))
    assert unguarded(guarded(text)) == text


def test_numbers_truth_and_nothing_have_their_plain_forms(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    assert write_csv(path, ["a", "b", "c", "d", "e"], [[-5, True, False, None, 'x,"y"']]) == 1
    assert path.read_bytes() == b'a,b,c,d,e\r\n-5,true,false,,"x,""y"""\r\n'


def test_hostile_column_names_are_guarded_too(tmp_path: Path) -> None:
    write_csv(tmp_path / "out.csv", ["=cmd|x", "b"], [])
    assert read(tmp_path / "out.csv") == [["'=cmd|x", "b"]]


def test_a_file_is_there_whole_or_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("before")
    with pytest.raises(ZeroDivisionError), csv_file(path, ["a"]) as add:
        add(["1"])
        raise ZeroDivisionError
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]
    write_csv(path, ["a"], [["1"]])
    assert read(path) == [["a"], ["1"]]
    assert list(tmp_path.iterdir()) == [path]


def test_what_goes_wrong_with_the_rows_is_not_blamed_on_the_file(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="elsewhere"), csv_file(tmp_path / "out.csv", ["a"]):
        raise OSError("elsewhere")


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        write_csv(tmp_path / "away" / "out.csv", ["a"], [])
    assert refused.value.facts["why"] == FileFault.NOT_WRITABLE


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_said(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    (tmp_path / f".out.csv.{os.getpid()}.part").symlink_to("/dev/full")
    with pytest.raises(Refusal) as refused:
        write_csv(path, ["a"], [["x" * 1000]] * 1000)
    assert refused.value.code is Refused.DISK_FULL
    assert not path.exists()


def test_bad_rows_go_to_a_file_that_can_be_put_right_and_come_back(written: Written, tmp_path: Path) -> None:
    path = written("part,serial,\n=A,1\n,2,note\nB,3,x,y\nC\n'@D,\x07\n")
    kind = kind_named("expected")
    out = tmp_path / "bad.csv"
    for _ in range(2):
        table = open_table(path)
        with bad_rows_file(out, table.columns) as add:
            for row in read_rows(table, kind, propose(kind, table.columns)):
                if isinstance(row, Bad):
                    add(row)
        assert [row[:3] for row in read(out)] == [
            ["bad_row", "bad_code", "bad_field"],
            ["3", RowCode.MISSING, "part_number"],
            ["4", RowCode.TOO_MANY_CELLS, ""],
            ["5", RowCode.TOO_FEW_CELLS, ""],
            ["6", RowCode.CONTROL_CHARS, "serial"],
        ]
        assert [row[3:] for row in read(out)][1:] == [["", "2", "note"], ["B", "3", "x", "y"], ["C"], ["'@D", "\x07"]]
    put_right = [row[:5] for row in read(out)]
    put_right[0] = ["bad_row", "bad_code", "bad_field", "part", "serial"]
    put_right[1:] = [["3", "missing", "", "'=X", "2"]]
    again = tmp_path / "again.csv"
    with again.open("w", newline="") as file:
        csv.writer(file).writerows(put_right)
    table = open_table(again)
    rows = list(read_rows(table, kind, propose(kind, table.columns)))
    assert [row.values for row in rows if not isinstance(row, Bad)] == [{"part_number": "=X", "serial": "2"}]


def test_the_reasons_of_a_second_round_take_the_place_of_the_first(tmp_path: Path) -> None:
    columns = ("bad_row", "bad_code", "bad_field", "part", "serial")
    with bad_rows_file(tmp_path / "bad.csv", columns) as add:
        add(Bad(7, RowCode.MISSING, "part_number", "", ("3", "missing", "part_number", "", "2")))
        add(Bad(8, RowCode.TOO_MANY_CELLS, "", "6", ("4", "x", "", "A", "2", "extra")))
        add(Bad(9, RowCode.TOO_FEW_CELLS, "", "1", ("4",)))
    assert read(tmp_path / "bad.csv") == [
        ["bad_row", "bad_code", "bad_field", "part", "serial"],
        ["7", "missing", "part_number", "", "2"],
        ["8", "too_many_cells", "", "A", "2", "extra"],
        ["9", "too_few_cells", "", "4"],
    ]
