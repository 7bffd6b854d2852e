"""Numbers of devices on networks: IMEI, IMEISV, MEID and MAC addresses."""

import re
from dataclasses import dataclass
from typing import Final

from stdnum import luhn

from .characters import is_digits

_GROUPED_IMEI: Final = re.compile(r"([0-9]{2})-([0-9]{6})-([0-9]{6})-([0-9])")
_MAC: Final = re.compile(
    r"[0-9A-Fa-f]{2}(?:(:)[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){4}(?:(?::[0-9A-Fa-f]{2}){2})?"
    r"|(-)[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){4}(?:(?:-[0-9A-Fa-f]{2}){2})?)"
    r"|[0-9A-Fa-f]{4}(?:\.[0-9A-Fa-f]{4}){2,3}"
    r"|[0-9A-Fa-f]{12}(?:[0-9A-Fa-f]{4})?"
)


@dataclass(frozen=True, slots=True)
class Mac:
    """A hardware address as written in capitals with colons, and how sure we are of it."""

    address: str
    bare: bool
    """Written without separators: a serial may look the same."""
    local: bool
    """Given out locally: it may exist many times in the world."""


def imei_of(text: str) -> str | None:
    """The IMEI that the text is, if its Luhn digit is right."""
    grouped = _GROUPED_IMEI.fullmatch(text)
    digits = "".join(grouped.groups()) if grouped else text
    sound = len(digits) == 15 and is_digits(digits) and digits.strip("0") and luhn.is_valid(digits)
    return digits if sound else None


def meid_of(text: str) -> str | None:
    """The MEID that the text is, as its fourteen hexadecimal digits: told so, or as eighteen decimal ones."""
    if re.fullmatch(r"[0-9A-Fa-f]{14}", text):
        return text.upper()
    if len(text) != 18 or not is_digits(text):
        return None
    maker, number = int(text[:10]), int(text[10:])
    return f"{maker:08X}{number:06X}" if maker < 1 << 32 and number < 1 << 24 else None


def may_be_imeisv(text: str) -> bool:
    """Whether the text may be an IMEI with software version: sixteen digits, nothing to check."""
    return len(text) == 16 and is_digits(text) and bool(text.strip("0"))


def mac_of(text: str) -> Mac | None:
    """The hardware address (EUI-48 or EUI-64) that the text is; digits alone are not taken for one."""
    if not _MAC.fullmatch(text):
        return None
    bare = text.isalnum()
    if bare and is_digits(text):
        return None
    digits = re.sub(r"[:.-]", "", text).upper()
    address = ":".join(digits[at : at + 2] for at in range(0, len(digits), 2))
    return Mac(address, bare, bool(int(digits[1], 16) & 2))
