"""Keys by which serials and part numbers are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockmark.identifiers import look_key, part_key, serial_key

texts = st.text(max_size=30)


@given(texts)
def test_a_key_is_its_own_key(text: str) -> None:
    assert serial_key(serial_key(text)) == serial_key(text)
    assert look_key(look_key(text)) == look_key(text)


@given(texts, texts)
def test_serials_that_are_the_same_number_look_alike(one: str, other: str) -> None:
    if serial_key(one) == serial_key(other):
        assert look_key(one) == look_key(other)


@given(texts)
def test_a_look_follows_from_the_key_alone(text: str) -> None:
    assert look_key(serial_key(text)) == look_key(text)


@given(st.text("ABCO01IL-", max_size=12))
def test_case_and_spaces_make_no_other_serial(text: str) -> None:
    assert serial_key(text.lower()) == serial_key(f" {text[:3]} {text[3:]}\t")


def test_exact_differences_stay_in_the_serial_key() -> None:
    assert len({serial_key(each) for each in ("AB-007", "AB-7", "AB7", "AB-O07", "AB/7")}) == 5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AB-007", "AB-7"),
        ("0031", "31"),
        ("O31", "031"),
        ("SNO1", "SN01"),
        ("I5", "15"),
        ("l5", "15"),
        ("AB-O7", "AB-7"),
        ("ab 1", "AB1"),
        ("ＡＢ１", "AB1"),
        ("000", "0"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_what_an_eye_may_confuse_has_one_look(one: str, other: str) -> None:
    assert look_key(one) == look_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("A1", "A-1"), ("AB10", "AB1"), ("A100", "A1"), ("A105", "A15"), ("5", "S"), ("", "0")]
)
def test_what_no_eye_confuses_has_another_look(one: str, other: str) -> None:
    assert look_key(one) != look_key(other)


def test_dashes_tell_part_numbers_apart() -> None:
    assert part_key("b-200 ") == part_key("B-200")
    assert part_key("B-200") != part_key("B200")
