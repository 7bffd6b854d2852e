"""The root of a list of leaves (RFC 6962 section 2.1)."""

import hashlib
from collections.abc import Iterable


def leaf_hash(data: bytes) -> bytes:
    """Hash of one leaf: SHA-256 over 0x00 and the data."""
    return hashlib.sha256(b"\x00" + data).digest()


def tree_root(leaves: Iterable[bytes]) -> bytes:
    """Merkle tree hash of the leaves in order; of no leaves, the hash of nothing.

    Keeps one hash for each complete subtree, so a million leaves need twenty hashes of memory.
    """
    stack: list[tuple[int, bytes]] = []
    for data in leaves:
        size, node = 1, leaf_hash(data)
        while stack and stack[-1][0] == size:
            left_size, left = stack.pop()
            size, node = left_size + size, _inner(left, node)
        stack.append((size, node))
    if not stack:
        return hashlib.sha256(b"").digest()
    _, root = stack.pop()
    while stack:
        _, left = stack.pop()
        root = _inner(left, root)
    return root


def _inner(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
