"""Data Matrix symbols: what a scanner shall say, as dark and light modules."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import zxingcpp

from dockmark.record.refusal import Refusal, Refused

GS1_MARK: Final = "]d2"
"""How a scanner announces a GS1 Data Matrix: content that begins so becomes one."""

_GS = "\x1d"
_TINTS = bytes.maketrans(b"\x00\xff", b"10")
_AI_LENGTHS = {
    **dict.fromkeys(("23", "24", "25", "40", "41", "42"), 3),
    **dict.fromkeys(("31", "32", "33", "34", "35", "36", "39", "43", "70", "71", "72", "80", "81", "82"), 4),
}
"""Length of an application identifier by its first two digits; 2 where not listed."""

_FIXED_LENGTHS = {
    **{"00": 20, "01": 16, "02": 16, "03": 16, "04": 18, "20": 4, "41": 16},
    **dict.fromkeys(("11", "12", "13", "14", "15", "16", "17", "18", "19"), 8),
    **dict.fromkeys(("31", "32", "33", "34", "35", "36"), 10),
}
"""Length of identifier and value where GS1 fixed it, by the first two digits: no separator follows these."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """A square symbol without its quiet zone: rows from the top, "1" for a dark module, "0" for a light one."""

    rows: tuple[str, ...]

    @property
    def side(self) -> int:
        """Modules along one side."""
        return len(self.rows)


@lru_cache(maxsize=1024)
def matrix(content: str) -> Matrix:
    """The symbol that a scanner reads as exactly this; a GS1 Data Matrix where it begins with `]d2`."""
    gs1 = content.startswith(GS1_MARK)
    text = _bracketed(content[len(GS1_MARK) :]) if gs1 else content
    try:
        made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix, gs1=gs1, force_square=True)
    except (ValueError, RuntimeError) as fault:
        raise Refusal(Refused.LABEL_DOES_NOT_FIT, field="symbol", value=content[:200]) from fault
    image: Any = made.to_image(scale=1, add_quiet_zones=False)  # its type hints know of no buffer
    side = image.shape[0]
    modules = memoryview(image).tobytes().translate(_TINTS).decode("ascii")
    return Matrix(tuple([modules[start : start + side] for start in range(0, side * side, side)]))


def _bracketed(elements: str) -> str:
    """Square brackets mark the identifiers: values may hold round ones, and never square ones."""
    return "".join([f"[{ai}]{value}" for ai, value in _split(elements)])


def _split(elements: str) -> Iterator[tuple[str, str]]:
    rest = elements
    while rest:
        length = _AI_LENGTHS.get(rest[:2], 2)
        fixed = _FIXED_LENGTHS.get(rest[:2])
        whole, gap, after = rest.partition(_GS) if fixed is None else (rest[:fixed], "", rest[fixed:])
        yield whole[:length], whole[length:]
        rest = after.removeprefix(_GS) if not gap else after
