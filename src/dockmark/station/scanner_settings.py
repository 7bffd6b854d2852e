"""How the serial scanners of this station are set, and the file that keeps it."""

import json
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from dockmark.devices.serial_profile import SerialProfile
from dockmark.devices.serial_url import (
    LONGEST_NAME,
    PortAddress,
    ScannerAddress,
    is_sound,
    read_port,
    read_scanner_url,
    refused_url,
    scanner_url,
)
from dockmark.record.refusal import Refusal, Refused

log = logging.getLogger(__name__)

FILE: Final = "scanners.json"
LANES: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannerSettings:
    """One scanner. `lane` is from 1 to 6."""

    port: str
    """A path, a COM name, `usb=VID:PID[:SERIAL]` or `hid=VID:PID[:SERIAL]`."""
    profile: SerialProfile = field(default_factory=SerialProfile)
    name: str = ""
    lane: int = 0
    id: str = ""

    @property
    def device(self) -> str:
        """What its scans bear in their events."""
        return f"{self.address.scheme}:{self.name}"

    @property
    def address(self) -> PortAddress:
        """Where it is plugged in."""
        return read_port(self.port) or PortAddress(self.port)

    @property
    def url(self) -> str:
        """Port and profile in one text, as the command line takes it."""
        return scanner_url(ScannerAddress(self.address, self.profile))


def lane_letter(lane: int) -> str:
    """The letter of a lane: A for the first; nothing where there is none."""
    return chr(ord("A") + lane - 1) if 1 <= lane <= 26 else ""


def checked(settings: ScannerSettings, others: Sequence[ScannerSettings]) -> None:
    """Refuses what cannot be used, and what another scanner has already."""
    if not is_sound(settings.profile):
        raise Refusal(Refused.BAD_VALUE, field="profile", value=settings.url[:60])
    if read_port(settings.port) is None or read_scanner_url(settings.url).port != settings.address:
        raise refused_url(f"{settings.address.scheme}:{settings.port}")
    if any(each.port == settings.port for each in others):
        raise Refusal(Refused.BAD_VALUE, field="port", value=settings.port[:60])
    name = settings.name
    taken = any(each.name.casefold() == name.casefold() for each in others)
    if not name or not name.isprintable() or len(name) > LONGEST_NAME or taken:
        raise Refusal(Refused.BAD_VALUE, field="name", value=name[:60])
    if not 1 <= settings.lane <= LANES:
        raise Refusal(Refused.BAD_VALUE, field="lane", value=settings.lane)


def kept_scanners(file: Path) -> tuple[ScannerSettings, ...]:
    """The scanners as they were kept; what is spoilt is put aside, never read wrongly."""
    try:
        told = json.loads(file.read_text("utf-8"))
        rows = told["scanners"]
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        log.warning("the scanners of this station could not be read")
        with suppress(OSError):
            file.replace(file.with_suffix(".spoilt"))
        return ()
    made: list[ScannerSettings] = []
    for row in rows if isinstance(rows, list) else []:
        try:
            settings = _read(row)
            checked(settings, made)
        except (Refusal, ValueError, TypeError, KeyError):
            log.warning("one scanner of this station could not be read")
            continue
        if settings.id not in {each.id for each in made}:
            made.append(settings)
    return tuple(made)


def keep_scanners(file: Path, scanners: Sequence[ScannerSettings]) -> None:
    """Keep them for the next start, whole or not at all."""
    rows = [{"id": each.id, "name": each.name, "lane": each.lane, "url": each.url} for each in scanners]
    text = json.dumps({"version": 1, "scanners": rows}, indent=1, ensure_ascii=False)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_suffix(".new")
        beside.write_text(text + "\n", "utf-8")
        beside.replace(file)
    except OSError as error:
        raise Refusal(Refused.BAD_FILE, file=file.name, why=error.strerror or "") from error


def _read(row: Any) -> ScannerSettings:
    address = read_scanner_url(str(row["url"]))
    return ScannerSettings(
        id=str(row["id"]), name=str(row["name"]), lane=int(row["lane"]), port=str(address.port), profile=address.profile
    )
