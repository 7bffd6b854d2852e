"""What a file is, by what is in it and not by its name; and pictures without what they tell of a person.

A picture is walked through as its format says, so that a broken one is refused before anybody opens it. What a camera
wrote beside the picture (where and when it was taken, with what, by whom) is left out; which way is up stays.
"""

import struct
import zlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MAX_DOTS: Final = 120_000_000
"""Dots of a picture; more would fill the memory of a workstation when it is opened."""

_ORIENTATION: Final = 0x0112


class Kind(StrEnum):
    """What a file can be to be kept with a unit."""

    JPEG = "jpeg"
    PNG = "png"
    GIF = "gif"
    WEBP = "webp"
    BMP = "bmp"
    PDF = "pdf"
    OFFICE = "office"
    TEXT = "text"


PICTURES: Final = frozenset({Kind.JPEG, Kind.PNG, Kind.GIF, Kind.WEBP, Kind.BMP})


class NotTaken(ValueError):  # noqa: N818 - an answer about a file, not an error of the program
    """The file cannot be kept; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code: Final = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What is kept: what it is, and its content as it is kept. Width and height are 0 where it is no picture."""

    kind: Kind
    content: bytes
    width: int = 0
    height: int = 0

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.kind in PICTURES


def taken(content: bytes) -> Taken:
    """The file as it is kept. Raises `NotTaken` for what is no picture or paper, and for a picture that is broken."""
    if not content:
        raise NotTaken("empty")
    for begins, read in _READERS:
        if content.startswith(begins):
            try:
                found = read(content)
            except (struct.error, IndexError, zlib.error) as error:
                raise NotTaken("picture_broken") from error
            if found.width * found.height > MAX_DOTS:
                raise NotTaken("picture_too_large")
            return found
    return _paper(content)


def _paper(content: bytes) -> Taken:
    if content.startswith(b"%PDF-"):
        if b"%%EOF" not in content[-2048:]:
            raise NotTaken("paper_broken")
        return Taken(kind=Kind.PDF, content=content)
    if content.startswith(b"PK\x03\x04") and (b"[Content_Types].xml" in content or b"opendocument" in content[:200]):
        return Taken(kind=Kind.OFFICE, content=content)
    if content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"avif"):
        raise NotTaken("picture_unknown")
    if content[:4] in (b"II*\x00", b"MM\x00*"):
        raise NotTaken("picture_unknown")
    if _is_text(content):
        return Taken(kind=Kind.TEXT, content=content)
    raise NotTaken("kind_not_taken")


def _is_text(content: bytes) -> bool:
    if content[:2] in (b"MZ", b"#!") or any(byte < 32 and byte not in (9, 10, 12, 13) for byte in content):
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


# -- PNG ----------------------------------------------------------------------------------------------------------

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PNG_TELLING: Final = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})


def _png(content: bytes) -> Taken:
    kept, at = [_PNG], len(_PNG)
    width = height = 0
    has_data = False
    while True:
        length, kind = struct.unpack_from(">I4s", content, at)
        chunk = content[at : at + 12 + length]
        if len(chunk) < 12 + length or zlib.crc32(chunk[4:-4]) != struct.unpack(">I", chunk[-4:])[0]:
            raise NotTaken("picture_broken")
        if at == len(_PNG):
            if kind != b"IHDR" or length != 13:
                raise NotTaken("picture_broken")
            width, height = struct.unpack_from(">II", chunk, 8)
        has_data = has_data or kind == b"IDAT"
        if kind not in _PNG_TELLING:
            kept.append(chunk)
        at += 12 + length
        if kind == b"IEND":
            break
    if not (width and height and has_data):
        raise NotTaken("picture_broken")
    return Taken(kind=Kind.PNG, content=b"".join(kept), width=width, height=height)


# -- JPEG ---------------------------------------------------------------------------------------------------------

_STANDING: Final = frozenset({0x01, *range(0xD0, 0xD8)})
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN, _END = 0xDA, 0xD9
_COLOURS: Final = frozenset({0xE0, 0xEE})
"""Segments of applications that say how the colours are meant; all others may tell of a person."""


def _jpeg(content: bytes) -> Taken:
    """The first picture in the file. What some cameras write behind it is left out, with all that it tells."""
    kept, at = [content[:2]], 2
    width = height = 0
    has_scan = False
    while True:
        if content[at] != 0xFF:
            raise NotTaken("picture_broken")
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        end = at + 2 if marker in _STANDING or marker == _END else at + 2 + _length(content, at + 2)
        segment = content[at:end]
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", segment, 5)
        if marker == _SCAN:
            has_scan, end = True, _scan_end(content, end)
            segment = content[at:end]
        kept.append(_told_of(marker, segment))
        at = end
        if marker == _END:
            break
    if not (width and height and has_scan):
        raise NotTaken("picture_broken")
    return Taken(kind=Kind.JPEG, content=b"".join(kept), width=width, height=height)


def _length(content: bytes, at: int) -> int:
    (length,) = struct.unpack_from(">H", content, at)
    if length < 2 or at + length > len(content):
        raise NotTaken("picture_broken")
    return int(length)


def _scan_end(content: bytes, at: int) -> int:
    """Where the dots of a scan end: at the next marker that is neither a stuffed byte nor a restart."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        follows = content[at + 1]
        if follows and follows != 0xFF and not 0xD0 <= follows <= 0xD7:
            return at
        at += 1 if follows == 0xFF else 2
    raise NotTaken("picture_broken")


def _told_of(marker: int, segment: bytes) -> bytes:
    """What of a segment is kept: of an Exif segment only which way is up, of comments nothing."""
    if marker == 0xE1:
        turned = _turned(segment)
        return _exif(turned) if turned > 1 else b""
    if marker == 0xE2:
        return segment if segment[4:16] == b"ICC_PROFILE\0" else b""
    if 0xE0 <= marker <= 0xEF:
        return segment if marker in _COLOURS else b""
    return b"" if marker == 0xFE else segment


def _turned(segment: bytes) -> int:
    """Which way is up, 1 to 8; 1 where nothing was said."""
    if segment[4:10] != b"Exif\0\0":
        return 1
    tiff = segment[10:]
    try:
        order = {b"II": "<", b"MM": ">"}[tiff[:2]]
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for number in range(min(count, 200)):
            tag, kind, _values, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
            if tag == _ORIENTATION and kind == 3 and 1 <= value <= 8:
                return int(value)
    except (KeyError, struct.error):
        return 1
    return 1


def _exif(turned: int) -> bytes:
    """An Exif segment that says which way is up and nothing else."""
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, turned, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


# -- others -------------------------------------------------------------------------------------------------------


def _gif(content: bytes) -> Taken:
    width, height = struct.unpack_from("<HH", content, 6)
    if not (width and height) or b"\x3b" not in content[-16:]:
        raise NotTaken("picture_broken")
    return Taken(kind=Kind.GIF, content=content, width=width, height=height)


def _bmp(content: bytes) -> Taken:
    size, _reserved, start, header = struct.unpack_from("<IIII", content, 2)
    width, height = struct.unpack_from("<ii", content, 18)
    if header < 40 or not (width > 0 and height) or start >= len(content) or size > len(content):
        raise NotTaken("picture_broken")
    return Taken(kind=Kind.BMP, content=content, width=width, height=abs(height))


def _webp(content: bytes) -> Taken:
    (size,) = struct.unpack_from("<I", content, 4)
    if content[8:12] != b"WEBP" or len(content) < 8 + size:
        raise NotTaken("picture_broken")
    chunks, at = [], 12
    width = height = 0
    while at + 8 <= 8 + size:
        kind, length = struct.unpack_from("<4sI", content, at)
        chunk = content[at : at + 8 + length + length % 2]
        if len(chunk) < 8 + length:
            raise NotTaken("picture_broken")
        width, height = _webp_size(kind, chunk) or (width, height)
        if kind == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~0x0C]) + chunk[9:]
        if kind not in (b"EXIF", b"XMP "):
            chunks.append(chunk)
        at += 8 + length + length % 2
    if not (width and height):
        raise NotTaken("picture_broken")
    body = b"WEBP" + b"".join(chunks)
    return Taken(kind=Kind.WEBP, content=b"RIFF" + struct.pack("<I", len(body)) + body, width=width, height=height)


def _webp_size(kind: bytes, chunk: bytes) -> tuple[int, int] | None:
    match kind:
        case b"VP8X":
            return 1 + int.from_bytes(chunk[12:15], "little"), 1 + int.from_bytes(chunk[15:18], "little")
        case b"VP8L":
            bits = int.from_bytes(chunk[9:13], "little")
            return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        case b"VP8 ":
            width, height = struct.unpack_from("<HH", chunk, 14)
            return width & 0x3FFF, height & 0x3FFF
        case _:
            return None


_READERS: Final = (
    (_PNG, _png),
    (b"\xff\xd8\xff", _jpeg),
    (b"GIF87a", _gif),
    (b"GIF89a", _gif),
    (b"RIFF", _webp),
    (b"BM", _bmp),
)
