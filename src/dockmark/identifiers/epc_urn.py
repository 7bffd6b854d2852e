"""EPC URNs, as RFID readers and EPCIS files write keys: `urn:epc:id:sgtin:9506000.014351.9`, as tag or as raw bits."""

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from . import epc_binary
from .characters import is_digits
from .digital_link import unescape
from .draft import Draft
from .faults import Fault
from .gs1_fields import tell
from .gs1_table import TABLE
from .gs1_values import check_digit, check_value
from .reading import Unread
from .uii import Enterprise, check_cage, conclude

START: Final = "urn:epc:"
_PARTS: Final = {
    **dict.fromkeys(("sscc", "giai", "gsrn", "gsrnp", "ginc", "gsin", "pgln", "usdod"), 2),
    **dict.fromkeys(("sgtin", "lgtin", "sgln", "grai", "gdti", "cpi", "sgcn", "upui", "adi", "gid"), 3),
    "itip": 5,
}
_TAGS: Final = {
    "sgtin": "96 198",
    "sscc": "96",
    "sgln": "96 195",
    "grai": "96 170",
    "giai": "96 202",
    "gsrn": "96",
    "gsrnp": "96",
    "gdti": "96 113 174",
    "cpi": "96 var",
    "itip": "110 212",
    "sgcn": "96",
    "gid": "96",
    "usdod": "96",
    "adi": "var",
}
"""The ways in which each key is written on a tag, by the number of their bits."""
_RAW: Final = re.compile(r"([0-9]{2,3})\.x([0-9A-Fa-f]+)")
_PREFIX: Final = range(6, 13)
_LOGISTIC: Final = re.compile(r"[0-9A-HJ-NP-Z]{5}|[0-9A-HJ-NP-Z]{6}")


def read_epc_urn(text: str, today: date) -> Draft:
    """What the URN stands for."""
    words = text[len(START) :].split(":", 2)
    if words[0].lower() == "raw" and len(words) == 2:
        return _read_raw(words[1], today)
    if len(words) < 3:
        raise Fault(Unread.TRUNCATED, len(text))
    kind, name, body = words[0].lower(), words[1].lower(), words[2]
    if kind == "tag":
        name, body = _of_tag(name, body)
    if name not in _PARTS or kind not in ("id", "class", "tag"):
        raise Fault(Unread.UNKNOWN_FORMAT, len(START), format=name)
    if (kind == "class") is not (name == "lgtin"):
        raise Fault(Unread.BAD_VALUE, len(START), format=name)
    return _told(name, body, today)


def of_bits(number: int, size: int, today: date) -> Draft:
    """What the memory of a tag says."""
    name, body = epc_binary.read_bits(number, size)
    return _told(name, body, today)


def _read_raw(body: str, today: date) -> Draft:
    match = _RAW.fullmatch(body)
    if match is None:
        raise Fault(Unread.BAD_VALUE, len(START))
    size = int(match[1])
    if len(match[2]) * 4 != -(-size // 16) * 16 and len(match[2]) * 4 != size:
        raise Fault(Unread.BAD_LENGTH, len(START))
    return of_bits(int(match[2], 16) >> (len(match[2]) * 4 - size), size, today)


def _of_tag(name: str, body: str) -> tuple[str, str]:
    """Key and parts of a tag URN: without the number of bits and, where there is one, the filter value."""
    name, _, bits = name.partition("-")
    if bits not in _TAGS.get(name, "").split():
        raise Fault(Unread.UNKNOWN_FORMAT, len(START), format=f"{name}-{bits}")
    if name == "gid":
        return name, body
    level, _, body = body.partition(".")
    if not is_digits(level):
        raise Fault(Unread.BAD_VALUE, len(START))
    return name, body


def _told(name: str, body: str, today: date) -> Draft:
    parts = [unescape(part) for part in body.split(".", _PARTS[name] - 1)]
    if len(parts) != _PARTS[name]:
        raise Fault(Unread.BAD_VALUE, len(START))
    if name in _OF_OTHERS:
        draft = Draft()
        _OF_OTHERS[name](parts, draft)
        return draft
    if not is_digits(parts[0]):
        raise Fault(Unread.BAD_CHARSET, len(START))
    if len(parts[0]) not in _PREFIX:
        raise Fault(Unread.BAD_LENGTH, len(START))
    values = _item(name, parts) if name in _ITEMS else _KEYS[name](*parts)
    for code, value in values.items():
        check_value(TABLE[code], value, today)
    return tell(values, today)


def _with_check(digits: str, size: int) -> str:
    if not is_digits(digits):
        raise Fault(Unread.BAD_CHARSET)
    if len(digits) != size:
        raise Fault(Unread.BAD_LENGTH)
    return digits + check_digit(digits)


def _led(company: str, reference: str, size: int) -> str:
    """A key whose first digit the URN moves behind the company prefix."""
    return _with_check(reference[:1] + company + reference[1:], size)


def _sgln(company: str, place: str, extension: str) -> dict[str, str]:
    return {"414": _with_check(company + place, 12), **({} if extension == "0" else {"254": extension})}


_KEYS: Final[dict[str, Callable[..., dict[str, str]]]] = {
    "sscc": lambda company, serial: {"00": _led(company, serial, 17)},
    "sgln": _sgln,
    "pgln": lambda company, party: {"417": _with_check(company + party, 12)},
    "grai": lambda company, kind, serial: {"8003": "0" + _with_check(company + kind, 12) + serial},
    "gdti": lambda company, kind, serial: {"253": _with_check(company + kind, 12) + serial},
    "sgcn": lambda company, kind, serial: {"255": _with_check(company + kind, 12) + serial},
    "giai": lambda company, asset: {"8004": company + asset},
    "gsrn": lambda company, number: {"8018": _with_check(company + number, 17)},
    "gsrnp": lambda company, number: {"8017": _with_check(company + number, 17)},
    "ginc": lambda company, number: {"401": company + number},
    "gsin": lambda company, number: {"402": _with_check(company + number, 16)},
    "cpi": lambda company, part, serial: {"8010": company + part, "8011": serial},
}
_ITEMS: Final = {"sgtin": "21", "lgtin": "10", "upui": "235", "itip": "21"}
"""Keys of trade items, with what tells the piece or lot of one."""


def _item(name: str, parts: list[str]) -> dict[str, str]:
    gtin = _led(parts[0], parts[1], 13)
    if name == "itip":
        return {"8006": gtin + parts[2] + parts[3], "21": parts[4]}
    return {"01": gtin, _ITEMS[name]: parts[2]}


def _read_adi(parts: list[str], draft: Draft) -> None:
    """Aerospace and defence: who numbered it, the original part number or nothing, the serial."""
    maker, part, serial = parts
    draft.marks = {"adi": f"{maker} {part} {serial}"}
    if not serial:
        raise Fault(Unread.EMPTY_FIELD)
    draft.put("part", part)
    draft.put("serial", serial.removeprefix("#"))
    if serial.startswith("#"):  # such a serial is only for the tag: no UII is built of it
        draft.put("enterprise", maker)
        draft.put("cage", maker if len(maker) == 5 else None)
        return
    _read_maker(maker, draft, serial, part)


def _read_usdod(parts: list[str], draft: Draft) -> None:
    maker, serial = parts
    draft.marks = {"usdod": f"{maker} {serial}"}
    if not serial:
        raise Fault(Unread.EMPTY_FIELD)
    draft.put("serial", serial)
    _read_maker(maker, draft, serial)


def _read_maker(maker: str, draft: Draft, serial: str, part: str = "") -> None:
    """Five characters are a CAGE code, six a DoDAAC."""
    if not _LOGISTIC.fullmatch(maker):
        check_cage(maker[:5] if len(maker) == 6 else maker)
        raise Fault(Unread.BAD_VALUE)
    draft.put("cage", maker if len(maker) == 5 else None)
    conclude(draft, Enterprise("D" if len(maker) == 5 else "LD", maker), serial, part)


def _read_gid(parts: list[str], draft: Draft) -> None:
    if not all(map(is_digits, parts)):
        raise Fault(Unread.BAD_CHARSET)
    draft.marks = {"gid": ".".join(parts)}
    draft.put("enterprise", parts[0])
    draft.put("part", parts[1])
    draft.put("serial", parts[2])


_OF_OTHERS: Final[dict[str, Callable[[list[str], Draft], None]]] = {
    "adi": _read_adi,
    "usdod": _read_usdod,
    "gid": _read_gid,
}
"""Keys that are no GS1 keys."""
