"""A language that nobody speaks: every letter of a message accented, every message longer and in brackets.

A letter a to z on the screen that is not data was never marked for translation.
"""

import gettext
import re

_PLACE = re.compile(r"(\{[a-z0-9_]*\})")
_ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áƀčďéƒǧĥíĵķľɱňóƥʠřšťúṽŵẋýžÁƁČĎÉƑǦĤÍĴĶĽṀŇÓƤɊŘŠŤÚṼŴẊÝŽ",
)


def pseudo(message: str) -> str:
    """The message as the pseudo-locale says it; its places stay as they are."""
    pieces = _PLACE.split(message)
    said = "".join(piece if _PLACE.fullmatch(piece) else piece.translate(_ACCENTED) for piece in pieces)
    return f"⟦{said}{'·' * (len(message) * 2 // 5)}⟧"


class Pseudo(gettext.NullTranslations):
    """Translations into the pseudo-locale."""

    def gettext(self, message: str) -> str:
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return pseudo(msgid1 if n == 1 else msgid2)
