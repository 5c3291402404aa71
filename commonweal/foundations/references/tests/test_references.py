"""A reference is understood however it is typed, and one wrong character is noticed."""

from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundations.references.references import ALPHABET, normal_reference, reference_from

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
    assert normal_reference(typed) in {None, normal_reference(normal_reference(typed) or "")}
