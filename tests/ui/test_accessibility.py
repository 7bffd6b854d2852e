"""Everything can be found, named, reached by key and hit with a glove."""

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QLineEdit,
    QProgressBar,
    QScrollBar,
    QWidget,
)

from dockmark.desks.views import JobView
from dockmark.ui.desks.receiving import ReceivingScreen
from dockmark.ui.theme import target

from .conftest import Window

ACTED_ON = (QAbstractButton, QLineEdit, QAbstractItemView, QProgressBar)


@pytest.fixture
def busy(window: Window) -> Window:
    """The window with something in every place."""
    window.scan("ORDER-4711")
    for serial in "ABC":
        window.scan(f"CTRL-BRD-9/{serial}")
    window.service.command("receiving", "ACCEPT")
    window.qtbot.wait_until(lambda: window.pages.receiving.reasons.isVisible())
    window.service.spool = [JobView(id="1", title="A", printer="", state="unknown")]
    window.pages.spool.refresh()
    window.settle()
    return window


def _own(window: Window) -> list[QWidget]:
    """Widgets of ours: not the inner parts of Qt's own."""
    inner = (QScrollBar,)
    found = [each for each in window.shell.findChildren(QWidget) if not each.objectName().startswith("qt_")]
    return [each for each in found if not isinstance(each, inner) and not _is_inner(each)]


def _is_inner(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    compound = (QAbstractScrollArea, QLineEdit)
    return isinstance(parent, compound) and type(widget).__module__.startswith("PySide6")


def test_every_widget_that_is_acted_on_has_a_name_for_tools_and_for_people(busy: Window) -> None:
    nameless = []
    for widget in _own(busy):
        if not isinstance(widget, ACTED_ON):
            continue
        told = QAccessible.queryAccessibleInterface(widget)
        if not widget.objectName() or told is None or not told.text(QAccessible.Text.Name):
            nameless.append(f"{type(widget).__name__} {widget.objectName()!r}")
    assert nameless == []


def test_every_object_name_is_given_once(busy: Window) -> None:
    names = Counter(each.objectName() for each in _own(busy) if each.objectName())
    assert [name for name, count in names.items() if count > 1] == []


def test_a_label_with_a_value_lets_tools_read_the_value(busy: Window) -> None:
    hidden = []
    for label in busy.shell.findChildren(QLabel):
        if label.objectName() and label.text():
            told = QAccessible.queryAccessibleInterface(label)
            if told is None or told.text(QAccessible.Text.Name) != label.text():
                hidden.append(label.objectName())
    assert hidden == []


def test_every_button_and_field_is_at_least_twelve_millimetres(busy: Window, qapp: QApplication) -> None:
    small = []
    pages = ("receiving", "search", "spool", "settings")
    for page in pages:
        busy.shell.open_page(page)
        busy.pages.receiving.by_hand.show()
        qapp.processEvents()
        for widget in _own(busy):
            if not isinstance(widget, QAbstractButton | QLineEdit) or not widget.isVisible():
                continue
            if isinstance(widget, QLineEdit) and widget.isReadOnly():
                continue
            if min(widget.width(), widget.height()) < target():
                small.append(f"{widget.objectName()} {widget.width()}x{widget.height()}")
    assert small == []


def test_every_button_can_be_reached_by_tab(busy: Window) -> None:
    screen = busy.shell.findChild(ReceivingScreen)
    assert screen is not None
    reached = set()
    widget: QWidget | None = busy.shell
    for _step in range(2000):
        widget = widget.nextInFocusChain() if widget is not None else None
        if widget is None or widget is busy.shell:
            break
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            reached.add(widget.objectName())
    wanted = {
        each.objectName()
        for each in screen.findChildren(QWidget)
        if isinstance(each, QAbstractButton | QLineEdit) and each.window() is busy.shell and not _is_inner(each)
    }
    assert wanted - reached == set()


def test_the_reason_is_in_focus_when_it_is_asked_for(busy: Window) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None and focus.objectName().startswith("reason_")
    QTest.keyClick(focus, Qt.Key.Key_Space)
    busy.settle()
    assert busy.service.commands[-1][0] == "REASON"


def test_a_cell_with_a_shape_says_its_verdict_in_words(busy: Window) -> None:
    table = busy.find("unitsTable")
    assert isinstance(table, QAbstractItemView)
    model = table.model()
    assert model.index(0, 0).data(Qt.ItemDataRole.DecorationRole) is not None
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) != ""


def test_fields_for_codes_never_wake_an_input_method(busy: Window) -> None:
    awake = [
        each.objectName()
        for each in busy.shell.findChildren(QLineEdit)
        if each.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled) and not each.objectName().startswith("qt_")
    ]
    assert awake == ["searchField"]
