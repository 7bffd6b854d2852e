"""Command tags of the window: `GO` and a page leads there, `DO` with a home, a key and what is held does that work.

A tag names the home of a work and its key, so every work has one, and the sheet that is printed says what it does:
`DOLISTS1E` is Ctrl+E of the lists. Homes are pages and dialogs; `WINDOW` is the window itself, `UNIT` the unit card.
"""

import re
from dataclasses import dataclass
from typing import Final

from .reading import TagKind
from .tags import tag

_PAGE: Final = re.compile(r"GO([A-Z]{2,40})")
_WORK: Final = re.compile(r"DO([A-Z]{2,40})([0-7])([0-9A-Z]{1,12})")
_HELD: Final = {"Ctrl": 1, "Shift": 2, "Alt": 4}
_NAMED: Final = {
    ",": "COMMA", ".": "PERIOD", "+": "PLUS", "-": "MINUS", "=": "EQUAL", "/": "SLASH", ";": "SEMICOLON",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a tag of the window asks for: a page, or the work that a key does at its home."""

    home: str
    key: str = ""
    """As the tag carries it: what is held as one digit, then the name of the key. Empty for a page."""


def page_word(page: str) -> str:
    """What the tag of a page carries."""
    return f"GO{home_of(page)}"


def work_word(home: str, key: str) -> str:
    """What the tag of the work carries that this key (`Ctrl+Shift+L`) does at its home; `ValueError` for no key."""
    return f"DO{home_of(home)}{_key(key)}"


def word_tag(word: str) -> str:
    """The tag that carries such a word, or the name of a command."""
    return tag(TagKind.COMMAND, word)


def wanted(payload: str) -> Wanted | None:
    """What the payload of a command tag asks of the window; None for every other command."""
    if found := _PAGE.fullmatch(payload):
        return Wanted(found[1])
    if found := _WORK.fullmatch(payload):
        return Wanted(found[1], found[2] + found[3])
    return None


def home_of(name: str) -> str:
    """A name of a page or a dialog as a tag carries it: its letters, as capitals."""
    return "".join(each for each in name.upper() if "A" <= each <= "Z")


def _key(key: str) -> str:
    rest, held = key, 0
    while (mark := rest.find("+", 1)) > 0 and (value := _HELD.get(rest[:mark], 0)) and mark + 1 < len(rest):
        rest, held = rest[mark + 1 :], held | value
    word = _NAMED.get(rest, rest.upper())
    if not re.fullmatch(r"[0-9A-Z]{1,12}", word):
        raise ValueError(key)
    return f"{held}{word}"
