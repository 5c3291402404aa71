from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from commonweal.capabilities.cases.rules import secret_of
from commonweal.foundations.references.secrets import is_same_secret


@given(st.text())
def test_no_text_makes_it_fail(typed: str) -> None:
    is_same_secret(typed, "BCDFG-HJKLM")


@given(st.binary(min_size=32, max_size=32), st.uuids(), st.uuids())
def test_a_secret_belongs_to_one_submission_and_one_key(key: bytes, one: UUID, other: UUID) -> None:
    secret = secret_of(key, one)
    assert is_same_secret(secret.lower().replace("-", ""), secret)
    assert (secret == secret_of(key, other)) == (one == other)
    assert secret != secret_of(key[::-1] + b"x", one)
