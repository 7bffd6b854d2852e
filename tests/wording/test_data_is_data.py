"""Whatever stands in facts, no sentence raises, and nothing in a value is read as anything but text."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dockmark.wording import (
    command_help,
    command_word,
    event_line,
    field_word,
    file_warning,
    file_word,
    finding,
    finding_words,
    known_codes,
    lamp_word,
    ledger_fault,
    light_word,
    next_step,
    outcome_word,
    printing,
    reason_word,
    row_word,
    rule_word,
    sentence,
    state_word,
    unread_word,
    use,
    verdict_word,
    visible,
    warn_word,
)
from dockmark.wording.values import LONGEST, shown

from .pseudo import Pseudo

CODES = sorted(known_codes())
ANY_TEXT = st.text(st.characters(codec=None), max_size=80)  # with lone surrogates
_NAMES = (
    "serial part paper place state reason code by why kind wanted text value field file line lot quantity fits inferred"
    " what labels_cancelled note expiry recall range ranges other others operator name units days months from until"
    " about error override told lines rows differences count elsewhere owner short over"
)
NAMES = st.sampled_from(_NAMES.split(" "))
VALUES = st.one_of(
    ANY_TEXT, st.integers(), st.booleans(), st.lists(ANY_TEXT, max_size=30), st.none(), st.floats(),
    st.dictionaries(ANY_TEXT, st.one_of(ANY_TEXT, st.integers(), st.lists(st.integers())), max_size=3),
)  # fmt: skip
FACTS = st.dictionaries(st.one_of(NAMES, ANY_TEXT), VALUES, max_size=12)
NEVER_SHOWN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def is_safe(text: str) -> bool:
    return all(unicodedata.category(char) not in NEVER_SHOWN for char in text)


@pytest.mark.parametrize("language", [None, Pseudo()])
@settings(deadline=None)
@given(code=st.sampled_from(CODES) | ANY_TEXT, facts=FACTS)
def test_no_fact_makes_a_sentence_raise_or_hide_anything(language: Pseudo | None, code: str, facts: dict) -> None:  # type: ignore[type-arg] # anything
    use(language)
    for said in (sentence(code, facts), finding("hold", code, facts), event_line(code, facts), printing(code, facts)):
        assert is_safe(said)
        assert len(said) < 4000
    assert is_safe(file_word(code, facts)) and is_safe(finding_words(code, facts))


@settings(deadline=None)
@given(ANY_TEXT)
def test_no_code_makes_a_word_raise_or_hide_anything(code: str) -> None:
    one: list[Callable[[str], str]] = [
        command_help, command_word, field_word, file_warning, lamp_word, ledger_fault, light_word, next_step,
        outcome_word, reason_word, row_word, rule_word, sentence, state_word, unread_word, verdict_word, warn_word,
    ]  # fmt: skip
    for word in one:
        assert is_safe(word(code))


MARKUP = [
    "{part}", "{0}", "{serial!r}", "{x.__class__.__mro__}", "{", "}", "{{", "%s", "%(part)s", "%", "$part", "\\1",
    "\\g<0>", "<b>bold</b>", "<img src=x onerror=alert(1)>", "&amp;", "^XZ", "~JR", "=1+1", "'; DROP TABLE", "`id`",
]  # fmt: skip


@settings(deadline=None)
@given(st.sampled_from(MARKUP) | st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=LONGEST))
def test_a_value_stands_in_its_sentence_letter_by_letter(value: str) -> None:
    facts = {"serial": value, "part": "SECRET-PART", "operator": value, "name": value}
    assert sentence("already", {"serial": value}) == f"SN {value} is received already. Scan the next unit."
    assert sentence("already", facts).startswith(f"SN {value} of SECRET-PART is received")
    assert sentence("operator_switched", facts) == f"{value} works here now. Scan a unit."
    assert event_line("unit_scrapped", {"reason": value}).startswith("Scrapped: ")


def test_a_value_never_brings_another_value_in() -> None:
    said = sentence("second_person_needed", {"operator": "{serial}", "serial": "{operator}"})
    assert said.startswith("{serial} put SN {operator} on hold")
    assert sentence("bad_file", {"file": "{why_word}", "why": "{file}"}).startswith(
        "{why_word} cannot be used: {file}."
    )
    assert finding("{finding}", "ours") == "{finding}: ours"
    scanned = {"outcome": "refused", "code": "operator_unknown", "facts": {"operator": "{what}"}}
    assert event_line("scan_noted", scanned).startswith("Refused: Nobody here is “{what}”.")


def test_a_control_character_is_drawn() -> None:
    assert visible("a\x1db\x00\x7f\n\x1b[31m") == "a␝b␀␡␊␛[31m"


@pytest.mark.parametrize(
    "hidden", ["\u202e", "\u2066", "\u200b", "\ufeff", "\u2028", "\x85", "\ud800", "\ue000", "\xad"]
)
def test_nothing_turns_hides_or_breaks_its_neighbours(hidden: str) -> None:
    assert visible(f"AB{hidden}CD") == "AB�CD"
    sentence("already", {"serial": hidden}).encode("utf-8")


@settings(deadline=None)
@given(st.text(st.characters(codec=None)))
def test_a_long_value_is_cut(text: str) -> None:
    said = visible(text)
    assert len(said) <= LONGEST
    assert said.endswith("…") or len(text) <= LONGEST
    assert len(said) == min(len(text), LONGEST)
    assert visible(said) == said


def test_a_long_serial_is_cut_with_an_ellipsis_and_a_short_one_is_whole() -> None:
    assert sentence("already", {"serial": "7" * 60}) == f"SN {'7' * 60} is received already. Scan the next unit."
    assert sentence("already", {"serial": "7" * 61}) == f"SN {'7' * 59}… is received already. Scan the next unit."


def test_a_long_list_names_the_first_and_counts_the_rest() -> None:
    said = sentence("look_alike", {"serial": "7", "others": [f"SERIAL-{number:05}" for number in range(50)]})
    assert said.startswith("SN 7 looks like SERIAL-00000, SERIAL-00001, ")
    assert ", 34 more. Read the label again." in said
    assert shown(["a", "", "b", "  "]) == "a, b"
    assert shown(["x" * 500]) == "x" * 59 + "…"


@pytest.mark.parametrize("number", [10**5000, -(10**5000), 10**40], ids=["vast", "vastly less", "large"])
def test_a_number_without_end_does_not_raise(number: int) -> None:
    assert shown(number) == "…"
    assert "…" in sentence("over_receipt", {"part": "P", "quantity": number, "open": 1, "paper": "A"})
    assert sentence("quantity_taken", {"quantity": number})
    assert finding_words("warranty_runs", {"months": number, "from": "a", "until": "b", "days": number})


def test_yes_and_no() -> None:
    assert (shown(True), shown(False), shown(None), shown(1.5), shown("  ")) == ("yes", "no", "", "", "")
