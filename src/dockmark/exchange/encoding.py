"""What the bytes of a text file are: their encoding, and whether they are text at all.

One pass over the whole file, in C: a table is imported into a ledger for ever, so one byte that is not UTF-8
near the end must be known before the first row is read.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from dockmark.exchange.codes import FileFault, FileWarning
from dockmark.record.refusal import Refusal, Refused

LONGEST_LINE: Final = 1 << 18
"""Characters; longer lines are cut and reported."""
_SLICE: Final = 1 << 18
_LARGEST_TEXT: Final = 2 << 30
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_FILES: Final = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"SQLite format 3",
    b"7z\xbc\xaf",
    b"Rar!",
)
_MARKUP: Final = re.compile(rb"[\s\xef\xbb\xbf]*(?:<[!?a-zA-Z]|\{|\[\s*[\[{])")
_FEW: Final = 16
_CONTROLS: Final = bytes(set(range(32)) - set(b"\t\n\r\f\x1a\x1c\x1d\x1e\x1f"))


@dataclass(frozen=True, slots=True)
class TextShape:
    """How a text file is to be read."""

    encoding: str
    warnings: tuple[FileWarning, ...] = ()
    long_lines: bool = False
    """Some line may be longer than anything meant."""
    apostrophes: bool = False
    """Some cell may carry the guard of `cells`, or a ="…"."""


def shape_of(path: Path, file: BinaryIO, size: int, encoding: str = "") -> TextShape:
    """The encoding of a text file, found out or given; refuses what is no text."""
    head = file.read(1 << 16)
    _refuse_other_files(path, head, size)
    file.seek(0)
    if encoding:
        return _as_told(path, file, encoding)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return _decoded(path, file, name, errors="replace")
    return _utf8_or_older(path, file)


def bad_file(path: Path, why: FileFault, **facts: str | int | list[str]) -> Refusal:
    """The refusal of a file."""
    return Refusal(Refused.BAD_FILE, file=path.name, why=why.value, **facts)


def _refuse_other_files(path: Path, head: bytes, size: int) -> None:
    if len(head) == size and not head.strip(b" \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise bad_file(path, FileFault.EMPTY)
    if size > _LARGEST_TEXT:
        raise bad_file(path, FileFault.TOO_LARGE)
    if head.startswith(_OTHER_FILES):
        raise bad_file(path, FileFault.BINARY)
    if _MARKUP.match(head):
        raise bad_file(path, FileFault.NOT_A_TABLE)
    marked = any(head.startswith(mark) for mark, _ in _MARKS[1:])
    if not marked and len(head) - len(head.translate(None, _CONTROLS)) > max(len(head) // 20, _FEW):
        raise bad_file(path, FileFault.BINARY)


def _as_told(path: Path, file: BinaryIO, encoding: str) -> TextShape:
    try:
        codecs.getincrementaldecoder(encoding)
        "".encode(encoding)
    except (LookupError, ValueError):
        raise bad_file(path, FileFault.ENCODING_UNKNOWN, encoding=encoding) from None
    return _decoded(path, file, encoding, errors="replace")


def _utf8_or_older(path: Path, file: BinaryIO) -> TextShape:
    try:
        return _decoded(path, file, "utf-8", errors="strict")
    except UnicodeDecodeError:
        file.seek(0)
    whole, broken = 0, 0
    for text in _texts(file, "utf-8", "replace"):
        lost = text.count("\ufffd")
        broken += lost
        whole += len(text) - len(text.encode("ascii", "ignore")) - lost
    file.seek(0)
    if whole > broken:
        # Mostly good UTF-8 with damaged places: read as such, the damaged cells are reported one by one.
        shape = _decoded(path, file, "utf-8", errors="replace")
        return TextShape("utf-8", (FileWarning.ENCODING_DAMAGED,), shape.long_lines, shape.apostrophes)
    shape = _decoded(path, file, "cp1252", errors="replace")
    return TextShape("cp1252", (FileWarning.ENCODING_GUESSED,), shape.long_lines, shape.apostrophes)


def _texts(file: BinaryIO, encoding: str, errors: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    while block := file.read(_SLICE):
        yield decoder.decode(block)
    yield decoder.decode(b"", final=True)


def _decoded(path: Path, file: BinaryIO, encoding: str, *, errors: str) -> TextShape:
    """Read all of it once; raises UnicodeDecodeError where errors are strict."""
    unbroken, long_lines, apostrophes = 0, False, False
    for text in _texts(file, encoding, errors):
        if "\0" in text:
            raise bad_file(path, FileFault.NUL_BYTES)
        apostrophes = apostrophes or "'" in text or "=" in text
        first, last = _breaks(text)
        long_lines = long_lines or unbroken + first > LONGEST_LINE // 2
        unbroken = unbroken + len(text) if last < 0 else len(text) - last
    return TextShape(encoding, (), long_lines, apostrophes)


def _breaks(text: str) -> tuple[int, int]:
    """Where the first line ends, and the last one that ends (or -1)."""
    last = max(text.rfind("\n"), text.rfind("\r"))
    if last < 0:
        return len(text), last
    first = min(place for place in (text.find("\n"), text.find("\r")) if place >= 0)
    return first, last
