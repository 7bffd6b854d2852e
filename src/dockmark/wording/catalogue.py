"""The catalogue of translations in force, and the marks by which its messages are found in the source."""

import gettext
from typing import Final

_SOURCE: Final = gettext.NullTranslations()
_in_force: gettext.NullTranslations = _SOURCE


def use(translations: gettext.NullTranslations | None) -> None:
    """Speak by these translations from now on, in every thread; None speaks English."""
    global _in_force
    _in_force = _SOURCE if translations is None else translations


def _(message: str) -> str:
    """The message in the language in force."""
    # The empty message is where a catalogue keeps its own header.
    return _in_force.gettext(message) if message else ""


def ngettext(one: str, more: str, count: int) -> str:
    """The message in the form that this count asks for."""
    return _in_force.ngettext(one, more, count)


def noun(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is said."""
    return message
