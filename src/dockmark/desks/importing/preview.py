"""The verdicts on the rows of a file, to be looked at page by page: compact in memory, the words in a file beside."""

import tempfile
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from dockmark.desks.importing.bad_rows import write_bad_rows
from dockmark.desks.importing.sources import Source
from dockmark.desks.importing.verdicts import ImportResult, RowVerdict, Tally, Verdict
from dockmark.exchange.rows import Batch

_SHOWN: Final = 5
"""So many of a row's first fields say which row it is."""
_LONGEST: Final = 240
WARNED: Final = "warned"
"""The filter for good rows with a word of warning."""


class Titles:
    """What stands in the rows, in few words, in a file that goes when it is let go."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the preview
        self._at: list[array[int]] = []
        self._end = 0

    def take(self, source: int, batch: Batch) -> None:
        """Keeps the words of a batch of rows."""
        while len(self._at) <= source:
            self._at.append(array("q"))
        texts: list[bytes] = []
        for row, words in self._words(batch):
            at = self._at[source]
            if row >= len(at):
                at.extend([-1] * (row + 1 - len(at)))
            at[row] = self._end
            texts.append(words.replace("\n", " ")[:_LONGEST].encode("utf-8", "replace") + b"\n")
            self._end += len(texts[-1])
        self._file.seek(0, 2)
        self._file.write(b"".join(texts))

    def _words(self, batch: Batch) -> Iterator[tuple[int, str]]:
        columns = list(islice(batch.columns.values(), _SHOWN))
        for row, cells in zip(batch.rows, zip(*columns, strict=True), strict=True):
            yield row, " · ".join([str(cell) for cell in cells if cell is not None])
        for bad in batch.bad:
            yield bad.row, " · ".join([cell.strip()[:60] for cell in bad.cells if cell.strip()][:_SHOWN])

    def of(self, source: int, row: int) -> str:
        """The words of a row."""
        at = self._at[source] if source < len(self._at) else array("q")
        if row >= len(at) or at[row] < 0:
            return ""
        self._file.seek(at[row])
        return self._file.readline().decode("utf-8", "replace").rstrip("\n")

    def close(self) -> None:
        """Lets the file go."""
        self._file.close()


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row as it is looked at: where it stands in the list, the verdict, and what the row says."""

    place: int
    said: RowVerdict
    words: str


class Preview:
    """A file that was judged. Used by one thread at a time; `close` it."""

    def __init__(
        self, result: ImportResult, sources: Sequence[Source], tallies: Sequence[Tally], titles: Titles
    ) -> None:
        self.result: Final = result
        self._sources = sources
        self._tallies = tallies
        self._titles = titles
        self._chosen: tuple[str, list[array[int]]] = ("", [tally.places() for tally in tallies])

    def count(self, wanted: str = "") -> int:
        """How many rows a filter leaves: a verdict's word, `warned`, or nothing for all."""
        if not wanted:
            return self.result.rows
        if wanted == WARNED:
            return self.result.warnings
        return sum(tally.count(Verdict(wanted)) for tally in self._tallies)

    def page(self, wanted: str, first: int, count: int) -> list[PreviewRow]:
        """So many of the rows that the filter leaves, from there on."""
        if self._chosen[0] != wanted:
            self._chosen = (wanted, [self._places(tally, wanted) for tally in self._tallies])
        found: list[PreviewRow] = []
        before = 0
        for source, places in enumerate(self._chosen[1]):
            start = max(first + len(found) - before, 0)
            for place in places[start : start + count - len(found)]:
                said = self._tallies[source].at(place)
                found.append(PreviewRow(first + len(found), said, self._titles.of(source, said.row)))
            before += len(places)
            if len(found) >= count:
                break
        return found

    def _places(self, tally: Tally, wanted: str) -> "array[int]":
        if wanted == WARNED:
            said = ((place, tally.at(place)) for place in tally.places())
            return array("q", [place for place, it in said if it.code and it.verdict is not Verdict.BAD])
        return tally.places(Verdict(wanted) if wanted else None)

    def bad_file(self) -> Path:
        """Where the bad rows go unless somebody says otherwise."""
        path = self._sources[0].table.path
        return path.with_name(f"{path.name}.bad.csv")

    def save_bad(self, path: Path) -> list[Path]:
        """Writes the bad rows, each with its reason; of a folder one file for each table."""
        several = len(self._sources) > 1
        written = []
        for source, tally in zip(self._sources, self._tallies, strict=True):
            target = path.with_name(f"{path.name}.{source.name}") if several else path
            if write_bad_rows(target, source.table, tally):
                written.append(target)
        return written

    def close(self) -> None:
        """Lets go of what was kept."""
        self._titles.close()
