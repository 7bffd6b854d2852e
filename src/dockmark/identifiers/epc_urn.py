"""EPC pure-identity URNs, as RFID readers and EPCIS files write GS1 keys: `urn:epc:id:sgtin:9506000.014351.9`."""

from datetime import date
from typing import Final

from .characters import is_digits
from .digital_link import unescape
from .draft import Draft
from .faults import Fault
from .gs1_fields import tell
from .gs1_table import TABLE
from .gs1_values import check_digit, check_value
from .reading import Unread

START: Final = "urn:epc:"
_PARTS: Final = {
    "sgtin": 3,
    "sscc": 2,
    "sgln": 3,
    "grai": 3,
    "giai": 2,
    "gsrn": 2,
    "gsrnp": 2,
    "gdti": 3,
    "cpi": 3,
    "itip": 5,
    "lgtin": 3,
}


def read_epc_urn(text: str, today: date) -> Draft:
    """The GS1 key that the URN stands for."""
    words = text[len(START) :].split(":", 2)
    if len(words) < 3:
        raise Fault(Unread.TRUNCATED, len(text))
    kind, name, body = words
    parts = body.split(".", _PARTS.get(name, 1) - 1)
    if kind == "tag" and name.endswith("-96") and is_digits(body.partition(".")[0]):
        name = name.removesuffix("-96")
        parts = body.partition(".")[2].split(".", _PARTS.get(name, 1) - 1)
    if name not in _PARTS or kind not in ("id", "class", "tag"):
        raise Fault(Unread.UNKNOWN_FORMAT, len(START), format=name)
    if len(parts) != _PARTS[name] or not is_digits(parts[0]):
        raise Fault(Unread.BAD_VALUE, len(START))
    values = _values(name, [unescape(part) for part in parts])
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


def _values(name: str, parts: list[str]) -> dict[str, str]:
    company, rest = parts[0], parts[1]
    match name:
        case "sgtin" | "lgtin" | "itip":
            return _item(name, _led(company, rest, 13), parts[2:])
        case "sscc":
            return {"00": _led(company, rest, 17)}
        case "sgln":
            extension = {} if parts[2] == "0" else {"254": parts[2]}
            return {"414": _with_check(company + rest, 12), **extension}
        case "grai":
            return {"8003": "0" + _with_check(company + rest, 12) + parts[2]}
        case "gdti":
            return {"253": _with_check(company + rest, 12) + parts[2]}
        case "gsrn" | "gsrnp":
            return {("8018" if name == "gsrn" else "8017"): _with_check(company + rest, 17)}
        case "cpi":
            return {"8010": company + rest, "8011": parts[2]}
        case _:
            return {"8004": company + rest}


def _item(name: str, gtin: str, parts: list[str]) -> dict[str, str]:
    match name:
        case "sgtin":
            return {"01": gtin, "21": parts[0]}
        case "lgtin":
            return {"01": gtin, "10": parts[0]}
        case _:
            return {"8006": gtin + parts[0] + parts[1], "21": parts[2]}
