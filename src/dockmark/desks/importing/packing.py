"""Packs many small statements into events of at most 64 KiB."""

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
