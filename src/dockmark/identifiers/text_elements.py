"""ATA Spec 2000 text element identifiers (format 12) and the DoD's interim ones (format DD): `SER T1000`."""

import re
from collections.abc import Mapping
from typing import Final

from . import dates
from .characters import is_digits
from .draft import Draft
from .faults import Fault
from .reading import Unread, Warn
from .uii import Enterprise, check_cage, compare, conclude, first_of, take_apart

_FIELD: Final = re.compile(r"([A-Z]{3}) ?(.*)", re.DOTALL)
_FIELDS: Final = {
    "PNR": "part",
    "PNO": "part",
    "SER": "serial",
    "SEQ": "serial",
    "UCN": "serial",
    "LOT": "lot",
    "LTN": "lot",
    "BII": "lot",
    "MFR": "cage",
    "CAG": "cage",
    "SPL": "cage",
    "DUN": "duns",
    "PML": "revision",
}
_CAGES: Final = ("MFR", "CAG", "SPL")
_WITH_CAGE: Final = ("USN", "UST")
_NAMING: Final = "MFR CAG SPL DUN EUC SER SEQ UCN PNR PNO UID USN UST"
_IDENTITY: Final = frozenset(_NAMING.split())
_DATES: Final = (("EXP", "expiry"), ("DMF", "mfg_date"))
_SERIAL_MOST: Final = 15
_PART_MOST: Final = 32


def split(field: str, at: int = 0) -> tuple[str, str]:
    """A field's identifier and value: three letters, one space, value."""
    match = _FIELD.fullmatch(field)
    if match is None or (match[2] and field[3] != " "):
        raise Fault(Unread.BAD_VALUE, at)
    return match[1], match[2]


def keep(values: dict[str, str], code: str, value: str, draft: Draft, at: int | None = None) -> None:
    """Keep a field; the same identifier may come twice only if it says the same."""
    if not value.strip():
        if code in _IDENTITY:
            raise Fault(Unread.EMPTY_FIELD, at, tei=code)
        draft.warn(Warn.EMPTY_FIELD)
        return
    if values.setdefault(code, value) != value:
        raise Fault(Unread.DUPLICATE_DI, at, tei=code)


def tell(values: Mapping[str, str], draft: Draft) -> None:
    """Put what these text elements name, and the UII that they add up to."""
    draft.marks.update(values)
    for code in _CAGES:
        if code in values:
            check_cage(values[code], tei=code)
    for code, name in _FIELDS.items():
        draft.put(name, values.get(code))
    if "PNR" in values:
        draft.put("original_part", values.get("PNO"))
    for code, name in _DATES:
        _tell_date(values.get(code), name, draft)
    if len(values.get("SER", "")) > _SERIAL_MOST or len(values.get("PNR", "")) > _PART_MOST:
        draft.warn(Warn.SUSPICIOUS)
    _tell_uii(values, draft)


def _tell_date(value: str | None, name: str, draft: Draft) -> None:
    if value is None:
        return
    if not (is_digits(value) and len(value) == 8):
        raise Fault(Unread.BAD_DATE)
    draft.put(name, dates.yyyymmdd(value))


def _tell_uii(values: Mapping[str, str], draft: Draft) -> None:
    maker = _maker(values)
    serial, within_part = first_of(values, "SER", "UCN"), values.get("SEQ", "")
    part = first_of(values, "PNO", "LOT", "LTN")
    whole = first_of(values, *_WITH_CAGE)
    if "UID" in values:
        take_apart(draft, values["UID"])
        if maker is not None and serial:
            compare(draft, values["UID"], maker.whole(serial), 1)
        elif maker is not None and within_part and part:
            compare(draft, values["UID"], maker.whole(within_part, part), 2)
    elif maker is not None and serial:
        conclude(draft, maker, serial)
    elif maker is not None and within_part and part:
        conclude(draft, maker, within_part, part)
    elif whole:
        check_cage(whole[:5])
        draft.put("cage", whole[:5])
        draft.put("serial", whole[5:])
        conclude(draft, Enterprise("D", whole[:5]), whole[5:])
    if maker is not None:
        draft.put("enterprise", maker.code)
        draft.put("iac", maker.iac)


def _maker(values: Mapping[str, str]) -> Enterprise | None:
    for code in _CAGES:
        if code in values:
            return Enterprise("D", values[code])
    if "DUN" in values:
        return Enterprise("UN", values["DUN"])
    return Enterprise("", values["EUC"]) if "EUC" in values else None
