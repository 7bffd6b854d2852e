"""The unique item identifier (UII) that the marks on one item add up to, as MIL-STD-130 and ATA Spec 2000 build it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .characters import is_digits
from .draft import Draft
from .faults import Fault
from .reading import Unread, Warn

MOST: Final = 50
_CAGE: Final = re.compile(r"[0-9A-HJ-NP-Z]{5}")
_CHARACTERS: Final = re.compile(r"[A-Z0-9/-]+")
_PART_MOST: Final = 32
_SERIAL_MOST: Final = 30


@dataclass(frozen=True, slots=True)
class Enterprise:
    """Who numbered the item, and the issuing agency that numbered them ("" where the code says it itself)."""

    iac: str
    code: str

    def whole(self, serial: str, part: str = "") -> str:
        """The UII of its serial, within a part or lot where one is named."""
        return self.iac + self.code + part + serial


def check_cage(code: str, at: int | None = None, **facts: str) -> None:
    """Raise `Fault` unless this is a CAGE or NCAGE code: five characters, never I or O."""
    if len(code) != 5:
        raise Fault(Unread.BAD_LENGTH, at, **facts)
    if not _CAGE.fullmatch(code):
        raise Fault(Unread.BAD_VALUE, at, **facts)


def conclude(draft: Draft, enterprise: Enterprise, serial: str, part: str = "") -> None:
    """Put the UII of enterprise, perhaps part or lot, and serial; where the rules forbid it, a warning instead."""
    draft.put("enterprise", enterprise.code)
    draft.put("iac", enterprise.iac)
    whole = enterprise.whole(serial, part)
    if len(whole) > MOST:
        raise Fault(Unread.BAD_LENGTH, uii=whole)
    if not _CHARACTERS.fullmatch(whole) or len(part) > _PART_MOST or len(serial) > _SERIAL_MOST:
        draft.warn(Warn.SUSPICIOUS)
        return
    draft.put("uii", whole)
    draft.put("construct", 2 if part else 1)


def compare(draft: Draft, marked: str, derived: str, construct: int) -> None:
    """Say by which construct the marked UII is built; a warning where the marks beside it add up to another."""
    if marked == derived:
        draft.put("construct", construct)
    else:
        draft.warn(Warn.SUSPICIOUS)


def take_apart(draft: Draft, whole: str) -> None:
    """Put a UII marked as a whole, with maker and serial where the issuing agency's code tells their length."""
    if len(whole) > MOST:
        raise Fault(Unread.BAD_LENGTH, uii=whole)
    draft.put("uii", whole)
    if not _CHARACTERS.fullmatch(whole):
        draft.warn(Warn.SUSPICIOUS)
    draft.put("iac", issuing_agency(whole))
    for iac, size, name in (("UN", 9, "duns"), ("LD", 6, "enterprise"), ("D", 5, "cage")):
        code, serial = whole[len(iac) : len(iac) + size], whole[len(iac) + size :]
        if not whole.startswith(iac) or not serial or (iac == "D" and not _CAGE.fullmatch(code)):
            continue
        draft.put("enterprise", code)
        draft.put(name, code)
        draft.put("serial", serial)
        return


def issuing_agency(whole: str) -> str:
    """The issuing agency's code that a whole identifier begins with, or "" ."""
    known = next((code for code in ("UN", "LD", "LB", "LH", "D") if whole.startswith(code)), "")
    return known or (whole[:1] if is_digits(whole[:1]) else "")


def first_of(values: Mapping[str, str], *codes: str) -> str:
    """The value of the first of these codes that the item carries, or "" ."""
    return next((values[code] for code in codes if code in values), "")
