"""Stations with real ledgers in real files."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dockmark.database.address import Address
from dockmark.ledger.keys import KeyFolder
from dockmark.ledger.ledger import Ledger
from tests.cluster import Cluster


class SteppingClock:
    """A clock that moves by itself, a millisecond a look, and can run ahead or behind."""

    def __init__(self, start_us: int = 1_750_000_000_000_000, shift_s: int = 0) -> None:
        self._now = start_us
        self.shift_s = shift_s

    def now_us(self) -> int:
        self._now += 1000
        return self._now

    def jump(self, us: int) -> None:
        self._now += us


MakeLedger = Callable[..., Ledger]


@pytest.fixture
def make_file_ledger(tmp_path: Path) -> Iterator[MakeLedger]:
    """Makes ledgers in files."""
    yield from _maker(tmp_path, None)


@pytest.fixture(params=["sqlite", "postgresql"])
def make_ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeLedger]:
    """Makes ledgers in files, and then all the same in PostgreSQL, a database for each."""
    yield from _maker(tmp_path, request.getfixturevalue("cluster") if request.param == "postgresql" else None)


def _maker(folder: Path, cluster: Cluster | None) -> Iterator[MakeLedger]:
    made: list[Ledger] = []

    def make(name: str = "a", *, ledger: str = "", clock: SteppingClock | None = None, seed: int = 1) -> Ledger:
        keys = KeyFolder(folder / "state")
        chance = random.Random(f"{name}{seed}")
        bits = chance.getrandbits(62)
        address = Address(cluster.ready(), f"{chance.getrandbits(128):032x}") if cluster else None
        made.append(
            Ledger.create(
                folder / name, keys, clock or SteppingClock(), random=bits, name=name, ledger=ledger, address=address
            )
        )
        return made[-1]

    yield make
    for ledger in made:
        ledger.close()
