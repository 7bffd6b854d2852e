"""Every screen of the real window, walked for those who listen, use keys, wear gloves or see little."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from dockmark.lookup.lists.known import LISTS
from dockmark.ui.theme import Appearance, Theme

from .audit import faults
from .test_real_station import UNIT, Starts, Station, start, station

__all__ = ["start", "station"]  # fixtures

CONTROL = Qt.KeyboardModifier.ControlModifier
BOTH = CONTROL | Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


class Walk:
    """Goes from screen to screen and writes down what is wrong."""

    def __init__(self, station: Station) -> None:
        self.station = station
        self.wrong: dict[str, list[str]] = {}
        self.seen: list[str] = []

    def look(self, name: str, root: QWidget | None = None) -> None:
        self.station.settle()
        QApplication.processEvents()
        self.seen.append(name)
        for fault in faults(root or self.station.shell):
            self.wrong.setdefault(fault, []).append(name)

    def page(self, name: str, what: str = "") -> None:
        self.station.shell.open_page(name, what)
        self.look(f"{name} {what}".strip())

    def dialog(self, name: str, opens: Callable[[], object]) -> None:
        """Open it, look at it, and leave it by Esc."""
        opens()
        shown = []

        def came() -> bool:
            shown[:] = [QApplication.activeModalWidget()]
            return shown[0] is not None

        self.station.qtbot.wait_until(came, timeout=20_000)
        [found] = shown
        assert found is not None
        self.look(name, found)
        QTest.keyClick(found, Qt.Key.Key_Escape)
        self.station.qtbot.wait_until(lambda: QApplication.activeModalWidget() is not found, timeout=20_000)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Callable[[], None]:
        def press() -> None:
            shell = self.station.shell
            shell.activateWindow()
            self.station.qtbot.wait_until(shell.isActiveWindow, timeout=20_000)
            QTest.keyClick(shell, key, held)

        return press


def _desks(walk: Walk) -> None:
    station = walk.station
    walk.look("receiving, nothing open")
    station.scan(UNIT + "A100")
    walk.look("receiving")
    walk.dialog("certificate", walk.key(Qt.Key.Key_F12))
    walk.dialog("finish", walk.key(Qt.Key.Key_F10))
    station.scan(UNIT + "Al00")
    walk.look("refused")
    station.press("acceptButton")
    station.qtbot.wait_until(lambda: station.find("reasonPanel").isVisible(), timeout=20_000)
    walk.look("reasons")
    station.press("reason_INSPECTED")
    station.settle()
    walk.dialog("keys", walk.key(Qt.Key.Key_F1))
    for name in ("holds", "search", "spool", "settings", "import"):
        walk.page(name)
    for kind in ("part", "partner", "place", "order", "operator"):
        walk.page("master", kind)


def _lists(walk: Walk) -> None:
    for name in LISTS:
        walk.page("lists", name)
    walk.page("lists", "units")
    walk.dialog("filter", walk.key(Qt.Key.Key_F, CONTROL))
    walk.dialog("columns", walk.key(Qt.Key.Key_L, ALT))
    walk.dialog("views", walk.key(Qt.Key.Key_V, ALT))
    walk.dialog("export", walk.key(Qt.Key.Key_E, CONTROL))


def _card(walk: Walk) -> None:
    walk.page("receiving")
    pages = walk.station.shell.pages
    assert pages is not None
    for name, opens in (
        ("moment", pages.card.acts.choose_moment),
        ("reason", pages.card.acts.print_label),
        ("preview", pages.card.acts.show_biography),
    ):
        walk.dialog(name, opens)
    pages.open_page("spool")
    walk.dialog("printer", lambda: walk.station.press("choosePrinterButton"))
    walk.station.shell.open_page("receiving")
    pages.toggle_simulated()
    walk.look("simulated scanner")
    pages.toggle_simulated()


def _import(walk: Walk, tmp_path: Path) -> None:
    file = tmp_path / "parts.csv"
    file.write_text("part_number,description,tracking\nP-1,Pump,serial\nP-2,Valve,serial\n")
    walk.station.shell.open_page("import", str(file))
    nexts = walk.station.find("importNextButton")
    walk.station.qtbot.wait_until(nexts.isVisible, timeout=20_000)
    walk.look("import columns")


@pytest.mark.parametrize("look", [Appearance.LIGHT, Appearance.DARK])
def test_every_screen_can_be_heard_reached_hit_and_read(
    station: Station, theme: Theme, tmp_path: Path, look: Appearance
) -> None:
    theme.choose(look)
    station.shell.resize(1920, 1080)
    walk = Walk(station)
    _desks(walk)
    _card(walk)
    _lists(walk)
    _import(walk, tmp_path)
    assert len(walk.seen) >= 30
    assert not walk.wrong, "\n".join(f"{fault} ({', '.join(on[:3])})" for fault, on in walk.wrong.items())


def test_the_first_screen_can_be_heard_reached_hit_and_read(start: Starts) -> None:
    assert faults(start().shell) == []
