from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from commonweal.capabilities.cases.rules import ALPHABET, is_same_secret, normal_reference, reference_from, secret_of

randomness = st.binary(min_size=16, max_size=16)


@given(randomness)
def test_a_reference_is_understood_however_it_is_typed(some: bytes) -> None:
    reference = reference_from(some)
    assert normal_reference(reference) == reference
    assert normal_reference(f" {reference.lower().replace('-', ' ')} ") == reference


@given(randomness, st.integers(0, 8), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(some: bytes, position: int, wrong: str) -> None:
    reference = reference_from(some)
    plain = reference.replace("-", "")
    mistyped = plain[:position] + wrong + plain[position + 1 :]
    assert normal_reference(mistyped) == (reference if mistyped == plain else None)


@given(st.text())
def test_no_text_makes_it_fail(typed: str) -> None:
    normal_reference(typed)
    is_same_secret(typed, "BCDFG-HJKLM")


@given(st.binary(min_size=32, max_size=32), st.uuids(), st.uuids())
def test_a_secret_belongs_to_one_submission_and_one_key(key: bytes, one: UUID, other: UUID) -> None:
    secret = secret_of(key, one)
    assert is_same_secret(secret.lower().replace("-", ""), secret)
    assert (secret == secret_of(key, other)) == (one == other)
    assert secret != secret_of(key[::-1] + b"x", one)
