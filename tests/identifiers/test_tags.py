"""Dockmark's own tags: what is printed is read, and nothing else passes for one."""

import string
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockmark.identifiers import DockmarkTag, Reading, Scan, TagKind, flat, read, tags
from dockmark.identifiers.tags import Command, tag

CAPITALS = string.ascii_uppercase + string.digits
payloads = {
    TagKind.UNIT: st.text(CAPITALS, min_size=25, max_size=25),
    TagKind.PLACE: st.text(CAPITALS, min_size=2, max_size=60),
    TagKind.BADGE: st.text(CAPITALS, min_size=16, max_size=16),
    TagKind.COMMAND: st.sampled_from(list(Command)).map(str),
    TagKind.DOCUMENT: st.text(CAPITALS, min_size=2, max_size=60),
    TagKind.REASON: st.text(CAPITALS, min_size=2, max_size=60),
    TagKind.NUMBER: st.integers(0, 999_999_999).map(lambda number: f"{number:02}"),
}
tagged = st.sampled_from(list(TagKind)).flatmap(lambda kind: st.tuples(st.just(kind), payloads[kind]))


def found(text: str) -> object:
    return read(Scan.of_text(text), today=date(2026, 11, 23))


@given(tagged, st.sampled_from(["", "]C0", "]d1", "]Q1", "]A0"]), st.booleans(), st.sampled_from(["", "\r", "\r\n"]))
def test_a_printed_tag_is_read_back_in_either_case(kind_and_payload, mark, flipped, end) -> None:
    kind, payload = kind_and_payload
    text = tag(kind, payload)
    assert len(text) >= 6
    assert set(text) <= set(CAPITALS)
    seen = found(mark + (text.lower() if flipped else text) + end)
    assert isinstance(seen, DockmarkTag)
    assert (seen.kind, seen.payload) == (kind, payload)


@given(tagged, st.data())
def test_one_wrong_character_never_passes(kind_and_payload, data) -> None:
    text = tag(*kind_and_payload)
    at = data.draw(st.integers(2, len(text) - 1))
    wrong = text[:at] + data.draw(st.sampled_from(CAPITALS.replace(text[at], ""))) + text[at + 1 :]
    assert not isinstance(found(wrong), DockmarkTag)


@given(st.uuids())
def test_a_unit_tag_carries_its_unit(unit: UUID) -> None:
    for told in (unit, str(unit)):
        seen = found(tags.unit_tag(told))
        assert isinstance(seen, DockmarkTag)
        assert tags.unit_of(seen.payload) == str(unit)


@given(st.binary(min_size=10, max_size=10))
def test_a_badge_carries_its_token(token: bytes) -> None:
    seen = found(tags.badge_tag(token))
    assert isinstance(seen, DockmarkTag)
    assert tags.token_of(seen.payload) == token


def test_a_payload_of_the_right_size_may_still_carry_nothing() -> None:
    assert tags.unit_of("Z" * 25) is None
    assert tags.unit_of("0" * 24) is None
    assert tags.token_of("Z" * 16) is None
    assert tags.token_of("0") is None


@given(st.integers(0, 999_999_999))
def test_a_number_tag_carries_its_number(number: int) -> None:
    seen = found(tags.number_tag(number))
    assert isinstance(seen, DockmarkTag)
    assert (tags.number_of(seen.payload), tags.key_of(seen.payload)) == (number, None)


def test_a_single_digit_is_printed_with_a_zero_before_it() -> None:
    assert tags.number_tag(5)[3:-1] == "05"


@pytest.mark.parametrize("key", [*range(10), "E", "C"])
def test_a_keypad_tag_carries_its_key(key: int | str) -> None:
    seen = found(tags.key_tag(key))
    assert isinstance(seen, DockmarkTag)
    assert (tags.key_of(seen.payload), tags.number_of(seen.payload)) == (str(key), None)


@pytest.mark.parametrize("command", list(Command))
def test_a_command_tag_says_its_command(command: Command) -> None:
    seen = found(tags.command_tag(command))
    assert isinstance(seen, DockmarkTag)
    assert Command(seen.payload) is command


def test_a_command_that_a_later_version_adds_is_read_too() -> None:
    seen = found(tag(TagKind.COMMAND, "TELEPORT"))
    assert isinstance(seen, DockmarkTag)
    assert seen.payload == "TELEPORT"


def test_a_place_tag_carries_capitals_and_digits_of_its_code() -> None:
    assert tags.place_payload("a-01.03 é") == "A0103"
    seen = found(tags.place_tag("a-01.03"))
    assert isinstance(seen, DockmarkTag)
    assert (seen.kind, seen.payload) == (TagKind.PLACE, "A0103")


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        (TagKind.UNIT, "A"),
        (TagKind.UNIT, "a" * 25),
        (TagKind.PLACE, ""),
        (TagKind.PLACE, "A"),
        (TagKind.PLACE, "A-1"),
        (TagKind.PLACE, "É1"),
        (TagKind.PLACE, "A" * 61),
        (TagKind.BADGE, "1" * 15),
        (TagKind.COMMAND, "1"),
        (TagKind.NUMBER, "5"),
        (TagKind.NUMBER, "KX"),
        (TagKind.NUMBER, "٣٣"),
    ],
)
def test_a_payload_that_has_not_the_form_of_its_kind_is_no_tag(kind: TagKind, payload: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        tag(kind, payload)


def test_numbers_and_tokens_out_of_bounds_are_no_tags() -> None:
    for number in (-1, 1_000_000_000):
        with pytest.raises(ValueError, match=r".*"):
            tags.number_tag(number)
    with pytest.raises(ValueError, match=r".*"):
        tags.badge_tag(b"short")


@pytest.mark.parametrize("text", ["DM", "DMX123", "DMU", "DML", "DMLA1", "DMQABC123", "DM-L-A01", "XDMCUNDOJ"])
def test_other_text_that_begins_alike_is_an_ordinary_serial(text: str) -> None:
    seen = found(text)
    assert isinstance(seen, Reading)
    assert (seen.scheme, seen.serial, seen.warn) == ("plain", text, ())


@pytest.mark.parametrize(
    "text",
    [
        tags.command_tag(Command.UNDO)[:-1] + "0",
        tags.key_tag(4)[:-1] + "0",
        tags.unit_tag("01890a5d-ac96-774b-bcce-b302099a8057")[:-1] + "0",
        tags.badge_tag(b"0123456789")[:-1] + "1",
    ],
)
def test_a_tag_whose_check_character_is_wrong_is_a_serial_under_suspicion(text: str) -> None:
    seen = found(text)
    assert isinstance(seen, Reading)
    assert (seen.scheme, [*seen.warn]) == ("plain", ["suspicious"])


def test_a_tag_is_told_flat() -> None:
    seen = found("DMCUNDOJ")
    assert flat(seen) == {"raw": "DMCUNDOJ", "scheme": "dockmark", "kind": "command", "payload": "UNDO", "warn": []}
