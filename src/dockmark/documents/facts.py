"""What a label says, and what its symbol makes a scanner say."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from dockmark.documents.matrix import GS1_MARK

GS: Final = "\x1d"

_VALUE = re.compile(r"[A-Za-z0-9!\"%&'()*+,\-./:;<=>?_]{1,20}")
"""GS1's character set 82, as long as a serial or a lot may be."""

_GTIN = re.compile(r"[0-9]{8}|[0-9]{12,14}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CENTURY: Final = range(2000, 2076)
"""Two digits of a year are read as the nearest century: outside this the label must not lean on them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelFacts:
    """The facts of one label: dates as ISO text, the tag as it is scanned, the rest as people wrote it."""

    unit_tag: str
    gtin: str = ""
    part_number: str
    serial: str = ""
    lot: str = ""
    expiry: str = ""
    quantity: int = 1
    description: str = ""
    owner: str = ""
    maker: str = ""
    held: bool = False
    received: str = ""
    copy: int = 1
    """2 and more for a reprint, and the label says so."""


def symbol_content(facts: LabelFacts) -> str:
    """What a scanner shall say: `]d2` and GTIN, serial, lot where GS1 carries them whole, else the unit's tag."""
    elements = _elements(facts)
    return GS1_MARK + elements if elements else facts.unit_tag


def _elements(facts: LabelFacts) -> str:
    """GS1 element string of GTIN, expiry, serial and lot; empty where one of them cannot be carried as it is."""
    gtin, expiry = gtin14(facts.gtin), _yymmdd(facts.expiry)
    if not gtin or not _VALUE.fullmatch(facts.serial):
        return ""
    if (facts.expiry and not expiry) or (facts.lot and not _VALUE.fullmatch(facts.lot)):
        return ""
    until = f"17{expiry}" if expiry else ""
    lot = f"{GS}10{facts.lot}" if facts.lot else ""
    return f"01{gtin}{until}21{facts.serial}{lot}"


def gtin14(text: str) -> str:
    """The GTIN with 14 digits, or empty where its length or check digit is wrong."""
    if not _GTIN.fullmatch(text) or not text.strip("0"):
        return ""
    whole = text.zfill(14)
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(whole))
    return whole if total % 10 == 0 else ""


def _yymmdd(expiry: str) -> str:
    """The day as GS1 writes it, or empty where it is no plain day of this century."""
    if not _DAY.fullmatch(expiry):
        return ""
    try:
        day = date.fromisoformat(expiry)
    except ValueError:
        return ""
    return day.strftime("%y%m%d") if day.year in _CENTURY else ""
