"""One pull of the trigger is one scan, also when the scanner reports it twice."""

from typing import Final

SAME_TRIGGER_MS: Final = 80


class Debounce:
    """Knows which reports repeat one that was just let through. Any later repeat is a scan of its own."""

    def __init__(self, window_ms: int = SAME_TRIGGER_MS) -> None:
        self._window_ms: Final = window_ms
        self._recent: dict[tuple[str, bytes], int] = {}

    def is_new(self, raw: bytes, at_ms: int, device: str = "") -> bool:
        """Whether this report is a scan of its own. The window is counted from the report let through."""
        self._recent = {key: seen for key, seen in self._recent.items() if 0 <= at_ms - seen < self._window_ms}
        if (device, raw) in self._recent:
            return False
        self._recent[(device, raw)] = at_ms
        return True
