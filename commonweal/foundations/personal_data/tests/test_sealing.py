"""What is sealed opens with its key in its place, and nowhere else."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundations.personal_data.sealing import CannotOpen, key_named_by, open_sealed, seal

KEYS = st.binary(min_size=32, max_size=32)
ROWS = st.uuids()
LABELS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz._", min_size=1, max_size=40)
ADDED = 45


@given(text=st.text(), key_id=ROWS, key=KEYS, label=LABELS, row=ROWS)
def test_it_opens_where_it_was_sealed(text: str, key_id: UUID, key: bytes, label: str, row: UUID) -> None:
    value = seal(text, key_id=key_id, key=key, label=label, row=row)
    assert open_sealed(value, key=key, label=label, row=row) == text
    assert key_named_by(value) == key_id
    assert len(value) == len(text.encode()) + ADDED


PLACES = st.tuples(KEYS, LABELS, ROWS)


@given(text=st.text(), here=PLACES, there=PLACES)
def test_it_opens_nowhere_else(text: str, here: tuple[bytes, str, UUID], there: tuple[bytes, str, UUID]) -> None:
    key, label, row = here
    value = seal(text, key_id=uuid4(), key=key, label=label, row=row)
    for used, where, whose in [(there[0], label, row), (key, there[1], row), (key, label, there[2])]:
        if (used, where, whose) != here:
            with pytest.raises(CannotOpen):
                open_sealed(value, key=used, label=where, row=whose)


@given(text=st.text(max_size=40), key=KEYS, row=ROWS, data=st.data())
def test_one_flipped_bit_is_noticed(text: str, key: bytes, row: UUID, data: st.DataObject) -> None:
    value = bytearray(seal(text, key_id=uuid4(), key=key, label="people.person.name", row=row))
    # The key's id is not sealed: flipping it names another key, which then does not open the rest.
    place = data.draw(st.sampled_from([0, *range(17, len(value))]))
    value[place] ^= 1 << data.draw(st.integers(min_value=0, max_value=7))
    with pytest.raises(CannotOpen):
        open_sealed(bytes(value), key=key, label="people.person.name", row=row)


@given(text=st.text(min_size=4), key=KEYS, row=ROWS)
def test_equal_texts_are_sealed_differently(text: str, key: bytes, row: UUID) -> None:
    first, second = (seal(text, key_id=row, key=key, label="a", row=row) for _time in range(2))
    assert first != second
    assert text.encode() not in first
