"""`python -m tests.budgets.day`: how much memory the window needs through a day of work.

A day is a scan every ten seconds for eight hours, and every hundred of them a look into the lists, the search, a unit's
card and the settings. It prints one JSON line for each hour: the memory in megabytes, and the scans so far. What
grows from hour to hour leaks. Needs a display (`xvfb-run` gives one) and Linux, which tells how much memory is held.
"""

import argparse
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from dockmark.identifiers.reading import Scan
from dockmark.station.setup import create_ledger

from .awake import Bench

HOURS = 8
SCANS_AN_HOUR = 360
LOOK_EVERY = 100
PAGES = ("lists", "search", "spool", "settings", "holds")


@dataclass(frozen=True, slots=True)
class Hour:
    """How the window stands after so many hours of work."""

    hour: int
    scans: int
    megabytes: int


def megabytes() -> int:
    """What this process holds in memory now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000


def day(bench: Bench, *, scans_an_hour: int = SCANS_AN_HOUR) -> Iterator[Hour]:
    """Hour after hour."""
    answered: list[None] = []
    bench.shell.shown_answer.connect(lambda *_: answered.append(None))
    yield Hour(0, 0, megabytes())
    for hour in range(1, HOURS + 1):
        for _ in range(scans_an_hour):
            number = len(answered)
            bench.shell.take_scan(Scan.of_text(f"]d20109506000010435172706302{number:05}10LOT-A\x1d21D{number:06}"))
            bench.watch.until(lambda number=number: len(answered) > number)
            if number % LOOK_EVERY == 0:
                _look_round(bench)
        yield Hour(hour, len(answered), megabytes())


def _look_round(bench: Bench) -> None:
    for page in PAGES:
        bench.shell.open_page(page)
        bench.app.processEvents()
    bench.shell.open_page("receiving")


def main() -> None:
    """Work a day, and say what it took."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", type=Path, help="an existing data folder; a new one without")
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        state = Path(name) / "state"
        state.mkdir()
        os.environ.setdefault("DOCKMARK_STATE", str(state))
        data = told.data or Path(name) / "data"
        if told.data is None:
            create_ledger(data, "ann", "Ann").close()
        app = QApplication([])
        bench = Bench(app, data, state)
        try:
            for hour in day(bench):
                print(json.dumps(asdict(hour)), flush=True)
        finally:
            bench.conductor.close()
            bench.shell.hide()


if __name__ == "__main__":
    main()
