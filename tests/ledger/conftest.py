"""Stations with real ledgers in real files."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dockmark.ledger.keys import KeyFolder
from dockmark.ledger.ledger import Ledger


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
def make_ledger(tmp_path: Path) -> Iterator[MakeLedger]:
    made: list[Ledger] = []

    def make(name: str = "a", *, ledger: str = "", clock: SteppingClock | None = None, seed: int = 1) -> Ledger:
        keys = KeyFolder(tmp_path / "state")
        bits = random.Random(f"{name}{seed}").getrandbits(62)
        made.append(
            Ledger.create(tmp_path / name, keys, clock or SteppingClock(), random=bits, name=name, ledger=ledger)
        )
        return made[-1]

    yield make
    for ledger in made:
        ledger.close()
