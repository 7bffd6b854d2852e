"""Tells a keyboard-wedge scanner from a person typing, by the times at which the keys were pressed.

Pure: keys and times in, decisions out. Only the time stamps of the events count, never the time of their arrival: after
the window stood still, everything arrives at once, and a typist must not look like a scanner.

The caller keeps every key that gets an answer away from the window and does what the decisions say. Each such key comes
back exactly once, in order: in a `Replay`, in a `ScanComplete` or as `Dropped`. A key with no decision (Shift, Ctrl,
Caps Lock …) goes its usual way.
"""

import re
from collections.abc import Sequence
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


@dataclass(frozen=True, slots=True)
class Held:
    """The key is kept back: it may be part of a scan."""


@dataclass(frozen=True, slots=True)
class Replay:
    """These keys were typed by a person: give them to the window, in this order."""

    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class ScanComplete:
    """A scan, without its ending; the keys that made it, the ending last, are used up."""

    raw: bytes
    keys: tuple[Key, ...] = field(compare=False)
    follows_typing: bool = False
    """A typed key came within a scanner's pause before it: the first character may have been taken for typed."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A second ending right after a scan (CR LF, CR Tab): it must not press a button."""

    key: Key


Decision = Held | Replay | ScanComplete | Dropped


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
    steady_gap_ms: int = 20
    """A pause inside a burst is forgiven only to one whose other gaps are mostly this short: fingers roll slower."""
    repeat_gap_ms: int = 12
    """No keyboard repeats a held key faster than this."""
    longest_scan: int = 8192
    endings: str = "\r\n\t"
    """A programmed suffix character may be added."""


_MODIFIER: Final = re.compile(
    "shift|control|ctrl|meta|alt|altgr|capslock|numlock|scrolllock|(super|hyper)_[lr]|mode_switch|iso_level[35]_shift"
)
_ENDING_KEYS: Final = {"return": "\r", "enter": "\r", "tab": "\t"}
_CONTROLS: Final = frozenset("\x04\x1c\x1d\x1e\x1f")
_CONTROL_KEYS: Final = {
    "d": "\x04",
    "backslash": "\x1c",
    "\\": "\x1c",
    "bracketright": "\x1d",
    "]": "\x1d",
    "asciicircum": "\x1e",
    "^": "\x1e",
    "6": "\x1e",
    "underscore": "\x1f",
    "_": "\x1f",
    "minus": "\x1f",
}
_WRAP_MS: Final = 2**32


class WedgeClassifier:
    """Watches the keys of one window and finds the scans among them.

    The "auto-repeat" mark of key events is not used: window systems also set it on doubled letters of a fast scanner.
    """

    def __init__(self, rules: WedgeRules | None = None) -> None:
        self._rules: Final = rules or WedgeRules()
        self._held: list[_Press] = []
        self._rhythm = _Rhythm(self._rules)
        self._stamp = 0
        self._now = 0
        """Runs with the time stamps, but never backwards or over their leap."""
        self._was_typed_at = self._was_scanned_at = -(10**9)
        self._was_late = False

    @property
    def due_in_ms(self) -> int | None:
        """After how much quiet since the last key `quiet` must be called; None when nothing is held."""
        if not self._held:
            return None
        longest = self._rules.longest_gap_ms
        if len(self._held) < self._rules.sure_keys:
            longest = self._rules.typing_gap_ms
        if not self._rhythm.is_scanned:
            longest = min(longest, self._held[0].at + self._rules.hold_ms - self._now - 1)
        return max(0, longest + 1)

    def feed(self, key: Key) -> list[Decision]:
        """Take the next key press."""
        name = key.name.removeprefix("Key_").lower()
        char = key.text or (_CONTROL_KEYS.get(name, "") if key.ctrl else _ENDING_KEYS.get(name, ""))
        if not char and (not name or _MODIFIER.fullmatch(name)):
            return []
        decisions = self._go_on(key.timestamp_ms)
        if char in self._rules.endings and char:
            return decisions + self._end(key)
        if not char or not all(each.isprintable() or each in _CONTROLS for each in char):
            return decisions + self._give_back(len(self._held), key)
        self._held.append(_Press(key, char, self._now))
        self._rhythm.add(self._held[-1])
        if len(self._held) > self._rules.longest_scan:
            return decisions + self._give_back(len(self._held))
        return [*decisions, Held()]

    def tick(self, now_ms: int) -> list[Decision]:
        """No key up to that time stamp is still on its way: give back what is not going to be a scan."""
        gap = _gap(self._stamp, now_ms)
        return [] if gap is None else self._let_go(self._now + gap)

    def quiet(self, elapsed_ms: int) -> list[Decision]:
        """So much time passed since the last `feed` and no key came. Call it after `due_in_ms`, until that is None.

        A call that comes much too late shows that the window stood still, and keys may be waiting behind that call:
        the first such call decides nothing.
        """
        due = self.due_in_ms
        if due is not None and elapsed_ms > due + self._rules.hold_ms // 2 and not self._was_late:
            self._was_late = True
            return []
        return self._let_go(self._now + elapsed_ms)

    def _go_on(self, stamp: int) -> list[Decision]:
        """A key with that time stamp came."""
        gap = _gap(self._stamp, stamp)
        self._stamp, self._was_late = stamp, False
        self._now += self._rules.longest_gap_ms + 1 if gap is None else gap
        return self._let_go(self._now)

    def _let_go(self, now: int) -> list[Decision]:
        """Give back what, at that time, cannot become a scan any more."""
        if not self._held:
            return []
        pause = now - self._held[-1].at
        is_broken = pause > self._rules.longest_gap_ms
        was_typed = pause > self._rules.typing_gap_ms and len(self._held) < self._rules.sure_keys
        if is_broken or was_typed:
            return self._give_back(len(self._held))
        if self._rhythm.is_scanned:
            return []
        waited = (each.at + self._rules.hold_ms <= now for each in self._held)
        return self._give_back(sum(waited))

    def _end(self, key: Key) -> list[Decision]:
        """An ending came: is what was held a scan, or the later part of it?"""
        rules, held = self._rules, self._held
        pauses = [i for i in range(1, len(held)) if held[i].at - held[i - 1].at > rules.fast_gap_ms]
        for first in (0, *pauses):
            rhythm = _Rhythm(rules, held[first:])
            if len("".join(each.char for each in held[first:])) < rules.fewest_characters:
                break
            rhythm.add(_Press(key, "", self._now))
            if rhythm.is_scanned:
                return self._scan(first, key)
        if not held and self._now - self._was_scanned_at <= rules.longest_gap_ms:
            self._was_scanned_at = self._now
            return [Dropped(key)]
        return self._give_back(len(held), key)

    def _scan(self, first: int, ending: Key) -> list[Decision]:
        decisions = self._give_back(first)
        follows_typing = self._held[0].at - self._was_typed_at <= self._rules.longest_gap_ms
        raw = "".join(each.char for each in self._held).encode("utf-8", "replace")
        decisions.append(ScanComplete(raw, (*(each.key for each in self._held), ending), follows_typing))
        self._forget(len(self._held))
        self._was_scanned_at = self._now
        return decisions

    def _give_back(self, count: int, *then: Key) -> list[Decision]:
        keys = (*(each.key for each in self._held[:count]), *then)
        if keys:
            self._was_typed_at = self._now if then else self._held[count - 1].at
        self._forget(count)
        return [Replay(keys)] if keys else []

    def _forget(self, count: int) -> None:
        if count:
            del self._held[:count]
            self._rhythm = _Rhythm(self._rules, self._held)


@dataclass(frozen=True, slots=True)
class _Press:
    """One held key: what it stands for and when it was pressed."""

    key: Key
    char: str
    at: int


class _Rhythm:
    """Counts the gaps of a burst as it grows."""

    def __init__(self, rules: WedgeRules, presses: Sequence[_Press] = ()) -> None:
        self._rules: Final = rules
        self._last: _Press | None = None
        self._gaps = self._fast = self._steady = self._slow_as_repeat = 0
        self._chars: set[str] = set()
        for press in presses:
            self.add(press)

    def add(self, press: _Press) -> None:
        """The burst goes on with this key."""
        if self._last is not None:
            gap = press.at - self._last.at
            self._gaps += 1
            self._fast += gap <= self._rules.fast_gap_ms
            self._steady += gap <= self._rules.steady_gap_ms
            self._slow_as_repeat += gap >= self._rules.repeat_gap_ms
        if press.char:
            self._chars.add(press.char)
        self._last = press

    @property
    def is_scanned(self) -> bool:
        """It has the rhythm of a scanner: fast, hardly a pause, and not one key held down."""
        if self._fast * 2 <= self._gaps or not self._gaps:
            return False
        if len(self._chars) == 1 and self._slow_as_repeat * 2 >= self._gaps:
            return False
        pauses = self._gaps - self._fast
        return not pauses or (pauses <= max(1, self._gaps // 6) and self._steady * 2 >= self._fast)


def _gap(earlier: int, later: int) -> int | None:
    """From one time stamp to a later one, also over the leap of a 32-bit counter; None where time ran backwards."""
    gap = later - earlier
    if gap < 0 and earlier < _WRAP_MS:
        gap += _WRAP_MS
    return gap if 0 <= gap < _WRAP_MS // 2 else None
