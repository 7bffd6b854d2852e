"""The language in which this program speaks: found once, when it starts."""

import gettext
import os
import re
import struct
import sys
from collections.abc import Iterator, Mapping
from typing import Final

from dockmark.packed import packed
from dockmark.wording import Forms, in_force, use

VARIABLE: Final = "DOCKMARK_LANG"
_VARIABLES: Final = (VARIABLE, "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
_NAME: Final = re.compile(r"(C|POSIX|[A-Za-z]{2,3})(?:[_-]([A-Za-z]{2,4}))?(?:[.@].*)?")
_SOURCE: Final = frozenset({"en", "c", "posix"})
"""What needs no catalogue; nothing that is wished for after it is looked for."""


def speak(language: str = "") -> str:
    """Speaks that language from now on, or the one of this machine; says which one it is."""
    name, translations = _first(language)
    use(translations, Forms(name))
    return name.partition("_")[0]


def load(language: str = "") -> gettext.NullTranslations:
    """The translations into that language, or into the one of this machine; English where there are none."""
    return _first(language)[1]


def spoken(language: str = "") -> tuple[str, gettext.NullTranslations]:
    """That language, or the one that this program speaks now, by its name with its country, and its translations.

    A language without a catalogue is answered by English, so that forms and words are of one language.
    """
    if language.strip():
        return _first(language)
    translations, forms = in_force()
    return forms.language, translations


def wishes(environment: Mapping[str, str], system: str = "") -> Iterator[str]:
    """The languages asked for, the most wanted first: `DOCKMARK_LANG`, then what the system says."""
    told = (value for name in _VARIABLES if (value := environment.get(name, "").strip()))
    yield from next(told, system).split(":")


def folder_names(language: str) -> list[str]:
    """The folders that may hold a language's catalogue; none where the text is not the name of a language."""
    name = _NAME.fullmatch(language.strip())
    if name is None:
        return []
    base, country = name[1].lower(), name[2]
    return [f"{base}_{country.upper()}", base] if country else [base]


def _first(language: str) -> tuple[str, gettext.NullTranslations]:
    """The first language wished for that there are words in, by its name with its country, and these words."""
    machine = list(wishes(os.environ, _of_the_system()))
    for wish in [language] if language.strip() else machine:
        names = folder_names(wish)
        if names and names[-1] in _SOURCE:
            return (_with_country(names, machine) if names[-1] == "en" else "en"), gettext.NullTranslations()
        for name in names:
            if (found := _catalogue(name)) is not None:
                return _with_country(names, machine), found
    return "en", gettext.NullTranslations()


def _with_country(names: list[str], machine: list[str]) -> str:
    """A language that was named without a country is the one of this machine's country, where it is spoken there."""
    if len(names) > 1:
        return names[0]
    others = [folder_names(wish) for wish in machine]
    return next((other[0] for other in others if len(other) > 1 and other[-1] == names[0]), names[0])


def _catalogue(name: str) -> gettext.NullTranslations | None:
    try:
        with packed("i18n", name, "LC_MESSAGES", "dockmark.mo").open("rb") as file:
            return gettext.GNUTranslations(file)
    except (OSError, ValueError, LookupError, struct.error):
        return None  # not translated, or a spoilt file: English is always there


def _of_the_system() -> str:
    """What the system is set to where no variable says so."""
    if sys.platform == "win32":
        import ctypes
        import locale

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    return ""
