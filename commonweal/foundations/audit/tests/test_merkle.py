"""The tree against the recursive definition of RFC 6962 (section 2.1) and its published hashes."""

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundations.audit.merkle import find_root, hash_leaf, hash_node

some_leaves = st.lists(st.binary(max_size=4).map(hash_leaf), max_size=70)


def defined_root(leaves: list[bytes]) -> bytes:
    """MTH(D[n]) as the standard writes it: split at the largest power of two below n."""
    if not leaves:
        return sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hash_node(defined_root(leaves[:split]), defined_root(leaves[split:]))


def test_the_hashes_that_implementations_of_the_standard_agree_on() -> None:
    """Of no entry, of one empty entry, and of the eight entries that certificate transparency logs test with."""
    entries = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    leaves = [hash_leaf(bytes.fromhex(entry)) for entry in entries]
    assert find_root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert leaves[0].hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert find_root(leaves).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@given(some_leaves)
def test_it_is_the_tree_of_the_standard(leaves: list[bytes]) -> None:
    assert find_root(leaves) == defined_root(leaves)


@given(some_leaves.filter(lambda leaves: len(leaves) > 1), st.data())
def test_every_change_changes_the_root(leaves: list[bytes], data: st.DataObject) -> None:
    """One changed, one left out, one more, two that changed places."""
    position = data.draw(st.integers(0, len(leaves) - 2))
    before, after = leaves[:position], leaves[position + 1 :]
    root = find_root(leaves)
    assert find_root([*before, hash_leaf(b"another"), *after]) != root
    assert find_root([*before, *after]) != root
    assert find_root([*before, hash_leaf(b"another"), leaves[position], *after]) != root
    if leaves[position] != leaves[position + 1]:
        assert find_root([*before, leaves[position + 1], leaves[position], *leaves[position + 2 :]]) != root
