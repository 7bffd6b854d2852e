"""What the application identifiers of one label say together: common fields, and what is missing or contradictory."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from . import dates
from .draft import Draft
from .gs1_table import TABLE, Ai, carries
from .reading import Warn
from .telecom import imei_of

_FIELDS: Final = {
    "00": "sscc",
    "01": "gtin",
    "03": "gtin",
    "02": "gtin",
    "10": "lot",
    "21": "serial",
    "8011": "serial",
    "240": "part",
    "241": "customer_part",
    "253": "gdti",
    "400": "order",
    "401": "ginc",
    "402": "gsin",
    "422": "country",
    "7001": "nsn",
    "7022": "revision",
    "8003": "grai",
    "8004": "giai",
    "8010": "cpid",
    "8013": "gmn",
    "8017": "gsrn",
    "8018": "gsrn",
    "8040": "imei",
}
_PLACES: Final = ("414", "417", "416", "410", "413", "415", "411", "412")
_DATES: Final = {"11": "mfg_date", "13": "pack_date", "15": "best_before", "17": "expiry"}
_EQUIVALENTS: Final = ("8002", "8003", "8004")
"""Identifiers whose value alone is accepted as a unique item identifier (MIL-STD-130)."""


def tell(values: Mapping[str, str], today: date) -> Draft:
    """The fields that checked values name, with a warning for what the label leaves out."""
    draft = Draft()
    draft.marks = dict(values)
    draft.put("part", values.get("8010"))
    for code, name in _FIELDS.items():
        if code in values:
            draft.put(name, values[code])
    for code in _PLACES:
        if code in values:
            draft.put("gln", values[code])
    _tell_pieces(draft, values)
    _tell_dates(draft, values, today)
    for code in _EQUIVALENTS:
        draft.put("uii", values.get(code))
    _tell_telephone(draft, values.get("8002", ""))
    draft.internal = {code: value for code, value in values.items() if "90" <= code <= "99" and len(code) == 2}
    _warn_of_company(draft, values)
    return draft


def _tell_telephone(draft: Draft, number: str) -> None:
    draft.put("serial", number)
    draft.put("imei", imei_of(number))


def _tell_pieces(draft: Draft, values: Mapping[str, str]) -> None:
    for code in ("8006", "8026"):
        if code in values:
            draft.put("gtin", values[code][:14])
    for code in ("30", "37"):
        if code in values:
            draft.put("quantity", int(values[code]))


def _tell_dates(draft: Draft, values: Mapping[str, str], today: date) -> None:
    if "7003" in values:
        when = values["7003"]
        draft.put("expiry", f"{dates.yymmdd(when, today)}T{dates.clock(when[6:])}")
    if "8008" in values:
        when = values["8008"]
        draft.put("mfg_date", f"{dates.yymmdd(when, today)}T{dates.clock(when[6:])}")
    for code, name in _DATES.items():
        if code in values:
            draft.put(name, dates.yymmdd(values[code], today, day_may_be_open=True))


def _warn_of_company(draft: Draft, values: Mapping[str, str]) -> None:
    for code in values:
        ai = TABLE[code]
        if not _is_accompanied(ai, values):
            draft.warn(Warn.MISSING_REQUIRED_AI)
        if any(carries(barred, values, besides=code) for barred in ai.bars):
            draft.warn(Warn.SUSPICIOUS)


def _is_accompanied(ai: Ai, values: Mapping[str, str]) -> bool:
    return not ai.needs or any(all(carries(code, values) for code in group) for group in ai.needs)
