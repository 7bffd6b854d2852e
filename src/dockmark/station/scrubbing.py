"""Takes out of a text what must not leave the house in a log or a report: badges, scans, people, folders of people."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_BADGE: Final = re.compile(r"DMB[A-Z0-9]{3,}", re.IGNORECASE)
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_QUOTED: Final = re.compile(r"'(?:[^'\\\n]|\\.){1,4000}'|\"(?:[^\"\\\n]|\\.){1,4000}\"|[“‘][^”’\n]{1,4000}[”’]")
_ELEMENTS: Final = re.compile(r"\][A-Za-z][0-9]\S+|\S*[\x1c-\x1f\x04]\S*")
_MARK: Final = re.compile(
    r"(?<![\w-])(?=[A-Z0-9/_-]*[0-9])(?=[A-Za-z0-9/_-]*[A-Za-z])[A-Za-z0-9][A-Za-z0-9/_-]{4,}|\d{6,}"
)
_KEPT: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-|<[a-z 0-9]+>")
_HOMES: Final = re.compile(r"(/home/|/Users/|[A-Z]:\\+Users\\+)[^/\\\s:'\"]+")


def scrubbed_message(text: str) -> str:
    """What an exception says of itself, without the values in it: any of them may be a scan."""
    text = _BADGE.sub("<badge>", text)
    text = _QUOTED.sub("<value>", text)
    text = _ELEMENTS.sub("<value>", text)
    text = _MAIL.sub("<mail>", text)
    return _HOMES.sub(r"\1<user>", " ".join(_MARK.sub(_masked, text).split()))[:400]


def scrubbed(text: str, people: Iterable[str] = ()) -> str:
    """A text of ours, perhaps of many lines, without badges, mail addresses, home folders, and these people."""
    text = _BADGE.sub("<badge>", text)
    text = _MAIL.sub("<mail>", text)
    home = str(Path.home())
    if len(home) > 3:
        text = text.replace(home, "~")
    text = _HOMES.sub(r"\1<user>", text)
    for name in sorted({each for each in people if len(each) > 1}, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "<person>", text, flags=re.IGNORECASE)
    return text


def _masked(found: re.Match[str]) -> str:
    return found.group() if _KEPT.match(found.group()) else "<value>"
