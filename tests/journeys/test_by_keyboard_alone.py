"""Everything is done once with a keyboard and nothing else, in the real window on a real station."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from dockmark.ui.pages import Pages
from dockmark.ui.theme import Appearance, Theme
from tests.ui.conftest import IGNORED, theme
from tests.ui.test_real_station import Starts, Station, start

from .hands import CONTROL, MOUSE, Hands, Keyboard, badges

__all__ = ["start", "theme"]  # fixtures

pytestmark = pytest.mark.qt_log_ignore(*IGNORED, extend=True)

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = CONTROL | Qt.KeyboardModifier.ShiftModifier


class Clerk(Keyboard):
    """Somebody at the sample depot, with a keyboard."""

    def __init__(self, station: Station, sheet: Path, room: Path) -> None:
        super().__init__(station)
        self.push("demoButton")
        self.until(lambda: self.pages.current == "receiving")
        self.anna, self.ben, self.carla = badges(sheet, room)[:3]

    @property
    def pages(self) -> Pages:
        assert self.station.shell.pages is not None
        return self.station.shell.pages

    def text(self, name: str) -> str:
        return self.station.text(name)

    def seen(self, name: str) -> bool:
        return self.station.find(name).isVisible()

    def type_a_scan(self, text: str) -> None:
        """What is on a label or a badge, typed into the practice scanner."""
        if not self.seen("simulatedScanner"):
            self.press(Key.Key_P, CONTROL)
        before = self.text("lastScan")
        self.fill("simulatedField", text)
        self.press(Key.Key_Return)
        self.until(lambda: self.text("lastScan") != before)

    def page(self, name: str, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.press(key, held)
        self.until(lambda: self.pages.current == name)

    def receive(self, part: str, serial: str) -> None:
        """Type a unit that has no label."""
        if not self.seen("byHand"):
            self.press(Key.Key_T, CONTROL)
            self.until(lambda: self.seen("byHand"))
        self.fill("partField", part)
        self.fill("serialField", serial)
        before = self.text("scanSentence")
        self.press(Key.Key_Return)
        self.until(lambda: self.text("scanSentence") != before)

    def serials(self) -> list[str]:
        return self.station.rows("unitsTable", 1)


@pytest.fixture
def hands(qapp: QApplication) -> Iterator[Hands]:
    made = Hands(qapp)
    yield made
    qapp.removeEventFilter(made)
    assert not made.used & MOUSE, "no mouse was used"
    made.deleteLater()


@pytest.fixture
def clerk(start: Starts, hands: Hands, tmp_path: Path) -> Clerk:
    """The sample depot, begun by keys."""
    return Clerk(start(), tmp_path / "data" / "sample-depot.pdf", tmp_path)


def _begin(clerk: Clerk, badge: str, name: str) -> None:
    """Sign in, open the receipt, say where the units go."""
    clerk.type_a_scan(badge)
    assert clerk.text("statusOperator") == name
    clerk.press(Key.Key_Escape)
    assert not clerk.seen("simulatedScanner")
    clerk.press(Key.Key_T, CONTROL)
    clerk.fill("orderField", "ASN-90210")
    clerk.press(Key.Key_Return)
    clerk.until(lambda: bool(clerk.pages.receiving.view.receipt))
    clerk.press(Key.Key_T, CONTROL)
    clerk.fill("placeField", "A-01")
    clerk.press(Key.Key_Return)
    clerk.until(lambda: clerk.text("receiptPlace") == "A-01")


def _is_answered(clerk: Clerk, refused: str) -> bool:
    """Another fault of the unit came to light, or it was taken in."""
    return clerk.text("refusalSentence") != refused or not clerk.seen("refusalPanel")


def test_a_delivery_is_received_by_keyboard_alone(clerk: Clerk) -> None:
    _begin(clerk, clerk.carla, "Carla Weiss")
    for serial in ("AMP48-01201", "AMP48-01202"):
        clerk.receive("TC-PSU-48", serial)
    assert clerk.serials() == ["AMP48-01202 (typed)", "AMP48-01201 (typed)"]

    clerk.receive("TC-PSU-48", "AMP48-09450")
    while clerk.seen("refusalPanel"):
        refused = clerk.text("refusalSentence")
        clerk.press(Key.Key_F6)
        clerk.until(lambda: clerk.focus().startswith("reason_"))
        clerk.push("reason_INSPECTED")
        clerk.until(partial(_is_answered, clerk, refused))
    assert len(clerk.serials()) == 3

    clerk.receive("TC-PSU-48", "AMP48-09451")
    clerk.press(Key.Key_F7)
    clerk.until(lambda: not clerk.seen("refusalPanel"))
    clerk.receive("TC-PSU-48", "AMP48-09452")
    clerk.press(Key.Key_F8)
    clerk.until(lambda: not clerk.seen("refusalPanel"))
    assert len(clerk.serials()) == 4

    clerk.receive("TC-PSU-48", "AMP48-01203")
    clerk.press(Key.Key_F9)
    clerk.until(lambda: clerk.text("verdictWord") == "DAMAGED")
    assert clerk.focus() == "serialField"
    clerk.write("XY")
    clerk.press(Key.Key_Z, CONTROL)
    assert clerk.text("serialField") == "" and clerk.text("verdictWord") == "DAMAGED"
    clerk.press(Key.Key_Z, CONTROL)
    clerk.until(lambda: clerk.text("verdictWord") == "UNDONE")

    clerk.press(Key.Key_F11)
    clerk.until(lambda: clerk.focus().startswith("reason_"))
    clerk.push("reason_LABEL")
    clerk.until(lambda: not clerk.seen("reasonPanel"))

    clerk.press(Key.Key_F10)
    clerk.dialog("finishDialog")
    clerk.push("finishBackButton")
    clerk.no_dialog()
    clerk.press(Key.Key_F10)
    clerk.dialog("finishDialog")
    clerk.push("finishConfirmButton")
    clerk.until(lambda: clerk.seen("receivingEmpty"))
    clerk.press(Key.Key_R, CONTROL)
    clerk.dialog("previewDialog")
    clerk.press(Key.Key_PageDown)
    clerk.press(Key.Key_Escape)
    clerk.no_dialog()
    clerk.press(Key.Key_Q, CONTROL)
    clerk.station.qtbot.wait_until(lambda: not clerk.station.shell.isVisible())


def test_a_unit_is_held_found_and_looked_at_by_keyboard_alone(clerk: Clerk) -> None:
    _begin(clerk, clerk.ben, "Ben Okafor")
    clerk.receive("TC-PSU-48", "AMP48-01201")
    clerk.page("holds", Key.Key_F3)
    clerk.type_a_scan("AMP48-01201")
    clerk.press(Key.Key_F7)
    clerk.until(lambda: clerk.focus().startswith("holdreason_"))
    clerk.push("holdreason_DOUBT")
    clerk.until(lambda: clerk.text("verdictWord") == "ON HOLD")
    clerk.type_a_scan(clerk.carla)
    clerk.press(Key.Key_F6)
    clerk.until(lambda: clerk.focus().startswith("holdreason_"))
    clerk.push("holdreason_INSPECTED")
    clerk.until(lambda: clerk.text("verdictWord") == "RELEASED")
    clerk.press(Key.Key_Escape)

    clerk.page("search", Key.Key_K, CONTROL)
    clerk.write("01201")
    clerk.until(lambda: clerk.station.rows("searchResults", 0) != [])
    clerk.press(Key.Key_Down)
    clerk.press(Key.Key_Return)
    clerk.until(lambda: clerk.text("unitSerial") == "AMP48-01201")

    clerk.page("lists", Key.Key_L, CONTROL)
    clerk.push("list_holds")
    clerk.until(lambda: clerk.station.find("list_holds").property("checked") is True)
    clerk.press(Key.Key_F, CONTROL)
    clerk.until(lambda: QApplication.activeModalWidget() is not None)
    clerk.press(Key.Key_Escape)
    clerk.no_dialog()

    clerk.press(Key.Key_U, CONTROL)
    clerk.until(lambda: clerk.focus() == "unitHistory")
    clerk.press(Key.Key_Home)
    clerk.press(Key.Key_Return)
    clerk.dialog("entryDialog")
    clerk.press(Key.Key_Escape)
    clerk.no_dialog()
    clerk.press(Key.Key_D, SHIFT)
    clerk.dialog("momentDialog")
    clerk.press(Key.Key_Return)
    clerk.no_dialog()
    clerk.until(lambda: clerk.seen("backToNowButton"))
    clerk.press(Key.Key_N, SHIFT)
    clerk.until(lambda: not clerk.seen("backToNowButton"))


def test_data_and_settings_are_kept_by_keyboard_alone(clerk: Clerk, theme: Theme, tmp_path: Path) -> None:
    file = tmp_path / "parts.csv"
    file.write_text("part_number,description,tracking\nP-1,Pump,serial\nP-2,Valve,serial\n")
    clerk.page("import", Key.Key_I, CONTROL)
    clerk.fill("importPathField", str(file))
    clerk.press(Key.Key_Return)
    for _step in range(3):
        if clerk.seen("importAnotherButton"):
            break
        clerk.until(lambda: clerk.station.find("importNextButton").isEnabled())
        clerk.press(Key.Key_Return, CONTROL)
    clerk.until(lambda: clerk.seen("importAnotherButton"))

    clerk.page("master", Key.Key_M, CONTROL)
    clerk.press(Key.Key_N, CONTROL)
    clerk.write("P-77")
    clerk.press(Key.Key_S, CONTROL)
    clerk.until(lambda: clerk.text("masterTitle") == "Part P-77")

    clerk.page("settings", Key.Key_Comma, CONTROL)
    clerk.write("appearance")
    clerk.push("appearance_dark")
    clerk.until(lambda: theme.appearance is Appearance.DARK)
    clerk.press(Key.Key_Z, CONTROL)
    clerk.until(lambda: theme.appearance is not Appearance.DARK)
    clerk.press(Key.Key_F1)
    clerk.dialog("keysDialog")
    clerk.press(Key.Key_Escape)
    clerk.no_dialog()
    clerk.page("receiving", Key.Key_F2)
