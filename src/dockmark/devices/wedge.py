"""Tells a keyboard-wedge scanner from a person typing, by the times at which the keys were pressed.

Pure: keys and times in, decisions out. Only the time stamps of the events count, never the time of their arrival: after
the window stood still, everything arrives at once, and a typist must not look like a scanner.

The caller keeps every key that gets an answer away from the window and does what the decisions say. Each such key comes
back exactly once, in order: in a `Replay`, in a `ScanComplete` or as `Dropped`. A key with no decision (Shift, Ctrl,
Caps Lock …) goes its usual way.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from dockmark.devices.wedge_rhythm import Key, Press, Rhythm, WedgeRules


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


__all__ = ["Decision", "Dropped", "Held", "Key", "Replay", "ScanComplete", "WedgeClassifier", "WedgeRules"]

Decision = Held | Replay | ScanComplete | Dropped


_MODIFIER: Final = re.compile(
    "shift|control|ctrl|meta|alt|altgr|capslock|numlock|scrolllock|(super|hyper)_[lr]|mode_switch|unknown|iso_level[35]_shift"
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
_LOOK_AGAIN_MS: Final = 5
_STOOD_STILL_MS: Final = 25


class WedgeClassifier:
    """Watches the keys of one window and finds the scans among them.

    The "auto-repeat" mark of key events is not used: window systems also set it on doubled letters of a fast scanner.
    """

    def __init__(self, rules: WedgeRules | None = None) -> None:
        self._rules: Final = rules or WedgeRules()
        self._held: list[Press] = []
        self._rhythm = Rhythm(self._rules)
        self._stamp = 0
        self._now = 0
        """Runs with the time stamps, but never backwards or over their leap."""
        self._was_typed_at = self._was_scanned_at = -(10**9)
        self._typed_char = ""
        self._was_repeating = False
        self._looked_after_ms: int | None = None

    @property
    def due_in_ms(self) -> int | None:
        """After how much quiet since the last key `quiet` must be called; None when nothing is held."""
        if not self._held:
            return None
        if self._looked_after_ms is not None:
            return self._looked_after_ms + _LOOK_AGAIN_MS
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
        if not self._held:
            self._rhythm = Rhythm(self._rules, before=self._char_before(self._now))
        self._held.append(Press(key, char, self._now))
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

        It decides at the second look only: where the window stood still, the first may come before keys that were
        pressed long ago and still wait behind it.
        """
        due, looked = self.due_in_ms, self._looked_after_ms
        if due is None or elapsed_ms < due:
            return []
        if looked is None or elapsed_ms - looked > _STOOD_STILL_MS:
            self._looked_after_ms = elapsed_ms
            return []
        self._looked_after_ms = None
        return self._let_go(self._now + elapsed_ms)

    def _go_on(self, stamp: int) -> list[Decision]:
        """A key with that time stamp came."""
        gap = _gap(self._stamp, stamp)
        self._stamp, self._looked_after_ms = stamp, None
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
        for first in (0, *pauses) if held else ():
            before = held[first - 1].char if first else self._char_before(held[0].at)
            rhythm = Rhythm(rules, held[first:], before)
            if len("".join(each.char for each in held[first:])) < rules.fewest_characters:
                break
            rhythm.add(Press(key, "", self._now))
            if rhythm.is_scanned and not rhythm.is_one_key_held:
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
            self._typed_char = "" if then else self._held[count - 1].char
            self._was_repeating = not then and self._rhythm.is_repeating
        self._forget(count)
        return [Replay(keys)] if keys else []

    def _forget(self, count: int) -> None:
        if count:
            del self._held[:count]
            before = self._char_before(self._held[0].at) if self._held else ""
            self._rhythm = Rhythm(self._rules, self._held, before)

    def _char_before(self, at: int) -> str:
        """The typed character that a key held down would be repeating at that time."""
        since = at - self._was_typed_at
        shortest = 0 if self._was_repeating else self._rules.shortest_repeat_delay_ms
        return self._typed_char if shortest <= since <= self._rules.longest_repeat_delay_ms else ""


def _gap(earlier: int, later: int) -> int | None:
    """From one time stamp to a later one, also over the leap of a 32-bit counter; None where time ran backwards."""
    gap = later - earlier
    if gap < 0 and earlier < _WRAP_MS:
        gap += _WRAP_MS
    return gap if 0 <= gap < _WRAP_MS // 2 else None
