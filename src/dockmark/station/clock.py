"""The wall clock of this station, and the shift that a test may ask for."""

import re
import time

from dockmark.record.refusal import Refusal, Refused

VARIABLE = "DOCKMARK_CLOCK_OFFSET"


class StationClock:
    """The system's clock, shifted by whole seconds where a test asks for it; every event then says so."""

    def __init__(self, shift_s: int = 0) -> None:
        self.shift_s = shift_s

    def now_us(self) -> int:
        """Microseconds since 1970 UTC."""
        return time.time_ns() // 1000 + self.shift_s * 1_000_000


def clock_of(offset: str) -> StationClock:
    """The clock for an offset as in `+3600s`; the empty text means none."""
    text = offset.strip()
    if not text:
        return StationClock()
    match = re.fullmatch(r"([+-]?)(\d{1,10})s?", text)
    if match is None:
        raise Refusal(Refused.BAD_VALUE, field=VARIABLE, value=text[:40])
    return StationClock(-int(match[2]) if match[1] == "-" else int(match[2]))
