"""A request's body comes whole or not at all, however the server hands it over."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.frontends.whole import BrokenOff, Whole


class InPieces:
    """A server that hands over what it has, a few bytes at a time."""

    def __init__(self, content: bytes, most: int) -> None:
        self._content, self._most = BytesIO(content), most

    def read(self, size: int, /) -> bytes:
        return self._content.read(min(size, self._most))

    def readline(self, size: int, /) -> bytes:
        return self._content.readline(min(size, self._most))


def read_all(whole: Whole, step: int) -> bytes:
    return b"".join(iter(lambda: whole.read(step), b""))


@given(st.binary(max_size=200), st.integers(1, 70), st.integers(1, 70))
def test_what_came_whole_is_read_as_it_was(content: bytes, most: int, step: int) -> None:
    assert read_all(Whole(InPieces(content, most), len(content)), step) == content


@given(st.binary(max_size=200), st.integers(1, 100), st.integers(1, 70), st.integers(1, 400))
def test_less_than_was_said_is_never_taken_for_all(content: bytes, missing: int, most: int, step: int) -> None:
    whole = Whole(InPieces(content, most), len(content) + missing)
    with pytest.raises(BrokenOff):
        read_all(whole, step)


def test_lines_are_read_to_the_end_and_no_further() -> None:
    whole = Whole(BytesIO(b"one\ntwo\nthree"), 8)
    assert [whole.readline(99), whole.readline(99), whole.readline(99)] == [b"one\n", b"two\n", b""]
    with pytest.raises(BrokenOff):
        Whole(BytesIO(b""), 1).readline(99)
