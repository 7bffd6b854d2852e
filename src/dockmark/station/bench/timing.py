"""How the bench measures: ours and the baseline in turn, several rounds of both, the median of the rounds."""

import ctypes
import gc
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

Act = Callable[[int], object]
"""Does the work of one round, told its number."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What one round took, in seconds of the wall clock and of this process's time on a processor."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Pair:
    """All rounds of ours and of the baseline."""

    ours: list[Spent]
    baseline: list[Spent]

    def wall(self, of: int = 1) -> tuple[float, float]:
        """Median wall time of ours and of the baseline, for one of so many acts in a round."""
        return _middle([it.wall for it in self.ours], of), _middle([it.wall for it in self.baseline], of)

    def cpu(self, of: int = 1) -> tuple[float, float]:
        """Median processor time of ours and of the baseline, for one of so many acts in a round."""
        return _middle([it.cpu for it in self.ours], of), _middle([it.cpu for it in self.baseline], of)


def in_turn(rounds: int, ours: Act, baseline: Act, prepare: Act | None = None) -> Pair:
    """Ours and the baseline, interleaved, so that a machine that drifts drifts under both.

    `prepare` lays out what a round needs; its time is nobody's.
    """
    pair = Pair([], [])
    for number in range(rounds):
        if prepare is not None:
            prepare(number)
        # Who goes first finds colder caches: they take turns at that too.
        sides = [(ours, pair.ours), (baseline, pair.baseline)]
        for act, spent in sides if number % 2 == 0 else reversed(sides):
            spent.append(spend(act, number))
    return pair


def spend(act: Act, number: int = 0) -> Spent:
    """What this act takes. Garbage of what went before is collected first."""
    gc.collect()
    cpu, wall = time.process_time(), time.perf_counter()
    act(number)
    return Spent(time.perf_counter() - wall, time.process_time() - cpu)


class Laps:
    """The wall time of each act of a kind, over all rounds, in seconds."""

    def __init__(self) -> None:
        self._each: list[float] = []

    def take(self, act: Callable[[], object]) -> None:
        """Does it and notes how long it took."""
        began = time.perf_counter()
        act()
        self._each.append(time.perf_counter() - began)

    def p99(self) -> float:
        """What 99 of 100 acts do not exceed."""
        return percentile(self._each, 99)


def percentile(values: Sequence[float], percent: int) -> float:
    """The smallest of the values that so many percent of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def _middle(values: Sequence[float], of: int) -> float:
    return statistics.median(values) / of


def peak_memory_mb() -> float:
    """The most memory that this process ever held, in MB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if status.exists():
        # Not getrusage: on Linux its figure includes what the parent held when this process began.
        line = next((it for it in status.read_text().splitlines() if it.startswith("VmHWM:")), "VmHWM: 0 kB")
        return int(line.split()[1]) / 1024
    if sys.platform == "win32":
        return _peak_on_windows()
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 2**20 if sys.platform == "darwin" else most / 1024


def _peak_on_windows() -> float:
    class Counters(ctypes.Structure):
        _fields_ = (
            ("size", ctypes.c_uint32), ("faults", ctypes.c_uint32), ("peak", ctypes.c_size_t),
            ("rest", ctypes.c_size_t * 7),
        )  # fmt: skip

    told = Counters(size=ctypes.sizeof(Counters))
    libraries: object = getattr(ctypes, "windll", None)
    kernel = getattr(libraries, "kernel32", None)
    if kernel is None or not kernel.K32GetProcessMemoryInfo(ctypes.c_void_p(-1), ctypes.byref(told), told.size):
        return 0.0
    return float(told.peak) / 2**20
