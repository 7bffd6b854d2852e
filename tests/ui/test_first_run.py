"""A new computer: sample, new depot, or take over."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from .conftest import Opened, Window
from .stand_in import StandInDepots


def _fill(window: Window, name: str, text: str) -> None:
    field = window.find(name)
    assert isinstance(field, QLineEdit)
    field.setText(text)


def _press(window: Window, name: str) -> None:
    button = window.find(name)
    assert isinstance(button, QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def depots() -> StandInDepots:
    return StandInDepots()


@pytest.fixture
def first(open_window: Opened, depots: StandInDepots) -> Window:
    return open_window(depots)


def test_an_empty_folder_is_asked_about(first: Window, tmp_path: Path) -> None:
    assert first.pages.current == "first_run"
    assert first.text("firstRunFolder") == str(tmp_path / "data")
    assert first.text("verdictWord") == "WELCOME"
    rail = first.find("rail_receiving")
    assert isinstance(rail, QWidget) and not rail.isEnabled()


def test_the_sample_opens_with_one_press(first: Window, depots: StandInDepots, qtbot: QtBot) -> None:
    _press(first, "demoButton")
    qtbot.wait_until(lambda: first.pages.current == "receiving")
    assert depots.made == [("demo",)]


def test_a_new_depot_needs_who_begins_it(first: Window, depots: StandInDepots, qtbot: QtBot) -> None:
    _press(first, "newButton")
    assert depots.made == []
    assert first.text("firstRunTrouble") != ""
    _fill(first, "newOperatorField", " anna ")
    _fill(first, "newNameField", "Anna Berg")
    _press(first, "newButton")
    qtbot.wait_until(lambda: first.pages.current == "receiving")
    assert depots.made == [("create", "anna", "Anna Berg")]


def test_a_depot_is_taken_over_from_its_folder(
    first: Window, depots: StandInDepots, qtbot: QtBot, tmp_path: Path
) -> None:
    _fill(first, "importOperatorField", "anna")
    _fill(first, "importFolderField", str(tmp_path / "missing"))
    _press(first, "importButton")
    qtbot.wait_until(lambda: first.text("firstRunTrouble") != "" and first.bridge.is_quiet)
    assert first.pages.current == "first_run"
    _fill(first, "importFolderField", str(tmp_path))
    _press(first, "importButton")
    qtbot.wait_until(lambda: first.pages.current == "receiving")
    assert depots.made == [("take_over", str(tmp_path), "anna")]


def test_taking_over_shows_how_far_it_is_and_can_be_stopped(
    first: Window, depots: StandInDepots, qtbot: QtBot, tmp_path: Path
) -> None:
    depots.may_go_on.clear()
    _fill(first, "importOperatorField", "anna")
    _fill(first, "importFolderField", str(tmp_path))
    _press(first, "importButton")
    qtbot.wait_until(lambda: first.text("firstRunTrouble") == "120 rows read")
    stop = first.find("firstRunStopButton")
    assert isinstance(stop, QPushButton) and stop.isVisible()
    QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    depots.may_go_on.set()
    qtbot.wait_until(lambda: first.text("firstRunTrouble").startswith("Stopped"))
    assert depots.made == [] and not stop.isVisible()
    assert first.pages.current == "first_run"


def test_settings_can_be_reached_before_there_is_a_ledger(first: Window) -> None:
    QTest.keyClick(first.shell, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert first.pages.current == "settings"
    QTest.keyClick(first.shell, Qt.Key.Key_Escape)
    assert first.pages.current == "first_run"
