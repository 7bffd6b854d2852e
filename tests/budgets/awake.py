"""`python -m tests.budgets.awake`: how long the window's thread is blocked while the station works hard.

A timer in the window's own thread ticks every few milliseconds; the gaps between its ticks are what a person would
feel. It prints one JSON line for each job: the longest gap, the 99th percentile, and how many were over 50 ms.
Needs a display (`xvfb-run` gives one). Figures are for reading, not for judging: a busy machine has longer ones.
"""

import argparse
import json
import os
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from dockmark.identifiers.reading import Scan
from dockmark.station.setup import create_ledger
from dockmark.station.station import Station
from dockmark.ui.bridge import Bridge
from dockmark.ui.conductor import Conductor
from dockmark.ui.cues import CuePlayer
from dockmark.ui.depots import StationDepots
from dockmark.ui.shell import Shell
from dockmark.ui.theme import Appearance, Theme

LIMIT_MS = 50.0
TICK_MS = 4
PATIENCE_MS = 900_000


@dataclass(frozen=True, slots=True)
class Felt:
    """The gaps of one job, in milliseconds."""

    job: str
    seconds: float
    ticks: int
    longest: float
    p99: float
    over_limit: int


class Watch:
    """Counts the gaps between the ticks of the window's thread."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start(TICK_MS)

    def until(self, done: Callable[[], bool]) -> None:
        """Live on until that is so."""
        patience = QDeadlineTimer(PATIENCE_MS)
        while not done():
            if patience.hasExpired():
                raise TimeoutError("the job did not end")
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)

    def measure(self, job: str, done: Callable[[], bool]) -> Felt:
        """The gaps while that job runs."""
        self._gaps.clear()
        begun = self._last = time.perf_counter()
        self.until(done)
        gaps = sorted(self._gaps) or [0.0]
        return Felt(
            job, round(time.perf_counter() - begun, 2), len(gaps), round(gaps[-1], 1),
            round(gaps[int(len(gaps) * 0.99)], 1), sum(gap > LIMIT_MS for gap in gaps),
        )  # fmt: skip

    def _on_tick(self) -> None:
        now = time.perf_counter()
        self._gaps.append((now - self._last) * 1000 - TICK_MS)
        self._last = now


class Bench:
    """The window on a data folder, and the jobs that it is watched at."""

    def __init__(self, app: QApplication, data: Path, state: Path) -> None:
        self.app = app
        self.watch = Watch(app)
        bridge = Bridge(app)
        theme, cues = Theme(app, Appearance.LIGHT), CuePlayer(app, 0)
        self.shell = Shell(bridge, theme, cues, state / "window.toml")
        self.conductor = Conductor(app, self.shell, bridge, cues, StationDepots, data, state / "window.toml")
        self.shell.resize(1366, 768)
        self.shell.show()
        self.watch.until(lambda: self.shell.pages is not None and self.shell.pages.current == "receiving")

    @property
    def station(self) -> Station:
        """The station behind the window."""
        service = self.shell.service
        assert isinstance(service, Station)
        return service

    def scanning(self, amount: int) -> Felt:
        """A burst of scans, ten a second."""
        answered: list[object] = []
        self.shell.shown_answer.connect(answered.append)
        sent = iter(range(amount))
        pace = QTimer()

        def send() -> None:
            number = next(sent, None)
            if number is None:
                pace.stop()
            else:
                self.shell.take_scan(Scan.of_text(f"]d20109506000010435172706302{number:03}10LOT-A\x1d21W{number:06}"))

        pace.timeout.connect(send)
        pace.start(100)
        try:
            return self.watch.measure("scanning", lambda: len(answered) >= amount)
        finally:
            self.shell.shown_answer.disconnect(answered.append)

    def importing(self, file: Path) -> Felt:
        """A file of announced units."""
        part = file.with_name("parts.csv")
        part.write_text("part_no\nCM-PSU24\n", "utf-8")
        self.station.imports.record(part, "parts", None, skip_bad=False).result()
        done = self.station.imports.record(file, "expected", None, skip_bad=False)
        felt = self.watch.measure("importing", done.done)
        assert done.result().recorded, "the file was not taken in"
        return felt

    def searching(self, words: list[str]) -> Felt:
        """Typing into the search, a letter at a time."""
        assert self.shell.pages is not None
        self.shell.open_page("search")
        field = self.shell.pages.search.field
        typed = iter([word[:length] for word in words for length in range(1, len(word) + 1)])
        ended: list[bool] = []
        pace = QTimer()

        def type_on() -> None:
            text = next(typed, None)
            if text is None:
                pace.stop()
                ended.append(True)
            else:
                field.setText(text)

        pace.timeout.connect(type_on)
        pace.start(120)
        felt = self.watch.measure("searching", lambda: bool(ended))
        self.shell.open_page("receiving")
        return felt

    def printing(self, amount: int) -> Felt:
        """Labels to a printer that takes the connection and never reads."""
        with _hanging() as port:
            self.station.use_printer("label", f"tcp://127.0.0.1:{port}")
            felt = self.scanning(amount)
        return Felt("printing to a hanging printer", felt.seconds, felt.ticks, felt.longest, felt.p99, felt.over_limit)


@contextmanager
def _hanging() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        held: list[socket.socket] = []

        def take() -> None:
            while True:
                try:
                    held.append(server.accept()[0])
                except OSError:
                    return

        threading.Thread(target=take, daemon=True).start()
        yield server.getsockname()[1]
        for each in held:
            each.close()


def expected_file(folder: Path, rows: int) -> Path:
    """A file of announced units."""
    file = folder / "expected.csv"
    lines = (f"CM-PSU24,IMP{row:07},LOT-{row // 500}" for row in range(rows))
    file.write_text("\n".join(["part_no,serial,lot", *lines, ""]), "utf-8")
    return file


def run(data: Path, state: Path, *, rows: int, scans: int, words: list[str]) -> list[Felt]:
    """All jobs on that data folder."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    bench = Bench(app, data, state)
    try:
        return [
            bench.scanning(scans),
            bench.searching(words),
            bench.importing(expected_file(state, rows)),
            bench.printing(scans),
        ]
    finally:
        bench.conductor.close()
        bench.shell.hide()
        bench.shell.deleteLater()


def main() -> None:
    """Measure, and say so."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", type=Path, help="an existing data folder; a new one without")
    asked.add_argument("--rows", type=int, default=50_000)
    asked.add_argument("--scans", type=int, default=100)
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        state = Path(name) / "state"
        state.mkdir()
        os.environ.setdefault("DOCKMARK_STATE", str(state))
        data = told.data or Path(name) / "data"
        if told.data is None:
            create_ledger(data, "ann", "Ann").close()
        app = QApplication([])
        for felt in run(data, state, rows=told.rows, scans=told.scans, words=["A0001", "IMP00042", "LOT-3"]):
            print(json.dumps(asdict(felt)), flush=True)
        del app


if __name__ == "__main__":
    main()
