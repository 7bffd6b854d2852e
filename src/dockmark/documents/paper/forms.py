"""How days, times and counts are written: by the house's own form, else by its language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Final

ISO: Final = "YYYY-MM-DD"
DATE_FORMS: Final = (ISO, "DD.MM.YYYY", "DD/MM/YYYY", "MM/DD/YYYY", "DD-MM-YYYY", "YYYY/MM/DD", "YYYY.MM.DD")
"""What a house can choose from; any other mix of YYYY, YY, MM, DD, M and D is understood too."""

_NAMED: Final = {"iso": ISO, "ymd": ISO, "dmy": "DD/MM/YYYY", "mdy": "MM/DD/YYYY"}
_BY_LANGUAGE: Final[Mapping[str, str]] = {
    "en_US": "MM/DD/YYYY",
    "en_GB": "DD/MM/YYYY",
    "fr_CA": ISO,
    **dict.fromkeys(("de", "pl", "cs", "ru", "fi", "nb", "da", "tr", "uk", "ro"), "DD.MM.YYYY"),
    **dict.fromkeys(("es", "fr", "it", "pt", "el", "ca"), "DD/MM/YYYY"),
    "nl": "DD-MM-YYYY",
}
_GROUPS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("de", "es", "it", "nl", "pt", "da", "tr", "el", "ro", "ca"), "."),
    **dict.fromkeys(("fr", "pl", "cs", "ru", "fi", "nb", "sv", "uk"), "\N{NO-BREAK SPACE}"),
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
        return _TOKEN.sub(lambda token: told[token[0]], self._pattern())

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

    def zone_of(self, time_us: int) -> str:
        """How far the times on the paper are from UTC: `UTC`, `UTC+01:00`."""
        shift = self._local(time_us).strftime("%z")
        return "UTC" if shift in ("+0000", "-0000", "") else f"UTC{shift[:3]}:{shift[3:5]}"

    def count(self, number: int) -> str:
        """A count with its thousands set apart."""
        return f"{number:,}".replace(",", _GROUPS.get(self.language[:2], ","))

    def _local(self, time_us: int) -> datetime:
        return datetime.fromtimestamp(time_us // 1_000_000, UTC).astimezone(self.zone)

    def _pattern(self) -> str:
        form = self.date_form.strip()
        for percent, token in _PERCENT.items():
            form = form.replace(percent, token)
        form = _NAMED.get(form.lower(), form).upper()
        if {"M", "D"} <= {token[0] for token in _TOKEN.findall(form)} and "YY" in form:
            return form
        return _BY_LANGUAGE.get(self.language) or _BY_LANGUAGE.get(self.language[:2], ISO)
