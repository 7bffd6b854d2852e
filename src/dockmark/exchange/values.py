"""One cell's text becomes a typed value, or the code of what is wrong with it.

Every converter takes trimmed-or-not text and answers the value, None for nothing there, or a `Fault`. The
forms that can be meant two ways are refused, never guessed: a mapping can say how the file means them.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Final, NamedTuple

from dockmark.exchange.codes import RowCode

Value = str | int | bool


class Fault(NamedTuple):
    """The value that could not be had."""

    code: RowCode


Read = Value | Fault | None
Converter = Callable[[str], Read]

_ERROR_WORDS: Final = {
    "#N/A", "#NV", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
}  # fmt: skip
_ROUNDED: Final = re.compile(r"[0-9](?:[.,][0-9]+)?[Ee]\+[0-9]{1,3}")
_BREAKS: Final = re.compile(r"[\t\n\r\v\f\x85\u2028\u2029]+")
_JOINERS: Final = "\u200c\u200d"


def was_rounded(text: str) -> bool:
    """Whether this is what a spreadsheet leaves of a long number: 4.01235E+12."""
    return _ROUNDED.fullmatch(text.strip()) is not None


def _unseen(text: str) -> bool:
    """Whether characters stand in it that nobody sees: controls, direction marks, unassigned ones."""
    return not text.isprintable() and any(
        not sign.isprintable() and sign not in _JOINERS and unicodedata.category(sign) != "Zs" for sign in text
    )


def _plain_spaces(text: str) -> str:
    return text if text.isascii() else "".join(" " if c.isspace() else c for c in text)


def free_text(limit: int) -> Converter:
    """Words for people: NFC, trimmed, line breaks become one space."""

    def convert(text: str) -> Read:
        text = text.strip()
        if not text:
            return None
        if not text.isprintable():
            text = _BREAKS.sub(" ", text)
        return _settled(text, limit, joiners=True)

    return convert


def code_text(limit: int) -> Converter:
    """A mark (serial, part number, order): kept as given but NFC, trimmed, plain spaces."""

    def convert(text: str) -> Read:
        text = text.strip()
        if not text:
            return None
        if was_rounded(text):
            return Fault(RowCode.DIGITS_LOST)
        return _settled(text, limit, joiners=False)

    return convert


def _settled(text: str, limit: int, *, joiners: bool) -> Read:
    if "\ufffd" in text:
        return Fault(RowCode.UNDECODABLE)
    if text in _ERROR_WORDS:
        return Fault(RowCode.ERROR_CELL)
    if _unseen(text) or (not joiners and any(sign in text for sign in _JOINERS)):
        return Fault(RowCode.CONTROL_CHARS)
    text = unicodedata.normalize("NFC", _plain_spaces(text))
    return Fault(RowCode.TOO_LONG) if len(text) > limit else text


def surely_settled(joined: str) -> bool:
    """Whether cells joined by `|` need no care at all: all printable, trimmed, NFC, no spreadsheet damage.

    False only means "look at each cell". This is what makes reading fast: one pass in C over a whole column.
    """
    if not joined.isprintable() or "#" in joined or "E+" in joined or "e+" in joined:
        return False
    if " " in joined and ("| " in joined or " |" in joined or joined[0] == " " or joined[-1] == " "):
        return False
    return joined.isascii() or ("\ufffd" not in joined and unicodedata.is_normalized("NFC", joined))


_YES: Final = {"yes", "y", "1", "true", "t", "x", "ja", "j", "wahr", "oui", "si", "sí", "✓", "✔"}
_NO: Final = {"no", "n", "0", "false", "f", "nein", "falsch", "non"}


def yes_or_no(text: str) -> Read:
    """A bool in the words that files use."""
    word = text.strip().casefold()
    if not word:
        return None
    if word in _YES:
        return True
    return False if word in _NO else Fault(RowCode.BAD_BOOL)


def _word(text: str) -> str:
    return re.sub(r"[\s_-]+", "_", text.strip().casefold())


def one_of(words: dict[str, tuple[str, ...]]) -> Converter:
    """One of a closed set of words, under any of their other names."""
    known = {_word(name): word for word, others in words.items() for name in (word, *others)}

    def convert(text: str) -> Read:
        word = _word(text)
        return (known.get(word) or Fault(RowCode.UNKNOWN_WORD)) if word else None

    return convert


def several_of(words: dict[str, tuple[str, ...]]) -> Converter:
    """Several of a closed set, in the set's own order, a space between them."""
    single = one_of(words)

    def convert(text: str) -> Read:
        found = {single(part) for part in re.split(r"[,;/|+&]", text) if part.strip()}
        if any(isinstance(word, Fault) for word in found):
            return Fault(RowCode.UNKNOWN_WORD)
        return " ".join(word for word in words if word in found) or None

    return convert
