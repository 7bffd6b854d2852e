"""The catalogue of translations in force, and the marks by which its messages are found in the source."""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

_SOURCE: Final = gettext.NullTranslations()
_in_force: gettext.NullTranslations = _SOURCE
_here: ContextVar[gettext.NullTranslations | None] = ContextVar("translations", default=None)
"""What goes before it where something is said in another language than the rest: a paper in its company's."""


def use(translations: gettext.NullTranslations | None) -> None:
    """Speak by these translations from now on, in every thread; None speaks English."""
    global _in_force
    _in_force = _SOURCE if translations is None else translations


@contextmanager
def speaking(translations: gettext.NullTranslations) -> Iterator[None]:
    """Speaks by these translations within the block, in this thread only."""
    before = _here.set(translations)
    try:
        yield
    finally:
        _here.reset(before)


def _(message: str) -> str:
    """The message in the language in force."""
    # The empty message is where a catalogue keeps its own header.
    return (_here.get() or _in_force).gettext(message) if message else ""


def ngettext(one: str, more: str, count: int) -> str:
    """The message in the form that this count asks for."""
    return (_here.get() or _in_force).ngettext(one, more, count)


def noun(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is said."""
    return message
