"""The inside of an XLSX file, as far as a table needs it: sheets, shared texts, the number formats that matter.

Streaming, with a limit on everything that a file can claim: members, inflated bytes, texts. No document type
declaration is accepted, so no entity is ever defined.
"""

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final
from xml.parsers import expat

from dockmark.exchange.codes import FileFault
from dockmark.exchange.encoding import bad_file

_LARGEST_FILE: Final = 256 << 20
_LARGEST_DIRECTORY: Final = 4 << 20
_LARGEST_SMALL_PART: Final = 16 << 20
_LARGEST_TEXTS: Final = 128 << 20
LARGEST_SHEET: Final = 512 << 20
_LARGEST_ALL: Final = 1 << 30
_MOST_TEXTS: Final = 2_000_000
_MOST_TEXT: Final = 48 << 20
LONGEST_CELL: Final = 1 << 17
_MOST_SHEETS: Final = 1_000
_LONGEST_TAG: Final = 1 << 20
_DEEPEST: Final = 100
_SLICE: Final = 1 << 16

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]

_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
# Built-in number formats that show dates or times.
_DATE_FORMATS: Final = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet of the workbook."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Style:
    """What a number format makes of a number, as far as the person sees another value."""

    is_date: bool = False
    zeros: int = 0
    """Digits shown at least: 00042."""


class Workbook:
    """An open XLSX file."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self.path: Final = path
        _refuse_hostile_directory(path, file)
        try:
            self._zip: Final = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise bad_file(path, FileFault.NOT_A_WORKBOOK) from None
        self._inflated = 0
        self._names: Final = {name.casefold(): name for name in self._zip.namelist()}
        main = self._main_part()
        links = self._links(main)
        self._since_1904 = False
        self.sheets: Final = self._sheets(main, links)
        self._texts_part = next((at for kind, at in links.values() if kind == "sharedStrings"), "")
        self._styles_part = next((at for kind, at in links.values() if kind == "styles"), "")

    @property
    def since_1904(self) -> bool:
        """Whether dates count from 1904."""
        return self._since_1904

    def texts(self) -> list[str]:
        """The shared texts."""
        reader = _Texts()
        if self._texts_part:
            for _ in self.parse(self._texts_part, _LARGEST_TEXTS, reader.start, reader.end, reader.text):
                if len(reader.found) > _MOST_TEXTS or reader.size > _MOST_TEXT:
                    raise bad_file(self.path, FileFault.TOO_LARGE)
        return reader.found

    def styles(self) -> list[Style]:
        """The cell styles, by their number."""
        reader = _Styles()
        if self._styles_part:
            for _ in self.parse(self._styles_part, _LARGEST_SMALL_PART, reader.start, reader.end, None):
                pass
        return reader.found

    def inflated(self, part: str, most: int) -> Iterator[bytes]:
        """The bytes of a part, in slices, never more than `most`."""
        given = 0
        try:
            with self._zip.open(self._names[part.casefold()]) as stream:
                while block := stream.read(_SLICE):
                    given += len(block)
                    self._inflated += len(block)
                    if given > most or self._inflated > _LARGEST_ALL:
                        raise bad_file(self.path, FileFault.TOO_LARGE)
                    yield block
        except (NotImplementedError, KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError):
            raise bad_file(self.path, FileFault.NOT_A_WORKBOOK) from None
        except RuntimeError:  # how zipfile says "encrypted"
            raise bad_file(self.path, FileFault.LOCKED) from None

    def parse(self, part: str, most: int, start: Start, end: End, text: Text | None) -> Iterator[None]:
        """Run through a part's XML; yields after each slice, so that the caller can hand on what was found."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartElementHandler, parser.EndElementHandler = self._not_too_deep(start, end)
        if text is not None:
            parser.CharacterDataHandler = text
        fed = 0
        try:
            for block in self.inflated(part, most):
                parser.Parse(block, False)
                fed += len(block)
                # A tag without end would be scanned again with every slice.
                if fed - max(parser.CurrentByteIndex, 0) > _LONGEST_TAG:
                    raise bad_file(self.path, FileFault.NOT_A_WORKBOOK)
                yield
            parser.Parse(b"", True)
        except (expat.ExpatError, ValueError, LookupError):  # LookupError: an encoding unknown here
            raise bad_file(self.path, FileFault.NOT_A_WORKBOOK) from None
        yield

    def _not_too_deep(self, start: Start, end: End) -> tuple[Start, End]:
        depth = 0

        def deeper(tag: str, facts: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > _DEEPEST:
                raise bad_file(self.path, FileFault.NOT_A_WORKBOOK)
            start(tag, facts)

        def higher(tag: str) -> None:
            nonlocal depth
            depth -= 1
            end(tag)

        return deeper, higher

    def _refuse_doctype(self, *_: object) -> None:
        raise bad_file(self.path, FileFault.NOT_A_WORKBOOK)

    def _main_part(self) -> str:
        links = self._links("")
        return next((at for kind, at in links.values() if kind == "officeDocument"), "xl/workbook.xml")

    def _links(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to: id to (kind, part)."""
        folder, name = posixpath.split(part)
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, facts: dict[str, str]) -> None:
            if local(tag) == "Relationship" and facts.get("TargetMode") != "External":
                kind = facts.get("Type", "").rpartition("/")[2]
                at = posixpath.normpath(posixpath.join("/", folder, facts.get("Target", "")))
                found[facts.get("Id", "")] = (kind, at.lstrip("/"))

        at = posixpath.join(folder, "_rels", f"{name}.rels")
        for _ in self.parse(at, _LARGEST_SMALL_PART, start, _ignore, None):
            pass
        return found

    def _sheets(self, main: str, links: dict[str, tuple[str, str]]) -> list[SheetPart]:
        found: list[SheetPart] = []

        def start(tag: str, facts: dict[str, str]) -> None:
            name = local(tag)
            if name == "workbookPr":
                self._since_1904 = facts.get("date1904") in {"1", "true"}
            elif name == "sheet" and len(found) < _MOST_SHEETS:
                link = next((value for key, value in facts.items() if local(key) == "id"), "")
                kind, part = links.get(link, ("", ""))
                if kind == "worksheet":
                    hidden = facts.get("state", "visible") != "visible"
                    found.append(SheetPart(facts.get("name", ""), part, hidden))

        for _ in self.parse(main, _LARGEST_SMALL_PART, start, _ignore, None):
            pass
        return found


def local(tag: str) -> str:
    """The name without its prefix."""
    return tag.rpartition(":")[2]


def _ignore(_: str) -> None:
    return None


def unescaped(text: str) -> str:
    """_x000D_ and the like as the character that is meant; half characters become U+FFFD."""
    return _ESCAPED.sub(_sign, text) if "_x" in text else text


def _sign(found: re.Match[str]) -> str:
    number = int(found[1], 16)
    return "\ufffd" if 0xD800 <= number <= 0xDFFF else chr(number)


class _Texts:
    """Collects the shared texts; readings of East Asian words (rPh) are left out."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.size = 0
        self._parts: list[str] = []
        self._length = 0
        self._open = False
        self._aside = 0

    def start(self, tag: str, _: dict[str, str]) -> None:
        name = local(tag)
        if name == "si":
            self._parts, self._length = [], 0
        elif name == "rPh":
            self._aside += 1
        elif name == "t":
            self._open = self._aside == 0

    def end(self, tag: str) -> None:
        name = local(tag)
        if name == "t":
            self._open = False
        elif name == "rPh":
            self._aside -= 1
        elif name == "si":
            self.found.append(unescaped("".join(self._parts)))
            self.size += self._length + 64

    def text(self, data: str) -> None:
        if self._open and self._length < LONGEST_CELL:
            self._parts.append(data)
            self._length += len(data)


class _Styles:
    """Collects what the number formats of the cell styles show."""

    def __init__(self) -> None:
        self.found: list[Style] = []
        self._own: dict[str, Style] = {}
        self._in_cells = False

    def start(self, tag: str, facts: dict[str, str]) -> None:
        name = local(tag)
        if name == "numFmt":
            self._own[facts.get("numFmtId", "")] = _shown_by(facts.get("formatCode", ""))
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            number = facts.get("numFmtId", "0")
            plain = Style(is_date=number.isdecimal() and int(number[:4]) in _DATE_FORMATS)
            self.found.append(self._own.get(number, plain))

    def end(self, tag: str) -> None:
        if local(tag) == "cellXfs":
            self._in_cells = False


def _shown_by(code: str) -> Style:
    code = re.sub(r'"[^"]*"|\\.|_.|\*.', "", code[:1000].partition(";")[0])
    if re.fullmatch(r"0{2,30}", code):
        return Style(zeros=len(code))
    bare = re.sub(r"\[(?!h+\]|m+\]|s+\])[^\]]*\]", "", code, flags=re.IGNORECASE)
    return Style(is_date="general" not in bare.lower() and re.search("[dmyhs]", bare, re.IGNORECASE) is not None)


def _refuse_hostile_directory(path: Path, file: BinaryIO) -> None:
    """Look at the zip's end record before anybody reads a directory of any size."""
    size = file.seek(0, 2)
    if size > _LARGEST_FILE:
        raise bad_file(path, FileFault.TOO_LARGE)
    file.seek(max(0, size - (1 << 16) - 64))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise bad_file(path, FileFault.NOT_A_WORKBOOK)
    (directory,) = struct.unpack_from("<L", tail, at + 12)
    if directory > _LARGEST_DIRECTORY or tail[max(0, at - 20) : at].startswith(b"PK\x06\x07"):
        raise bad_file(path, FileFault.TOO_LARGE)
    file.seek(0)
