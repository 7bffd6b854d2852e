"""What a core says, where its bytes are the one form of it and it belongs in its place of its station's chain."""

import re
from collections.abc import Iterable
from typing import Any, cast

import orjson

from dockmark.ledger.accepting import core_fault
from dockmark.record.canonical import canonical_bytes
from dockmark.record.event import VERSION
from dockmark.record.ids import is_subject, is_uuid

_SELDOM = frozenset({"wit", "clk", "esig"})
"""Keys that the core of an ordinary event has not: what stands in them is always looked at closely."""
_SCALARS = frozenset({str, int, bool})
_TEXT = frozenset({str})
_STRICTLY = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER
_is_hash = re.compile("[0-9a-f]{64}").fullmatch


class Cores:
    """Reads the cores of a chain, one after another.

    A close look takes ten times as long as reading. So a core is first held against those that stood a close look: it
    has the same keys, with values of the same kinds, all in ASCII, so that its text has but one form. This finds no
    faults: where anything is not as usual, the close look decides.
    """

    def __init__(self) -> None:
        self._usual: set[tuple[object, ...]] = set()

    def read(self, core: bytes, station: str, seq: int, prev: str, before: int) -> dict[str, Any] | str:
        """What a core says, or the code of what is wrong with it in this place, behind an event of time `before`."""
        try:
            read = orjson.loads(core)
            if type(read) is not dict or orjson.dumps(read, option=_STRICTLY) != core:
                return "not_canonical"
            shape = (*read, *map(type, read.values()))
            if core.isascii() and shape in self._usual and _is_plain(read):
                place = (read["prev"], read["seq"], read["station"])
                if place == (prev, seq, station) and read["ts"] > before:
                    return read
            canonical_bytes(read)
        except (ValueError, orjson.JSONEncodeError, RecursionError):
            return "not_canonical"
        code = core_fault(read, station, seq, prev, before)
        if not code and _SELDOM.isdisjoint(read):
            self._usual.add(shape)
        return code or read


def _is_plain(core: dict[str, Any]) -> bool:
    """Whether nothing in a core, whose keys are in order and of the right kinds, could be otherwise than it should."""
    return (
        core["v"] == VERSION
        and is_uuid(core["id"])
        and _is_scalar(core["body"].values())
        and _TEXT.issuperset(map(type, core.get("refs", ())))
        and _are_subjects(core.get("subj", []), core.get("base", {}))
    )


def _is_scalar(values: Iterable[object]) -> bool:
    """True for text, whole numbers, truths, and objects and lists of them: no fraction and no null."""
    for value in values:
        if type(value) not in _SCALARS:
            inner = value.values() if isinstance(value, dict) else value
            if not isinstance(value, dict | list) or not _is_scalar(cast(Iterable[object], inner)):
                return False
    return True


def _are_subjects(subj: list[Any], base: dict[str, Any]) -> bool:
    """The keys of an object in canonical form are in order and differ: so do the subjects that are the same."""
    return subj == list(base) and all(map(is_subject, base)) and all(map(_are_heads, base.values()))


def _are_heads(heads: object) -> bool:
    return isinstance(heads, list) and all(isinstance(head, str) and _is_hash(head) for head in heads)
