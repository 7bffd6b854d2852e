"""Hash trees over a list of leaves (RFC 6962 section 2.1): roots, paths of inclusion, and what a path proves."""

import hashlib
from collections.abc import Iterable, Sequence

NO_LEAVES = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """Hash of one leaf: SHA-256 over 0x00 and the data."""
    return hashlib.sha256(b"\x00" + data).digest()


def tree_root(leaves: Iterable[bytes]) -> bytes:
    """Merkle tree hash of the leaves in order; of no leaves, the hash of nothing."""
    tree = Tree()
    tree.add(map(leaf_hash, leaves))
    return tree.root()


class Tree:
    """A tree that grows at its end. Keeps one hash for each complete subtree: of a million leaves, twenty."""

    def __init__(self) -> None:
        self.size = 0
        self._stack: list[tuple[int, bytes]] = []

    def add(self, hashes: Iterable[bytes]) -> None:
        """Appends leaves, by their leaf hashes."""
        stack = self._stack
        for node in hashes:
            self.size += 1
            size = 1
            while stack and stack[-1][0] == size:
                left = stack.pop()[1]
                size, node = size * 2, _inner(left, node)
            stack.append((size, node))

    def root(self) -> bytes:
        """The tree's root as it is now."""
        if not self._stack:
            return NO_LEAVES
        *rest, (_, root) = self._stack
        for _, left in reversed(rest):
            root = _inner(left, root)
        return root


def inclusion_path(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The hashes that lead from the leaf at this index to the root (RFC 6962 section 2.1.1)."""
    level = [leaf_hash(leaf) for leaf in leaves]
    if not 0 <= index < len(level):
        raise IndexError(index)
    path = []
    while len(level) > 1:
        beside = index ^ 1
        if beside < len(level):
            path.append(level[beside])
        above = [_inner(left, right) for left, right in zip(level[::2], level[1::2], strict=False)]
        # A node without a neighbour goes up as it is: that is the same tree as the one that is split by powers of two.
        if len(level) % 2:
            above.append(level[-1])
        index, level = index // 2, above
    return path


def root_of_path(data: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a leaf at this index of a tree of that size leads to by a path; None where the path cannot be."""
    if not 0 <= index < size:
        return None
    node, last, left = leaf_hash(data), size - 1, list(path)
    while last:
        if index % 2 or index < last:
            if not left:
                return None
            beside = left.pop(0)
            node = _inner(beside, node) if index % 2 else _inner(node, beside)
        index, last = index // 2, last // 2
    return None if left else node


def _inner(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
