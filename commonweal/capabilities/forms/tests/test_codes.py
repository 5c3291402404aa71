"""Codes with published rules: taken however they are spaced, told as they are printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.capabilities.catalogue.queries.questions import QuestionType
from commonweal.capabilities.forms.rules.answers import given_by, in_words
from commonweal.capabilities.forms.tests.asked import answer, question

INSURANCE, NHS = QuestionType.NATIONAL_INSURANCE_NUMBER, QuestionType.NHS_NUMBER
CAR, REFERENCE = QuestionType.VEHICLE_REGISTRATION, QuestionType.REFERENCE
DIGITS = st.text("0123456789", min_size=9, max_size=9)


@pytest.mark.parametrize("typed", ["AB123456C", " ab 12 34 56 c ", "AB-12-34-56-C", "AB１２３４５６C"])
def test_a_national_insurance_number_however_it_is_spaced(typed: str) -> None:
    assert answer(INSURANCE, typed) == "AB123456C"
    assert in_words(question(INSURANCE), "AB123456C", "en") == "AB 12 34 56 C"
    assert given_by(question(INSURANCE), "AB123456C") == {"q": "AB 12 34 56 C"}


@pytest.mark.parametrize(
    "typed",
    [
        "QQ123456C", "DA123456C", "AF123456C", "AO123456C", "BG123456A", "GB123456A", "KN123456A", "NK123456A",
        "NT123456A", "TN123456A", "ZZ123456A", "AB123456E", "AB12345C", "AB1234567C", "AB123456", "A1123456C",
    ],
)  # fmt: skip
def test_what_hmrc_never_gives_out_is_no_national_insurance_number(typed: str) -> None:
    assert answer(INSURANCE, typed).startswith("Enter a National Insurance number in the correct format")


@pytest.mark.parametrize("typed", ["9434765919", "943 476 5919", "943-476-5919", "٩٤٣٤٧٦٥٩١٩"])
def test_an_nhs_number_however_it_is_spaced(typed: str) -> None:
    assert answer(NHS, typed) == "9434765919"
    assert in_words(question(NHS), "9434765919", "en") == "943 476 5919"


@given(DIGITS, st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_of_an_nhs_number_is_noticed(body: str, position: int, more: int) -> None:
    """Modulus 11: weights 10 to 2; a check digit of 10 is never given out, 11 stands for 0."""
    check = 11 - sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), body, strict=True)) % 11
    wrong = body[:position] + str((int(body[position]) + more) % 10) + body[position + 1 :]
    if check == 10:
        assert answer(NHS, f"{body}0").startswith("Enter the 10 numbers")
        return
    assert answer(NHS, f"{body}{check % 11}") == f"{body}{check % 11}"
    assert answer(NHS, f"{wrong}{check % 11}").startswith("Enter the 10 numbers")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("ab12cde", "AB12 CDE"),
        ("A123BCD", "A123 BCD"),
        ("a1 bcd", "A1 BCD"),
        ("q123 abc", "Q123 ABC"),
        ("ABC 123D", "ABC 123D"),
        ("ABC-1-D", "ABC 1D"),
        ("abc123", "ABC 123"),
        ("123ABC", "123 ABC"),
        ("AB 1234", "AB 1234"),
        ("1234 ab", "1234 AB"),
        ("A1", "A 1"),
        ("1 A", "1 A"),
        ("AIG 1234", "AIG 1234"),
        ("abz1234", "ABZ 1234"),
    ],
)
def test_registrations_of_every_time_are_told_as_on_the_plate(typed: str, told: str) -> None:
    stored = answer(CAR, typed)
    assert stored == told.replace(" ", "")
    assert in_words(question(CAR), stored, "en") == told


@pytest.mark.parametrize("typed", ["AI12 CDE", "AB12 CDQ", "AB123 CDE", "ABCD 123", "ABC 1234", "12345", "AB", "?"])
def test_what_is_on_no_plate(typed: str) -> None:
    assert answer(CAR, typed).startswith("Enter a vehicle registration number as it is on the number plate")


def test_a_mistyped_reference_is_noticed() -> None:
    assert answer(REFERENCE, "bcdf 2345 r").startswith("Enter a reference as we wrote it")
