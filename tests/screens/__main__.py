"""`python -m tests.screens DIR`: opens the real window on a sample depot, works in it and takes pictures.

It needs a display (`xvfb-run` gives one). The size is that of the screen; `QT_SCALE_FACTOR` enlarges.
"""

import argparse
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from dockmark.identifiers.reading import Scan, TagKind
from dockmark.identifiers.tags import Command, command_tag, tag
from dockmark.ui.bridge import Bridge
from dockmark.ui.conductor import Conductor
from dockmark.ui.cues import CuePlayer
from dockmark.ui.depots import StationDepots
from dockmark.ui.late import LATE
from dockmark.ui.shell import Shell
from dockmark.ui.simulated_scanner import samples
from dockmark.ui.theme import Appearance, Theme

PATIENCE_MS = 60_000
READY = 4
"""Units received, when the desk is worth a picture."""
NO_PAGES = ("receiving", "card", "simulated", "keys", "menu")


class Studio:
    """The window on a folder of its own, and what a photographer does with it."""

    def __init__(self, app: QApplication, folder: Path, out: Path, look: Appearance) -> None:
        self.app = app
        self.out = out
        self.theme = Theme(app, look)
        self.bridge = Bridge(app)
        cues = CuePlayer(app, 0)
        self.shell = Shell(self.bridge, self.theme, cues, folder / "window.toml")
        self.conductor = Conductor(
            app, self.shell, self.bridge, cues, StationDepots, folder / "data", folder / "window.toml"
        )
        self.shell.setGeometry(self.shell.screen().geometry())
        self.shell.show()
        self.until(lambda: self.shell.pages is not None and self.shell.pages.current not in ("", "opening"))

    def until(self, seen: Callable[[], bool]) -> None:
        """Live on until that is so."""
        patience = QDeadlineTimer(PATIENCE_MS)
        while not seen():
            if patience.hasExpired():
                raise TimeoutError("the window did not come so far")
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)

    def settle(self) -> None:
        """Until every question has come home and is painted."""
        self.until(lambda: self.bridge.is_quiet)
        for _ in range(3):
            self.app.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            self.app.processEvents()

    def scan(self, text: str) -> None:
        """A scan, until its answer stands in the strip."""
        done: list[object] = []
        self.shell.shown_answer.connect(done.append)
        self.shell.take_scan(Scan.of_text(text, device="simulated"))
        self.until(lambda: bool(done))
        self.shell.shown_answer.disconnect(done.append)
        self.settle()

    def widget(self, name: str) -> QWidget:
        """The widget of that name."""
        found = [each for each in self.app.allWidgets() if each.objectName() == name]
        assert found, name
        return found[0]

    def open(self, name: str, what: str = "") -> None:
        """Bring a page to the front."""
        self.shell.open_page(name, what)
        self.settle()

    def take(self, name: str) -> None:
        """A picture of the whole window."""
        self.settle()
        self.out.mkdir(parents=True, exist_ok=True)
        self.shell.grab().save(str(self.out / f"{name}.png"))


def shoot(studio: Studio) -> None:
    """The tour."""
    pages = studio.shell.pages
    assert pages is not None
    studio.take("first-run")
    pages.first_run.demo.click()
    studio.until(lambda: pages.current == "receiving")
    studio.settle()
    pages.simulated.hide()
    pages.step_back()
    studio.take("receiving-empty")
    studio.scan(tag(TagKind.PLACE, "A01"))
    for sample in samples():
        studio.scan(sample.raw)
        view = pages.receiving.view
        if view.refusal is not None:
            break
        if view.done >= READY:
            studio.take("receiving")
    studio.take("refusal")
    studio.scan(command_tag(Command.ACCEPT))
    studio.take("reasons")
    studio.scan(command_tag(Command.SKIP))
    for name in (*studio.shell.rail.buttons, *LATE):
        if name not in NO_PAGES:
            studio.open(name)
            studio.take(f"page-{name}")


def main() -> None:
    """Take the pictures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("out", type=Path)
    asked.add_argument("--look", choices=[look.value for look in Appearance], default="light")
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["DOCKMARK_STATE"] = str(folder / "state")
        app = QApplication([])
        studio = Studio(app, folder, told.out, Appearance(told.look))
        try:
            shoot(studio)
        finally:
            studio.conductor.close()


if __name__ == "__main__":
    main()
