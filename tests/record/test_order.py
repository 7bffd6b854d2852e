"""Identities, times and roots."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from dockmark.record.clock import order_time
from dockmark.record.ids import is_subject, is_uuid, uuid7
from dockmark.record.merkle import leaf_hash, tree_root

moments = st.integers(0, 2**47 * 1000)


@given(moments, st.lists(moments, max_size=4))
def test_the_time_of_an_event_is_above_every_floor_and_moves_by_one_where_a_clock_runs_ahead(
    wall: int, floors: list[int]
) -> None:
    ts = order_time(wall, *floors)
    assert ts >= wall and all(ts > floor for floor in floors)
    assert ts == wall or ts == max(floors) + 1


@given(moments, moments, st.integers(0, 2**62 - 1))
def test_uuids_of_version_7_sort_by_time(first: int, second: int, bits: int) -> None:
    one, other = uuid7(first, bits), uuid7(second, bits)
    assert is_uuid(one) and one[14] == "7" and one[19] in "89ab"
    if first // 1000 != second // 1000:
        assert (one < other) == (first < second)


def test_subjects_have_a_kind_and_an_id() -> None:
    assert is_subject("unit:0190-a") and is_subject("operator:anna@x.org")
    assert not any(map(is_subject, ("unit", "unit:", ":x", "Unit:x", "unit:a b", "unit:" + "x" * 65)))


def naive_root(leaves: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, word by word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + naive_root(leaves[:split]) + naive_root(leaves[split:])).digest()


@given(st.lists(st.binary(max_size=8), max_size=70))
def test_the_root_is_that_of_rfc_6962(leaves: list[bytes]) -> None:
    assert tree_root(leaves) == naive_root(leaves)
