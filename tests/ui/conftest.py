"""The window is tested without a screen; a warning of Qt fails the test, but for the few listed here."""

import os

os.environ["QT_QPA_PLATFORM"] = os.environ.get("DOCKMARK_TEST_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dockmark.identifiers.reading import Scan
from dockmark.ui.bridge import Bridge
from dockmark.ui.conductor import Conductor
from dockmark.ui.cues import CuePlayer
from dockmark.ui.pages import Pages
from dockmark.ui.shell import Shell
from dockmark.ui.theme import Appearance, Theme

from .stand_in import StandIn, StandInDepots

IGNORED = (
    # The offscreen platform has no window manager to tell sizes to.
    "This plugin does not support propagateSizeHints",
    "This plugin does not support raise",
    "This plugin does not support grabbing the keyboard",
    # No sound server where tests run: the cues stay silent, which is what is tested.
    "PulseAudioService",
    "qt.multimedia",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(*IGNORED, extend=True))


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The application in its light appearance."""
    made = Theme(qapp, Appearance.LIGHT)
    yield made
    made.choose(Appearance.LIGHT)
    made.deleteLater()


@pytest.fixture
def bridge(qapp: QApplication) -> Iterator[Bridge]:
    """A way home from other threads."""
    made = Bridge(qapp)
    yield made
    made.deleteLater()


@pytest.fixture
def service() -> Iterator[StandIn]:
    """A workstation that answers."""
    made = StandIn()
    yield made
    if not made.closed:
        made.close()


class Window:
    """The whole window with a workstation behind it, and what a test does with them."""

    def __init__(self, qtbot: QtBot, shell: Shell, service: StandIn, bridge: Bridge) -> None:
        self.qtbot = qtbot
        self.bridge = bridge
        self.shell = shell
        self.service = service

    @property
    def pages(self) -> Pages:
        assert self.shell.pages is not None
        return self.shell.pages

    def find(self, name: str) -> QObject:
        """The one widget of that object name."""
        found = self.shell.findChildren(QObject, name)
        assert len(found) == 1, f"{len(found)} are called {name}"
        return found[0]

    def text(self, name: str) -> str:
        """The text of the widget of that name."""
        return str(self.find(name).property("text"))

    def scan(self, text: str) -> None:
        """A scan from a device, and its answer painted."""
        before = len(self.service.heard)
        with self.qtbot.waitSignal(self.shell.shown_answer):
            self.shell.take_scan(Scan.of_text(text))
        assert len(self.service.heard) == before + 1
        self.settle()

    def settle(self) -> None:
        """Wait until the workstation has answered everything and the answers are painted."""
        self.qtbot.wait_until(lambda: self.bridge.is_quiet)


Opened = Callable[[StandInDepots], Window]


@pytest.fixture
def open_window(
    qtbot: QtBot, qapp: QApplication, theme: Theme, bridge: Bridge, service: StandIn, tmp_path: Path
) -> Iterator[Opened]:
    """Opens the window as the start does, on the depots given."""
    conductors: list[Conductor] = []
    shells: list[Shell] = []

    def open_on(depots: StandInDepots) -> Window:
        cues = CuePlayer(qapp)
        shell = Shell(bridge, theme, cues, tmp_path / "window.toml")
        qtbot.addWidget(shell)
        conductor = Conductor(qapp, shell, bridge, cues, lambda: depots, tmp_path / "data", tmp_path / "window.toml")
        conductors.append(conductor)
        shells.append(shell)
        shell.resize(1400, 900)
        shell.show()
        qtbot.wait_until(lambda: shell.pages is not None and shell.pages.current not in ("", "opening"))
        return Window(qtbot, shell, service, bridge)

    yield open_on
    for conductor in conductors:
        if conductor.wedge is not None:
            qapp.removeEventFilter(conductor.wedge)
        conductor.close()
        conductor.deleteLater()
    for shell in shells:
        shell.hide()
    QPixmapCache.clear()


@pytest.fixture
def window(open_window: Opened, service: StandIn) -> Window:
    """The window, ready to scan."""
    return open_window(StandInDepots(service))
