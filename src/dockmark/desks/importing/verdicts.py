"""What an import says of each row, and of the file as a whole."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple


class Verdict(StrEnum):
    """What a row means to the ledger."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    BAD = "bad"


class RowSaid(StrEnum):
    """Why a row that can be read is bad all the same, or what a good one is warned of. Never renamed."""

    PART_UNKNOWN = "part_unknown"
    AMBIGUOUS_PART = "ambiguous_part"
    """Several makers have a part of that number, and the row names none of them."""
    ORDER_UNKNOWN = "order_unknown"
    """No such order, or no such line in it."""
    ASN_UNKNOWN = "asn_unknown"
    PLACE_UNKNOWN = "place_unknown"
    PLACE_LOOP = "place_loop"
    """A place would stand in itself."""
    WRONG_PART = "wrong_part"
    """The order line, or the order, is for another part."""
    DOUBLED = "doubled"
    """A row above says the same thing, or says it otherwise."""
    SERIAL_NEEDED = "serial_needed"
    """The part is tracked by serial; a count of it in stock is no unit."""
    QUANTITY_NEEDED = "quantity_needed"
    ALIVE_ELSEWHERE = "alive_elsewhere"
    """The unit is known, and the ledger has it otherwise."""
    SCRAPPED_SEEN = "scrapped_seen"
    MOVED_SINCE = "moved_since"
    """The opening balance of a unit cannot be corrected once something has happened to it."""
    NOT_CHANGEABLE = "not_changeable"
    """Lot and quantity of a unit stay what they were first said to be."""
    OUT_OF_RANGE = "out_of_range"
    """A day that has not come yet."""
    DOUBLED_SERIAL = "doubled_serial"
    """Warning: this serial of this part is announced elsewhere too."""
    DOUBLED_GTIN = "doubled_gtin"
    """Warning: another part carries this GTIN; a scan of it alone cannot tell them apart."""
    SAME_TAG = "same_tag"
    """Warning: another place has the same letters and digits, and so the same tag."""
    PARTNER_UNKNOWN = "partner_unknown"
    """Warning: kept by its code."""
    OTHER_SSCC = "other_sscc"
    """Warning: an advice is opened by one SSCC, the first; this is another."""


class Change(NamedTuple):
    """A field that a row says otherwise: as the ledger has it, and as the row says it, in people's words."""

    field: str
    was: str
    now: str


class RowVerdict(NamedTuple):
    """The verdict on one row. `code` says why it is bad, else what it is warned of."""

    row: int
    verdict: Verdict
    code: str = ""
    field: str = ""
    """Where: a field of the kind. Of a changed row without warning, the first field that differs."""
    value: str = ""
    """What stands there."""
    file: str = ""
    """Which file of a folder."""
    changes: tuple["Change", ...] = ()
    """Of a changed row, every field that differs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSaid:
    """Something that a person should know of a file as a whole."""

    file: str
    code: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """How an import ended."""

    rows: int
    recorded: int
    """Rows whose news stand in the ledger now: 0 for a dry run, and where a bad row stopped all."""
    bad: int
    warnings: int = 0
    """Good rows with a code."""
    refused: bool = False
    """Whether bad rows kept the good ones out."""
    bad_file: Path | None = None
    """Where the bad rows were written to; of several files, the first."""
    bad_files: tuple[Path, ...] = ()
    new: int = 0
    same: int = 0
    changed: int = 0
    dry_run: bool = False
    event: str = ""
    """Id of the `import_completed` event."""
    files: tuple[FileSaid, ...] = ()


class Cancelled(Exception):  # noqa: N818 - the person's word, and not an error
    """Raised by a progress callback: the import ends and nothing is recorded."""


_ORDER: Final = tuple(Verdict)
_PLACES: Final = {verdict: place for place, verdict in enumerate(_ORDER)}


class Tally:
    """The verdicts on the rows of one file, nine bytes a row where there is nothing to add."""

    def __init__(self, file: str = "") -> None:
        self.file: Final = file
        self.warnings = 0
        self._rows = array("q")
        self._verdicts = bytearray()
        self._words: dict[int, tuple[str, str, str, tuple[Change, ...]]] = {}
        self._sorted: array[int] | None = None

    def note(
        self,
        row: int,
        verdict: Verdict,
        code: str = "",
        field: str = "",
        value: str = "",
        changes: tuple[Change, ...] = (),
    ) -> None:
        """The verdict on a row, once for each row."""
        self._rows.append(row)
        self._verdicts.append(_PLACES[verdict])
        if code or field:
            self._words[row] = (code, field, value[:200], changes)
            if code and verdict is not Verdict.BAD:
                self.warnings += 1

    def note_all(self, rows: "array[int]", verdict: Verdict) -> None:
        """The same verdict on many rows, without a word."""
        self._rows.extend(rows)
        self._verdicts.extend(bytes([_PLACES[verdict]]) * len(rows))

    def count(self, verdict: Verdict) -> int:
        """How many rows have this verdict."""
        return self._verdicts.count(_PLACES[verdict])

    @property
    def rows(self) -> int:
        """How many rows there were."""
        return len(self._rows)

    @property
    def news(self) -> int:
        """How many rows say something that the ledger does not know."""
        return self.count(Verdict.NEW) + self.count(Verdict.CHANGED)

    @property
    def bad(self) -> int:
        """How many rows are bad."""
        return self.count(Verdict.BAD)

    def each(self) -> Iterator[RowVerdict]:
        """Every verdict, in the order of the rows."""
        return map(self._at, sorted(range(len(self._rows)), key=self._rows.__getitem__))

    def places(self, wanted: Verdict | None = None) -> "array[int]":
        """Where the rows stand, in their order: all of them, or those of one verdict. `at` reads one."""
        if self._sorted is None or len(self._sorted) != len(self._rows):
            self._sorted = array("q", sorted(range(len(self._rows)), key=self._rows.__getitem__))
        if wanted is None:
            return self._sorted
        code, verdicts = _PLACES[wanted], self._verdicts
        return array("q", [place for place in self._sorted if verdicts[place] == code])

    def at(self, place: int) -> RowVerdict:
        """The verdict that stands there."""
        return self._at(place)

    def _at(self, place: int) -> RowVerdict:
        row = self._rows[place]
        code, field, value, changes = self._words.get(row, ("", "", "", ()))
        return RowVerdict(row, _ORDER[self._verdicts[place]], code, field, value, self.file, changes)
