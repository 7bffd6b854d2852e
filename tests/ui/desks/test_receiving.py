"""The receiving screen: what a clerk sees and may do, by scan, by key and by hand."""

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton, QTableView, QWidget

from dockmark.custody.lights import Lamp
from dockmark.desks.views import DeskView, ReceivedUnit
from dockmark.ui.desks.finish_dialog import differences

from ..stand_in import LINES, RECALLED, unit

if TYPE_CHECKING:
    from ..conftest import Window


def _button(window: "Window", name: str) -> QPushButton:
    found = window.find(name)
    assert isinstance(found, QPushButton)
    return found


def _field(window: "Window", name: str) -> QLineEdit:
    found = window.find(name)
    assert isinstance(found, QLineEdit)
    return found


def _visible(window: "Window", name: str) -> bool:
    found = window.find(name)
    assert isinstance(found, QWidget)
    return found.isVisible()


def _cells(window: "Window", name: str) -> list[list[str]]:
    table = window.find(name)
    assert isinstance(table, QTableView)
    model = table.model()
    return [
        [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_before_a_receipt_the_screen_says_what_to_scan(window: "Window") -> None:
    assert _visible(window, "receivingEmpty") and not _visible(window, "receiptHeader")
    assert _visible(window, "byHand")
    assert window.text("verdictWord") == "READY"
    assert not _button(window, "finishButton").isEnabled()


def test_an_order_opens_the_receipt_with_its_lines(window: "Window") -> None:
    window.scan("ORDER-4711")
    assert window.text("receiptCount") == "0 of 12"
    assert window.text("receiptOrder") == "ORDER-4711"
    assert window.text("receiptPlace") == "DOCK-1"
    assert [row[0] for row in _cells(window, "linesTable")] == ["PSU-750-A", "FAN-120", "CTRL-BRD-9"]
    assert not _visible(window, "receivingEmpty") and not _visible(window, "byHand")


def test_every_unit_counts_and_stands_on_top_of_the_list(window: "Window") -> None:
    window.scan("ORDER-4711")
    for number in range(1, 7):
        window.scan(f"PSU-750-A/SN{number}")
    window.scan("FAN-120/SN7")
    assert window.text("receiptCount") == "7 of 12"
    assert [row[1] for row in _cells(window, "unitsTable")][:2] == ["SN7", "SN6"]
    assert _cells(window, "linesTable")[0][3:] == ["6", "0", "complete"]


def test_a_blind_receipt_counts_units_and_shows_no_lines(window: "Window") -> None:
    window.scan("X-1/S1")
    assert window.text("receiptCount") == "1 unit"
    window.scan("X-1/S2")
    assert window.text("receiptCount") == "2 units"
    assert not _visible(window, "linesTable")


def test_the_unit_just_scanned_stands_on_the_card_with_its_six_lights(window: "Window") -> None:
    window.service.verdicts["SN1"] = RECALLED
    window.scan("PSU-750-A/SN1")
    assert window.text("unitSerial") == "SN1"
    assert window.text("lightWord_recall") == "STOP"
    assert "FSN-2026-11" in window.text("lightWhy_recall")
    assert {window.text(f"lightWord_{light}") != "" for light in ("warranty", "counterfeit", "life", "owner", "hold")}
    assert window.text("verdictWord") == "STOP"


def test_a_refusal_stays_until_it_is_answered(window: "Window") -> None:
    window.scan("ORDER-4711")
    for serial in "ABC":
        window.scan(f"CTRL-BRD-9/{serial}")
    assert _visible(window, "refusalPanel")
    assert "CTRL-BRD-9" in window.text("refusalSentence")
    window.scan("unreadable?")
    assert _visible(window, "refusalPanel")
    QTest.mouseClick(_button(window, "skipButton"), Qt.MouseButton.LeftButton)
    window.qtbot.wait_until(lambda: not _visible(window, "refusalPanel"))
    assert window.service.commands == [("SKIP", {})]


def test_accepting_asks_for_the_reason_and_takes_one_click(window: "Window") -> None:
    window.scan("ORDER-4711")
    for serial in "ABC":
        window.scan(f"CTRL-BRD-9/{serial}")
    QTest.mouseClick(_button(window, "acceptButton"), Qt.MouseButton.LeftButton)
    window.qtbot.wait_until(lambda: _visible(window, "reasonPanel"))
    QTest.mouseClick(_button(window, "reason_replacement"), Qt.MouseButton.LeftButton)
    window.qtbot.wait_until(lambda: not _visible(window, "refusalPanel"))
    assert window.service.commands == [("ACCEPT", {}), ("REASON", {"code": "replacement"})]
    assert not _visible(window, "reasonPanel")
    assert window.text("receiptCount") == "3 of 12"


@pytest.mark.parametrize(
    ("key", "word"),
    [(Qt.Key.Key_F6, "ACCEPT"), (Qt.Key.Key_F7, "QUARANTINE"), (Qt.Key.Key_F8, "SKIP"), (Qt.Key.Key_F9, "DAMAGED")],
)
def test_every_answer_has_a_key(window: "Window", key: Qt.Key, word: str) -> None:
    window.scan("ORDER-4711")
    for serial in "ABC":
        window.scan(f"CTRL-BRD-9/{serial}")
    QTest.keyClick(window.shell, key)
    window.settle()
    assert [each for each, _facts in window.service.commands] == [word]


def test_the_answers_have_no_key_while_nothing_is_refused(window: "Window") -> None:
    window.scan("PSU-750-A/SN1")
    for key in (Qt.Key.Key_F6, Qt.Key.Key_F7, Qt.Key.Key_F8):
        QTest.keyClick(window.shell, key)
    window.settle()
    assert window.service.commands == []


def test_each_answer_shows_its_barcode_and_its_key(window: "Window") -> None:
    for name, word, key in (
        ("acceptButton", "ACCEPT", "F6"),
        ("quarantineButton", "QUARANTINE", "F7"),
        ("skipButton", "SKIP", "F8"),
        ("damagedButton", "DAMAGED", "F9"),
        ("repeatButton", "REPEAT", "F11"),
        ("finishButton", "FINISH", "F10"),
    ):
        told = _button(window, name).accessibleDescription()
        assert word in told and key in told


def test_undo_says_what_it_will_reverse_and_then_does_so_once(window: "Window") -> None:
    assert not _button(window, "undoButton").isEnabled()
    window.scan("PSU-750-A/SN1")
    window.scan("PSU-750-A/SN2")
    button = _button(window, "undoButton")
    assert "SN2" in button.accessibleName()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    window.qtbot.wait_until(lambda: [row[1] for row in _cells(window, "unitsTable")] == ["SN1"])
    assert window.service.commands == [("UNDO", {})]


def test_finishing_shows_the_differences_and_asks_once(window: "Window") -> None:
    window.scan("ORDER-4711")
    window.scan("PSU-750-A/SN1")
    window.scan("STRANGE-1/S9")
    QTest.keyClick(window.shell, Qt.Key.Key_F10)
    window.qtbot.wait_until(lambda: _visible(window, "finishDialog"))
    rows = _cells(window, "finishDifferences")
    assert ["short", "PSU-750-A", "1 of 6 received"] in rows
    assert ["not asked for", "STRANGE-1", "S9"] in rows
    assert window.service.commands == []
    QTest.mouseClick(_button(window, "finishConfirmButton"), Qt.MouseButton.LeftButton)
    window.settle()
    assert window.service.commands == [("FINISH", {})]
    assert _visible(window, "receivingEmpty")


def test_enter_confirms_finishing_once(window: "Window") -> None:
    window.scan("ORDER-4711")
    QTest.keyClick(window.shell, Qt.Key.Key_F10)
    window.qtbot.wait_until(lambda: _button(window, "finishConfirmButton").hasFocus())
    QTest.keyClick(_button(window, "finishConfirmButton"), Qt.Key.Key_Return)
    QTest.keyClick(_button(window, "finishConfirmButton"), Qt.Key.Key_Return)
    window.settle()
    assert window.service.commands == [("FINISH", {})]


def test_a_key_held_down_presses_a_button_once(window: "Window") -> None:
    window.scan("PSU-750-A/SN1")
    button = _button(window, "damagedButton")
    for repeated in (False, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", repeated, 1)
        QApplication.sendEvent(button, event)
    window.settle()
    assert window.service.commands == [("DAMAGED", {})]


def test_browsing_for_a_file_is_no_dialog_of_the_system_which_a_scanner_could_type_into(window: "Window") -> None:
    window.scan("ORDER-4711")
    QTest.keyClick(window.shell, Qt.Key.Key_F12)
    _button(window, "certificateBrowseButton").click()
    dialog = window.find("certificateFieldDialog")
    assert isinstance(dialog, QFileDialog) and dialog.isVisible()
    assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
    assert dialog.isVisible()
    dialog.fileSelected.emit("papers/cert.pdf")
    assert _field(window, "certificateField").text() == "papers/cert.pdf"
    dialog.reject()


def test_going_back_from_finishing_changes_nothing(window: "Window") -> None:
    window.scan("ORDER-4711")
    QTest.keyClick(window.shell, Qt.Key.Key_F10)
    window.qtbot.wait_until(lambda: _visible(window, "finishDialog"))
    dialog = window.find("finishDialog")
    assert isinstance(dialog, QWidget)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not _visible(window, "finishDialog")
    assert window.service.commands == []
    assert _visible(window, "receiptHeader")


def test_a_receipt_closed_by_scan_takes_the_question_away(window: "Window") -> None:
    window.scan("ORDER-4711")
    QTest.keyClick(window.shell, Qt.Key.Key_F10)
    window.qtbot.wait_until(lambda: _visible(window, "finishDialog"))
    window.service.desk = DeskView()
    window.service.tell("ledger", None)
    window.qtbot.wait_until(lambda: not _visible(window, "finishDialog"))
    assert window.service.commands == []


def test_order_place_and_note_can_be_typed(window: "Window") -> None:
    _field(window, "orderField").setText("  ORDER-4711 ")
    QTest.keyClick(_field(window, "orderField"), Qt.Key.Key_Return)
    window.settle()
    assert window.text("receiptOrder") == "ORDER-4711"
    QTest.keyClick(window.shell, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    window.qtbot.wait_until(lambda: _visible(window, "byHand"))
    _field(window, "placeField").setText("DOCK-2")
    _field(window, "noteField").setText("LS 9")
    QTest.mouseClick(_button(window, "openReceiptButton"), Qt.MouseButton.LeftButton)
    window.settle()
    assert window.service.begun == [{"order": "ORDER-4711", "place": ""}, {"order": "", "place": "DOCK-2"}]
    assert window.service.commands == [("NOTE", {"value": "LS 9"})]
    assert window.text("receiptPlace") == "DOCK-2"
    assert _field(window, "placeField").text() == ""


def test_a_unit_without_a_label_is_typed_and_the_next_one_may_follow(window: "Window") -> None:
    window.scan("ORDER-4711")
    QTest.keyClick(window.shell, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    _field(window, "partField").setText("PSU-750-A")
    _field(window, "serialField").setText("HAND-1")
    QTest.keyClick(_field(window, "serialField"), Qt.Key.Key_Return)
    window.settle()
    _field(window, "serialField").setText("HAND-2")
    _field(window, "quantityField").setText("3")
    QTest.keyClick(_field(window, "serialField"), Qt.Key.Key_Return)
    window.settle()
    assert window.service.commands == [
        ("TYPED", {"part": "PSU-750-A", "serial": "HAND-1"}),
        ("TYPED", {"part": "PSU-750-A", "serial": "HAND-2", "quantity": "3"}),
    ]
    assert _field(window, "partField").text() == "PSU-750-A"


def test_nothing_typed_is_nothing_posted(window: "Window") -> None:
    QTest.keyClick(_field(window, "serialField"), Qt.Key.Key_Return)
    QTest.keyClick(_field(window, "orderField"), Qt.Key.Key_Return)
    window.settle()
    assert window.service.commands == [] and window.service.begun == []


def test_a_quantity_is_a_whole_number_above_nothing(window: "Window") -> None:
    field = _field(window, "quantityField")
    QTest.keyClicks(field, "0x-3.5")
    assert field.text() == "35"


def test_a_certificate_is_attached_by_its_path(window: "Window") -> None:
    window.scan("ORDER-4711")
    QTest.keyClick(window.shell, Qt.Key.Key_F12)
    window.qtbot.wait_until(lambda: _visible(window, "certificateDialog"))
    assert not _button(window, "certificateAttachButton").isEnabled()
    _field(window, "certificateField").setText("papers/<b>cert</b>.pdf")
    QTest.mouseClick(_button(window, "certificateAttachButton"), Qt.MouseButton.LeftButton)
    window.settle()
    assert window.service.commands == [("CERTIFICATE", {"file": "papers/<b>cert</b>.pdf"})]


def test_choosing_a_received_unit_brings_its_card(window: "Window") -> None:
    window.scan("PSU-750-A/SN1")
    window.scan("PSU-750-A/SN2")
    table = window.find("unitsTable")
    assert isinstance(table, QTableView)
    table.setCurrentIndex(table.model().index(1, 0))
    table.activated.emit(table.model().index(1, 0))
    window.settle()
    assert window.text("unitSerial") == "SN1"


def test_what_is_hostile_in_a_serial_is_shown_as_it_is(window: "Window") -> None:
    serial = "<b>x</b>&amp;{0}%s"
    window.scan(f"PSU-750-A/{serial}")
    assert _cells(window, "unitsTable")[0][1] == serial
    assert window.text("unitSerial") == serial
    assert serial in _button(window, "undoButton").accessibleName()


def test_the_differences_name_what_is_short_over_strange_and_damaged() -> None:
    from dataclasses import replace

    view = DeskView(
        receipt="R-1",
        lines=(replace(LINES[0], received=7, open=0), LINES[1], replace(LINES[2], received=2, open=0)),
        units=(
            ReceivedUnit(unit=unit("S1"), lamp=Lamp.OK),
            ReceivedUnit(unit=unit("S2", "OTHER"), lamp=Lamp.OK),
            ReceivedUnit(unit=unit("S3", condition="unserviceable"), lamp=Lamp.WARN),
        ),
    )
    assert [(each.kind, each.part) for each in differences(view)] == [
        ("over", "PSU-750-A"),
        ("short", "FAN-120"),
        ("not asked for", "OTHER"),
        ("unserviceable", "PSU-750-A"),
    ]
    assert differences(DeskView(receipt="R-2", units=(ReceivedUnit(unit=unit("S1"), lamp=Lamp.OK),))) == []
