"""The window on a real workstation: what is scanned stands in the ledger, and is there again at the next start."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dockmark.identifiers.reading import Scan, TagKind
from dockmark.identifiers.tags import Command, command_tag, tag
from dockmark.ui.bridge import Bridge
from dockmark.ui.conductor import Conductor
from dockmark.ui.cues import CuePlayer
from dockmark.ui.depots import StationDepots
from dockmark.ui.shell import Shell
from dockmark.ui.theme import Theme

UNIT = "]d201095060001435141727063010LOT-A\x1d21"


class Station:
    """The window with a real station behind it."""

    def __init__(self, qtbot: QtBot, shell: Shell, bridge: Bridge) -> None:
        self.qtbot = qtbot
        self.shell = shell
        self.bridge = bridge

    def scan(self, text: str) -> str:
        """Scan, wait until it is durable and painted; the word of the verdict."""
        with self.qtbot.waitSignal(self.shell.shown_answer, timeout=20_000):
            self.shell.take_scan(Scan.of_text(text))
        self.settle()
        return self.text("verdictWord")

    def settle(self) -> None:
        self.qtbot.wait_until(lambda: self.bridge.is_quiet, timeout=20_000)

    def find(self, name: str) -> QWidget:
        found = self.shell.findChildren(QWidget, name)
        assert len(found) == 1, name
        return found[0]

    def text(self, name: str) -> str:
        return str(self.find(name).property("text"))

    def press(self, name: str) -> None:
        button = self.find(name)
        assert isinstance(button, QPushButton)
        QApplication.processEvents()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def rows(self, name: str, column: int) -> list[str]:
        view = self.find(name)
        assert isinstance(view, QAbstractItemView)
        model = view.model()
        return [str(model.index(row, column).data()) for row in range(model.rowCount())]


Starts = Callable[[], Station]


@pytest.fixture
def start(
    qtbot: QtBot, qapp: QApplication, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Starts]:
    """Starts the window on one data folder; a further start closes the one before."""
    monkeypatch.setenv("DOCKMARK_STATE", str(tmp_path / "state"))
    running: list[tuple[Conductor, Shell]] = []

    def stop() -> None:
        while running:
            conductor, shell = running.pop()
            shell.close()
            if conductor.wedge is not None:
                qapp.removeEventFilter(conductor.wedge)
            conductor.close()
            shell.deleteLater()
            conductor.deleteLater()

    def begin() -> Station:
        stop()
        bridge, cues = Bridge(qapp), CuePlayer(qapp)
        shell = Shell(bridge, theme, cues, tmp_path / "window.toml")
        conductor = Conductor(qapp, shell, bridge, cues, StationDepots, tmp_path / "data", tmp_path / "window.toml")
        running.append((conductor, shell))
        shell.resize(1400, 900)
        shell.show()
        qtbot.wait_until(lambda: shell.pages is not None and shell.pages.current not in ("", "opening"), timeout=30_000)
        return Station(qtbot, shell, bridge)

    yield begin
    stop()


@pytest.fixture
def station(start: Starts) -> Station:
    """A new depot, begun in the window."""
    made = start()
    for name, text in (("newOperatorField", "anna"), ("newNameField", "Anna Berg")):
        field = made.find(name)
        assert isinstance(field, QLineEdit)
        field.setText(text)
    made.press("newButton")
    pages = made.shell.pages
    assert pages is not None
    made.qtbot.wait_until(lambda: pages.current == "receiving", timeout=30_000)
    made.settle()
    return made


def test_a_new_depot_is_ready_to_scan(station: Station) -> None:
    assert station.text("statusOperator") == "Anna Berg"
    assert station.text("statusLedger") == "recording"
    assert station.find("receivingEmpty").isVisible()


def test_blind_units_are_received_and_are_there_again_at_the_next_start(station: Station, start: Starts) -> None:
    for serial in ("S1", "S2", "S3"):
        assert station.scan(UNIT + serial) == "RECEIVED"
    assert station.text("receiptCount") == "3 units"
    assert station.rows("unitsTable", 1) == ["S3", "S2", "S1"]
    again = start()
    again.settle()
    assert again.text("receiptCount") == "3 units"
    assert again.rows("unitsTable", 1) == ["S3", "S2", "S1"]
    assert again.scan(UNIT + "S2") == "ALREADY HERE"


def test_a_label_of_two_codes_asks_for_the_other_half(station: Station) -> None:
    assert station.scan("SN-4711-A") == "PART?"
    assert station.text("receiptWaiting") != ""
    assert station.scan("]d11PABC-100") in ("RECEIVED", "CHECK")
    assert station.text("receiptWaiting") == ""
    assert station.text("unitSerial") == "SN-4711-A"


def test_a_refusal_is_answered_by_scan_as_by_button(station: Station) -> None:
    station.scan(UNIT + "A100")
    assert station.scan(UNIT + "Al00") == "LOOK-ALIKE"
    assert station.find("refusalPanel").isVisible()
    assert station.scan(command_tag(Command.ACCEPT)) == "REASON?"
    assert station.find("reasonPanel").isVisible()
    station.scan(tag(TagKind.REASON, "INSPECTED"))
    assert not station.find("refusalPanel").isVisible()
    assert station.rows("unitsTable", 1) == ["Al00", "A100"]
    assert station.scan(UNIT + "AlOO") == "LOOK-ALIKE"
    station.press("skipButton")
    station.qtbot.wait_until(lambda: not station.find("refusalPanel").isVisible())
    assert len(station.rows("unitsTable", 1)) == 2


def test_undo_takes_the_last_unit_out_again(station: Station) -> None:
    station.scan(UNIT + "S1")
    station.scan(UNIT + "S2")
    assert "S2" in station.find("undoButton").accessibleName()
    station.press("undoButton")
    station.qtbot.wait_until(lambda: station.rows("unitsTable", 1) == ["S1"])
    assert station.text("verdictWord") == "UNDONE"


def test_what_was_received_is_found_and_shows_its_history(station: Station) -> None:
    station.scan(UNIT + "FIND-ME-1")
    station.shell.open_page("search")
    field = station.find("searchField")
    assert isinstance(field, QLineEdit)
    field.setText("find-me")
    station.qtbot.wait_until(lambda: station.rows("searchResults", 0) != [], timeout=20_000)
    QTest.keyClick(field, Qt.Key.Key_Return)
    station.settle()
    assert station.text("unitSerial") == "FIND-ME-1"
    assert len(station.rows("unitHistory", 0)) == 1


def test_a_typed_unit_is_marked_as_typed(station: Station) -> None:
    for name, text in (("partField", "PT-1"), ("serialField", "HAND-1")):
        field = station.find(name)
        assert isinstance(field, QLineEdit)
        field.setText(text)
    QTest.keyClick(station.find("serialField"), Qt.Key.Key_Return)
    station.qtbot.wait_until(lambda: station.rows("unitsTable", 1) == ["HAND-1 (typed)"], timeout=20_000)


def test_labels_come_out_where_the_printer_was_chosen(station: Station, tmp_path: Path) -> None:
    station.scan(UNIT + "S1")
    station.shell.open_page("spool")
    station.qtbot.wait_until(lambda: station.rows("jobsTable", 0) == ["waits"], timeout=20_000)
    station.press("choosePrinterButton")
    field = station.find("printerField")
    assert isinstance(field, QLineEdit)
    field.setText(f"pdf:{tmp_path / 'labels'}")
    station.press("printerUseButton")
    station.qtbot.wait_until(lambda: len(list((tmp_path / "labels").glob("*.pdf"))) == 1, timeout=30_000)
    station.shell.open_page("spool")
    station.qtbot.wait_until(lambda: station.rows("jobsTable", 0) in (["printed"], ["sent"]), timeout=20_000)


def test_finishing_closes_the_receipt(station: Station) -> None:
    station.scan(UNIT + "S1")
    station.press("finishButton")
    station.press("finishConfirmButton")
    station.qtbot.wait_until(lambda: station.find("receivingEmpty").isVisible(), timeout=20_000)
    assert station.text("verdictWord") == "CLOSED"


def test_a_unit_is_held_with_a_reason_at_the_hold_desk(station: Station) -> None:
    station.scan(UNIT + "S1")
    station.shell.open_page("holds")
    assert station.scan(UNIT + "S1") == "UNIT"
    assert "S1" in station.text("holdUnit")
    station.press("holdButton")
    station.qtbot.wait_until(lambda: station.find("holdReasonPanel").isVisible(), timeout=20_000)
    station.press("holdreason_DOUBT")
    station.qtbot.wait_until(lambda: station.text("lightWord_hold") == "STOP", timeout=20_000)
    station.press("releaseButton")
    station.qtbot.wait_until(lambda: station.text("verdictWord") == "SECOND PERSON", timeout=20_000)


def test_the_sample_depot_is_ready_to_be_practised_with(start: Starts) -> None:
    made = start()
    made.press("demoButton")
    pages = made.shell.pages
    assert pages is not None
    made.qtbot.wait_until(lambda: pages.current == "receiving", timeout=60_000)
    made.settle()
    assert pages.simulated.isVisible() and made.find("simulatedSheetButton").isVisible()
    listed = made.find("simulatedSamples")
    assert isinstance(listed, QAbstractItemView)
    for row in range(3):
        with made.qtbot.waitSignal(made.shell.shown_answer, timeout=20_000):
            listed.activated.emit(listed.model().index(row, 0))
    made.settle()
    assert made.text("receiptCount").startswith("2 of ")


def test_a_barcode_opens_another_desk(station: Station) -> None:
    assert station.scan(command_tag(Command.HOLDS)) == "DESK"
    assert station.shell.pages is not None and station.shell.pages.current == "holds"
    station.scan(command_tag(Command.RECEIVING))
    assert station.shell.pages.current == "receiving"


def test_a_burst_of_a_hundred_scans_is_answered_whole_and_in_order(station: Station) -> None:
    station.scan(UNIT + "A000")
    answered: list[str] = []
    station.shell.shown_answer.connect(lambda told: answered.append(told.answer.unit.serial))
    for number in range(1, 101):
        station.shell.take_scan(Scan.of_text(f"{UNIT}A{number:03}"))
    station.qtbot.wait_until(lambda: len(answered) == 100, timeout=30_000)
    assert answered == [f"A{number:03}" for number in range(1, 101)]
