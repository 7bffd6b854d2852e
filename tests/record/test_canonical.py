"""The one byte form of a record."""

import unicodedata

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from dockmark.record.canonical import NotCanonical, canonical_bytes, cleaned, is_canonical

texts = st.text(max_size=30).map(lambda text: unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode()))
keys = st.text(st.characters(max_codepoint=126, min_codepoint=32), max_size=12)
values = st.recursive(
    texts | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)
objects = st.dictionaries(keys, values, max_size=6)


@given(objects)
def test_the_bytes_are_those_of_rfc_8785(value: dict[str, object]) -> None:
    data = canonical_bytes(value)  # type: ignore[arg-type] # hypothesis types its recursive values loosely
    assert data == rfc8785.dumps(value)  # type: ignore[arg-type] # as above
    assert is_canonical(data)


@given(objects)
def test_another_order_of_keys_or_another_space_is_not_canonical(value: dict[str, object]) -> None:
    data = canonical_bytes(value)  # type: ignore[arg-type] # hypothesis types its recursive values loosely
    assert not is_canonical(data + b" ")
    assert not is_canonical(b" " + data)
    if len(value) > 1:
        backwards = dict(sorted(value.items(), reverse=True))
        import json

        assert not is_canonical(json.dumps(backwards, separators=(",", ":"), ensure_ascii=False).encode())


@pytest.mark.parametrize(
    "value", [1.0, None, 2**53, -(2**53), float("nan"), "e\u0301", b"x", {"a": None}, [1.5], {"\u00e4": 1}]
)
def test_what_could_be_written_in_two_ways_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical_bytes({"x": value})  # type: ignore[dict-item] # wrong on purpose


@given(st.binary(max_size=60))
def test_any_bytes_can_be_asked_about(data: bytes) -> None:
    assert is_canonical(data) in (True, False)


@given(st.text(max_size=40))
def test_cleaned_text_is_always_fit_to_be_recorded(text: str) -> None:
    canonical_bytes({"x": cleaned(text)})
