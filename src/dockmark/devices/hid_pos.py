"""What the reports of a HID POS scanner say. Pure: reports and a clock in, scans out; both layouts of the field."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from dockmark.devices.serial_profile import Doubt

USAGE_PAGE: Final = 0x8C
"""Bar code scanners, in the tables of USB-IF."""
REPORT: Final = 64
TORN_MS: Final = 250
"""A scan whose next report is not there by then has been cut off."""
MOST: Final = 4096
_REPORT_ID: Final = 2
_ROOM: Final = 56
_AIM: Final = re.compile(rb"\][A-Za-z][0-9A-Za-z]")
_DATA_FIRST_VENDORS: Final = frozenset({0x1EAB, 0x0ACD})
"""Makers whose reports begin with the data: Newland, ID TECH."""
_SYMBOLOGY_USAGE: Final = 0xFB
_DATA_USAGE: Final = 0xFE


class Layout(Enum):
    """Where the data stands in a report."""

    AIM_AHEAD = auto()
    """After the length come three bytes of AIM identifier, then the data."""
    DATA_FIRST = auto()
    """After the length comes the data."""


@dataclass(frozen=True, slots=True)
class HidScan:
    """One pull of the trigger, its reports joined: the data, its AIM identifier where one was told, what is amiss."""

    raw: bytes
    symbology: str = ""
    doubt: Doubt = Doubt.NOTHING


class HidPos:
    """Joins reports to scans. `layout` is None until it is known or the first report shows it."""

    def __init__(self, layout: Layout | None = None, vendor: int = 0) -> None:
        self.layout: Layout | None = layout
        self._vendor: Final = vendor
        self._held = bytearray()
        self._symbology = ""
        self._since_ms: int | None = None
        self._skips = False

    @property
    def is_within(self) -> bool:
        """Whether half a scan is held."""
        return self._since_ms is not None

    def feed(self, report: bytes, now_ms: int) -> list[HidScan]:
        """One report; the scans that are whole or lost with it."""
        if len(report) < 3 or report[0] != _REPORT_ID:
            return []  # of a scale, of a keyboard, of the maker's own
        scans = self.tick(now_ms)
        length, last = report[1], report[63] & 1 == 0 if len(report) >= REPORT else True
        if length > _ROOM:
            self._drop()
            self._skips = not last
            return [*scans, HidScan(bytes(report[2:]), doubt=Doubt.GARBLED)]
        if self._skips:
            self._skips = not last
            return scans
        self._take(report, length)
        if len(self._held) > MOST:
            scans.append(HidScan(bytes(self._held), doubt=Doubt.TOO_LONG))
            self._drop()
            self._skips = not last
        elif last:
            scans += self._whole()
        else:
            self._since_ms = now_ms
        return scans

    def tick(self, now_ms: int) -> list[HidScan]:
        """Time passed: half a scan that was left alone is told as cut off."""
        if self._since_ms is None or 0 <= now_ms - self._since_ms < TORN_MS:
            return []
        return self.lose()

    def lose(self) -> list[HidScan]:
        """The scanner is gone: what was held is told as cut off."""
        held, within = bytes(self._held), self.is_within
        self._drop()
        self._skips = False
        return [HidScan(held, doubt=Doubt.CUT_OFF)] if within else []

    def _take(self, report: bytes, length: int) -> None:
        if self.layout is None and length:
            self.layout = guess_layout(report, self._vendor)
        start = 5 if self.layout is Layout.AIM_AHEAD else 2
        if start == 5 and not self.is_within and _AIM.fullmatch(report[2:5]):
            self._symbology = report[2:5].decode()
        self._held += report[start : start + length]

    def _whole(self) -> list[HidScan]:
        raw, symbology = bytes(self._held), self._symbology
        self._drop()
        if not raw:
            return []
        told = symbology or self.layout is not Layout.AIM_AHEAD
        return [HidScan(raw, symbology, Doubt.NOTHING if told else Doubt.NO_SYMBOLOGY)]

    def _drop(self) -> None:
        self._held.clear()
        self._symbology, self._since_ms = "", None


def guess_layout(report: bytes, vendor: int = 0) -> Layout:
    """The layout that a first report shows, where no descriptor told it."""
    if vendor in _DATA_FIRST_VENDORS or not _AIM.fullmatch(report[2:5]):
        return Layout.DATA_FIRST
    # Data that itself begins with the identifier counts it in its length; one that stands before the data does not.
    end = 2 + report[1]
    return Layout.AIM_AHEAD if any(report[end : end + 3]) or report[1] < 3 else Layout.DATA_FIRST


def is_scanner(descriptor: bytes) -> bool:
    """Whether a report descriptor is that of a bar code scanner."""
    return any(page == USAGE_PAGE for page, _ in _usages(descriptor))


def layout_of(descriptor: bytes) -> Layout | None:
    """The layout that a report descriptor tells, or None where it tells none."""
    usages = [usage for page, usage in _usages(descriptor) if page == USAGE_PAGE]
    if _DATA_USAGE not in usages:
        return None
    before = usages[: usages.index(_DATA_USAGE)]
    return Layout.AIM_AHEAD if _SYMBOLOGY_USAGE in before else Layout.DATA_FIRST


def _usages(descriptor: bytes) -> list[tuple[int, int]]:
    """Page and number of each usage that a report descriptor names, in its order. Never raises."""
    found: list[tuple[int, int]] = []
    page, at = 0, 0
    while at < len(descriptor):
        head = descriptor[at]
        size = (0, 1, 2, 4)[head & 3]
        value = int.from_bytes(descriptor[at + 1 : at + 1 + size], "little")
        match head & 0xFC:
            case 0x04:
                page = value
            case 0x08 | 0x18:  # a usage, or the first of several
                found.append((value >> 16, value & 0xFFFF) if size == 4 else (page, value))
        at += 1 + size + (descriptor[at + 1] + 1 if head == 0xFE and at + 1 < len(descriptor) else 0)
    return found
