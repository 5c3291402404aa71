"""What people send as text is read as they wrote it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundations.texts.encodings import decoded


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_it_is_read_whatever_wrote_it(encoding: str) -> None:
    assert decoded("Siân met José".encode(encoding)) == "Siân met José"


@pytest.mark.parametrize("content", [b"\x81", b"\xff\xfea", b"\xfe\xff\xd8\x00"])
def test_what_is_in_none_of_them_is_no_text(content: bytes) -> None:
    assert decoded(content) is None


@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_not(content: bytes) -> None:
    assert decoded(content) is None or isinstance(decoded(content), str)
