"""Which language is spoken: the one asked for, then the machine's, and English where there is no other."""

import gettext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dockmark.station.language import folder_names, load, speak, spoken, wishes
from dockmark.wording import forms_here, reason_word

VARIABLES = ("DOCKMARK_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.fixture(autouse=True)
def _no_language_around(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("environment", "system", "wanted"),
    [
        ({}, "", [""]),
        ({}, "de_DE", ["de_DE"]),
        ({"LANG": "de_AT.UTF-8"}, "", ["de_AT.UTF-8"]),
        ({"LANG": "fr_FR", "LC_ALL": "de_DE"}, "", ["de_DE"]),
        ({"LANG": "fr_FR", "LC_MESSAGES": "de_DE"}, "", ["de_DE"]),
        ({"LANG": "fr_FR", "LANGUAGE": "it:de"}, "", ["it", "de"]),
        ({"LANG": "fr_FR", "LC_ALL": "es", "LANGUAGE": "it", "DOCKMARK_LANG": "de"}, "pl_PL", ["de"]),
        ({"DOCKMARK_LANG": "  ", "LANG": "de"}, "", ["de"]),
    ],
)
def test_our_own_variable_goes_before_those_of_the_system(
    environment: dict[str, str], system: str, wanted: list[str]
) -> None:
    assert list(wishes(environment, system)) == wanted


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("de", "de"), ("de_AT.UTF-8", "de"), ("de-CH", "de"), ("DE", "de"), ("de_DE@euro", "de"), (" de ", "de"),
        ("en", "en"), ("en_GB.UTF-8", "en"), ("C", "en"), ("C.UTF-8", "en"), ("POSIX", "en"), ("", "en"),
        ("xx", "en"), ("fr:de", "de"), ("fr:en:de", "en"), ("C:de", "en"), ("klingon", "en"),
        ("../../../etc/passwd", "en"), ("de/../de", "en"), ("de\x00", "en"), ("d", "en"),
    ],
)  # fmt: skip
def test_the_machine_is_spoken_to_in_its_language(monkeypatch: pytest.MonkeyPatch, asked: str, spoken: str) -> None:
    if "\x00" in asked:
        assert speak(asked) == spoken
        return
    monkeypatch.setenv("DOCKMARK_LANG", asked)
    assert speak() == spoken
    assert reason_word("DOUBT") == ("im Zweifel" if spoken == "de" else "in doubt")


def test_a_language_named_by_the_caller_goes_before_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKMARK_LANG", "de")
    assert speak("en") == "en"
    assert reason_word("DOUBT") == "in doubt"
    assert isinstance(load(), gettext.GNUTranslations)


def test_what_speaks_as_the_station_follows_the_language_that_was_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "es_ES.UTF-8")
    speak("de")
    name, translations = spoken("")
    assert (name, translations.gettext("in doubt"), forms_here().language) == ("de", "im Zweifel", "de")
    assert spoken("es")[0] == "es_ES", "a language of its own has the country of the machine, where it is spoken there"


@pytest.mark.parametrize(("chosen", "forms"), [("en", "en_GB"), ("de", "de"), ("en_US", "en_US"), ("", "en_GB")])
def test_a_language_without_a_country_has_that_of_the_machine(
    monkeypatch: pytest.MonkeyPatch, chosen: str, forms: str
) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    speak(chosen)
    assert forms_here().language == forms


@settings(deadline=None)
@given(st.text())
def test_no_text_is_ever_a_path(text: str) -> None:
    for name in folder_names(text):
        assert name.replace("_", "").isalnum() and name.isascii() and len(name) < 20
    assert isinstance(load(text or "en"), gettext.NullTranslations)
