"""The measuring of the long table works, and every row of a long list has its place."""

import os

os.environ["QT_QPA_PLATFORM"] = os.environ.get("DOCKMARK_TEST_PLATFORM", "offscreen")

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from dockmark.station.bench.depot import depot_in
from dockmark.station.station import Station

from .table import measure


@pytest.mark.long
@pytest.mark.qt_log_ignore("This plugin does not support", "PulseAudioService", "qt.multimedia", extend=True)
def test_the_long_table_is_measured_beside_a_bare_one(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCKMARK_STATE", str(tmp_path / "state"))
    depot = depot_in(tmp_path / "depot", 20_000)
    station = Station(depot.ledger, depot.ledger.database.file.parent, spooling=False)
    done = measure(station, depot.ledger.database.file, rounds=2, frames=30)
    station.close()
    assert done.rows == 20_000
    assert min(done.ours_ms, done.bare_ms, done.scroll_p99_ms) > 0
