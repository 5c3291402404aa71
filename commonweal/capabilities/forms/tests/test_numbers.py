"""Numbers and amounts are taken as people write them, within their bounds, and told as GOV.UK writes them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.capabilities.catalogue.queries.questions import QuestionType
from commonweal.capabilities.forms.rules.answers import given_by, in_words, value_of
from commonweal.capabilities.forms.tests.asked import answer, question, words

KG = words("kg", "cg")


def number(typed: str, **more: object) -> str:
    return answer(QuestionType.NUMBER, typed, **more)


def money(typed: str, **more: object) -> str:
    return answer(QuestionType.MONEY, typed, **more)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("1,200", "1200"), (" 12 ", "12"), ("1 200", "1200"), ("007", "7"), ("12.0", "12"), ("-3", "-3"),
        ("−3", "-3"), ("-0", "0"), ("٣٠", "30"), ("１２", "12"), ("1,234,567", "1234567"), ("12.", "12"),
    ],
)  # fmt: skip
def test_numbers_as_people_type_them(typed: str, stored: str) -> None:
    assert number(typed) == stored


@pytest.mark.parametrize("typed", ["twelve", "1,20", "12,5", "1.2.3", "1e3", "½", "--1", "12-", "NaN", "9" * 31])
def test_what_is_no_number(typed: str) -> None:
    assert number(typed) == "The answer must be a number, like 12"


def test_a_number_has_as_many_decimals_as_declared() -> None:
    assert number("12.5") == "The answer must be a whole number, like 12"
    assert number("12.5", decimals=1) == number("12.50", decimals=1) == "12.5"
    assert number(".5", decimals=1) == "0.5"
    assert number("12.25", decimals=1) == "The answer must have no more decimal places than 12.3"


def test_a_number_lies_within_its_bounds() -> None:
    assert number("0", at_least=1) == "The answer must be 1 or more"
    assert number("1001", at_most=1000) == "The answer must be 1,000 or less"
    assert number("61", at_least=1, at_most=60) == "The answer must be between 1 and 60"
    assert number("60", at_least=1, at_most=60) == "60"
    assert number("9" * 20) == "The answer must be 999,999,999,999,999 or less"


def test_the_unit_may_be_typed_too() -> None:
    assert number("12 KG", unit=KG) == number("12cg", unit=KG) == "12"
    assert number("12 lb", unit=KG) == "The answer must be a number, like 12"
    assert in_words(question(QuestionType.NUMBER, unit=KG), "1200", "cy") == "1,200 cg"


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("£1,200.50", "120050"), ("1200.5", "120050"), ("1200", "120000"), ("£ 12", "1200"), ("0", "0"),
        (".99", "99"), ("£0.05", "5"),
    ],
)  # fmt: skip
def test_amounts_as_people_type_them(typed: str, pence: str) -> None:
    assert money(typed) == pence


@pytest.mark.parametrize("typed", ["a lot", "12.345", "€12", "££12", "1,20", "£"])
def test_what_is_no_amount(typed: str) -> None:
    assert money(typed) == "The answer must be an amount in pounds, like £1,200 or £1,200.50"


def test_an_amount_lies_within_its_bounds_which_are_told_in_pounds() -> None:
    assert money("-1") == "The answer must be £0 or more"
    assert money("-1", at_least=-10000) == "-100"
    assert money("1000.01", at_most=100_000) == "The answer must be £1,000 or less"
    assert money("5", at_least=1050, at_most=2000) == "The answer must be between £10.50 and £20"


def test_amounts_are_told_with_pence_where_there_are_some() -> None:
    rent = question(QuestionType.MONEY)
    assert [in_words(rent, pence, "en") for pence in ("120050", "120000", "5", "-250")] == [
        "£1,200.50", "£1,200", "£0.05", "-£2.50",
    ]  # fmt: skip
    assert given_by(rent, "120050") == {"q": "1200.50"}


@given(st.integers(0, 10**14))
def test_no_penny_is_lost(pence: int) -> None:
    assert money(f"£{pence // 100:,}.{pence % 100:02}") == str(pence)
    assert value_of(question(QuestionType.MONEY), str(pence)) == pence


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_no_decimal_is_lost(exact: Decimal) -> None:
    assert Decimal(number(f"{exact:,f}", decimals=4)) == exact
