"""The lists on a real workstation: every row is reached by key, filters, orders and columns hold, files come out."""

import csv
import json
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QWidget,
)
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from dockmark.catalog.events import OrderPlaced, PartAdded, PlaceAdded
from dockmark.custody.events import UnitHeld, UnitStocked
from dockmark.ledger.keys import KeyFolder
from dockmark.ledger.ledger import Ledger
from dockmark.lookup.lists.filters import Filter, Op, Query
from dockmark.record.facts import Draft
from dockmark.station.clock import StationClock
from dockmark.station.lists import Ordered
from dockmark.station.station import Station
from dockmark.ui.bridge import Bridge
from dockmark.ui.cues import CuePlayer
from dockmark.ui.late import Kit
from dockmark.ui.lists_page import ListsPage
from dockmark.ui.lists_views import View, keep, load
from dockmark.ui.theme import Theme, target

UNITS = 600
NO = Qt.KeyboardModifier.NoModifier
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@dataclass
class Desk:
    """The page of lists on a depot of some hundred units."""

    qtbot: QtBot
    bridge: Bridge
    station: Station
    page: ListsPage

    def settle(self) -> None:
        self.qtbot.wait_until(lambda: self.bridge.is_quiet, timeout=20_000)
        QApplication.processEvents()
        self.qtbot.wait_until(lambda: self.bridge.is_quiet and self.page.model.is_settled, timeout=20_000)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NO, on: QWidget | None = None) -> None:
        if not self.page.isActiveWindow():
            self.page.activateWindow()
            self.qtbot.wait_until(self.page.isActiveWindow)
        QTest.keyClick(on or self.page.table, key, held)
        self.settle()

    def column(self, title: str) -> list[str]:
        """Every cell of a column, scrolled past as a person would."""
        model: QAbstractItemModel = self.page.model
        titles = [str(model.headerData(n, Qt.Orientation.Horizontal)).split(" ▲")[0].split(" ▼")[0]
                  for n in range(model.columnCount())]  # fmt: skip
        where, found = titles.index(title), []
        for row in range(model.rowCount()):
            self.qtbot.wait_until(lambda row=row: model.index(row, where).data() != "…", timeout=20_000)
            found.append(str(model.index(row, where).data()))
        return found

    @property
    def count(self) -> str:
        return self.page.frame.count.text()

    def dialog(self) -> QDialog:
        found = QApplication.activeModalWidget()
        assert isinstance(found, QDialog)
        return found

    def menu(self) -> QMenu:
        found = QApplication.activePopupWidget()
        assert isinstance(found, QMenu)
        return found


@pytest.fixture(scope="module")
def depot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder with units, an order and holds."""
    folder = tmp_path_factory.mktemp("lists")
    ledger = Ledger.create(folder / "data", KeyFolder(folder / "state"), StationClock(), random=7)
    with ledger.writing() as book:
        part, places, order = book.new_id(), [book.new_id() for _ in range(3)], book.new_id()
        book.record(
            Draft(fact=PartAdded(told={"part_number": "PS-1"}), subj=(f"part:{part}",), new=True),
            Draft(fact=OrderPlaced(number="PO-1", lines=[{"line": "1", "part": part, "quantity": 5}]),
                  subj=(f"order:{order}",), new=True),
        )  # fmt: skip
        for number, place in enumerate(places):
            told = {"place": f"A-0{number}"}
            book.record(Draft(fact=PlaceAdded(told=told), subj=(f"place:{place}",), new=True))
        for number in range(UNITS):
            unit = book.new_id()
            serial = "=CMD()" if number == 7 else f"SN-{number:04}"
            stocked = UnitStocked(part=part, serial=serial, place=places[number % 3], quantity=1)
            book.record(Draft(fact=stocked, subj=(f"unit:{unit}",), new=True))
            if number % 100 == 0:
                book.record(Draft(fact=UnitHeld(reason="DOUBT"), subj=(f"unit:{unit}",)))
    ledger.close()
    yield folder


@pytest.fixture
def desk(
    qtbot: QtBot, qapp: QApplication, bridge: Bridge, theme: Theme, depot: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Desk]:  # fmt: skip
    monkeypatch.setenv("DOCKMARK_STATE", str(tmp_path / "state"))
    ledger = Ledger.open(depot / "data", KeyFolder(depot / "state"), StationClock())
    station = Station(ledger, depot / "data", spooling=False)
    bridge.attend(station)
    page = ListsPage(Kit(bridge, theme, CuePlayer(qapp), tmp_path / "window.toml"))
    qtbot.addWidget(page)
    page.attend(station)
    bridge.told.connect(page.heard)
    page.resize(1100, 700)
    page.show()
    page.begin()
    made = Desk(qtbot, bridge, station, page)
    made.settle()
    yield made
    page.hide()
    qtbot.wait_until(lambda: bridge.is_quiet, timeout=20_000)
    station.close()


def test_every_row_of_a_list_can_be_read_and_the_newest_comes_first(desk: Desk) -> None:
    assert desk.page.model.rowCount() == UNITS
    serials = desk.column("Serial")
    assert serials[0] == f"SN-{UNITS - 1:04}" and serials[-1] == "SN-0000"
    assert len(set(serials)) == UNITS
    assert desk.count == f"Units: {UNITS}"


def test_the_model_keeps_the_rules_of_item_models(desk: Desk, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(desk.page.model)
    desk.page.model.show_query(Query("units", (), "serial"), ("serial", "place"))
    desk.settle()
    desk.page.model.show_query(Query("places"), ("place",))
    desk.settle()
    assert desk.page.model.rowCount() == 3


def test_home_and_end_and_the_pages_reach_every_row(desk: Desk) -> None:
    table = desk.page.table
    desk.press(Qt.Key.Key_End)
    assert table.current_row() == UNITS - 1
    assert desk.page.model.index(UNITS - 1, 0).data() == "SN-0000"
    desk.press(Qt.Key.Key_PageUp)
    assert 0 < table.current_row() < UNITS - 1
    desk.press(Qt.Key.Key_Home)
    assert table.current_row() == 0
    desk.press(Qt.Key.Key_Down)
    assert table.current_row() == 1


def test_the_first_pages_and_the_last_one_come_before_the_order_of_all_rows_is_known(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, never = desk.page.model, Future[Ordered]()
    monkeypatch.setattr(desk.station.lists, "order", lambda *_what: never)
    model.show_query(Query("units", (), "serial"), ("serial",))
    desk.qtbot.wait_until(lambda: model.rowCount() == UNITS and not model.is_settled)
    serials = []
    for row in (0, 130, 300, UNITS - 1):
        desk.qtbot.wait_until(lambda row=row: model.index(row, 0).data() != "…", timeout=20_000)
        serials.append(str(model.index(row, 0).data()))
    assert serials == ["=CMD()", "SN-0130", "SN-0300", f"SN-{UNITS - 1:04}"]
    monkeypatch.undo()
    never.set_result(desk.station.lists.order(Query("units", (), "serial")).result(20))
    desk.settle()
    assert desk.column("Serial") == ["=CMD()", *(f"SN-{n:04}" for n in range(UNITS) if n != 7)]


def test_a_title_sorts_and_the_same_title_turns_the_order_round(desk: Desk) -> None:
    header = desk.page.table.horizontalHeader()
    header.sectionClicked.emit(0)
    desk.settle()
    up = desk.column("Serial")
    assert up == sorted(up)
    header.sectionClicked.emit(0)
    desk.settle()
    assert desk.column("Serial") == up[::-1]


def test_sorting_by_keyboard_goes_through_the_menu(desk: Desk) -> None:
    desk.press(Qt.Key.Key_S, ALT, desk.page)
    menu = desk.menu()
    chosen = next(each for each in menu.actions() if each.objectName() == "sort_place")
    menu.setActiveAction(chosen)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    desk.settle()
    assert desk.page.model.query.sort == "place"
    assert desk.column("Place") == sorted(desk.column("Place"))


def test_a_filter_is_added_by_keyboard_and_taken_away_again(desk: Desk) -> None:
    desk.press(Qt.Key.Key_F, CTRL, desk.page)
    dialog = desk.dialog()
    assert _child(dialog, QComboBox, "filterColumn").currentData() == "serial"
    field = _child(dialog, QLineEdit, "filterValue")
    assert field.hasFocus()
    QTest.keyClicks(field, "sn-001")
    QTest.keyClick(field, Qt.Key.Key_Return)
    desk.settle()
    assert sorted(desk.column("Serial")) == [f"SN-001{n}" for n in range(10)]
    assert desk.count == f"Units: 10 of {UNITS}"
    chip = _child(desk.page, QPushButton, "chip_0")
    assert "Serial: contains “sn-001”" in chip.text()
    QTest.keyClick(chip, Qt.Key.Key_Return)
    desk.settle()
    assert desk.page.model.rowCount() == UNITS
    assert not desk.page.frame.chips.isVisible()


def test_a_state_is_filtered_by_marking_it(desk: Desk) -> None:
    desk.press(Qt.Key.Key_F, CTRL, desk.page)
    dialog = desk.dialog()
    columns = _child(dialog, QComboBox, "filterColumn")
    columns.setCurrentIndex(columns.findData("hold"))
    choices = _child(dialog, QListWidget, "filterChoices")
    QTest.keyClick(choices, Qt.Key.Key_Return)
    desk.settle()
    assert desk.column("Hold") == ["held"] * 6
    assert "Hold: held" in _child(desk.page, QPushButton, "chip_0").text()
    desk.press(Qt.Key.Key_F, CTRL | Qt.KeyboardModifier.ShiftModifier, desk.page)
    assert desk.page.model.rowCount() == UNITS


def test_a_value_that_does_not_fit_is_said_so_and_the_dialog_stays(desk: Desk) -> None:
    desk.press(Qt.Key.Key_F, CTRL, desk.page)
    dialog = desk.dialog()
    columns = _child(dialog, QComboBox, "filterColumn")
    columns.setCurrentIndex(columns.findData("received"))
    field = _child(dialog, QLineEdit, "filterValue")
    QTest.keyClicks(field, "yesterday")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert "does not fit" in str(dialog.findChild(QWidget, "filterSentence").property("text"))
    dialog.reject()


def test_filters_that_nothing_passes_say_how_to_go_on(desk: Desk) -> None:
    desk.page.begin("units:serial==NOBODY")
    desk.settle()
    assert desk.page.model.rowCount() == 0
    assert "Ctrl+Shift+F" in desk.page.table.accessibleDescription()
    desk.press(Qt.Key.Key_2, ALT, desk.page)
    assert desk.count == "Receipts: 0"
    assert "F2" in desk.page.table.accessibleDescription()


def test_each_list_comes_up_by_its_key_and_as_it_was_left(desk: Desk) -> None:
    desk.page.table.sort_wanted.emit("place")
    desk.settle()
    for number, name in enumerate(desk.page.frame.tabs, 1):
        desk.press(Qt.Key(Qt.Key.Key_0.value + number), ALT, desk.page)
        assert desk.page.model.query.list == name
        assert desk.page.frame.tabs[name].isChecked()
    desk.press(Qt.Key.Key_1, ALT, desk.page)
    assert desk.page.model.query.sort == "place"


def test_columns_are_chosen_and_moved_by_keyboard(desk: Desk) -> None:
    desk.press(Qt.Key.Key_L, ALT, desk.page)
    dialog = desk.dialog()
    columns = _child(dialog, QListWidget, "columnsList")
    QTest.keyClick(columns, Qt.Key.Key_Space)
    QTest.keyClick(columns, Qt.Key.Key_Down)
    QTest.keyClick(dialog, Qt.Key.Key_Down, ALT)
    QTest.keyClick(columns, Qt.Key.Key_Return)
    desk.settle()
    assert [column.key for column in desk.page.model.columns][:2] == ["state", "part_number"]


def test_a_view_is_saved_under_a_name_and_opened_again(desk: Desk, tmp_path: Path) -> None:
    desk.page.begin("units:place==A-01")
    desk.settle()
    desk.press(Qt.Key.Key_V, ALT, desk.page)
    name = _child(desk.dialog(), QLineEdit, "viewName")
    QTest.keyClicks(name, "In A-01")
    QTest.keyClick(name, Qt.Key.Key_Return)
    desk.settle()
    assert [view.name for view in load(tmp_path)] == ["In A-01"]
    desk.press(Qt.Key.Key_6, ALT, desk.page)
    desk.press(Qt.Key.Key_V, ALT, desk.page)
    QTest.keyClick(desk.dialog().findChild(QWidget, "viewsList"), Qt.Key.Key_Return)
    desk.settle()
    assert set(desk.column("Place")) == {"A-01"}
    assert desk.count == f"Units: {UNITS // 3} of {UNITS}"


def test_spoilt_views_are_left_out_and_good_ones_kept(tmp_path: Path) -> None:
    good = View("Held", Query("units", (Filter("hold", Op.ONE_OF, ("held",)),), "serial", True), ("serial", "hold"))
    assert keep(tmp_path, [good])
    kept = json.loads((tmp_path / "views.json").read_text("utf-8"))
    spoilt = [{}, 7, {"name": "a"}, {"name": "b", "list": "nothing"}, {**kept[0], "name": "c", "sort": "; DROP"}]
    (tmp_path / "views.json").write_text(json.dumps([*spoilt, *kept]), "utf-8")
    assert load(tmp_path) == [good]
    (tmp_path / "views.json").write_bytes(b"\xff{")
    assert load(tmp_path) == []


def test_enter_shows_a_unit_and_control_c_copies_its_row(desk: Desk) -> None:
    chosen: list[str] = []
    desk.page.unit_chosen.connect(chosen.append)
    desk.press(Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text().split("\t")[:2] == [f"SN-{UNITS - 1:04}", "PS-1"]
    desk.press(Qt.Key.Key_Return)
    assert chosen == [desk.page.model.key(0)]
    desk.press(Qt.Key.Key_5, ALT, desk.page)
    desk.press(Qt.Key.Key_Return)
    assert chosen[1] == desk.page.model.key(0)[:36]


def test_enter_on_an_order_begins_its_delivery_and_on_a_place_lists_its_units(desk: Desk) -> None:
    wanted: list[tuple[str, str]] = []
    desk.page.page_wanted.connect(lambda name, what: wanted.append((name, what)))
    desk.press(Qt.Key.Key_3, ALT, desk.page)
    desk.press(Qt.Key.Key_Return)
    assert [each.objectName() for each in desk.menu().actions()] == ["way_receive", "way_receipts", "way_asn"]
    QTest.keyClick(desk.menu(), Qt.Key.Key_Return)
    desk.qtbot.wait_until(lambda: wanted == [("receiving", "")], timeout=20_000)
    assert desk.station.view("receiving").result().order == "PO-1"
    desk.press(Qt.Key.Key_8, ALT, desk.page)
    desk.press(Qt.Key.Key_Return)
    if isinstance(QApplication.activePopupWidget(), QMenu):
        QTest.keyClick(desk.menu(), Qt.Key.Key_Return)
        desk.settle()
    assert desk.count == f"Units: {UNITS // 3} of {UNITS}"
    assert set(desk.column("Place")) == {"A-00"}


def _export(desk: Desk, file: Path) -> None:
    desk.press(Qt.Key.Key_E, CTRL, desk.page)
    field = _child(desk.dialog(), QLineEdit, "exportFile")
    assert field.hasFocus()
    field.setText(str(file))
    QTest.keyClick(field, Qt.Key.Key_Return)
    desk.qtbot.wait_until(lambda: desk.page.frame.export.isEnabled(), timeout=20_000)


def test_what_is_shown_comes_out_as_csv_and_runs_nothing_in_a_spreadsheet(desk: Desk, tmp_path: Path) -> None:
    desk.page.begin("units:place==A-01")
    desk.settle()
    _export(desk, tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["Serial"].removeprefix("'") for row in rows] == desk.column("Serial")
    assert "'=CMD()" in [row["Serial"] for row in rows]
    assert {row["Place"] for row in rows} == {"A-01"}
    assert "rows are in" in str(desk.page.frame.words.text())


def test_what_is_shown_comes_out_as_a_workbook_that_others_read(desk: Desk, tmp_path: Path) -> None:
    _export(desk, tmp_path / "all.xlsx")
    book = openpyxl.load_workbook(tmp_path / "all.xlsx")
    titles, *rows = book["Units"].iter_rows(values_only=True)
    assert titles[:2] == ("Serial", "Part number")
    serials = desk.column("Serial")
    assert [row[0] for row in rows] == serials
    assert book["Units"].cell(serials.index("=CMD()") + 2, 1).data_type == "s"


def test_a_file_that_is_there_is_replaced_only_when_asked_twice(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("mine")
    desk.press(Qt.Key.Key_E, CTRL, desk.page)
    dialog = desk.dialog()
    field = _child(dialog, QLineEdit, "exportFile")
    field.setText(str(tmp_path / "a.csv"))
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert dialog.isVisible() and (tmp_path / "a.csv").read_text() == "mine"
    QTest.keyClick(field, Qt.Key.Key_Return)
    desk.qtbot.wait_until(lambda: desk.page.frame.export.isEnabled(), timeout=20_000)
    assert (tmp_path / "a.csv").read_text().startswith("Serial,")


def _shortcomings(of: QWidget) -> list[str]:
    """Widgets that have no name for people or for tools, or that a glove would miss."""
    found = []
    for widget in of.findChildren(QWidget):
        acted_on = isinstance(widget, QAbstractButton | QLineEdit | QComboBox | QAbstractItemView)
        if not acted_on or not widget.isVisible() or widget.window() is not of.window():
            continue
        if isinstance(widget.parentWidget(), QAbstractScrollArea | QLineEdit | QComboBox):
            continue
        told = QAccessible.queryAccessibleInterface(widget)
        if not widget.objectName() or told is None or not told.text(QAccessible.Text.Name):
            found.append(f"nameless {type(widget).__name__} {widget.objectName()}")
        if min(widget.width(), widget.height()) < target():
            found.append(f"small {widget.objectName()} {widget.width()}x{widget.height()}")
    return found


def test_everything_on_the_page_and_its_dialogs_is_named_and_large_enough(desk: Desk) -> None:
    desk.page.begin("units:place==A-01")
    desk.settle()
    assert _shortcomings(desk.page) == []
    for key, held in ((Qt.Key.Key_F, CTRL), (Qt.Key.Key_L, ALT), (Qt.Key.Key_V, ALT), (Qt.Key.Key_E, CTRL)):
        desk.press(key, held, desk.page)
        dialog = desk.dialog()
        QApplication.processEvents()
        assert dialog.objectName() and _shortcomings(dialog) == []
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        desk.qtbot.wait_until(lambda: QApplication.activeModalWidget() is None)


def test_what_is_recorded_meanwhile_comes_up_and_the_choice_stays(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Down)
    key = desk.page.model.key(1)
    with desk.station.ledger.writing() as book:
        stocked = UnitStocked(part=book.new_id(), serial="NEW-1", place="")
        book.record(Draft(fact=stocked, subj=(f"unit:{book.new_id()}",), new=True))
    desk.station.tell("ledger", None)
    desk.qtbot.wait_until(lambda: desk.page.model.rowCount() == UNITS + 1, timeout=20_000)
    desk.settle()
    desk.qtbot.wait_until(lambda: desk.page.model.index(0, 0).data() == "NEW-1", timeout=20_000)
    assert desk.page.table.current_row() == 2 and desk.page.model.key(2) == key


def _child(parent: QWidget, kind: Callable[..., object], name: str) -> "QWidget":
    found = parent.findChild(kind, name)  # type: ignore[call-overload]
    assert found is not None, name
    return found  # type: ignore[no-any-return]
