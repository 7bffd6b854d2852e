"""The bits in the memory of an RFID tag (EPC Tag Data Standard), told as the parts of the URN that says the same."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from .faults import Fault
from .reading import Unread

_COMPANY_BITS: Final = (40, 37, 34, 30, 27, 24, 20)
"""Of a company prefix with 12, 11 … 6 digits."""
_SEVEN: Final = 7


@dataclass(frozen=True, slots=True)
class _Coding:
    """How one key lies in the memory: bits in all, of company and reference together, their digits, bits after."""

    name: str
    size: int
    pair: int
    digits: int
    """0 where the reference is a number without leading zeros."""
    after: str
    """`number`, `text`, `nothing`, and for a key without a third part `none`."""


_CODINGS: Final = {
    0x2C: _Coding("gdti", 96, 41, 12, "number"),
    0x2D: _Coding("gsrn", 96, 58, 17, "none"),
    0x2E: _Coding("gsrnp", 96, 58, 17, "none"),
    0x30: _Coding("sgtin", 96, 44, 13, "number"),
    0x31: _Coding("sscc", 96, 58, 17, "none"),
    0x32: _Coding("sgln", 96, 41, 12, "number"),
    0x33: _Coding("grai", 96, 44, 12, "number"),
    0x34: _Coding("giai", 96, 82, 0, "none"),
    0x36: _Coding("sgtin", 198, 44, 13, "text"),
    0x37: _Coding("grai", 170, 44, 12, "text"),
    0x39: _Coding("sgln", 195, 41, 12, "text"),
    0x3E: _Coding("gdti", 174, 41, 12, "text"),
}
_USDOD: Final = 0x2F


class _Bits:
    """Bits taken from the front, one number after another."""

    def __init__(self, number: int, size: int) -> None:
        self.number = number
        self.left = size

    def take(self, size: int) -> int:
        if size > self.left:
            raise Fault(Unread.TRUNCATED)
        self.left -= size
        return (self.number >> self.left) & ((1 << size) - 1)


def read_bits(number: int, size: int) -> tuple[str, str]:
    """Key and parts, as the pure identity URN writes them."""
    bits = _Bits(number, size)
    header = bits.take(8) if size >= 8 else 0
    if header == _USDOD and size == 96:
        return "usdod", _usdod(bits)
    coding = _CODINGS.get(header)
    if coding is None:
        raise Fault(Unread.UNKNOWN_FORMAT, format=f"{header:02X}")
    if size < coding.size:
        raise Fault(Unread.TRUNCATED)
    bits.take(3)
    return coding.name, _keyed(coding, bits)


def _keyed(coding: _Coding, bits: _Bits) -> str:
    partition = bits.take(3)
    if partition >= len(_COMPANY_BITS):
        raise Fault(Unread.BAD_VALUE)
    width, digits = _COMPANY_BITS[partition], 12 - partition
    company = _padded(bits.take(width), digits)
    reference = bits.take(coding.pair - width)
    room = coding.digits - digits
    told = _padded(reference, room) if coding.digits else str(reference)
    return ".".join([company, told, *_after(coding, bits)])


def _padded(number: int, digits: int) -> str:
    text = str(number).zfill(digits) if digits else ""
    if len(text) > digits or (not digits and number):
        raise Fault(Unread.BAD_VALUE)
    return text


def _after(coding: _Coding, bits: _Bits) -> list[str]:
    size = coding.size - 14 - coding.pair
    match coding.after:
        case "number":
            return [str(bits.take(size))]
        case "text":
            return [quote(_text(bits, size // _SEVEN), safe="")]
        case _:
            return []


def _text(bits: _Bits, most: int) -> str:
    letters = [bits.take(_SEVEN) for _ in range(most)]
    end = letters.index(0) if 0 in letters else most
    if any(letters[end:]):
        raise Fault(Unread.BAD_VALUE)
    return "".join(map(chr, letters[:end]))


def _usdod(bits: _Bits) -> str:
    bits.take(4)
    maker = "".join(chr(bits.take(8)) for _ in range(6)).strip()
    return f"{quote(maker, safe='')}.{bits.take(36)}"
