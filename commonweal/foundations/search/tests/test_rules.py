"""What a stored value is found by, beside its name."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundations.search.rules import Day, Exact, Phone


@given(st.text())
def test_normal_forms_are_stable(text: str) -> None:
    for findable in (Exact(), Phone(), Day()):
        for form in findable.forms(text):
            assert findable.forms(form) == [form]


@given(st.dates())
def test_a_date_is_found_by_itself(day: date) -> None:
    assert Day().forms(f" {day.isoformat()} ") == [day.isoformat()]


@pytest.mark.parametrize(
    "typed",
    [
        "0113 496 0123",
        "(0113) 496-0123",
        "+44 113 496 0123",
        "+44 (0)113 496 0123",
        "0044 113 4960123",
        "441134960123",
        "113 496 0123",
    ],
)
def test_a_phone_number_is_one_however_it_is_written(typed: str) -> None:
    assert Phone().forms(typed) == ["01134960123"]


def test_a_number_from_abroad_keeps_its_country() -> None:
    assert Phone().forms("00353 1 234 5678") == Phone().forms("+353 (1) 234-5678") == ["+35312345678"]


@pytest.mark.parametrize("typed", ["", "none", "12345", "0113 496 0123 ext 4", "1" * 20])
def test_what_is_no_number_finds_nothing(typed: str) -> None:
    assert Phone().forms(typed) == []


def test_what_is_no_date_finds_nothing() -> None:
    assert Day().forms("yesterday") == Day().forms("2026-02-30") == []
