"""Plain text: a serial as it stands, or fields behind printed prefixes such as `S/N:`, `P/N:`, `(1P)`."""

import re
from datetime import date
from typing import Final

from . import data_identifiers
from .characters import SEPARATORS, is_digits
from .draft import Draft
from .faults import Fault
from .gs1_values import has_check_digit
from .reading import Unread, Warn
from .tags import almost
from .telecom import imei_of, mac_of, meid_of
from .uii import check_cage

_SERIAL_MOST: Final = 64
"""A longer text is hardly a serial; it stays readable as text."""

_NUMBER: Final = r"(?:\.?[ ]?(?:NUMBER|NUM|NO|NR))?"
_WORDS: Final = {
    "serial": rf"SERIAL{_NUMBER}|SER{_NUMBER}|S/NO?|S\.N|SN",
    "customer_part": r"CUST(?:OMER)?\.?[ ]P/?N|CPN|C/PN",
    "part": rf"P/NO?|P\.N|PN|PNR|MPN|M/PN|MFR[ ]P/?N|PART{_NUMBER}",
    "lot": rf"L/N|LOT{_NUMBER}|BATCH{_NUMBER}|B/N",
    "quantity": r"QTY|QUANTITY",
    "revision": r"REV|REVISION",
    "gtin": r"GTIN|EAN|UPC",
    "cage": r"CAGE(?:[ ]CODE)?|NCAGE",
    "imei": r"IMEI",
    "meid": r"MEID(?:[ ]?(?:HEX|DEC))?",
    "mac": r"MAC(?:[ ]?(?:ADDRESS|ADDR|ID))?",
    "clei": r"CLEI(?:[ ]CODE)?",
    "order": rf"P/O|PO|ORDER{_NUMBER}|PURCHASE[ ]ORDER{_NUMBER}",
    "delivery_note": rf"D/N|DN|DELIVERY[ ]NOTE{_NUMBER}",
    "expiry": r"EXP|EXPIRY|EXP\.?[ ]DATE",
    "mfg_date": r"MFG|DOM|MFG\.?[ ]DATE",
}
_ALTERNATIVES: Final = "|".join(f"(?P<{name}>{words})" for name, words in _WORDS.items())
_WORD: Final = re.compile(rf"(?:{_ALTERNATIVES})(?:[ ]?[:#=]|\.(?=[:# ]))+", re.IGNORECASE)
_SLASHED: Final = re.compile(r"(?P<serial>S/N(?:O(?= ))?)|(?P<part>P/N(?:O(?= ))?)|(?P<lot>L/N)", re.IGNORECASE)
_BRACKETED: Final = re.compile(r"\((?P<di>[0-9]{0,2}[A-Z])\)")
_START: Final = re.compile(r"[\s,;|]+|(?=\([0-9]{0,2}[A-Z]\))")
_MOST_FIELDS: Final = 20
_AROUND: Final = " \t,;|\xa0"

_HOSTILE: Final = re.compile(
    r"^[=+@-]"  # a spreadsheet would compute it
    r"|['\"`]\s*(?:;|--|\)|\bor\b|\band\b)|--\s*$|/\*"
    r"|\b(?:drop|insert|delete|union|update|select)\b.{0,60}\b(?:table|into|from|select|set)\b"
    r"|[\^~][A-Za-z][A-Za-z0-9@]"  # a label printer would obey it
    r"|</?[A-Za-z!]|&#?[A-Za-z0-9]{1,8};|\bjavascript:"
    r"|\$[{(]|\{\{|\{%|<%|%[nsx](?![0-9A-Za-z])|%\("
    r"|\.\.[/\\]|^[A-Za-z]:\\|\|\||&&"
    r"|[\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff\ue000-\uf8ff]",
    re.IGNORECASE,
)
_OTHER_ALPHABET: Final = re.compile(r"[\u0370-\u03ff\u0400-\u052f]")
_LATIN: Final = re.compile(r"[A-Za-z]")


def read_plain(text: str, today: date) -> tuple[str, Draft]:
    """The rule that matched, and what the text says: the fields its prefixes name, or itself as a serial."""
    fields = _fields(text)
    draft = _labelled(fields, today) if fields else _as_it_stands(text)
    if is_suspicious(text):
        draft.warn(Warn.SUSPICIOUS)
    return ("printed-prefix" if fields else "plain"), draft


def is_suspicious(text: str) -> bool:
    """Whether the text looks made to be run, computed or printed by something, or to pass for another text."""
    if _HOSTILE.search(text) or almost(text) or not SEPARATORS.isdisjoint(text):
        return True
    return not text.isascii() and bool(_OTHER_ALPHABET.search(text) and _LATIN.search(text))


def _as_it_stands(text: str) -> Draft:
    draft = Draft()
    if len(text) <= _SERIAL_MOST and any(map(str.isalnum, text)):
        draft.put("serial", text)
    return draft


def _fields(text: str) -> list[tuple[str, str]]:
    """Name and value of each printed field; none unless the text begins with a prefix."""
    start = len(text) - len(text.lstrip())
    found = _prefix(text, start)
    fields: list[tuple[str, str]] = []
    while found is not None and len(fields) < _MOST_FIELDS:
        name, begin = found
        end, found = _next_prefix(text, begin)
        value = text[begin:end].strip(_AROUND)
        if not value:
            raise Fault(Unread.EMPTY_FIELD, begin)
        fields.append((name, value))
    return fields


def _prefix(text: str, at: int) -> tuple[str, int] | None:
    """The field that a prefix there names, and where its value begins."""
    for pattern in (_WORD, _BRACKETED, _SLASHED):
        match = pattern.match(text, at)
        if match is None:
            continue
        name = match.lastgroup or ""
        if name != "di":
            return name, match.end()
        if data_identifiers.is_known(match["di"]):
            return match["di"], match.end()
    return None


def _next_prefix(text: str, at: int) -> tuple[int, tuple[str, int] | None]:
    """Where the value ends that begins here, and the prefix that follows it."""
    for gap in _START.finditer(text, at):
        if (found := _prefix(text, gap.end())) is not None:
            return gap.start(), found
    return len(text), None


def _labelled(fields: list[tuple[str, str]], today: date) -> Draft:
    draft = Draft()
    identifiers: dict[str, str] = {}
    words: dict[str, str] = {}
    for name, value in fields:
        if name[-1].isupper():
            data_identifiers.keep(identifiers, name, value, draft)
        elif words.setdefault(name, value) != value:
            raise Fault(Unread.DUPLICATE_DI, field=name)
        else:
            _put(draft, name, value)
    if identifiers:
        data_identifiers.tell(identifiers, draft, today)
    return draft


def _put(draft: Draft, name: str, value: str) -> None:
    match name:
        case "quantity":
            draft.put(name, _quantity(value))
        case "gtin":
            draft.put(name, _gtin(value))
        case "cage":
            check_cage(value)
            draft.put(name, value)
            draft.put("enterprise", value)
        case "imei":
            draft.put(name, _imei(value))
        case "mac":
            draft.put(name, _mac(value))
        case "meid":
            draft.put(name, _meid(value))
        case "clei":
            data_identifiers.tell_clei(value, draft)
        case "expiry" | "mfg_date":
            draft.put(name, _date(value))
        case _:
            draft.put(name, value)


def _quantity(value: str) -> int:
    if not is_digits(value) or len(value) > 9:
        raise Fault(Unread.BAD_VALUE)
    return int(value)


def _gtin(value: str) -> str:
    if not is_digits(value) or len(value) not in (8, 12, 13, 14):
        raise Fault(Unread.BAD_LENGTH)
    if not has_check_digit(value):
        raise Fault(Unread.BAD_CHECK_DIGIT)
    return value.zfill(14)


def _imei(value: str) -> str:
    imei = imei_of(value.replace(" ", ""))
    if imei is None:
        raise Fault(Unread.BAD_CHECK_DIGIT)
    return imei


def _meid(value: str) -> str:
    meid = meid_of(value.replace(" ", ""))
    if meid is None:
        raise Fault(Unread.BAD_VALUE)
    return meid


def _mac(value: str) -> str:
    mac = mac_of(value)
    if mac is None:
        raise Fault(Unread.BAD_VALUE)
    return mac.address


def _date(value: str) -> str | None:
    """The date if it is written as ISO writes it; other ways of writing are not guessed at."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise Fault(Unread.BAD_DATE) from None
