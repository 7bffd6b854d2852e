"""Numbers as files write them: whole ones, money in minor units, masses in milligrams.

`1,234` can be a thousand or one and a bit: refused as ambiguous unless the mapping names the decimal sign.
"""

import re
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from dockmark.exchange.cells import NumberCell
from dockmark.exchange.codes import RowCode
from dockmark.exchange.values import Converter, Fault, Read

LARGEST: Final = 2**53 - 1
_GAP: Final = "[ '\u00a0\u202f\u2009\u2019]"
_PLAIN: Final = re.compile(r"[+-]?[0-9]*\.?[0-9]+(?:[Ee][+-]?[0-9]{1,2})?")
_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,15}")
_COMMA: Final = re.compile(r"[+-]?[0-9]*,[0-9]+")
_THOUSANDS: Final = {
    ",": re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?"),
    ".": re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?"),
}
_GAPPED: Final = re.compile(rf"([+-]?[0-9]{{1,3}}(?:{_GAP}[0-9]{{3}})+)([.,][0-9]+)?")
_ONE_GROUP: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
_LONGEST: Final = 25


def _trimmed(text: str) -> str:
    return text if isinstance(text, NumberCell) else text.strip()


def decimal_number(text: str, sign: str = "", *, whole: bool = False) -> Decimal | Fault:
    """The number written there. `sign` is the file's decimal sign where the mapping names it.

    Where a `whole` number is expected, 1.234 is as ambiguous as 1,234: it can only be one thousand or a slip.
    """
    if len(text) > _LONGEST:
        return Fault(RowCode.BAD_NUMBER)
    if isinstance(text, NumberCell):
        return Decimal(text)
    text = text.replace("\u2212", "-")
    if found := _GAPPED.fullmatch(text):
        return Decimal(re.sub(_GAP, "", found[1]) + (found[2] or "").replace(",", "."))
    if _ONE_GROUP.fullmatch(text):
        return _one_group(text, sign, whole)
    for group, decimal in ((",", "."), (".", ",")):
        if sign != group and _THOUSANDS[group].fullmatch(text):
            return Decimal(text.replace(group, "").replace(decimal, "."))
    if sign != "," and _PLAIN.fullmatch(text):
        return Decimal(text)
    if sign != "." and (_COMMA.fullmatch(text) or _PLAIN.fullmatch(text)) and not (sign and "." in text):
        return Decimal(text.replace(",", "."))
    return Fault(RowCode.BAD_NUMBER)


def _one_group(text: str, sign: str, whole: bool) -> Decimal | Fault:
    """1.234 or 1,234."""
    if sign:
        return Decimal(text.replace(",", ".") if sign in text else re.sub("[.,]", "", text))
    if "," in text or whole:
        return Fault(RowCode.AMBIGUOUS_NUMBER)
    return Decimal(text)


def whole_number(least: int, most: int, sign: str = "") -> Converter:
    """An int between the bounds, both included."""

    def convert(text: str) -> Read:
        text = _trimmed(text)
        if not text:
            return None
        if _WHOLE.fullmatch(text):
            number = int(text)
        else:
            found = decimal_number(text, sign, whole=True)
            if isinstance(found, Fault):
                return found
            if found != found.to_integral_value() or "e" in text.lower():
                return Fault(RowCode.BAD_NUMBER)
            number = int(found)
        return number if least <= number <= most else Fault(RowCode.OUT_OF_RANGE)

    return convert


_MONTHS_IN: Final = re.compile(
    r"([0-9]{1,4}) *(months?|mths?|mo|m|monate?n?|mon|years?|yrs?|y|jahre?n?|j)?\.?", re.IGNORECASE
)


def months(most: int) -> Converter:
    """A time in months; years are taken when they are written as such."""
    plain = whole_number(0, most)

    def convert(text: str) -> Read:
        found = _MONTHS_IN.fullmatch(text.strip())
        if found is None or not found[2]:
            return plain(text)
        number = int(found[1]) * (12 if found[2][0] in "yYjJ" else 1)
        return number if number <= most else Fault(RowCode.OUT_OF_RANGE)

    return convert


def money_in(digits: int, sign: str = "") -> Converter:
    """An amount in minor units of a currency with so many decimal digits."""

    def convert(text: str) -> Read:
        text = _trimmed(text)
        if not text:
            return None
        amount = decimal_number(text, sign)
        if isinstance(amount, Fault):
            return amount
        minor = amount.scaleb(digits)
        if minor != minor.to_integral_value():
            return Fault(RowCode.TOO_PRECISE)
        return int(minor) if 0 <= minor <= LARGEST else Fault(RowCode.OUT_OF_RANGE)

    return convert


MASS_UNITS: Final = {
    "kg": Decimal(1_000_000),
    "g": Decimal(1_000),
    "mg": Decimal(1),
    "t": Decimal(1_000_000_000),
    "lb": Decimal("453592.37"),
    "lbs": Decimal("453592.37"),
    "oz": Decimal("28349.523125"),
}
_UNIT_BEHIND: Final = re.compile(r"(.*?)\s*(kg|mg|g|t|lbs?|oz)\.?", re.IGNORECASE)


def mass_in(unit: str, sign: str = "") -> Converter:
    """A mass in milligrams; a unit written in the cell goes before the column's."""

    def convert(text: str) -> Read:
        text = _trimmed(text)
        if not text:
            return None
        own = _UNIT_BEHIND.fullmatch(text)
        amount = decimal_number(own[1] if own else text, sign)
        if isinstance(amount, Fault):
            return amount
        mass = amount * MASS_UNITS[own[2].lower() if own else unit]
        if not 0 <= mass <= LARGEST:
            return Fault(RowCode.OUT_OF_RANGE)
        return int(mass.to_integral_value(ROUND_HALF_EVEN))

    return convert
