"""Start the window: to its first paint, and until it takes scans. Each start is a fresh process."""

import os
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from dockmark.station.bench.children import child
from dockmark.station.bench.report import Measure, Report, times
from dockmark.station.bench.workshop import Workshop
from dockmark.station.folders import DATA, STATE

# The window's toolkit is named in texts only: nothing here loads it into this process.
_MINIMAL = """
import json, sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, self.tell)
    def tell(self):
        print(json.dumps({"painted": time.time() - float(sys.argv[1])}), flush=True)
        QApplication.quit()
app = QApplication(sys.argv[:1])
window = Window()
window.setCentralWidget(QLabel("Dockmark"))
window.show()
app.exec()
"""
_OURS = """
import json, sys, time
began = float(sys.argv[1])
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from dockmark.ui import start
from dockmark.cli.main import run
told = {}
class Timed(start.Shell):
    def __init__(self, *parts):
        super().__init__(*parts)
        self.painted.connect(self.note_painted)
    def note_painted(self):
        told.setdefault("painted", time.time() - began)
    def attend(self, service):
        super().attend(service)
        QTimer.singleShot(0, self.note_ready)
    def note_ready(self):
        told["ready"] = time.time() - began
        QApplication.quit()
start.Shell = Timed
run([])
print(json.dumps(told), flush=True)
"""


def measure(shop: Workshop) -> Report:
    """Starts a minimal window and ours, in turn, on the data folder with all its units."""
    depot = shop.depot()
    folder = depot.folder
    depot.ledger.make_room()
    environment = _environment(folder)
    sides: list[tuple[str, list[dict[str, float]]]] = [(_MINIMAL, []), (_OURS, [])]
    for code, _ in sides:
        # The first start of a program reads it from the disk; what people wait for every morning is the second.
        _started(code, environment)
    for number in range(shop.plan.rounds):
        for code, told in sides if number % 2 == 0 else reversed(sides):
            told.append(_started(code, environment))
    plain, ours = ([*told] for _, told in sides)
    minimal = median(it["painted"] for it in plain)
    painted, ready = (median(it[name] for it in ours) for name in ("painted", "ready"))
    return Report(
        job="start", units=depot.units,
        measures=[
            Measure(name="painted", unit="ms", ours=painted * 1e3, baseline=minimal * 1e3, budget=times(2.0)),
            Measure(name="ready", unit="ms", ours=ready * 1e3, baseline=minimal * 1e3, budget=times(6.0)),
        ],
    )  # fmt: skip


def _started(code: str, environment: Mapping[str, str]) -> dict[str, float]:
    return child(code, repr(time.time()), environment=environment)


def _environment(folder: Path) -> dict[str, str]:
    """The user's own, for the bench's data folder; without a screen where none was chosen.

    Code is compiled once and kept, as it is where a program was installed, whatever this shell says of that.
    """
    given = dict(os.environ)
    given.setdefault("QT_QPA_PLATFORM", "offscreen")
    given.pop("PYTHONDONTWRITEBYTECODE", None)
    return given | {
        DATA: str(folder / "data"),
        STATE: str(folder / "state"),
        "PYTHONPYCACHEPREFIX": str(folder / "code"),
    }
