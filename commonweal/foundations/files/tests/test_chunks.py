"""A sealed stream opens as it was sealed, in its own place, and in no other way."""

from io import BytesIO
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundations.files.chunks import SIZE, Altered, new_key, open_stream, seal_stream

KEY, KEY_ID, PLACE = new_key(), uuid4(), b"files.file.content\x00" + bytes(16)
SEALED = SIZE + 16
HEAD = 17
CONTENT = bytes(range(256)) * (SIZE // 256) * 3 + b"the end"


def sealed(content: bytes = CONTENT, key_id: UUID = KEY_ID, place: bytes = PLACE) -> bytes:
    return b"".join(seal_stream([content], key=KEY, key_id=key_id, place=place))


def opened(stream: bytes, *, key: bytes = KEY, key_id: UUID = KEY_ID, place: bytes = PLACE) -> bytes:
    return b"".join(open_stream(BytesIO(stream), key=key, key_id=key_id, place=place))


@pytest.mark.parametrize("size", [0, 1, SIZE - 1, SIZE, SIZE + 1, 2 * SIZE, 3 * SIZE + 7])
def test_it_opens_as_it_was_sealed(size: int) -> None:
    content = CONTENT[:size].ljust(size, b".")
    assert opened(sealed(content)) == content


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_however_the_content_came(pieces: list[bytes]) -> None:
    stream = b"".join(seal_stream(pieces, key=KEY, key_id=KEY_ID, place=PLACE))
    assert opened(stream) == b"".join(pieces)


def test_nothing_of_the_content_shows() -> None:
    assert b"the end" not in sealed()
    assert bytes(range(64)) not in sealed()


class _Dripping(BytesIO):
    """A remote storage: a few bytes at a time."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(size or 0, 5000))


def test_it_opens_from_a_storage_that_gives_less_than_was_asked_for() -> None:
    assert b"".join(open_stream(_Dripping(sealed()), key=KEY, key_id=KEY_ID, place=PLACE)) == CONTENT


class TestAttacks:
    @pytest.mark.parametrize(
        "end", [HEAD, HEAD + 5, HEAD + SEALED, HEAD + 2 * SEALED, HEAD + 3 * SEALED, HEAD + 3 * SEALED + 3]
    )
    def test_cut_short(self, end: int) -> None:
        with pytest.raises(Altered):
            opened(sealed()[:end])

    def test_continued(self) -> None:
        with pytest.raises(Altered):
            opened(sealed() + sealed()[HEAD:])

    def test_chunks_in_another_order(self) -> None:
        stream = sealed()
        first, second = stream[HEAD : HEAD + SEALED], stream[HEAD + SEALED : HEAD + 2 * SEALED]
        with pytest.raises(Altered):
            opened(stream[:HEAD] + second + first + stream[HEAD + 2 * SEALED :])

    def test_a_chunk_left_out(self) -> None:
        stream = sealed()
        with pytest.raises(Altered):
            opened(stream[: HEAD + SEALED] + stream[HEAD + 2 * SEALED :])

    def test_a_chunk_of_another_file_under_the_same_key(self) -> None:
        stream, other = sealed(), sealed(place=PLACE[:-1] + b"\x01")
        with pytest.raises(Altered):
            opened(stream[:HEAD] + other[HEAD : HEAD + SEALED] + stream[HEAD + SEALED :])

    @pytest.mark.parametrize("at", [0, 3, HEAD, HEAD + SEALED + 9, -1])
    def test_one_bit(self, at: int) -> None:
        stream = bytearray(sealed())
        stream[at] ^= 1
        with pytest.raises(Altered):
            opened(bytes(stream))

    def test_in_the_place_of_another_file(self) -> None:
        with pytest.raises(Altered):
            opened(sealed(), place=PLACE[:-1] + b"\x01")

    def test_under_another_key(self) -> None:
        with pytest.raises(Altered):
            opened(sealed(), key=new_key())
        with pytest.raises(Altered):
            opened(sealed(), key_id=uuid4())

    def test_what_was_given_out_before_the_alteration_was_whole(self) -> None:
        stream = bytearray(sealed())
        stream[HEAD + SEALED + 9] ^= 1
        chunks = open_stream(BytesIO(bytes(stream)), key=KEY, key_id=KEY_ID, place=PLACE)
        assert next(chunks) == CONTENT[:SIZE]
        with pytest.raises(Altered):
            next(chunks)
