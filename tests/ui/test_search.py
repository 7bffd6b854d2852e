"""Search over everything: kind by kind, marked, keyboard from end to end; commands are found by name."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dockmark.desks.views import Found
from dockmark.ui.search import SearchPage
from dockmark.ui.search_list import HEAD

from .conftest import Window

FOUND = [
    Found(kind="unit", id="u1", title="PO-1-A", detail="PS-1 · in_stock · A-01"),
    Found(kind="unit", id="u2", title="PO-1-B", detail="PS-1 · received"),
    Found(kind="order", id="o1", title="PO-1", detail="2026-01-05"),
    Found(kind="place", id="p1", title="PO-1-BIN", detail="Bin"),
    Found(kind="recall", id="r1", title="PO-1-R", detail="PS-1 · bearing seizes"),
]


@pytest.fixture
def page(window: Window, monkeypatch: pytest.MonkeyPatch) -> SearchPage:
    monkeypatch.setattr(window.service, "_search", lambda text, limit: FOUND if text.startswith("PO") else [])
    QTest.keyClick(window.shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    return window.pages.search


def _type(window: Window, page: SearchPage, text: str, until: Callable[[], bool]) -> None:
    QTest.keyClicks(page.field, text)
    window.qtbot.wait_until(until)


def _lines(page: SearchPage) -> list[tuple[str, str]]:
    model = page.results.found
    return [(str(model.index(n).data(HEAD)), str(model.index(n).data())) for n in range(model.rowCount())]


def test_what_is_found_stands_kind_by_kind_the_one_called_exactly_so_first(window: Window, page: SearchPage) -> None:
    _type(window, page, "PO-1", lambda: page.results.found.rowCount() == 5)
    assert _lines(page) == [
        ("Orders · 1", "PO-1"),
        ("Units · 2", "PO-1-A"),
        ("", "PO-1-B"),
        ("Places · 1", "PO-1-BIN"),
        ("Recalls · 1", "PO-1-R"),
    ]
    spoken = page.results.found.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Units · 2. PO-1-A. PS-1 · in stock · A-01"


def test_arrows_go_from_line_to_line_and_back_to_the_field(window: Window, page: SearchPage) -> None:
    _type(window, page, "PO-1", lambda: page.results.found.rowCount() == 5)
    QTest.keyClick(page.field, Qt.Key.Key_Down)
    for expected in range(5):
        assert page.results.currentIndex().row() == expected
        QTest.keyClick(page.results, Qt.Key.Key_Down)
    for _ in range(4):
        QTest.keyClick(page.results, Qt.Key.Key_Up)
    assert page.results.currentIndex().row() == 0
    QTest.keyClick(page.results, Qt.Key.Key_Up)
    assert page.field.hasFocus()


def test_letters_typed_among_the_results_go_on_in_the_field(window: Window, page: SearchPage) -> None:
    _type(window, page, "PO-1", lambda: page.results.found.rowCount() == 5)
    QTest.keyClick(page.field, Qt.Key.Key_Down)
    QTest.keyClick(page.results, Qt.Key.Key_7)
    assert page.field.text() == "PO-17" and page.field.hasFocus()


def test_enter_before_the_answer_opens_the_first_line_when_it_comes(window: Window, page: SearchPage) -> None:
    wanted: list[str] = []
    page.unit_chosen.connect(wanted.append)
    QTest.keyClicks(page.field, "PO")
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    window.qtbot.wait_until(lambda: wanted == ["u1"])


def test_enter_opens_nothing_that_was_found_for_another_text(window: Window, page: SearchPage) -> None:
    wanted: list[str] = []
    page.unit_chosen.connect(wanted.append)
    _type(window, page, "PO", lambda: page.results.found.rowCount() == 5)
    page.field.selectAll()
    QTest.keyClicks(page.field, "qqq")
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    window.qtbot.wait_until(lambda: page.results.found.rowCount() == 0)
    window.settle()
    assert wanted == []


def test_what_was_opened_last_stands_there_where_nothing_is_typed(window: Window, page: SearchPage) -> None:
    _type(window, page, "PO", lambda: page.results.found.rowCount() == 5)
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    window.settle()
    page.field.clear()
    window.qtbot.wait_until(lambda: _lines(page) == [("Opened last", "PO-1-A")])


def test_commands_and_pages_are_found_by_name_and_done(window: Window, page: SearchPage) -> None:
    _type(window, page, "set", lambda: ("Commands · 1", "Settings") in _lines(page))
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    window.qtbot.wait_until(lambda: window.pages.current == "settings")


def test_a_command_of_a_desk_is_done_at_that_desk(window: Window, page: SearchPage) -> None:
    window.scan("PSU-750-A/SN100")
    QTest.keyClick(window.shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    _type(window, page, "finish", lambda: any("Finish" in title for _head, title in _lines(page)))
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    window.qtbot.wait_until(lambda: window.pages.current == "receiving")
    window.qtbot.wait_until(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None and dialog.objectName() == "finishDialog"
    dialog.close()


def test_an_order_that_was_found_is_received_against(window: Window, page: SearchPage) -> None:
    _type(window, page, "PO-1", lambda: page.results.found.rowCount() == 5)
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    window.qtbot.wait_until(lambda: window.pages.current == "receiving")
    assert {"order": "PO-1", "place": ""} in window.service.begun
