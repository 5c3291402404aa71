"""Merkle trees of RFC 6962 (section 2.1): leaves and nodes are hashed apart, so that neither passes for the other."""

from collections.abc import Sequence
from hashlib import sha256

NOTHING = bytes(32)
"""Stands where there is no earlier root."""


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


def _next_level(level: list[bytes]) -> list[bytes]:
    """Pairs become their node; one left over moves up as it is, which gives the split at a power of two."""
    above = [hash_node(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
    return [*above, level[-1]] if len(level) % 2 else above
