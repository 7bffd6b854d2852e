"""Tables and lists announce exactly what changed and hold the model contract."""

from dataclasses import dataclass, replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from dockmark.custody.lights import Lamp
from dockmark.desks.views import ReceivedUnit
from dockmark.ui.desks.receiving_tables import lines_model, units_model
from dockmark.ui.lists import EntriesModel, Entry, EntryList
from dockmark.ui.tables import Column, RowsModel, RowsTable
from dockmark.ui.theme import Theme

from .stand_in import LINES, unit


@dataclass(frozen=True)
class Line:
    key: str
    count: int


def _key(line: Line) -> str:
    return line.key


def _count(line: Line) -> str:
    return str(line.count)


def model() -> RowsModel[Line]:
    return RowsModel((Column("Key", _key), Column("Count", _count, number=True)), _key)


def shown(rows: RowsModel[Line]) -> list[Line | None]:
    return [rows.row(number) for number in range(rows.rowCount())]


lines = st.lists(st.builds(Line, st.sampled_from("abcdefghij"), st.integers(0, 3)), max_size=10, unique_by=_key)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(lines, min_size=1, max_size=5))
def test_whatever_is_shown_after_whatever_the_rows_are_right(
    qtmodeltester: ModelTester, steps: list[list[Line]]
) -> None:
    rows = model()
    qtmodeltester.check(rows, force_py=True)
    for step in steps:
        rows.show_rows(step)
        assert shown(rows) == step


def test_a_new_unit_on_top_inserts_one_row_and_keeps_the_rest(qtbot: QtBot) -> None:
    rows = model()
    rows.show_rows([Line("b", 1), Line("c", 1)])
    inserted: list[tuple[int, int]] = []
    rows.rowsInserted.connect(lambda _parent, first, last: inserted.append((first, last)))
    rows.modelReset.connect(lambda: inserted.append((-1, -1)))
    rows.rowsRemoved.connect(lambda _parent, first, last: inserted.append((first, -last - 2)))
    rows.show_rows([Line("a", 1), Line("b", 1), Line("c", 1)])
    assert inserted == [(0, 0)]


def test_a_changed_count_announces_that_row_only(qtbot: QtBot) -> None:
    rows = model()
    rows.show_rows([Line("a", 1), Line("b", 1)])
    changed: list[tuple[int, int]] = []
    rows.dataChanged.connect(lambda top, bottom: changed.append((top.row(), bottom.row())))
    rows.show_rows([Line("a", 1), Line("b", 2)])
    assert changed == [(1, 1)]


def test_the_chosen_row_stays_chosen_when_others_come(qtbot: QtBot, theme: Theme) -> None:
    rows = model()
    table = RowsTable("table", "Lines", rows, acted_on=True)
    qtbot.addWidget(table)
    rows.show_rows([Line("b", 1), Line("c", 1)])
    table.selectRow(1)
    rows.show_rows([Line("a", 1), Line("b", 1), Line("c", 2)])
    assert table.current() == Line("c", 2)
    assert [index.row() for index in table.selectionModel().selectedRows()] == [2]


def test_rows_that_are_acted_on_are_tall_enough_for_a_glove(qtbot: QtBot, theme: Theme) -> None:
    table = RowsTable("table", "Lines", model(), acted_on=True)
    qtbot.addWidget(table)
    assert table.verticalHeader().defaultSectionSize() / table.logicalDpiY() * 25.4 >= 12


def test_the_receiving_tables_hold_the_model_contract(qtmodeltester: ModelTester) -> None:
    of_lines = lines_model()
    of_lines.show_rows([*LINES, replace(LINES[0], id="9", received=9, open=0), replace(LINES[1], id="8", fit="best")])
    qtmodeltester.check(of_lines, force_py=True)
    of_units = units_model()
    of_units.show_rows([ReceivedUnit(unit=unit("S1"), lamp=lamp, typed=lamp is Lamp.OK) for lamp in list(Lamp)[:1]])
    qtmodeltester.check(of_units, force_py=True)
    assert of_units.data(of_units.index(0, 1), Qt.ItemDataRole.AccessibleTextRole) == "S1 (typed)"
    assert of_units.data(of_units.index(0, 0), Qt.ItemDataRole.DisplayRole)
    assert of_lines.data(QModelIndex()) is None


def test_a_line_with_too_many_says_over_in_words_and_shape(theme: Theme) -> None:
    of_lines = lines_model()
    of_lines.show_rows([replace(LINES[0], received=9, open=0)])
    last = of_lines.index(0, of_lines.columnCount() - 1)
    assert of_lines.data(last) == "over"
    assert of_lines.data(last, Qt.ItemDataRole.DecorationRole) is not None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(keys=st.lists(st.text(max_size=5), max_size=8, unique=True))
def test_entries_hold_the_model_contract(qtmodeltester: ModelTester, keys: list[str]) -> None:
    entries = EntriesModel()
    entries.show_entries([Entry(key, key.upper(), "below") for key in keys])
    qtmodeltester.check(entries, force_py=True)
    assert entries.rowCount() == len(keys)


def test_a_list_keeps_its_choice_by_key(qtbot: QtBot, theme: Theme) -> None:
    entries = EntryList("entries", "Entries")
    qtbot.addWidget(entries)
    entries.show_entries([Entry("a", "A"), Entry("b", "B")])
    entries.setCurrentIndex(entries.model().index(1, 0))
    entries.show_entries([Entry("x", "X"), Entry("a", "A"), Entry("b", "B")])
    assert entries.current_key() == "b"
    entries.show_entries([Entry("x", "X")])
    assert entries.current_key() in ("", "x")
