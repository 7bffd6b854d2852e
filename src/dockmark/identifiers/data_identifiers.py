"""ASC MH10 data identifiers: up to three digits and a letter, the value directly after."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from stdnum import luhn

from . import dates
from .characters import is_digits
from .draft import Draft
from .faults import Fault
from .reading import Unread, Warn
from .telecom import meid_of
from .uii import Enterprise, check_cage, compare, conclude, first_of, issuing_agency, take_apart

FIELD: Final = re.compile(r"([0-9]{0,3}[A-Z])(.*)", re.DOTALL)

_FIELDS: Final = {
    "30P": "part",
    "1P": "part",
    "P": "customer_part",
    "2P": "revision",
    "S": "serial",
    "1S": "serial",
    "1T": "lot",
    "T": "lot",
    "30T": "lot",
    "17V": "cage",
    "12V": "duns",
    "V": "supplier_code",
    "1V": "supplier_code",
    "K": "order",
    "4K": "order_line",
    "1K": "supplier_order",
    "11K": "delivery_note",
    "2K": "delivery_note",
    "J": "package",
    **{f"{each}J": "package" for each in range(1, 7)},
    "3S": "package",
    "4S": "package",
    "4L": "country",
    "10D": "date_code",
}
_OTHERS: Final = "11P 18S 22S 23S 25S 25P 3V 7L 18V Q 7Q 3K 6D 9D 14D 16D I 2S Z"
_KNOWN: Final = frozenset(_FIELDS) | frozenset(_OTHERS.split())
_NAMING: Final = "S 18S 25S 1P P 30P 17V 12V 7L 3V 18V J 1J 2J 3J 4J 5J 6J"
_IDENTITY: Final = frozenset(_NAMING.split())
"""Fields without which the label does not say what it is on: an empty one spoils it."""

_QUANTITY: Final = re.compile(r"0*([0-9]{1,9})([A-Z]{0,3})")
_CLEI: Final = re.compile(r"[A-Z0-9]{10}")
_MAC: Final = re.compile(r"[0-9A-F]{12}")


def is_known(code: str) -> bool:
    """Whether the data identifier is one of those we give a meaning to."""
    return code in _KNOWN


def split(field: str, at: int = 0) -> tuple[str, str]:
    """A field's data identifier and value."""
    match = FIELD.fullmatch(field)
    if match is None:
        raise Fault(Unread.BAD_VALUE, at)
    return match[1], match[2]


def keep(values: dict[str, str], code: str, value: str, draft: Draft, at: int | None = None) -> None:
    """Keep a field; the same identifier may come twice only if it says the same."""
    if not value.strip():
        if code in _IDENTITY:
            raise Fault(Unread.EMPTY_FIELD, at, di=code)
        draft.warn(Warn.EMPTY_FIELD)
        return
    if values.setdefault(code, value) != value:
        raise Fault(Unread.DUPLICATE_DI, at, di=code)


def tell(values: Mapping[str, str], draft: Draft, today: date) -> None:
    """Put what these data identifiers name, and the UII that they add up to."""
    draft.marks.update(values)
    for code, name in _FIELDS.items():
        draft.put(name, values.get(code))
    if "30P" in values:
        draft.put("original_part", values.get("1P"))
    _tell_amounts(values, draft)
    _tell_dates(values, draft, today)
    _tell_telecom(values, draft)
    _tell_uii(values, draft)


def _tell_amounts(values: Mapping[str, str], draft: Draft) -> None:
    for code in ("Q", "7Q"):
        match = _QUANTITY.fullmatch(values.get(code, "0"))
        if code not in values:
            continue
        if match is not None:
            draft.put("quantity", int(match[1]))
            draft.put("quantity_unit", match[2])
        elif not re.fullmatch(r"[0-9]+[.,][0-9]+[A-Z]{0,3}", values[code]):
            raise Fault(Unread.BAD_VALUE, di=code)


def _tell_dates(values: Mapping[str, str], draft: Draft, today: date) -> None:
    for code, name in (("14D", "expiry"), ("16D", "mfg_date")):
        if code in values:
            draft.put(name, _full_date(values[code], code))
    week = values.get("10D")
    if week is not None and not (is_digits(week) and len(week) == 4 and 1 <= int(week[2:]) <= 53):
        raise Fault(Unread.BAD_DATE, di="10D")


def _full_date(value: str, code: str) -> str:
    if not (is_digits(value) and len(value) == 8):
        raise Fault(Unread.BAD_DATE, di=code)
    return dates.yyyymmdd(value)


def _tell_telecom(values: Mapping[str, str], draft: Draft) -> None:
    mac = values.get("23S", "").upper().translate({ord(each): None for each in ":-."})
    if _MAC.fullmatch(mac):
        draft.put("mac", ":".join(mac[at : at + 2] for at in range(0, 12, 2)))
    elif mac:
        draft.warn(Warn.SUSPICIOUS)
    tell_clei(values.get("11P", ""), draft)
    mobile = values.get("22S", "")
    if len(mobile) == 15 and is_digits(mobile) and luhn.is_valid(mobile):
        draft.put("imei", mobile)
    elif re.fullmatch(r"[0-9A-F]{14}", mobile):
        draft.put("meid", meid_of(mobile))


def tell_clei(value: str, draft: Draft) -> None:
    """Put the code of an equipment; it has no check digit, so only its form can be looked at."""
    if _CLEI.fullmatch(value):
        draft.put("clei", value)
    elif value:
        draft.warn(Warn.SUSPICIOUS)


def _tell_uii(values: Mapping[str, str], draft: Draft) -> None:
    for code in ("17V", "18S"):
        if code in values:
            check_cage(values[code][:5] if code == "18S" else values[code], di=code)
    if "18S" in values:
        draft.put("cage", values["18S"][:5])
        draft.put("serial", _after_cage(values["18S"]))
    if "12V" in values and not (is_digits(values["12V"]) and len(values["12V"]) == 9):
        draft.warn(Warn.SUSPICIOUS)
    maker = _maker(values)
    serial, part = values.get("S", ""), first_of(values, "1P", "1T")
    if "25S" in values:
        take_apart(draft, values["25S"])
        _compare(values, maker, serial, part, draft)
    elif "18S" in values:
        conclude(draft, Enterprise("D", values["18S"][:5]), _after_cage(values["18S"]))
    elif maker is not None and serial and part:
        conclude(draft, maker, serial, part)
    else:
        draft.put("uii", first_of(values, "I", "22S"))
    if maker is not None:
        draft.put("enterprise", maker.code)
        draft.put("iac", maker.iac or issuing_agency(values.get("18V", "")))
    draft.put("serial", first_of(values, "I", "22S"))


def _compare(values: Mapping[str, str], maker: Enterprise | None, serial: str, part: str, draft: Draft) -> None:
    """Whether a UII marked as a whole is the one that the other marks add up to."""
    if "18S" in values:
        compare(draft, values["25S"], "D" + values["18S"], 1)
    elif maker is not None and serial and part:
        compare(draft, values["25S"], maker.whole(serial, part), 2)


def _after_cage(value: str) -> str:
    if len(value) == 5:
        raise Fault(Unread.BAD_LENGTH, di="18S")
    return value[5:]


def _maker(values: Mapping[str, str]) -> Enterprise | None:
    for code, iac in (("17V", "D"), ("12V", "UN"), ("7L", "LD"), ("3V", ""), ("18V", "")):
        if code in values:
            return Enterprise(iac, values[code])
    return None
