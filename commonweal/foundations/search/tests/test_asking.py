"""What is typed into one box is a name, a date, a number, a place, or several of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundations.search.asking import understand


@given(st.text(max_size=200))
def test_anything_may_be_typed(typed: str) -> None:
    asked = understand(typed)
    assert len(asked.words) <= 6


@pytest.mark.parametrize(
    "typed", ["Smith 4/3/1961", "04.03.1961 smith", "smith, 1961-03-04", "4 March 1961 Smith", "4th mar 1961 SMITH"]
)
def test_a_birth_date_beside_a_name(typed: str) -> None:
    asked = understand(typed)
    assert asked.facts == (("day", "1961-03-04"),)
    assert [word.text for word in asked.words] == ["smith"]


@pytest.mark.parametrize("typed", ["31/2/1961 smith", "99-99-1961 smith"])
def test_a_day_that_never_was_is_passed_over(typed: str) -> None:
    assert understand(typed).facts == ()


@pytest.mark.parametrize("typed", ["0113 496 0123 Amina", "amina +44 (0)113 4960123"])
def test_a_number_beside_a_name(typed: str) -> None:
    assert understand(typed).facts == (("phone", "01134960123"),)
    assert [word.text for word in understand(typed).words] == ["amina"]


def test_an_address_beside_a_name() -> None:
    asked = understand("O'Neill, Mary <MARY@people.example>")
    assert asked.facts == (("exact", "mary@people.example"),)
    assert [word.text for word in asked.words] == ["oneill", "mary"]


@pytest.mark.parametrize("typed", ["ls1 4hr", "LS14HR", "Ls1  4hR,"])
def test_a_postcode_alone(typed: str) -> None:
    asked = understand(typed)
    assert asked.postcodes == ("LS1 4HR",)
    assert asked.is_only_a_place


def test_everything_at_once() -> None:
    asked = understand("Amina Yusuf, LS1 4HR, 01/02/1990, 07700 900123")
    assert [word.text for word in asked.words] == ["amina", "yusuf"]
    assert set(asked.facts) == {("day", "1990-02-01"), ("phone", "07700900123")}
    assert asked.postcodes == ("LS1 4HR",)
    assert not asked.is_only_a_place


def test_nothing() -> None:
    asked = understand(" 12 ")
    assert (asked.words, asked.facts, asked.postcodes) == ((), (), ())
