"""The wall clock of this station, and the shift that a test may ask for."""

import ctypes
import re
import sys
import time
from functools import cached_property
from pathlib import Path

from dockmark.record.refusal import Refusal, Refused

VARIABLE = "DOCKMARK_CLOCK_OFFSET"
_BOOT = Path("/proc/sys/kernel/random/boot_id")
_TIMEX_BYTES = 512
"""More than `struct timex` has anywhere."""
_TIME_ERROR = 5


class StationClock:
    """The system's clock, shifted by whole seconds where a test asks for it; every event then says so."""

    def __init__(self, shift_s: int = 0) -> None:
        self.shift_s = shift_s

    def now_us(self) -> int:
        """Microseconds since 1970 UTC."""
        return time.time_ns() // 1000 + self.shift_s * 1_000_000

    @cached_property
    def boot(self) -> str:
        """Which start of the machine this is; empty where the system does not say."""
        try:
            return _BOOT.read_text("ascii").strip()
        except (OSError, UnicodeDecodeError):
            return ""

    def up_s(self) -> int:
        """Seconds since the machine was started, its sleep counted where the system does."""
        boottime = getattr(time, "CLOCK_BOOTTIME", None)
        return int(time.monotonic() if boottime is None else time.clock_gettime(boottime))

    def state(self) -> dict[str, str | int | bool]:
        """Whether the clock on the wall is synchronised, where the system says so, and by how much a test shifts it."""
        told: dict[str, str | int | bool] = {}
        if (synchronised := _synchronised()) is not None:
            told["synchronised"] = synchronised
        if self.shift_s:
            told["shifted_s"] = self.shift_s
        return told


def _synchronised() -> bool | None:
    """Whether somebody disciplines the clock, as the kernel says: TIME_ERROR means nobody. None where it is silent."""
    if sys.platform != "linux":
        return None
    try:
        state = ctypes.CDLL(None, use_errno=True).adjtimex(ctypes.create_string_buffer(_TIMEX_BYTES))
    except (OSError, AttributeError):
        return None
    return None if state < 0 else state != _TIME_ERROR


def clock_of(offset: str) -> StationClock:
    """The clock for an offset as in `+3600s`; the empty text means none."""
    text = offset.strip()
    if not text:
        return StationClock()
    match = re.fullmatch(r"([+-]?)(\d{1,10})s?", text)
    if match is None:
        raise Refusal(Refused.BAD_VALUE, field=VARIABLE, value=text[:40])
    return StationClock(-int(match[2]) if match[1] == "-" else int(match[2]))
