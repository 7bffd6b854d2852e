"""A workbook of ours is read back by others exactly as it was meant, whatever its texts say."""

from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from dockmark.exchange import workbook_out
from dockmark.exchange.workbook_out import workbook_file
from dockmark.record.refusal import Refusal

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def _read_back(path: Path) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(path, read_only=True)
    rows = [row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True)]
    book.close()
    return rows


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=8))
def test_texts_come_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]) -> None:
    path = tmp_path_factory.mktemp("books") / "a.xlsx"
    with workbook_file(path, "Units", ("a", "b")) as add:
        for row in rows:
            add(row)
    back = [tuple(unescape(cell) if isinstance(cell, str) else cell for cell in row) for row in _read_back(path)]
    assert back[0] == ("a", "b")
    assert [tuple(cell or "" for cell in row) for row in back[1:]] == rows


def test_numbers_days_times_and_flags_are_such_and_no_text_is_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    at = datetime(2026, 11, 23, 9, 41, tzinfo=UTC)
    with workbook_file(path, "a/b:c[d]*?", ("t", "n", "d", "m", "f", "e", "big")) as add:
        add(("=1+1", 7, date(2026, 1, 31), at, True, None, 10**17))
        add(("@x", -3, date(1890, 1, 1), at, False, "", 0))
    sheet = openpyxl.load_workbook(path).active
    assert [cell.value for cell in sheet[2]] == [
        "=1+1", 7, datetime(2026, 1, 31), datetime(2026, 11, 23, 9, 41), True, None, str(10**17)
    ]  # fmt: skip
    assert sheet["A2"].data_type == "s" and sheet["A3"].data_type == "s"
    assert sheet["C3"].value == "1890-01-01"
    assert sheet.freeze_panes == "A2"


def test_rows_beyond_one_sheet_go_on_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_out, "MOST_ROWS", 4)
    with workbook_file(tmp_path / "a.xlsx", "Units", ("n",)) as add:
        for number in range(8):
            add((number,))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Units", "Units 2", "Units 3"]
    assert [row[0] for row in _read_back(tmp_path / "a.xlsx")] == ["n", 0, 1, 2, "n", 3, 4, 5, "n", 6, 7]


def test_nothing_is_left_of_a_workbook_that_failed_and_the_old_one_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"mine")
    with pytest.raises(RuntimeError), workbook_file(path, "Units", ("n",)) as add:
        add((1,))
        raise RuntimeError
    assert path.read_bytes() == b"mine" and list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused, workbook_file(tmp_path / "no" / "a.xlsx", "Units", ("n",)):
        pass
    assert refused.value.facts["why"] == "not_writable"
