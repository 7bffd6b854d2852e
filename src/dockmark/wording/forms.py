"""How days, times, counts, amounts and lists are written, and read again: one way for window, papers and command line.

By the house's own date form, else by the language with its country. A language alone, without a country, writes days
as ISO 8601 does where its countries differ, so that nobody reads them in two ways.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Final

ISO: Final = "YYYY-MM-DD"
DATE_FORMS: Final = (ISO, "DD.MM.YYYY", "DD/MM/YYYY", "MM/DD/YYYY", "DD-MM-YYYY", "YYYY/MM/DD", "YYYY.MM.DD")
"""What a house can choose from; any other mix of YYYY, YY, MM, DD, M and D is understood too."""

_SPACE: Final = "\N{NO-BREAK SPACE}"
_MINUS: Final = "\N{MINUS SIGN}"
_NAMED: Final = {"iso": ISO, "ymd": ISO, "mdy": "MM/DD/YYYY"}
_BY_LANGUAGE: Final[Mapping[str, str]] = {
    **dict.fromkeys(("en_US", "es_US", "es_PR", "en_PH"), "MM/DD/YYYY"),
    **dict.fromkeys(("en_GB", "en_IE", "en_AU", "en_NZ", "en_IN", "en_SG", "en_MT", "en_HK"), "DD/MM/YYYY"),
    **dict.fromkeys(("fr_CA", "en_CA", "en_SE"), ISO),
    "en_ZA": "YYYY/MM/DD",
    **dict.fromkeys(("de", "pl", "cs", "ru", "fi", "nb", "da", "tr", "uk", "ro"), "DD.MM.YYYY"),
    **dict.fromkeys(("es", "fr", "it", "pt", "el", "ca"), "DD/MM/YYYY"),
    "nl": "DD-MM-YYYY",
}
_WITH_POINT: Final = ("es_MX", "es_US", "es_PR", "es_GT", "es_HN", "es_NI", "es_PA", "es_PE", "es_DO", "es_SV", "de_CH")
"""Countries whose decimal sign is the point, other than that of the language elsewhere."""
_COMMA: Final = frozenset(
    ["de", "es", "it", "nl", "pt", "da", "tr", "el", "ro", "ca", "fr", "pl", "cs", "ru", "fi", "nb", "sv", "uk"]
)
"""Languages whose decimal sign is the comma."""
_GROUPS: Final[Mapping[str, str]] = {
    **dict.fromkeys(_WITH_POINT, ","), "de_CH": "’", "de_LI": "’", "en_ZA": _SPACE,
    **dict.fromkeys(("de", "es", "it", "nl", "pt", "da", "tr", "el", "ro", "ca"), "."),
    **dict.fromkeys(("fr", "pl", "cs", "ru", "fi", "nb", "sv", "uk"), _SPACE),
}  # fmt: skip
_FOUR_TOGETHER: Final = frozenset({"es", "pl", "pt", "ca"})
"""Languages that set thousands apart from five digits on: 1234, 12.345."""
_SMALL_UNITS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("JPY", "KRW", "CLP", "ISK", "VND", "XAF", "XOF", "PYG", "UGX"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}
_TOKEN: Final = re.compile(r"YYYY|YY|MM|DD|M|D")
_PERCENT: Final = {"%Y": "YYYY", "%y": "YY", "%m": "MM", "%d": "DD"}
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of one house: its language, its date form (empty: as the language has it), its time zone.

    Without a zone the times are those of this machine.
    """

    language: str = "en"
    date_form: str = ""
    zone: tzinfo | None = None

    def day(self, day: date) -> str:
        """A day."""
        told = {
            "YYYY": f"{day.year:04}", "YY": f"{day.year % 100:02}", "MM": f"{day.month:02}", "DD": f"{day.day:02}",
            "M": str(day.month), "D": str(day.day),
        }  # fmt: skip
        return _TOKEN.sub(lambda token: told[token[0]], self.pattern())

    def day_text(self, text: str) -> str:
        """A day that is kept as text; anything that is no day stays as it is."""
        if not _DAY.fullmatch(text):
            return text
        try:
            return self.day(date.fromisoformat(text))
        except ValueError:
            return text

    def moment(self, time_us: int) -> str:
        """Day and time; nothing for a time that nobody knows."""
        if not time_us:
            return ""
        local = self._local(time_us)
        return f"{self.day(local.date())} {local:%H:%M}"

    def day_of(self, time_us: int) -> str:
        """The day of a time."""
        return self.day(self._local(time_us).date()) if time_us else ""

    def time_of(self, time_us: int) -> str:
        """The time without its day."""
        return f"{self._local(time_us):%H:%M}" if time_us else ""

    def zone_of(self, time_us: int) -> str:
        """How far the times on the paper are from UTC: `UTC`, `UTC+01:00`."""
        shift = self._local(time_us).strftime("%z")
        return "UTC" if shift in ("+0000", "-0000", "") else f"UTC{shift[:3]}:{shift[3:5]}"

    def count(self, number: int) -> str:
        """A count with its thousands set apart."""
        digits = f"{abs(number):,}"
        if abs(number) < 10_000 and self.language[:2] in _FOUR_TOGETHER and self.group == ".":
            digits = digits.replace(",", "")
        return (_MINUS if number < 0 else "") + digits.replace(",", self.group)

    def scaled(self, number: int, digits: int, *, least: int | None = None) -> str:
        """A number kept as a whole one of so many decimal digits; `least` of them are written, else all."""
        whole, rest = divmod(abs(number), 10**digits)
        after = f"{rest:0{digits}}" if digits else ""
        if least is not None:
            after = after[:least] + after[least:].rstrip("0")
        said = self.count(whole) + (self.decimal + after if after else "")
        return _MINUS + said if number < 0 else said

    def money(self, minor: int, currency: str) -> str:
        """An amount kept in the smallest unit of its currency: `1.234,50 EUR`, `EUR 1,234.50`."""
        said = self.scaled(minor, _SMALL_UNITS.get(currency, 2))
        if not currency:
            return said
        return f"{currency}{_SPACE}{said}" if self.language[:2] == "en" else f"{said}{_SPACE}{currency}"

    @property
    def decimal(self) -> str:
        """The sign before the decimal digits."""
        return "," if self.language[:2] in _COMMA and self.language not in _WITH_POINT else "."

    @property
    def group(self) -> str:
        """What sets thousands apart."""
        return _GROUPS.get(self.language) or _GROUPS.get(self.language[:2], ",")

    @property
    def is_sure_of_numbers(self) -> bool:
        """Whether a number that is typed can be read in one way only: English alone is spoken in too many countries."""
        return self.language[:2] != "en" or "_" in self.language

    @property
    def day_comes_first(self) -> bool | None:
        """How a typed 03/04/2026 is meant: day first, month first, or nobody knows."""
        pattern = self.pattern()
        if pattern.startswith("Y"):
            return None
        return pattern.startswith("D")

    def pattern(self) -> str:
        """The form of a day, in YYYY, YY, MM, DD, M and D."""
        form = self.date_form.strip()
        for percent, token in _PERCENT.items():
            form = form.replace(percent, token)
        own = _BY_LANGUAGE.get(self.language) or _BY_LANGUAGE.get(self.language[:2], ISO)
        if form.lower() == "dmy":
            return own if own.startswith("D") else "DD/MM/YYYY"
        form = _NAMED.get(form.lower(), form).upper()
        if {"M", "D"} <= {token[0] for token in _TOKEN.findall(form)} and "YY" in form:
            return form
        return own

    def _local(self, time_us: int) -> datetime:
        return datetime.fromtimestamp(time_us // 1_000_000, UTC).astimezone(self.zone)


def sort_key(text: str) -> tuple[str, str]:
    """By which words stand in a list for people: letters with their marks beside those without, capitals beside small.

    An ñ comes after every n, as Spanish has it; an ß is as ss, and an umlaut as its vowel, as German has it.
    """
    kept = text.casefold().replace("ñ", "n\U0010ffff")
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", kept) if not unicodedata.combining(sign))
    return bare, text
