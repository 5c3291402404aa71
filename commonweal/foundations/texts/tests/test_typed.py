"""Whatever is typed can be stored, and storing it again changes nothing."""

from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundations.texts.typed import as_stored, plain


@given(st.lists(st.sampled_from(["a", " ", "\r\n", "\n", "\x00", "é"]), max_size=30))
def test_typed_text_is_stored_once_and_for_all(parts: list[str]) -> None:
    typed = "".join(parts)
    kept = as_stored(typed)
    assert "\x00" not in kept
    assert "\r\n" not in kept
    assert plain(typed) == kept.strip()
    assert as_stored(kept) == kept
