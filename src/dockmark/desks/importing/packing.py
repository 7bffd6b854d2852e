"""Packs many small statements into events of at most 64 KiB, and numbers lines that nobody named."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

import orjson

from dockmark.record.canonical import Json

T = TypeVar("T", bound=Json)
LARGEST: Final = 56 * 1024
"""Bytes of one list; the rest of an event's core has room beside it."""


def packed(items: Sequence[T], most: int = 400) -> Iterator[list[T]]:
    """The items in order, in lists that fit into an event."""
    for start in range(0, len(items), most):
        yield from _halved(list(items[start : start + most]))


def _halved(items: list[T]) -> Iterator[list[T]]:
    if len(items) == 1 or len(orjson.dumps(items)) <= LARGEST:
        yield items
        return
    middle = len(items) // 2
    yield from _halved(items[:middle])
    yield from _halved(items[middle:])


def refs_of(*names: tuple[str, str]) -> tuple[str, ...]:
    """References to things by kind and id; those without an id are left out."""
    return tuple(f"{kind}:{identity}" for kind, identity in names if identity)


def unique(values: Iterable[str]) -> str:
    """The value that all of them are, or nothing."""
    found = set(values)
    return found.pop() if len(found) == 1 else ""


def natural(name: str) -> tuple[int, int, str]:
    """Lines in the order in which they came to be: those that somebody named, then the numbered ones as counted."""
    return (1, int(name), name) if name.isdecimal() and name.isascii() else (0, len(name), name)


def next_number(names: Iterable[str], order: str = "") -> str:
    """The number of a line that follows all of these; `PO1-2` is line 2 of its order."""
    bare = (name.removeprefix(f"{order}-").removeprefix(f"{order}/") for name in names)
    return str(max((natural(name)[1] for name in bare if natural(name)[0]), default=0) + 1)
