"""A scanner without a scanner: hands over raw bytes like a certain one, or types them like a keyboard wedge."""

from collections.abc import Callable, Iterable
from itertools import repeat
from typing import Final

from dockmark.devices.wedge import Key

_CONTROL_KEYS: Final = {
    "\x1c": "Backslash",
    "\x1d": "BracketRight",
    "\x1e": "AsciiCircum",
    "\x1f": "Underscore",
    "\x04": "D",
}
_ENDINGS: Final = {"\r": "Return", "\n": "Return", "\t": "Tab"}


class SimulatedScanner:
    """Gives each scan to whoever listens. With `reports_twice`, as a worn trigger does, gives it two times."""

    def __init__(self, on_scan: Callable[[bytes], None], *, reports_twice: bool = False) -> None:
        self._on_scan: Final = on_scan
        self.reports_twice = reports_twice

    def scan(self, what: bytes | str) -> None:
        """Pull the trigger on a symbol that holds this."""
        raw = what.encode() if isinstance(what, str) else what
        for _ in range(2 if self.reports_twice else 1):
            self._on_scan(raw)


def wedge_keys(what: str, *, at_ms: int = 0, gaps_ms: Iterable[int] | None = None, ending: str = "\r") -> list[Key]:
    """The key presses by which a keyboard-wedge scanner types this, Shift and Ctrl presses among them."""
    gaps = iter(repeat(8) if gaps_ms is None else gaps_ms)
    keys: list[Key] = []
    now = at_ms
    for index, char in enumerate(what + ending):
        now += next(gaps) if index else 0
        if char in _CONTROL_KEYS:
            keys.append(Key(text="", timestamp_ms=now, ctrl=True, name="Control"))
            keys.append(Key(text=char, timestamp_ms=now, ctrl=True, name=_CONTROL_KEYS[char]))
            continue
        if char.isupper():
            keys.append(Key(text="", timestamp_ms=now, name="Shift"))
        keys.append(Key(text=char, timestamp_ms=now, name=_ENDINGS.get(char, char.upper())))
    return keys
