"""Tells a keyboard-wedge scanner from a person typing, by the times at which the keys were pressed.

Pure: keys and times in, decisions out. Only the time stamps of the events count, never the time of their arrival: after
the window stood still, everything arrives at once, and a typist must not look like a scanner.

A scan is found whole or not at all: once keys were given back as typed, what follows them closely is typed too. A
serial number without its first character would be worse than one that lands in a field.

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
        if not self._rhythm.could_be_scanned:
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
            return decisions + self._give_back(key)
        if self._goes_on_typing():
            self._was_typed_at, self._typed_char = self._now, char
            return [*decisions, Replay((key,))]
        if not self._held:
            self._rhythm = Rhythm(self._rules, before=self._char_before())
        self._held.append(Press(key, char, self._now))
        self._rhythm.add(self._held[-1])
        if len(self._held) > self._rules.longest_scan:
            return decisions + self._give_back()
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
        has_waited = not self._rhythm.could_be_scanned and now >= self._held[0].at + self._rules.hold_ms
        return self._give_back() if is_broken or was_typed or has_waited else []

    def _goes_on_typing(self) -> bool:
        """The key before was given back as typed a moment ago: without its beginning, the rest is no scan."""
        since = self._now - self._was_typed_at
        return not self._held and bool(self._typed_char) and since <= self._rules.typing_gap_ms

    def _end(self, key: Key) -> list[Decision]:
        """An ending came: all that is held is one scan, or nothing of it is."""
        if self._held:
            self._rhythm.add(Press(key, "", self._now))
            characters = "".join(each.char for each in self._held)
            if len(characters) >= self._rules.fewest_characters and self._rhythm.is_scanned:
                return [self._scan(characters, key)]
        elif self._now - self._was_scanned_at <= self._rules.longest_gap_ms:
            self._was_scanned_at = self._now
            return [Dropped(key)]
        return self._give_back(key)

    def _scan(self, characters: str, ending: Key) -> ScanComplete:
        since_typed = self._held[0].at - self._was_typed_at
        follows_typing = bool(self._typed_char) and since_typed <= self._rules.longest_gap_ms
        keys = (*(each.key for each in self._held), ending)
        self._held.clear()
        self._was_scanned_at = self._now
        return ScanComplete(characters.encode("utf-8", "replace"), keys, follows_typing)

    def _give_back(self, *then: Key) -> list[Decision]:
        """All that is held, and then this key that stands for no character, were typed."""
        keys = (*(each.key for each in self._held), *then)
        if not keys:
            return []
        self._was_typed_at, self._typed_char = self._now, ""
        if not then:
            self._was_typed_at, self._typed_char = self._held[-1].at, self._held[-1].char
        self._held.clear()
        return [Replay(keys)]

    def _char_before(self) -> str:
        """The typed character that a key held down would begin to repeat now."""
        rules, since = self._rules, self._now - self._was_typed_at
        is_due = rules.shortest_repeat_delay_ms <= since <= rules.longest_repeat_delay_ms
        return self._typed_char if is_due else ""


def _gap(earlier: int, later: int) -> int | None:
    """From one time stamp to a later one, also over the leap of a 32-bit counter; None where time ran backwards."""
    gap = later - earlier
    if gap < 0 and earlier < _WRAP_MS:
        gap += _WRAP_MS
    return gap if 0 <= gap < _WRAP_MS // 2 else None
