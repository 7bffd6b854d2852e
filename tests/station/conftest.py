"""A station on a new data folder of its own."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dockmark.station.setup import create_ledger
from dockmark.station.station import Station

PATIENCE_S = 20.0


class News:
    """What the station told, in its order."""

    def __init__(self, station: Station) -> None:
        self.told: list[tuple[str, Any]] = []
        self._changed = threading.Condition()
        station.listen(self._hear)

    def of(self, kind: str) -> list[Any]:
        with self._changed:
            return [content for told, content in self.told if told == kind]

    def until(self, so: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(so, PATIENCE_S), self.told[-5:]

    def _hear(self, kind: str, content: object) -> None:
        with self._changed:
            self.told.append((kind, content))
            self._changed.notify_all()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DOCKMARK_STATE", str(tmp_path / "state"))
    return tmp_path


Opens = Callable[[], Station]


@pytest.fixture
def open_station(folder: Path) -> Iterator[Opens]:
    """Opens the station of that folder; a further opening closes the one before."""
    from dockmark.station.setup import open_ledger

    running: list[Station] = []
    create_ledger(folder / "data", "anna", "Anna").close()

    def begin() -> Station:
        while running:
            running.pop().close()
        running.append(Station(open_ledger(folder / "data"), folder / "data"))
        return running[-1]

    yield begin
    while running:
        running.pop().close()


@pytest.fixture
def station(open_station: Opens) -> Station:
    return open_station()
