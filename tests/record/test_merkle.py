"""Roots and paths as RFC 6962 has them, by its own recursive words."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from dockmark.record.merkle import inclusion_path, root_of_path, tree_root


def plainly(leaves: list[bytes]) -> bytes:
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + plainly(leaves[:split]) + plainly(leaves[split:])).digest()


LEAVES = st.lists(st.binary(max_size=40), max_size=70)


@given(LEAVES)
def test_the_root_is_that_of_the_recursive_definition(leaves: list[bytes]) -> None:
    assert tree_root(leaves) == plainly(leaves)


@given(LEAVES.filter(bool), st.data())
def test_a_path_leads_from_each_leaf_to_the_root_and_from_no_other_place(
    leaves: list[bytes], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    path, root = inclusion_path(index, leaves), tree_root(leaves)
    assert root_of_path(leaves[index], index, len(leaves), path) == root
    assert root_of_path(leaves[index] + b"x", index, len(leaves), path) != root
    assert root_of_path(leaves[index], index, len(leaves), [*path, bytes(32)]) != root
    if path:
        assert root_of_path(leaves[index], index, len(leaves), path[:-1]) != root
    assert root_of_path(leaves[index], len(leaves), len(leaves), path) is None
