"""What every table offers, whatever file it stands in."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dockmark.exchange.codes import FileFault, FileWarning
from dockmark.exchange.encoding import bad_file

MOST_COLUMNS: Final = 1_000
_LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that a person should know of the file as a whole."""

    code: FileWarning
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slice:
    """Some rows in file order, none of them empty, with their numbers."""

    numbers: Sequence[int]
    rows: Sequence[Sequence[str]]
    even: bool
    """Whether every row is as wide as the table and every cell plain text."""


class Table(ABC):
    """A table in a file: its columns now, its rows as often as asked for, never all of them in memory."""

    def __init__(self, path: Path, columns: Sequence[str], warnings: Sequence[Warned], *, sheet: str = "") -> None:
        self.path: Final = path
        self.columns: Final = named(path, columns)
        self.width: Final = max(len(columns), len(self.columns))
        """Cells that a row may have: columns without a name at the end count too."""
        self.warnings: Final = list(warnings)
        self.sheet: Final = sheet
        self._stamp: Final = _stamp(path)

    @abstractmethod
    def slices(self) -> Iterator[Slice]:
        """The rows below the header, some hundred at a time."""

    def rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        """The rows with their number as the person sees it in the file: the header of a plain file is row 1.

        A row may be narrower or wider than the header, or a `cells.BrokenLine`; nothing is left out but empty rows.
        """
        for part in self.slices():
            yield from zip(part.numbers, part.rows, strict=True)

    def _check_unchanged(self) -> None:
        if _stamp(self.path) != self._stamp:
            raise bad_file(self.path, FileFault.CHANGED)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        raise bad_file(path, FileFault.CHANGED) from None
    return found.st_size, found.st_mtime_ns


def named(path: Path, header: Sequence[str]) -> tuple[str, ...]:
    """The names of the columns; empty ones at the end fall away. Refuses what cannot be told apart."""
    names = [" ".join("".join(c if c.isprintable() else " " for c in name).split()) for name in header]
    while names and not names[-1]:
        names.pop()
    if not any(names):
        raise bad_file(path, FileFault.NO_HEADER)
    if len(names) > MOST_COLUMNS:
        raise bad_file(path, FileFault.TOO_MANY_COLUMNS, columns=len(names), most=MOST_COLUMNS)
    seen: set[str] = set()
    for name in names:
        if name and name.casefold() in seen:
            raise bad_file(path, FileFault.DUPLICATE_COLUMNS, column=name)
        seen.add(name.casefold())
    return tuple(name[:_LONGEST_NAME] for name in names)
