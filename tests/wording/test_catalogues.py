"""Catalogues are whole: every message is translated, with the same places, and compiled as it is written."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dockmark.packed import packed
from dockmark.record.refusal import Refused
from dockmark.station.language import load
from dockmark.wording import (
    command_help,
    command_word,
    event_line,
    finding,
    known_codes,
    next_step,
    printing,
    reason_word,
    sentence,
    state_word,
    use,
    verdict_word,
)
from dockmark.wording.commands import HELP
from dockmark.wording.flood import DONE, LAMPS, LONGEST, OUTCOMES, REFUSED
from dockmark.wording.history import HISTORY
from dockmark.wording.lights import LIGHTS
from dockmark.wording.machines import PRINTING
from dockmark.wording.nouns import LIGHTS as LIGHT_NAMES
from dockmark.wording.nouns import REASONS, STATES

from .pseudo import Pseudo, pseudo
from .source import marked

LANGUAGES = ["de", "es"]
_PLACE = re.compile(r"\{[^{}]*\}")
Message = tuple[str, ...]


def catalogue(language: str) -> dict[Message, tuple[str, ...]]:
    """The entries of a .po file: message (one form or two) to its translations."""
    path = packed("i18n", language, "LC_MESSAGES", "dockmark.po")
    blocks = re.split(r"\n\s*\n", path.read_text("utf-8").strip())
    entries = dict(_entry(block) for block in blocks)
    assert len(entries) == len(blocks), "a message stands in the catalogue twice"
    return entries


def _entry(block: str) -> tuple[Message, tuple[str, ...]]:
    texts: dict[str, str] = {}
    name = ""
    for line in block.strip().splitlines():
        if line.startswith("#"):
            assert not line.startswith(("#~", "#, fuzzy")), line
            continue
        if not line.startswith('"'):
            name, _space, line = line.partition(" ")
        texts[name] = texts.get(name, "") + ast.literal_eval(line)
    forms = tuple(text for name, text in texts.items() if name.startswith("msgid"))
    return forms, tuple(text for name, text in texts.items() if name.startswith("msgstr"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_the_source_is_translated_and_no_other_is(language: str) -> None:
    known = {forms for forms in catalogue(language) if forms != ("",)}
    source = marked()
    assert {forms: where for forms, where in source.items() if forms not in known} == {}
    assert known - set(source) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_empty_and_each_has_the_places_of_its_message(language: str) -> None:
    for forms, translations in catalogue(language).items():
        if forms == ("",):
            continue
        assert len(translations) == (1 if len(forms) == 1 else 2)
        for translation in translations:
            assert translation.strip(), forms
            assert sorted(_PLACE.findall(translation)) == sorted(_PLACE.findall(forms[-1])), forms
            assert (translation[0].isspace(), translation[-1].isspace()) == (
                forms[0][0].isspace(),
                forms[0][-1].isspace(),
            )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_ends_as_its_message_ends(language: str) -> None:
    for forms, translations in catalogue(language).items():
        if forms != ("",) and forms[0][-1] in ".?:…":
            assert {text[-1] for text in translations} == {forms[0][-1]}, forms


def test_singular_and_plural_of_a_message_have_the_same_places() -> None:
    for forms in marked():
        assert len({tuple(sorted(_PLACE.findall(form))) for form in forms}) == 1, forms


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_says_what_the_written_one_says(language: str) -> None:
    compiled = load(language)
    assert isinstance(compiled, gettext.GNUTranslations)
    assert compiled.info()["language"] == language
    for forms, translations in catalogue(language).items():
        if len(forms) == 2:
            assert (compiled.ngettext(*forms, 1), compiled.ngettext(*forms, 2)) == translations
        elif forms != ("",):
            assert compiled.gettext(forms[0]) == translations[0]


def test_every_language_that_is_packed_is_tested() -> None:
    assert sorted(folder.name for folder in packed("i18n").iterdir() if folder.is_dir()) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_flood_is_short_in_every_language(language: str) -> None:
    use(load(language))
    codes = [*DONE, *REFUSED]
    words = [verdict_word(code) for code in codes] + [verdict_word("received", lamp) for lamp in LAMPS]
    assert [word for word in words if len(word) > LONGEST or word != word.upper()] == []
    assert set(words) & (set(REFUSED.values()) - {"CERTIFICATE?", "PLACE"}) <= {"QUARANTINE"}


@pytest.mark.parametrize("code", Refused)
def test_no_refusal_is_told_in_english_to_those_who_speak_german(code: Refused) -> None:
    english = sentence(code, {"part": "P", "serial": "7"})
    use(load("de"))
    german = sentence(code, {"part": "P", "serial": "7"})
    assert german != english
    assert german.endswith((".", "?"))


def test_german_counts() -> None:
    use(load("de"))
    facts = {"months": 24, "from": "2026-03-01", "until": "2028-02-29", "days": 1}
    assert finding("warranty", "warranty_runs", facts) == (
        "Garantie: 24 Monate ab 2026-03-01, läuft bis 2028-02-29, noch 1 Tag"
    )
    assert sentence("undone", {"what": "received", "part": "P", "serial": "7", "labels_cancelled": 2}) == (
        "SN 7 von P: Annahme rückgängig gemacht. 2 wartende Etiketten werden nicht gedruckt."
    )
    assert sentence("wrong_kind", {"kind": "place", "wanted": "serial"}) == (
        "Das ist ein Platz, gebraucht wird eine Seriennummer."
    )


def test_english_comes_back_with_none() -> None:
    use(load("de"))
    assert reason_word("DOUBT") == "im Zweifel"
    use(None)
    assert reason_word("DOUBT") == "in doubt"


def test_the_header_of_a_catalogue_is_never_said() -> None:
    use(load("de"))
    assert [sentence(""), next_step(""), reason_word(""), state_word(""), verdict_word(""), event_line("")] == [""] * 6


# -- the pseudo-locale -----------------------------------------------------------------------------------------------

_LETTER = re.compile(r"[a-z]")


def everything_said() -> Iterator[tuple[str, str]]:
    """Everything that can be said, with numbers for facts: no letter of it is data."""
    names = {place[1:-1] for forms in marked() for form in forms for place in _PLACE.findall(form)}
    facts = {name.removeprefix("n_"): "77" for name in names}
    counts = facts | {
        "days": 3,
        "months": 3,
        "quantity": 3,
        "received": 3,
        "labels_cancelled": 3,
        "count": 3,
        "events": 3,
    }
    for given in ({}, facts, counts):
        for code in known_codes():
            yield code, sentence(code, given)
            yield code, next_step(code)
        for code in LIGHTS:
            yield code, finding("hold", code, given)
        for code in HISTORY:
            yield code, event_line(code, given)
        for code in PRINTING:
            yield code, printing(code, given)
    for words, told in ((reason_word, REASONS), (state_word, STATES), (command_word, HELP), (command_help, HELP)):
        for code in told:
            yield code, words(code)
    for code in [*DONE, *REFUSED, *OUTCOMES]:
        yield code, verdict_word(code) if code not in OUTCOMES else ""


def test_nothing_is_said_that_was_not_marked_for_translation() -> None:
    use(Pseudo())
    unmarked = {code: said for code, said in everything_said() if _LETTER.search(said)}
    assert unmarked == {}
    assert "⟦" in sentence("already") and all(LIGHT_NAMES.values())


def test_the_pseudo_locale_keeps_places_and_lengthens() -> None:
    said = pseudo("SN {serial} is received already.")
    assert "{serial}" in said
    assert len(said) > 1.3 * len("SN {serial} is received already.")
    assert not re.search("[a-zA-Z]", said.replace("{serial}", ""))


def test_how_a_catalogue_is_made_stands_in_it() -> None:
    for language in LANGUAGES:
        path = Path(str(packed("i18n", language, "LC_MESSAGES", "dockmark.po")))
        head = path.read_text("utf-8").split("msgid", 1)[0]
        assert "pybabel extract" in head and "pybabel compile" in head
