"""The keys of a list in their order: a million of them as one text, not a million texts."""

from collections.abc import Sequence
from itertools import accumulate


class Order:
    """Keys in order, by number. Where all are equally long they stand in one text without marks between."""

    def __init__(self, joined: str, width: int) -> None:
        self._joined = joined
        self._width = width
        self._starts: tuple[int, ...] | None = None

    @classmethod
    def of(cls, keys: Sequence[str]) -> "Order":
        """The order of these keys, however long each is."""
        made = cls("".join(keys), 0)
        made._starts = tuple(accumulate(map(len, keys), initial=0))
        return made

    def __len__(self) -> int:
        if self._starts is not None:
            return len(self._starts) - 1
        return len(self._joined) // self._width if self._width else 0

    def keys(self, first: int, count: int) -> list[str]:
        """So many keys from that number on; fewer where the list ends."""
        last = min(first + count, len(self))
        if self._starts is not None:
            return [self._joined[self._starts[n] : self._starts[n + 1]] for n in range(first, last)]
        width = self._width
        return [self._joined[n * width : (n + 1) * width] for n in range(first, last)]

    def number(self, key: str) -> int:
        """Where that key stands, or -1. It looks through all of them: ask off the thread that paints."""
        if not key:
            return -1
        if self._starts is not None:
            return next((n for n in range(len(self)) if self.keys(n, 1) == [key]), -1)
        found = self._joined.find(key) if len(key) == self._width else -1
        while found >= 0 and found % self._width:
            found = self._joined.find(key, found + 1)
        return found // self._width if found >= 0 else -1

    def same_as(self, other: "Order") -> bool:
        """Whether both hold the same keys in the same order."""
        return self._joined == other._joined and self._width == other._width and self._starts == other._starts
