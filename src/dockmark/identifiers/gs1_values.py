"""Whether the value of an application identifier is a legal one: length, characters, check digits, dates, codes."""

from collections.abc import Callable
from datetime import date
from typing import Final

from stdnum import luhn
from stdnum.iso7064 import mod_97_10

from . import dates
from .characters import DIGITS, LOWER, SET_39, SET_64, SET_82, SET_82_ORDER, UPPER
from .countries import COUNTRIES, CURRENCIES
from .faults import Fault
from .gs1_table import Ai, Part
from .reading import Unread

_LETTERS: Final = {"n": DIGITS, "x": SET_82, "y": SET_39, "z": SET_64}
_PAIR_LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_PRIMES: Final = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83)


def check_digit(digits: str) -> str:
    """The GS1 check digit of digits that have none yet."""
    odd, even = digits[::-2], digits[-2::-2]
    return str(-(3 * sum(map(int, odd)) + sum(map(int, even))) % 10)


def has_check_digit(digits: str) -> bool:
    """Whether the last digit is the GS1 check digit of the others."""
    return DIGITS.issuperset(digits) and check_digit(digits[:-1]) == digits[-1]


def check_pair(text: str) -> str:
    """The two check characters of an alphanumeric GS1 key such as a model number."""
    rest = sum(SET_82_ORDER.index(each) * prime for each, prime in zip(reversed(text), _PRIMES, strict=False)) % 1021
    return _PAIR_LETTERS[rest >> 5] + _PAIR_LETTERS[rest & 31]


def _luhn(text: str) -> bool:
    return bool(luhn.is_valid(text))


def _pair(text: str) -> bool:
    return len(text) > 2 and check_pair(text[:-2]) == text[-2:]


def _iban(text: str) -> bool:
    rotated = text[4:] + text[:4]
    return rotated.isalnum() and rotated.isascii() and bool(mod_97_10.is_valid(rotated.upper()))


def _percent(text: str) -> bool:
    hexes = (text[at + 1 : at + 3] for at, each in enumerate(text) if each == "%")
    return all(len(each) == 2 and _HEX.issuperset(each) for each in hexes)


def _place_in_row(text: str) -> bool:
    place, _, end = text.partition("/")
    return place in _ONE_TO_NINE and end in _ONE_TO_NINE and place <= end


def _piece(text: str) -> bool:
    return 0 < int(text[:2]) <= int(text[2:])


_HEX: Final = frozenset("0123456789abcdefABCDEF")
_ONE_TO_NINE: Final = frozenset("123456789")
_INDEX: Final = DIGITS | UPPER | LOWER | frozenset("-_")
_MEDIA: Final = frozenset(f"{each:02}" for each in (*range(1, 11), *range(80, 100)))

_RULES: Final[dict[str, tuple[Callable[[str], bool], Unread]]] = {
    "check": (has_check_digit, Unread.BAD_CHECK_DIGIT),
    "luhn": (_luhn, Unread.BAD_CHECK_DIGIT),
    "pair": (_pair, Unread.BAD_CHECK_DIGIT),
    "iban": (_iban, Unread.BAD_CHECK_DIGIT),
    "country": (COUNTRIES.__contains__, Unread.BAD_VALUE),
    "currency": (CURRENCIES.__contains__, Unread.BAD_VALUE),
    "country_or_999": (lambda text: text == "999" or text in COUNTRIES, Unread.BAD_VALUE),
    "letters": (UPPER.issuperset, Unread.BAD_VALUE),
    "percent": (_percent, Unread.BAD_VALUE),
    "latitude": (lambda text: int(text) <= 1_800_000_000, Unread.BAD_VALUE),
    "longitude": (lambda text: int(text) <= 3_600_000_000, Unread.BAD_VALUE),
    "yesno": (frozenset("01").__contains__, Unread.BAD_VALUE),
    "minus": ("-".__eq__, Unread.BAD_VALUE),
    "index": (_INDEX.__contains__, Unread.BAD_VALUE),
    "medium": (_MEDIA.__contains__, Unread.BAD_VALUE),
    "sex": (frozenset("0129").__contains__, Unread.BAD_VALUE),
    "winding": (frozenset("019").__contains__, Unread.BAD_VALUE),
    "place_in_row": (_place_in_row, Unread.BAD_VALUE),
    "nonzero": (lambda text: int(text) > 0, Unread.BAD_VALUE),
    "zero": ("0".__eq__, Unread.BAD_VALUE),
    "no_leading_zero": (lambda text: text[0] != "0", Unread.BAD_VALUE),
    "piece": (_piece, Unread.BAD_VALUE),
    "sixty": (lambda text: int(text) < 60, Unread.BAD_DATE),
}


def check_value(ai: Ai, value: str, today: date, at: int | None = None) -> None:
    """Raise `Fault` unless this is a legal value of that application identifier."""
    if not value:
        raise Fault(Unread.EMPTY_FIELD, at, ai=ai.code)
    rest = value
    for part in ai.parts:
        if part.optional and not rest:
            break
        piece, rest = rest[: part.high], rest[part.high :]
        if len(piece) < part.low:
            raise Fault(Unread.BAD_LENGTH, at, ai=ai.code)
        _check_piece(ai, part, piece, today, at)
    if rest:
        raise Fault(Unread.BAD_LENGTH, at, ai=ai.code)


def _check_piece(ai: Ai, part: Part, piece: str, today: date, at: int | None) -> None:
    if not _LETTERS[part.letters].issuperset(piece):
        raise Fault(Unread.BAD_CHARSET, at, ai=ai.code)
    if not part.rule:
        return
    rule = _RULES.get(part.rule)
    if rule is None:
        try:
            _check_date(part.rule, piece, today)
        except Fault as fault:
            raise Fault(fault.code, at, ai=ai.code) from None
    elif not rule[0](piece):
        raise Fault(rule[1], at, ai=ai.code)


def _check_date(rule: str, piece: str, today: date) -> None:
    match rule:
        case "day0":
            dates.yymmdd(piece, today, day_may_be_open=True)
        case "day":
            dates.yymmdd(piece, today)
        case "full_day":
            dates.yyyymmdd(piece)
        case "time":
            dates.clock(piece)
        case _:
            raise AssertionError(rule)
