"""The window as a whole: where scans go, what is heard of them, and how one gets about by keys."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot

from dockmark.desks.views import JobView
from dockmark.devices.lights import DeviceLight, DeviceState
from dockmark.devices.simulated import wedge_keys
from dockmark.identifiers.reading import Scan
from dockmark.identifiers.tags import Command, command_tag
from dockmark.record.refusal import Refusal, Refused
from dockmark.ui.theme import Appearance, Theme

from .conftest import Opened, Window
from .stand_in import StandIn, StandInDepots


def _page(window: Window) -> str:
    return window.pages.current


def test_the_window_says_its_name_and_is_ready(window: Window) -> None:
    assert "Dockmark" in window.shell.windowTitle()
    assert window.text("statusStation") == "Dock 1"
    assert window.text("statusOperator") == "Anna Berg"
    assert window.text("statusLedger") == "recording"


def test_a_scan_is_shown_as_text_meaning_verdict_and_sentence(window: Window) -> None:
    window.scan("PSU-750-A/SN1")
    assert window.text("lastScan") == "PSU-750-A/SN1"
    assert "PSU-750-A/SN1" in window.text("scanMeaning")
    assert window.text("verdictWord") == "RECEIVED"
    assert "SN1" in window.text("scanSentence")


def test_a_scan_from_another_page_comes_back_to_the_desk(window: Window) -> None:
    for key, page in ((Qt.Key.Key_F4, "search"), (Qt.Key.Key_F5, "spool")):
        QTest.keyClick(window.shell, key)
        assert _page(window) == page
        window.scan(f"PSU-750-A/{page}")
        assert _page(window) == "receiving"


def test_escape_steps_back_one_page_at_a_time(window: Window) -> None:
    QTest.keyClick(window.shell, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert window.pages.simulated.isVisible()
    QTest.keyClick(window.shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert _page(window) == "search"
    QTest.keyClick(window.shell, Qt.Key.Key_Escape)
    assert _page(window) == "receiving" and window.pages.simulated.isVisible()
    QTest.keyClick(window.shell, Qt.Key.Key_Escape)
    assert not window.pages.simulated.isVisible()
    QTest.keyClick(window.shell, Qt.Key.Key_Escape)
    assert _page(window) == "receiving"


def test_f1_lists_every_key(window: Window) -> None:
    QTest.keyClick(window.shell, Qt.Key.Key_F1)
    window.qtbot.wait_until(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None and "Dockmark" in dialog.windowTitle()
    model = window.find("keysTable").model()  # type: ignore[attr-defined]
    window.qtbot.wait_until(lambda: model.rowCount() > 80)
    keys = {model.index(row, 0).data() for row in range(model.rowCount())}
    wanted = {f"F{number}" for number in range(1, 13)} | {
        "Ctrl+K",
        "Ctrl+Z",
        "Ctrl+T",
        "Ctrl+U",
        "Ctrl+P",
        "Ctrl+,",
        "Esc",
    }
    assert wanted <= keys
    dialog.close()


def test_what_was_scanned_before_the_ledger_is_open_waits_for_it(
    qtbot: QtBot, open_window: Opened, service: StandIn
) -> None:
    depots = StandInDepots()
    window = open_window(depots)
    for number in range(3):
        window.shell.take_scan(Scan.of_text(f"PSU-750-A/E{number}"))
    assert service.heard == []
    depots.service = service
    window.pages.trouble.again.emit()
    qtbot.wait_until(lambda: len(service.heard) == 3)
    assert [scan.raw for scan in service.heard] == [b"PSU-750-A/E0", b"PSU-750-A/E1", b"PSU-750-A/E2"]


def test_a_wedge_scan_waits_while_a_dialog_is_open_and_is_answered_after_it(window: Window) -> None:
    window.scan("ORDER-4711")
    QTest.keyClick(window.shell, Qt.Key.Key_F10)
    dialog = window.find("finishDialog")
    assert isinstance(dialog, QWidget)
    window.qtbot.wait_until(lambda: dialog.windowHandle() is not None and dialog.isVisible())
    for key in wedge_keys("PSU-750-A/SN1", at_ms=10_000):
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            code = Qt.Key.Key_Return.value if key.text == "\r" else ord(key.text.upper()[:1] or "\0")
            event = QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, 0, 0, 0, key.text)
            event.setTimestamp(key.timestamp_ms)
            QApplication.sendEvent(dialog.windowHandle(), event)
    window.qtbot.wait_until(lambda: window.text("verdictWord") == "WAITING")
    assert dialog.isVisible()
    with window.qtbot.waitSignal(window.shell.shown_answer):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert [each for each, _facts in window.service.commands] == []
    window.settle()
    assert window.text("unitSerial") == "SN1"


def test_scans_that_waited_for_a_dialog_are_answered_in_their_order(window: Window) -> None:
    window.scan("ORDER-4711")
    QTest.keyClick(window.shell, Qt.Key.Key_F10)
    window.qtbot.wait_until(lambda: QApplication.activeModalWidget() is not None)
    before = len(window.service.heard)
    for number in range(1, 4):
        window.shell.take_scan(Scan.of_text(f"PSU-750-A/SN{number}"))
    assert len(window.service.heard) == before
    window.shell.take_scan(Scan.of_text(command_tag(Command.SKIP)))
    window.qtbot.wait_until(lambda: len(window.service.heard) == before + 3)
    assert [scan.raw for scan in window.service.heard[before:]] == [
        b"PSU-750-A/SN1",
        b"PSU-750-A/SN2",
        b"PSU-750-A/SN3",
    ]
    window.settle()
    assert QApplication.activeModalWidget() is None


def test_a_scanned_finish_says_yes_to_the_question_of_finishing(window: Window) -> None:
    window.scan("ORDER-4711")
    QTest.keyClick(window.shell, Qt.Key.Key_F10)
    window.qtbot.wait_until(lambda: QApplication.activeModalWidget() is not None)
    window.shell.take_scan(Scan.of_text(command_tag(Command.FINISH)))
    window.settle()
    assert [word for word, _facts in window.service.commands] == ["FINISH"]


def test_the_last_scans_stay_in_sight_newest_first(window: Window) -> None:
    window.scan("ORDER-4711")
    window.scan("PSU-750-A/SN1")
    window.scan("PSU-750-A/SN2")
    listed = window.find("lastScans")
    assert isinstance(listed, QAbstractItemView)
    model = listed.model()
    shown = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    assert shown[:2] == ["SN2", "SN1"] and len(shown) == 3
    window.shell.open_page("search")
    assert listed.isVisible()


def test_a_bug_on_the_bench_is_said_once_and_the_desk_goes_on(window: Window) -> None:
    window.shell.take_scan(Scan.of_text("crash"))
    window.qtbot.wait_until(lambda: window.text("verdictWord") == "FAULT")
    assert "the bench fell over" in window.text("scanSentence")
    window.scan("PSU-750-A/SN1")
    assert window.text("verdictWord") == "RECEIVED"


def test_a_read_only_station_says_so_everywhere(qtbot: QtBot, open_window: Opened) -> None:
    service = StandIn(read_only="read_only")
    window = open_window(StandInDepots(service))
    assert window.text("verdictWord") == "READ ONLY"
    assert window.text("statusLedger").startswith("read only")


def test_devices_and_labels_are_told_at_the_bottom(window: Window) -> None:
    ready = DeviceLight(url="serial:A", name="Dock scanner", state=DeviceState.READY)
    away = DeviceLight(url="serial:B", name="Spare <b>", state=DeviceState.BACKOFF)
    window.service.tell("devices", (ready,))
    window.qtbot.wait_until(lambda: window.text("statusDevices") == "Dock scanner")
    window.service.tell("devices", (ready, away))
    window.qtbot.wait_until(lambda: window.text("statusDevices").startswith("Spare <b>: "))
    window.service.spool = [JobView(id="1", title="A", printer="", state="queued")]
    window.service.tell("jobs", None)
    window.qtbot.wait_until(lambda: window.text("statusSpool") == "1 waits")
    window.service.spool = [JobView(id="1", title="A", printer="", state="unknown")]
    window.service.tell("jobs", None)
    window.qtbot.wait_until(lambda: window.text("statusSpool") == "1 asks for you")


def test_the_whole_window_follows_a_change_of_appearance(window: Window, theme: Theme, qapp: QApplication) -> None:
    window.scan("PSU-750-A/SN1")
    light = window.shell.grab().toImage()
    theme.choose(Appearance.DARK)
    qapp.processEvents()
    dark = window.shell.grab().toImage()
    bright = [
        (x, y)
        for x in range(0, dark.width(), 40)
        for y in range(window.shell.strip.geometry().bottom(), dark.height(), 20)
        if dark.pixelColor(x, y).lightness() > 235 and light.pixelColor(x, y).lightness() > 235
    ]
    assert len(bright) < 5, "something stayed light"


@pytest.mark.parametrize("size", [(800, 500), (1366, 768), (2560, 1440), (1080, 1920)])
def test_the_window_fits_every_screen(window: Window, size: tuple[int, int], qapp: QApplication) -> None:
    window.scan("ORDER-4711")
    for serial in "ABC":
        window.scan(f"CTRL-BRD-9/{serial}")
    window.shell.resize(*size)
    qapp.processEvents()
    assert window.shell.width() == size[0]
    # The offscreen screen is 800 dots high: its verdict word alone is taller than that of a screen of 500.
    assert window.shell.height() <= max(size[1], 560)


def test_where_it_is_narrow_the_unit_card_takes_the_place_of_the_desk(window: Window, qapp: QApplication) -> None:
    window.scan("PSU-750-A/SN1")
    window.shell.resize(800, 600)
    qapp.processEvents()
    assert not window.pages.card.isVisible() and window.pages.receiving.isVisible()
    QTest.keyClick(window.shell, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    assert window.pages.card.isVisible() and not window.pages.receiving.isVisible()
    QTest.keyClick(window.shell, Qt.Key.Key_Escape)
    assert not window.pages.card.isVisible() and window.pages.receiving.isVisible()
    window.shell.resize(1400, 900)
    qapp.processEvents()
    assert window.pages.card.isVisible() and window.pages.receiving.isVisible()


def test_a_ledger_that_cannot_be_opened_says_why_and_may_be_tried_again(
    qtbot: QtBot, open_window: Opened, service: StandIn
) -> None:
    depots = StandInDepots(service)
    depots.refuse = Refusal(Refused.NETWORK_SHARE, path="share")
    window = open_window(depots)
    assert _page(window) == "trouble"
    assert window.text("troubleSentence") == window.text("scanSentence") != ""
    depots.refuse = None
    QTest.mouseClick(window.find("troubleRetryButton"), Qt.MouseButton.LeftButton)
    qtbot.wait_until(lambda: _page(window) == "receiving")
