"""The hold desk: a unit in hand, two commands, a reason."""

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

if TYPE_CHECKING:
    from ..conftest import Window


@pytest.fixture
def holds(window: "Window") -> "Window":
    QTest.keyClick(window.shell, Qt.Key.Key_F3)
    assert window.pages.current == "holds"
    return window


def _button(window: "Window", name: str) -> QPushButton:
    found = window.find(name)
    assert isinstance(found, QPushButton)
    return found


def _visible(window: "Window", name: str) -> bool:
    found = window.find(name)
    assert isinstance(found, QWidget)
    return found.isVisible()


def test_without_a_unit_it_says_what_to_scan(holds: "Window") -> None:
    assert holds.text("holdSentence").startswith("Scan the unit")
    assert not _button(holds, "holdButton").isEnabled() and not _button(holds, "releaseButton").isEnabled()


def test_a_scan_goes_to_the_desk_that_is_open(holds: "Window") -> None:
    holds.scan("PSU-750-A/H1")
    assert holds.service.desks == ["holds"]
    assert "H1" in holds.text("holdUnit")
    assert holds.pages.current == "holds"
    QTest.keyClick(holds.shell, Qt.Key.Key_F2)
    holds.scan("PSU-750-A/SN1")
    assert holds.service.desks == ["holds", "receiving"]


def test_a_scan_on_the_search_page_goes_to_the_desk_opened_last(holds: "Window") -> None:
    QTest.keyClick(holds.shell, Qt.Key.Key_F4)
    holds.scan("PSU-750-A/H1")
    assert holds.service.desks == ["holds"] and holds.pages.current == "holds"


@pytest.mark.parametrize(("key", "word"), [(Qt.Key.Key_F7, "QUARANTINE"), (Qt.Key.Key_F6, "RELEASE")])
def test_holding_and_releasing_ask_for_the_reason(holds: "Window", key: Qt.Key, word: str) -> None:
    holds.scan("PSU-750-A/H1")
    QTest.keyClick(holds.shell, key)
    holds.qtbot.wait_until(lambda: _visible(holds, "holdReasonPanel"))
    QTest.mouseClick(_button(holds, "holdreason_other"), Qt.MouseButton.LeftButton)
    holds.qtbot.wait_until(lambda: not _visible(holds, "holdReasonPanel"))
    assert holds.service.commands == [(word, {}), ("REASON", {"code": "other"})]


def test_the_keys_of_one_desk_do_nothing_at_the_other(holds: "Window") -> None:
    holds.scan("PSU-750-A/H1")
    QTest.keyClick(holds.shell, Qt.Key.Key_F9)
    QTest.keyClick(holds.shell, Qt.Key.Key_F10)
    holds.settle()
    assert holds.service.commands == []


def test_stepping_back_leaves_the_question_for_a_reason(holds: "Window") -> None:
    holds.scan("PSU-750-A/H1")
    QTest.keyClick(holds.shell, Qt.Key.Key_F7)
    holds.qtbot.wait_until(lambda: _visible(holds, "holdReasonPanel"))
    QTest.keyClick(holds.shell, Qt.Key.Key_Escape)
    assert not _visible(holds, "holdReasonPanel")
