"""The catalogue of translations in force, and the marks by which its messages are found in the source."""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from dockmark.wording.forms import Forms

_SOURCE: Final = gettext.NullTranslations()
_ENGLISH: Final = Forms()
_in_force: tuple[gettext.NullTranslations, Forms] = (_SOURCE, _ENGLISH)
_here: ContextVar[tuple[gettext.NullTranslations, Forms] | None] = ContextVar("translations", default=None)
"""What goes before it where something is said in another language than the rest: a paper in its company's."""


def use(translations: gettext.NullTranslations | None, forms: Forms = _ENGLISH) -> None:
    """Speak by these translations and forms from now on, in every thread; None speaks English."""
    global _in_force
    _in_force = (_SOURCE if translations is None else translations, forms)


def in_force() -> tuple[gettext.NullTranslations, Forms]:
    """What the whole program speaks by, whatever a paper is written in meanwhile."""
    return _in_force


def forms_here() -> Forms:
    """How days, counts and amounts are written where this is asked."""
    return (_here.get() or _in_force)[1]


@contextmanager
def speaking(translations: gettext.NullTranslations, forms: Forms = _ENGLISH) -> Iterator[None]:
    """Speaks by these translations and forms within the block, in this thread only."""
    before = _here.set((translations, forms))
    try:
        yield
    finally:
        _here.reset(before)


def _(message: str) -> str:
    """The message in the language in force."""
    # The empty message is where a catalogue keeps its own header.
    return (_here.get() or _in_force)[0].gettext(message) if message else ""


def ngettext(one: str, more: str, count: int) -> str:
    """The message in the form that this count asks for."""
    return (_here.get() or _in_force)[0].ngettext(one, more, count)


def noun(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is said."""
    return message
