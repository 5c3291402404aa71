import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundations.search.rules import Day, Exact, Postcode, Words


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Siân Davies", "SIAN"),
        ("Mary O'Neill", "oneill"),
        ("Mary O'Neill", "Neill"),
        ("Anne-Marie Smith", "anne marie"),
        ("Anne-Marie Smith", "annemarie"),
        ("Straße", "strasse"),
    ],
)
def test_a_name_is_found_however_it_is_typed(stored: str, typed: str) -> None:
    assert set(Words().forms(stored)) & set(Words().forms(typed))


@given(st.text())
def test_normal_forms_are_stable(text: str) -> None:
    for form in Words().forms(text):
        assert form in Words().forms(form)
    assert all(Exact().forms(form) == [form] for form in Exact().forms(text))


@given(st.dates())
def test_a_date_is_found_by_itself(day) -> None:  # type: ignore[no-untyped-def]
    assert Day().forms(f" {day.isoformat()} ") == [day.isoformat()]


def test_what_is_no_date_and_no_postcode_finds_nothing() -> None:
    assert Day().forms("yesterday") == []
    assert Postcode().forms("SW1") == []
    assert Postcode().forms("sw1a 1aa") == ["SW1A1AA"]
