"""A scanner that types is caught before anything else sees its keys; a person who types is never taken for one."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from dockmark.devices.simulated import wedge_keys
from dockmark.devices.wedge import Key
from dockmark.identifiers.reading import Scan
from dockmark.ui.wedge_filter import WedgeFilter

CODE = "]d201095060001435141727063010LOT-A\x1d21SN900"


@dataclass
class Bench:
    """A window with a field, a default button and a shortcut, behind the filter."""

    qtbot: QtBot
    window: QDialog
    field: QLineEdit
    button: QPushButton
    scans: list[Scan]
    pressed: list[str]
    now: int = 1000

    def press(self, key: Key, target: QWindow | None = None) -> None:
        """Send one key press and release as the platform does: first the question for shortcuts."""
        window = target or QGuiApplication.focusWindow() or self.window.windowHandle()
        code = _code(key)
        held = Qt.KeyboardModifier.ControlModifier if key.ctrl else Qt.KeyboardModifier.NoModifier
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, code, held, 0, 0, 0, key.text)
            event.setTimestamp(key.timestamp_ms)
            asked = kind is QEvent.Type.ShortcutOverride
            event.setAccepted(not asked)
            QApplication.sendEvent(window, event)
            if asked and not event.isAccepted():
                self._shortcut(code, held)

    def _shortcut(self, code: int, held: Qt.KeyboardModifier) -> None:
        if held and QKeySequence(held | Qt.Key(code)) == QKeySequence("Ctrl+]"):
            self.pressed.append("shortcut")

    def scan(self, text: str, *, ending: str = "\r", gap: int = 4) -> None:
        """What a scanner types."""
        for key in wedge_keys(text, at_ms=self.now, gaps_ms=[gap] * (len(text) * 3 + 3), ending=ending):
            self.press(key)
            self.now = key.timestamp_ms
        self.now += 1000

    def type(self, text: str, gaps: list[int] | int = 120) -> None:
        """What a person types."""
        for number, char in enumerate(text):
            self.now += gaps if isinstance(gaps, int) else gaps[number % len(gaps)]
            name = {"\r": "Return", "\t": "Tab"}.get(char, char.upper())
            self.press(Key(text=char, timestamp_ms=self.now, name=name))
        self.now += 1000

    def wait_for_typed(self) -> None:
        """Wait until nothing is held back any more."""
        self.qtbot.wait_until(lambda: not self.window.property("filter").is_holding)


def _code(key: Key) -> int:
    named = f"Key_{key.name}"
    return Qt.Key[named].value if named in Qt.Key.__members__ else ord(key.text.upper()[:1] or "\0")


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication) -> Iterator[Bench]:
    window = QDialog()
    window.setObjectName("window")
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    field, button = QLineEdit(), QPushButton("Post")
    button.setDefault(True)
    column.addWidget(field)
    column.addWidget(button)
    made = Bench(qtbot, window, field, button, [], [])
    wedge = WedgeFilter(window)
    window.setProperty("filter", wedge)
    wedge.scanned.connect(made.scans.append)
    button.clicked.connect(lambda: made.pressed.append("button"))
    QShortcut(QKeySequence("Ctrl+]"), window).activated.connect(lambda: made.pressed.append("shortcut"))
    qapp.installEventFilter(wedge)
    window.show()
    qtbot.wait_until(lambda: window.windowHandle() is not None)
    field.setFocus()
    yield made
    qapp.removeEventFilter(wedge)


def test_a_scan_arrives_whole_and_leaves_no_trace_where_the_focus_is(bench: Bench) -> None:
    bench.scan(CODE)
    assert [scan.raw for scan in bench.scans] == [CODE.encode()]
    assert bench.scans[0].device == "wedge" and not bench.scans[0].typed
    assert bench.field.text() == ""
    assert bench.pressed == []


@pytest.mark.parametrize("ending", ["\r", "\n", "\t", "\r\n", "\r\t"])
def test_no_ending_presses_the_default_button_or_moves_the_focus(bench: Bench, ending: str) -> None:
    bench.scan("SERIAL-123", ending=ending[0])
    if len(ending) > 1:
        bench.now -= 996
        bench.type(ending[1:], gaps=4)
    bench.wait_for_typed()
    assert [scan.raw for scan in bench.scans] == [b"SERIAL-123"]
    assert bench.pressed == []
    assert bench.field.hasFocus() and bench.field.text() == ""


def test_separators_inside_a_scan_are_kept_and_never_run_a_shortcut(bench: Bench) -> None:
    code = "[)>\x1e06\x1d17V4ABC7\x1d1PB-200\x1dS0031\x1e\x04"
    bench.scan(code)
    assert [scan.raw for scan in bench.scans] == [code.encode()]
    assert bench.pressed == []


def test_a_scan_with_a_button_in_focus_presses_nothing(bench: Bench) -> None:
    bench.button.setFocus()
    bench.scan("A B C D E F")
    bench.wait_for_typed()
    assert [scan.raw for scan in bench.scans] == [b"A B C D E F"]
    assert bench.pressed == []


def test_what_a_person_types_lands_in_the_field(bench: Bench) -> None:
    bench.type("SN-4711", gaps=110)
    bench.wait_for_typed()
    assert bench.field.text() == "SN-4711"
    assert bench.scans == []


def test_enter_typed_by_a_person_still_presses_the_button(bench: Bench) -> None:
    bench.type("hello world", gaps=[90, 130, 70])
    bench.type("\r")
    bench.wait_for_typed()
    assert bench.pressed == ["button"]
    assert bench.field.text() == "hello world"


def test_tab_typed_by_a_person_still_moves_the_focus(bench: Bench) -> None:
    bench.type("abc", gaps=100)
    bench.type("\t")
    bench.wait_for_typed()
    assert bench.field.text() == "abc"
    assert bench.button.hasFocus()


def test_space_typed_on_a_button_presses_it_once(bench: Bench) -> None:
    bench.button.setFocus()
    bench.type(" ")
    bench.wait_for_typed()
    assert bench.pressed == ["button"]


def test_after_the_window_stood_still_a_typist_is_still_a_typist(bench: Bench, qapp: QApplication) -> None:
    """All keys arrive in one moment, but their time stamps are those of fingers."""
    bench.type("SN-900-ABC", gaps=60)
    bench.type("\r")
    bench.wait_for_typed()
    assert bench.scans == []
    assert bench.field.text() == "SN-900-ABC"


def test_a_person_typing_on_right_after_a_scan_is_heard(bench: Bench) -> None:
    bench.scan("SERIAL-123")
    bench.type("next", gaps=100)
    bench.wait_for_typed()
    assert [scan.raw for scan in bench.scans] == [b"SERIAL-123"]
    assert bench.field.text() == "next"


def test_a_scan_right_after_typing_does_not_mix_with_it(bench: Bench) -> None:
    bench.type("ab", gaps=100)
    bench.scan("SERIAL-123")
    bench.wait_for_typed()
    assert [scan.raw for scan in bench.scans] == [b"SERIAL-123"]
    assert bench.field.text() == "ab"


def test_a_scan_while_a_dialog_is_open_reaches_the_bench_and_not_the_dialog(bench: Bench) -> None:
    dialog = QDialog(bench.window)
    bench.qtbot.addWidget(dialog)
    column = QVBoxLayout(dialog)
    field, button = QLineEdit(), QPushButton("Do it")
    button.setDefault(True)
    button.clicked.connect(dialog.accept)
    column.addWidget(field)
    column.addWidget(button)
    dialog.open()
    field.setFocus()
    bench.qtbot.wait_until(lambda: dialog.windowHandle() is not None)
    for key in wedge_keys("SERIAL-123", at_ms=5000):
        bench.press(key, dialog.windowHandle())
    bench.wait_for_typed()
    assert [scan.raw for scan in bench.scans] == [b"SERIAL-123"]
    assert field.text() == "" and dialog.isVisible()


def test_keys_for_a_dialog_that_has_gone_go_to_the_window_in_front(bench: Bench) -> None:
    other = QWidget()
    other.show()
    bench.qtbot.wait_until(lambda: other.windowHandle() is not None)
    bench.press(Key(text="x", timestamp_ms=9000, name="X"), other.windowHandle())
    other.close()
    other.deleteLater()
    bench.window.activateWindow()
    bench.wait_for_typed()
    assert bench.scans == []


def test_keys_that_make_no_text_go_their_way_at_once(bench: Bench) -> None:
    bench.field.setText("abc")
    bench.field.setCursorPosition(3)
    bench.press(Key(text="\x08", timestamp_ms=1000, name="Backspace"))
    window = bench.window.windowHandle()
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, event)
    assert bench.field.cursorPosition() < 3


def test_a_fast_key_combination_is_left_to_its_shortcut(bench: Bench) -> None:
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier, "\x0b")
    event.ignore()
    QApplication.sendEvent(bench.window.windowHandle(), event)
    assert not event.isAccepted()


def test_a_nameless_key_that_only_reaches_a_character_does_not_break_a_scan(bench: Bench) -> None:
    for key in wedge_keys("SERIAL-123", at_ms=1000):
        bench.press(Key(text="", timestamp_ms=key.timestamp_ms))
        bench.press(key)
    bench.wait_for_typed()
    assert [scan.raw for scan in bench.scans] == [b"SERIAL-123"]
    assert bench.field.text() == ""


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(st.characters(min_codepoint=33, max_codepoint=0x17E, categories=("L", "N", "P", "S")), max_size=14),
    gaps=st.lists(st.integers(45, 400), min_size=1, max_size=8),
)
def test_whatever_a_person_types_at_the_pace_of_fingers_lands_unchanged(
    bench: Bench, text: str, gaps: list[int]
) -> None:
    bench.field.clear()
    bench.scans.clear()
    bench.type(text, gaps)
    bench.wait_for_typed()
    assert bench.field.text() == text
    assert bench.scans == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(
        st.characters(min_codepoint=32, max_codepoint=126) | st.sampled_from("\x1d\x1e\x04"), min_size=8, max_size=60
    ).filter(lambda text: len(set(text)) > 1),
    gap=st.integers(1, 11),
)
def test_whatever_a_scanner_types_arrives_whole_and_nothing_else_happens(bench: Bench, text: str, gap: int) -> None:
    bench.field.clear()
    bench.scans.clear()
    bench.scan(text, gap=gap)
    bench.wait_for_typed()
    assert [scan.raw for scan in bench.scans] == [text.encode()]
    assert bench.field.text() == "" and bench.pressed == []
