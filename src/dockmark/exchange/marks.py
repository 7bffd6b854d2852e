"""Marks that carry their own rule: GTIN, SSCC, GLN, CAGE, DUNS, country, currency."""

import re
from typing import Final

from dockmark.exchange.codes import RowCode
from dockmark.exchange.values import Converter, Fault, Read, was_rounded

_GAPS: Final = re.compile(r"[\s.-]+")


def check_digit_holds(digits: str) -> bool:
    """Whether the last digit of a GS1 key is the one that the others ask for."""
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return weighted % 10 == 0


def _digits(text: str) -> str | Fault:
    if was_rounded(text):
        return Fault(RowCode.DIGITS_LOST)
    text = _GAPS.sub("", text)
    return text if not text or (text.isascii() and text.isdigit()) else Fault(RowCode.BAD_CHARSET)


def gtin(text: str) -> Read:
    """A GTIN of 8, 12, 13 or 14 digits, as 14."""
    digits = _digits(text)
    if isinstance(digits, Fault) or not digits:
        return digits or None
    if len(digits) not in {8, 12, 13, 14}:
        return Fault(RowCode.BAD_LENGTH)
    if not check_digit_holds(digits) or not digits.strip("0"):
        return Fault(RowCode.BAD_CHECK_DIGIT)
    return digits.zfill(14)


def sscc(text: str) -> Read:
    """The 18 digits of an SSCC, its (00) in front or not. An untrue check digit is let through (and warned of)."""
    digits = _digits(text.strip().removeprefix("(00)"))
    if isinstance(digits, Fault) or not digits:
        return digits or None
    if len(digits) == 20 and digits.startswith("00"):
        digits = digits[2:]
    return digits if len(digits) == 18 else Fault(RowCode.BAD_LENGTH)


def gln(text: str) -> Read:
    """A global location number of 13 digits."""
    digits = _digits(text)
    if isinstance(digits, Fault) or not digits:
        return digits or None
    if len(digits) != 13:
        return Fault(RowCode.BAD_LENGTH)
    return digits if check_digit_holds(digits) else Fault(RowCode.BAD_CHECK_DIGIT)


def duns(text: str) -> Read:
    """A D-U-N-S number of 9 digits."""
    digits = _digits(text)
    if isinstance(digits, Fault) or not digits:
        return digits or None
    return digits if len(digits) == 9 else Fault(RowCode.BAD_LENGTH)


def cage(text: str) -> Read:
    """A CAGE or NCAGE code: five letters and digits, never I or O."""
    code = text.strip().upper()
    if not code:
        return None
    if len(code) != 5:
        return Fault(RowCode.BAD_LENGTH)
    return code if re.fullmatch(r"[0-9A-HJ-NP-Z]{5}", code) else Fault(RowCode.BAD_CHARSET)


_COUNTRY_WORDS: Final = """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY
    BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM
    FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT
    JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN
    MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT
    PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL
    TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW"""
_CURRENCY_WORDS: Final = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF
    CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL
    HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL
    MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON
    RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH
    UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW"""
_COUNTRIES: Final = frozenset(_COUNTRY_WORDS.split())
_CURRENCIES: Final = frozenset(_CURRENCY_WORDS.split())
_NO_MINOR: Final = frozenset(
    ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF")
)
_THREE_DIGITS: Final = frozenset(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"))
_SYMBOLS: Final = {"€": "EUR", "US$": "USD", "£": "GBP"}


DEFAULT_CURRENCY: Final = "USD"
MINOR_DIGITS: Final = (0, 2, 3)
"""How many there can be."""


def country(text: str) -> Read:
    """A country by its two letters (ISO 3166-1)."""
    code = text.strip().upper()
    return (code if code in _COUNTRIES else Fault(RowCode.UNKNOWN_COUNTRY)) if code else None


def currency(text: str) -> Read:
    """A currency by its three letters (ISO 4217)."""
    code = text.strip().upper()
    code = _SYMBOLS.get(code, code)
    return (code if code in _CURRENCIES else Fault(RowCode.UNKNOWN_CURRENCY)) if code else None


def is_currency(code: str) -> bool:
    return code in _CURRENCIES


def minor_digits(code: str) -> int:
    """How many decimal digits the currency's minor unit has."""
    return 0 if code in _NO_MINOR else 3 if code in _THREE_DIGITS else 2


MARK_CONVERTERS: Final[dict[str, Converter]] = {
    "gtin": gtin,
    "sscc": sscc,
    "gln": gln,
    "duns": duns,
    "cage": cage,
    "country": country,
    "currency": currency,
}
