"""`dockmark decode`: one scan per line in, one flat object per line out."""

import base64
import binascii
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

import orjson

from dockmark.identifiers import Identifier, Reading, Scan, Unread, flat, read, udi_of
from dockmark.identifiers.reading import text_of

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


def decode_lines(lines: Iterable[bytes], *, json_lines: bool, today: date) -> Iterator[dict[str, object]]:
    """What each line's scan means; a line that is no scan is answered too, so that lines in and out agree."""
    for number, line in enumerate(lines):
        line = _without_newline(line.removeprefix(_BYTE_ORDER_MARK) if number == 0 else line)
        scan = _scan_of(line) if json_lines else Scan(raw=line)
        if scan is None:
            yield {"raw": text_of(line), "error": Unread.BAD_VALUE.value}
        else:
            yield _told(read(scan, today=today))


def _told(found: Identifier) -> dict[str, object]:
    """The flat object of a scan, and where it names a medical device, who issued that name and what it consists of."""
    told = flat(found)
    udi = udi_of(found) if isinstance(found, Reading) else None
    if udi is not None:
        told.setdefault("udi_di", udi.di)
        told["udi"] = udi.told()
    return told


def _without_newline(line: bytes) -> bytes:
    """The line without its own end; a newline that the scanner sent before it is part of the scan."""
    return line[:-2] if line.endswith(b"\r\n") else line.removesuffix(b"\n")


def _scan_of(line: bytes) -> Scan | None:
    """The scan that a JSON line tells, or None if it tells none."""
    try:
        told = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(told, dict):
        return None
    raw = _raw_of(told)
    words = {name: told.get(name) for name in ("symbology", "device")}
    if raw is None or not all(word is None or isinstance(word, str) for word in words.values()):
        return None
    return Scan(
        raw=raw,
        symbology=words["symbology"] or "",
        device=words["device"] or "wedge",
        typed=told.get("typed") is True,
    )


def _raw_of(told: dict[str, object]) -> bytes | None:
    raw, encoded = told.get("raw"), told.get("raw_b64")
    if isinstance(encoded, str):
        try:
            return base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            return None
    return raw.encode() if isinstance(raw, str) else None
