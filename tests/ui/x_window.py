"""A window for the tests with a real X server: tells on its output what was scanned and what stands in its field."""

import base64
import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit

from dockmark.identifiers.reading import Scan
from dockmark.ui.bridge import Bridge
from dockmark.ui.conductor import Conductor
from dockmark.ui.cues import CuePlayer
from dockmark.ui.shell import Shell
from dockmark.ui.theme import Theme
from tests.ui.stand_in import StandIn, StandInDepots


def tell(**what: object) -> None:
    """One line for the test."""
    print(json.dumps(what), flush=True)


class Driven:
    """The window, and what the test may ask of it on standard input while it runs."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        bridge, cues = Bridge(app), CuePlayer(app)
        self.shell = Shell(bridge, Theme(app), cues, folder / "window.toml")
        self.conductor = Conductor(
            app, self.shell, bridge, cues, lambda: StandInDepots(StandIn()), folder, folder / "window.toml"
        )
        self.shell.completed.connect(self._on_completed)
        bridge.told.connect(self._on_told)
        self._is_ready = False

    def _on_completed(self) -> None:
        assert self.shell.pages is not None and self.conductor.wedge is not None
        self.conductor.wedge.scanned.connect(self._on_scanned)
        self.shell.pages.opened.connect(self._on_opened)
        self.shell.pages.search.field.textChanged.connect(self._on_text)
        for button in self.shell.pages.receiving.actions_:
            button.triggered.connect(self._on_triggered)

    def _on_opened(self, name: str) -> None:
        tell(page=name)

    def _on_told(self, kind: str, _content: object) -> None:
        tell(news=kind)

    def _on_scanned(self, scan: Scan) -> None:
        fields = self.shell.findChildren(QLineEdit)
        typed = [field.text() for field in fields if not field.isReadOnly() and field.text()]
        tell(scan=base64.b64encode(scan.raw).decode(), fields=typed)

    def _on_text(self, text: str) -> None:
        tell(field=text)
        if text.endswith("!"):
            QTimer.singleShot(0, _stand_still)

    def _on_triggered(self) -> None:
        tell(action="triggered")


def _stand_still() -> None:
    """Block the window, as no part of the product may, so that keys pile up behind it."""
    tell(stalled=True)
    time.sleep(1.5)


def main() -> int:
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Dockmark")
    driven = Driven(app, Path(sys.argv[1]))
    driven.shell.resize(1200, 800)
    driven.shell.show()
    code = app.exec()
    driven.conductor.close()
    return code


if __name__ == "__main__":
    sys.exit(main())
