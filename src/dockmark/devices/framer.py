"""Cuts the bytes of a serial scanner into scans."""

from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Final

IDLE_MS: Final = 100
LONGEST: Final = 4096


class Suffix(Enum):
    """What a scanner is programmed to send after each scan.

    `ANY` ends at the first CR, LF or ETX; with `IDLE` nothing but a pause ends a scan.
    """

    ANY = (b"\r", b"\n", b"\x03")
    CR = (b"\r",)
    LF = (b"\n",)
    CRLF = (b"\r\n",)
    TAB = (b"\t",)
    ETX = (b"\x03",)
    IDLE = ()


class Ended(StrEnum):
    """Why a frame ends where it ends."""

    SUFFIX = "suffix"
    IDLE = "idle"
    OVERFLOW = "overflow"


@dataclass(frozen=True, slots=True)
class Frame:
    """The bytes of one scan, without its suffix. An overflow holds only the beginning and must not be believed."""

    raw: bytes
    ended: Ended
    ending: bytes = field(default=b"", compare=False)
    """The suffix that ended it."""


class Framer:
    """Collects bytes until a suffix, a pause or the cap. Bytes stay bytes; times are the caller's milliseconds."""

    def __init__(
        self, suffix: Suffix = Suffix.ANY, *, idle_ms: int = IDLE_MS, longest: int = LONGEST, start: bytes = b"\x02"
    ) -> None:
        self._suffixes: Final[tuple[bytes, ...]] = suffix.value
        self._idle_ms: Final = idle_ms
        self._longest: Final = longest
        self._start: Final = start
        """A character before a scan that is no part of it."""
        self._held = bytearray()
        self._last_ms = 0
        self._overflowing = False

    def feed(self, data: bytes, at_ms: int) -> list[Frame]:
        """Take the bytes that came at that time; give the scans that ended with them."""
        frames = self.tick(at_ms)
        if data:
            self._last_ms = at_ms
        for byte in data:
            self._held.append(byte)
            suffix = next((each for each in self._suffixes if self._held.endswith(each)), None)
            if suffix is not None:
                del self._held[-len(suffix) :]
                frames += self._end(Ended.SUFFIX, suffix)
            elif len(self._held) > self._longest + 1:  # one more than the cap may be the first half of CR LF
                frames += self._overflow()
        return frames

    def tick(self, now_ms: int) -> list[Frame]:
        """Time went on: a scan without suffix ends after the pause."""
        is_idle = now_ms - self._last_ms >= self._idle_ms
        return self._end(Ended.IDLE) if is_idle and (self._held or self._overflowing) else []

    def _overflow(self) -> list[Frame]:
        """Report the beginning once; let the rest go by until the scan ends."""
        first = not self._overflowing
        head = bytes(self._held[: self._longest])
        self._overflowing = True
        del self._held[:-1]
        return [Frame(head, Ended.OVERFLOW)] if first else []

    def lose(self) -> int:
        """The line broke: forget what is held, and say how many bytes of a scan that were."""
        held = 0 if self._overflowing else len(self._held)
        self._held.clear()
        self._overflowing = False
        return held

    def _end(self, why: Ended, ending: bytes = b"") -> list[Frame]:
        raw, was_overflowing = bytes(self._held).removeprefix(self._start), self._overflowing
        self._held.clear()
        self._overflowing = False
        if was_overflowing:
            return []
        if len(raw) > self._longest:
            return [Frame(raw[: self._longest], Ended.OVERFLOW)]
        return [Frame(raw, why, ending)] if raw else []
