"""`python -m tests.budgets.table DIR [--units N]`: shows and scrolls the list of units beside a bare key-paged table.

DIR is kept and used again: with a million units it takes minutes to make. It needs a display (`xvfb-run` gives one).
"""

import argparse
import os
import sqlite3
import statistics
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from dockmark.station.bench.depot import depot_in
from dockmark.station.station import Station
from dockmark.ui.bridge import Bridge
from dockmark.ui.cues import CuePlayer
from dockmark.ui.late import Kit
from dockmark.ui.lists_page import ListsPage
from dockmark.ui.theme import Appearance, Theme

ROUNDS = 7
FRAMES = 600
FRAME_S = 1 / 60
SIZE = 1100, 700


@dataclass(frozen=True)
class Figures:
    """What was measured, in milliseconds."""

    rows: int
    ours_ms: float
    bare_ms: float
    settled_ms: float
    scroll_p50_ms: float
    scroll_p99_ms: float
    worst_block_ms: float


class BareModel(QAbstractTableModel):
    """The plainest table that pages by key: counts, and reads the page after the last key seen."""

    PAGE = 128
    SQL = "SELECT id, serial, part, state, condition, holds, place, received_at FROM units"

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._base = sqlite3.connect(file)
        self._count = self._base.execute("SELECT count(*) FROM units").fetchone()[0]
        self._rows = self._base.execute(f"{self.SQL} ORDER BY id DESC LIMIT ?", (self.PAGE,)).fetchall()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        return 0 if parent.isValid() else int(self._count)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - as above
        return 0 if parent.isValid() else 8

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        while index.row() >= len(self._rows):
            last = self._rows[-1][0]
            self._rows += self._base.execute(
                f"{self.SQL} WHERE id < ? ORDER BY id DESC LIMIT ?", (last, self.PAGE)
            ).fetchall()
        return str(self._rows[index.row()][index.column()])

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()


def _painted(widget: QWidget) -> None:
    widget.resize(*SIZE)
    widget.show()
    QApplication.processEvents()
    widget.grab()


def show_bare(file: Path) -> float:
    """Seconds until the first rows of the bare table are painted."""
    begun = time.perf_counter()
    view, model = QTableView(), BareModel(file)
    view.setModel(model)
    _painted(view)
    took = time.perf_counter() - begun
    view.close()
    model.close()
    return took


def show_ours(page: ListsPage) -> tuple[float, float, float]:
    """Seconds until the first rows are painted, until every row has its place, and the worst block between."""
    begun = time.perf_counter()
    page.begin("units")
    model = page.model
    while model.rowCount() == 0:
        QApplication.processEvents()
    _painted(page)
    shown = time.perf_counter() - begun
    worst = 0.0
    while not model.is_settled:
        at = time.perf_counter()
        QApplication.processEvents()
        worst = max(worst, time.perf_counter() - at)
        time.sleep(0.002)
    return shown, time.perf_counter() - begun, worst


def scroll(page: ListsPage, frames: int) -> list[float]:
    """Seconds of each frame while scrolling as fast as a wheel goes."""
    bar, took = page.table.verticalScrollBar(), []
    for number in range(frames):
        begun = time.perf_counter()
        bar.setValue(bar.value() + (120 if number % 200 < 150 else 20_000))
        QApplication.processEvents()
        took.append(time.perf_counter() - begun)
        time.sleep(max(0.0, FRAME_S - took[-1]))
    return took


def measure(station: Station, file: Path, *, rounds: int = ROUNDS, frames: int = FRAMES) -> Figures:
    """Both tables in turn, the page made before as in the window that is open."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    bridge, theme = Bridge(app), Theme(app, Appearance.LIGHT)
    bridge.attend(station)
    kit = Kit(bridge, theme, CuePlayer(app), file.parent / "window.toml")
    bare, ours, settled, worst, scrolled = [], [], [], [], []
    rows = 0
    for number in range(rounds):
        bare.append(show_bare(file))
        page = ListsPage(kit)
        page.attend(station)
        shown, done, block = show_ours(page)
        ours.append(shown)
        settled.append(done)
        worst.append(block)
        rows = page.model.rowCount()
        if number == rounds - 1:
            scrolled = sorted(scroll(page, frames))
        page.close()
        page.deleteLater()
        QApplication.processEvents()
    return Figures(
        rows, *(statistics.median(each) * 1e3 for each in (ours, bare, settled)),
        scrolled[len(scrolled) // 2] * 1e3, scrolled[len(scrolled) * 99 // 100] * 1e3, max(worst) * 1e3,
    )  # fmt: skip


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser()
    options.add_argument("folder", type=Path)
    options.add_argument("--units", type=int, default=1_000_000)
    told = options.parse_args()
    os.environ["DOCKMARK_STATE"] = str(told.folder / "window-state")
    app = QApplication([])
    depot = depot_in(told.folder, told.units)
    station = Station(depot.ledger, depot.ledger.database.file.parent, spooling=False)
    done = measure(station, depot.ledger.database.file)
    print(
        f"{done.rows} rows: shown in {done.ours_ms:.0f} ms, bare {done.bare_ms:.0f} ms,"
        f" {done.ours_ms / done.bare_ms:.2f}x (<= 2x); every row in its place after {done.settled_ms:.0f} ms,"
        f" worst block {done.worst_block_ms:.0f} ms (<= 50 ms); scroll p50 {done.scroll_p50_ms:.1f} ms,"
        f" p99 {done.scroll_p99_ms:.1f} ms (<= 16.7 ms)"
    )
    station.close()
    app.quit()


if __name__ == "__main__":
    main()
