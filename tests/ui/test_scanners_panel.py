"""Serial scanners in the window: set up, tried out, told apart by their lanes, and seen when they are away."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit, QPushButton, QWidget

from dockmark.devices.framer import Suffix
from dockmark.devices.lights import DeviceLight, DeviceSort, DeviceState
from dockmark.devices.serial_profile import SerialProfile
from dockmark.ui.device_lights import DeviceLights, LightItem
from dockmark.ui.lanes import LANES, lane_badge
from dockmark.ui.scanners_panel import ScannersPanel
from dockmark.ui.theme import contrast, lane_flood, target
from tests.devices.pty_twin import PtyScanner

from .conftest import Window

PATIENCE_MS = 20_000


class Set:
    """The panel in its window, with a scanner that can be plugged in."""

    def __init__(self, window: Window, twin: PtyScanner) -> None:
        self.window = window
        self.twin = twin
        window.service.scanners.start()
        window.shell.open_page("settings", "scanner")
        self.panel = window.shell.findChildren(ScannersPanel)[0]
        window.settle()

    def until(self, so: object) -> None:
        self.window.qtbot.wait_until(so, timeout=PATIENCE_MS)

    def rows(self, name: str) -> list[str]:
        view = self.window.find(name)
        assert isinstance(view, QAbstractItemView)
        return [str(view.model().index(row, 0).data()) for row in range(view.model().rowCount())]

    def type(self, name: str, text: str, *, enter: bool = True) -> None:
        field = self.window.find(name)
        assert isinstance(field, QLineEdit)
        field.setText(text)
        if enter:
            QTest.keyClick(field, Qt.Key.Key_Return)

    def press(self, name: str) -> None:
        button = self.window.find(name)
        assert isinstance(button, QPushButton) and button.isEnabled()
        button.click()

    def add(self, options: str = "@9600,suffix=CR") -> None:
        self.type("portField", f"serial:{self.twin.link}{options}")
        self.until(lambda: any("is ready" in row for row in self.rows("scannersList")))


@pytest.fixture
def twin(tmp_path: Path) -> Iterator[PtyScanner]:
    made = PtyScanner(tmp_path / "port")
    yield made
    made.close()


@pytest.fixture
def made(window: Window, twin: PtyScanner) -> Set:
    return Set(window, twin)


def test_without_a_scanner_the_panel_says_what_to_do(made: Set) -> None:
    assert made.window.find("scannersEmpty").isVisible()
    assert not made.window.find("scannerCard").isVisible()
    made.until(lambda: "Looking" not in made.window.text("portsLooking"))


def test_a_typed_port_is_in_use_after_one_key_and_its_scans_bear_its_lane(made: Set) -> None:
    made.add()
    assert made.rows("scannersList") == ["LANE-A · The scanner is ready."]
    window = made.window
    with window.qtbot.waitSignal(window.shell.shown_answer, timeout=PATIENCE_MS):
        made.twin.send(b"PSU-750-A/SN1\r")
    window.settle()
    assert window.service.heard[-1].device == "serial:LANE-A"
    assert window.text("scanLane") == "LANE-A"
    assert window.find("scanLaneBadge").accessibleName() == "Lane A, LANE-A"
    last = window.find("lastScans")
    assert isinstance(last, QAbstractItemView)
    spoken = last.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("Lane A, LANE-A")
    window.scan("PSU-750-A/SN2")
    assert not window.find("scanLane").isVisible(), "the keyboard has no lane"


def test_unplugged_it_is_said_with_what_to_do_and_work_goes_on(made: Set) -> None:
    made.add()
    window = made.window
    made.twin.unplug()
    made.until(lambda: window.text("statusDevices") == "LANE-A: away, tried again")
    light = window.find("light_serial_LANE-A")
    assert isinstance(light, LightItem)
    assert light.accessibleName() == "LANE-A: The scanner was unplugged. Plug it in again: it is found by itself."
    assert made.rows("scannersList")[0].startswith("LANE-A · The scanner was unplugged.")
    window.scan("PSU-750-A/SN1")
    made.twin.plug_in()
    made.until(lambda: window.text("statusDevices") == "LANE-A")
    with window.qtbot.waitSignal(window.shell.shown_answer, timeout=PATIENCE_MS):
        made.twin.send(b"PSU-750-A/SN2\r")


def test_a_scan_that_is_tried_out_is_shown_byte_by_byte_and_goes_to_no_desk(made: Set) -> None:
    made.add("@9600,suffix=CR,prefix=S>")
    before = len(made.window.service.heard)
    made.press("scannerTryButton")
    made.twin.send(b"S>DML\x1d1\r")
    made.until(lambda: made.window.text("scannerTryBytes") == "53 3E 44 4D 4C 1D 31 0D")
    assert made.window.text("scannerTryText") == "DML<GS>1"
    made.twin.send(b"<b>\r")
    made.until(lambda: made.window.text("scannerTryMeaning") == "no scan")
    assert made.window.text("scannerTryText") == "<b><CR>"
    assert "without its prefix" in made.window.text("scannerTryWords")
    made.window.shell.open_page("receiving")
    with made.window.qtbot.waitSignal(made.window.shell.shown_answer, timeout=PATIENCE_MS):
        made.twin.send(b"S>PSU-750-A/SN1\r")
    assert len(made.window.service.heard) == before + 1


def test_settings_are_taken_over_without_a_new_start(made: Set) -> None:
    made.add()
    made.type("scannerNameField", "Gate <2>", enter=False)
    made.type("scannerPrefixField", "<STX>", enter=False)
    for name in ("scannerLane_4", "scannerSpeed_115200", "scannerEnding_ETX"):
        made.press(name)
    assert made.window.text("scannerBaudField") == "115200"
    made.press("scannerTakeButton")
    made.until(lambda: made.rows("scannersList") == ["Gate <2> · The scanner is ready."])
    [kept] = made.window.service.scanners.settings
    assert (kept.lane, kept.profile) == (4, SerialProfile(baud=115200, prefix=b"\x02", suffix=Suffix.ETX))
    with made.window.qtbot.waitSignal(made.window.shell.shown_answer, timeout=PATIENCE_MS):
        made.twin.send(b"\x02PSU-750-A/SN1\x03")
    made.window.settle()
    assert made.window.text("scanLane") == "Gate <2>"
    assert made.window.find("scanLaneBadge").accessibleName() == "Lane D, Gate <2>"


def test_what_cannot_be_taken_over_is_said_and_nothing_changes(made: Set) -> None:
    made.add()
    before = made.window.service.scanners.settings
    made.type("scannerNameField", "   ")
    made.until(lambda: made.window.find("scannerTrouble").isVisible())
    assert made.window.text("scannerTrouble") != ""
    made.type("scannerPortField", f"{made.twin.link},x")
    made.window.settle()
    assert made.window.service.scanners.settings == before


def test_a_scanner_that_is_removed_is_gone_at_once(made: Set) -> None:
    made.add()
    made.press("scannerRemoveButton")
    made.until(lambda: made.window.find("scannersEmpty").isVisible())
    assert made.window.service.scanners.settings == ()
    made.until(lambda: made.window.text("statusDevices") == "Keyboard scanner")


def test_every_part_of_the_panel_has_a_name_of_its_own_and_room_for_a_glove(made: Set) -> None:
    made.add()
    acted = [each for each in made.panel.findChildren(QWidget) if isinstance(each, QAbstractButton | QLineEdit)]
    names = Counter(each.objectName() for each in acted if not each.objectName().startswith("qt_"))
    assert [name for name, count in names.items() if count > 1 or not name] == []
    for each in acted:
        if each.objectName() and each.isVisible() and not (isinstance(each, QLineEdit) and each.isReadOnly()):
            assert each.accessibleName(), each.objectName()
            assert each.height() >= target(), each.objectName()


@pytest.mark.parametrize("lane", range(1, LANES + 1))
def test_the_letter_of_a_lane_reads_on_its_colour(lane: int, window: Window) -> None:
    colours = lane_flood(lane)
    assert contrast(QColor(colours.ground), QColor(colours.text)) >= 7
    assert not lane_badge(lane, 20).isNull()


def test_neighbouring_lanes_differ_without_any_colour() -> None:
    grounds = [QColor(lane_flood(lane).ground) for lane in range(1, LANES + 1)]
    assert all(contrast(one, other) >= 3 for one, other in pairwise(grounds))


def test_lights_say_less_where_there_is_less_room_but_never_hide_a_trouble(window: Window) -> None:
    shown = DeviceLights("lights")
    window.qtbot.addWidget(shown)
    shown.show_lights(
        (
            DeviceLight("serial:A", "A", DeviceState.READY, lane=1),
            DeviceLight("serial:B<b>", "B<b>", DeviceState.FAULTED, "scanner_not_allowed", lane=2),
            DeviceLight("tcp://p", "tcp://p", DeviceState.FAULTED, "paper_out", DeviceSort.PRINTER),
        )
    )
    shown.show()
    items = shown.findChildren(LightItem)
    assert [item.objectName() for item in items] == ["light_serial_A", "light_serial_B_b_", "light_printer"]
    assert [item.value.text() for item in items] == ["A", "B<b>: needs a hand", "Label printer: needs a hand"]
    assert "dialout" in items[1].accessibleName()
    assert "Put in a roll" in items[2].accessibleName()
    assert shown.width_at(0) > shown.width_at(1) > shown.width_at(2)
    shown.be_brief(2)
    assert [item.value.isVisible() for item in items] == [False, True, True]
    assert shown.property("text") == "B<b>: needs a hand"
