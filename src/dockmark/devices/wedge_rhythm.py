"""The rhythm of keys: what tells a scanner's burst from fingers and from a key held down."""

from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Key:
    """One key press: the text it makes, its own time stamp, and the key's name where the text does not tell."""

    text: str
    timestamp_ms: int
    ctrl: bool = False
    name: str = ""
    """As Qt calls it, with or without `Key_`."""
    event: object = field(default=None, compare=False)
    """Whatever the caller needs to replay the key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WedgeRules:
    """What makes a burst of keys a scan. All times in milliseconds."""

    fewest_characters: int = 6
    fast_gap_ms: int = 30
    """More than half of the gaps in a scan are at most this."""
    longest_gap_ms: int = 80
    hold_ms: int = 80
    """Keys without the rhythm of a scanner are given back after this time."""
    typing_gap_ms: int = 55
    """So long a pause after less than `sure_keys` keys: those were typed."""
    sure_keys: int = 4
    gaps_per_pause: int = 6
    """One pause is forgiven in every so many gaps, and one in fewer …"""
    steady_gap_ms: int = 20
    """… if the other gaps are mostly this short: fingers roll slower …"""
    sure_gaps: int = 12
    """… or if there are so many: fingers do not keep that up."""
    repeat_gap_ms: int = 12
    """No keyboard repeats a held key faster than this."""
    usual_repeat_gap_ms: int = 25
    """Most repeat it no faster than this."""
    shortest_repeat_delay_ms: int = 150
    longest_repeat_delay_ms: int = 1000
    """A held key begins to repeat after a time between these."""
    longest_scan: int = 8192
    endings: str = "\r\n\t"
    """A programmed suffix character may be added."""


@dataclass(frozen=True, slots=True)
class Press:
    """One held key: what it stands for and when it was pressed."""

    key: Key
    char: str
    at: int


class Rhythm:
    """Counts the gaps of a burst as it grows."""

    def __init__(self, rules: WedgeRules, before: str = "") -> None:
        self._rules: Final = rules
        self._before: Final = before
        self._last: Press | None = None
        self._gaps = self._fast = self._steady = 0
        self._repeats = self._usual_repeats = 0
        self._chars: set[str] = set()

    def add(self, press: Press) -> None:
        """The burst goes on with this key."""
        if self._last is not None:
            gap = press.at - self._last.at
            self._gaps += 1
            self._fast += gap <= self._rules.fast_gap_ms
            self._steady += gap <= self._rules.steady_gap_ms
            self._repeats += gap >= self._rules.repeat_gap_ms
            self._usual_repeats += gap >= self._rules.usual_repeat_gap_ms
        if press.char:
            self._chars.add(press.char)
        self._last = press

    @property
    def could_be_scanned(self) -> bool:
        """So far it has the rhythm of a scanner: fast, hardly a pause, and not a key that goes on repeating."""
        pauses = self._gaps - self._fast
        is_fast = self._fast > pauses <= max(1, self._gaps // self._rules.gaps_per_pause)
        return is_fast and not self._is_repeating

    @property
    def is_scanned(self) -> bool:
        """Ended here, it is a scanner's."""
        is_even = self._fast == self._gaps or self._steady * 2 >= self._fast or self._gaps >= self._rules.sure_gaps
        return self.could_be_scanned and is_even and not self._is_one_key_held

    @property
    def _is_repeating(self) -> bool:
        """It only goes on with the character before it, at the pace of a key held down."""
        return self._chars == {self._before} and self._usual_repeats * 2 >= self._gaps

    @property
    def _is_one_key_held(self) -> bool:
        """All of it is one character, and a keyboard could have repeated it."""
        repeats = self._repeats if self._chars == {self._before} else self._usual_repeats
        return len(self._chars) == 1 and repeats * 2 >= self._gaps
