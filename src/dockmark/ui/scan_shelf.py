"""Scans that nobody has answered yet, kept on disk: the ledger is held by another program, or a dialog is open.

Only what has waited for a while is written, so that a scan at work costs nothing. What a badge says is a credential:
it is never written, and whoever goes on has to scan it again at that place.
"""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dockmark.identifiers.reading import Scan, TagKind
from dockmark.identifiers.tags import parse

_MOST: Final = 1000


@dataclass(frozen=True, slots=True)
class Shelved:
    """A scan and the desk that it was meant for; without a scan it was somebody's badge."""

    desk: str
    scan: Scan | None


def shelved(desk: str, scan: Scan) -> Shelved:
    """That scan as it may be kept."""
    found = parse(scan.raw.decode("ascii", "replace").strip())
    return Shelved(desk, None if found is not None and found[0] is TagKind.BADGE else scan)


def write_shelf(file: Path, kept: list[Shelved]) -> bool:
    """Keep these from now on, and no others; false where the disk does not take them."""
    try:
        if not kept:
            file.unlink(missing_ok=True)
            return True
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_suffix(".new")
        with beside.open("w", encoding="utf-8") as out:
            json.dump([_told(each) for each in kept[:_MOST]], out)
            out.flush()
        beside.replace(file)
    except OSError:
        return False
    return True


def read_shelf(file: Path) -> list[Shelved]:
    """What was kept; what cannot be read is nothing."""
    try:
        told = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return []
    read = [_read(each) for each in told[:_MOST]] if isinstance(told, list) else []
    return [each for each in read if each is not None]


def _told(each: Shelved) -> dict[str, Any]:
    if each.scan is None:
        return {"desk": each.desk, "badge": True}
    scan = each.scan
    raw = b64encode(scan.raw).decode("ascii")
    return {"desk": each.desk, "raw_b64": raw, "symbology": scan.symbology, "device": scan.device, "typed": scan.typed}


def _read(told: object) -> Shelved | None:
    if not isinstance(told, dict) or not isinstance(desk := told.get("desk"), str):
        return None
    if told.get("badge") is True:
        return Shelved(desk, None)
    raw, symbology, device = (told.get(name, "") for name in ("raw_b64", "symbology", "device"))
    if not (isinstance(raw, str) and isinstance(symbology, str) and isinstance(device, str)):
        return None
    try:
        content = b64decode(raw, validate=True)
    except ValueError:
        return None
    return Shelved(desk, Scan(raw=content, symbology=symbology, device=device, typed=told.get("typed") is True))
