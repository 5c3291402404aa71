"""Merkle trees of RFC 6962 (section 2.1): leaves and nodes are hashed apart, so that neither passes for the other."""

from collections.abc import Sequence
from hashlib import sha256

NOTHING = bytes(32)
"""Stands where there is no earlier root."""


class NoProof(ValueError):
    """The path does not belong to a tree of this size."""


def hash_leaf(data: bytes) -> bytes:
    """The leaf of `data`: SHA-256 with the prefix of leaves."""
    return sha256(b"\x00" + data).digest()


def hash_node(left: bytes, right: bytes) -> bytes:
    """The node above two others: SHA-256 with the prefix of nodes."""
    return sha256(b"\x01" + left + right).digest()


def find_root(leaves: Sequence[bytes]) -> bytes:
    """The root over these leaves, in their order; of no leaves, the hash of nothing."""
    level = list(leaves)
    if not level:
        return sha256().digest()
    while len(level) > 1:
        level = _next_level(level)
    return level[0]


def prove_inclusion(leaves: Sequence[bytes], position: int) -> list[bytes]:
    """The hashes, lowest first, by which someone who has one leaf alone finds the root. Raises IndexError."""
    if not 0 <= position < len(leaves):
        raise IndexError("There is no leaf in this position.")
    path, level = [], list(leaves)
    while len(level) > 1:
        beside = position ^ 1
        if beside < len(level):
            path.append(level[beside])
        level, position = _next_level(level), position // 2
    return path


def follow_path(leaf: bytes, position: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root of the tree of `size` leaves that has `leaf` in `position`, by its path. Raises NoProof."""
    if not 0 <= position < size:
        raise NoProof("There is no such position in a tree of this size.")
    found, remaining = leaf, list(path)
    while size > 1:
        if position ^ 1 < size:
            if not remaining:
                raise NoProof("The path is too short.")
            beside = remaining.pop(0)
            found = hash_node(beside, found) if position % 2 else hash_node(found, beside)
        position, size = position // 2, (size + 1) // 2
    if remaining:
        raise NoProof("The path is too long.")
    return found


def _next_level(level: list[bytes]) -> list[bytes]:
    """Pairs become their node; one left over moves up as it is, which gives the split at a power of two."""
    above = [hash_node(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
    return [*above, level[-1]] if len(level) % 2 else above
