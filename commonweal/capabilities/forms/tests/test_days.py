"""Dates are taken as people type them; what is no date, or no date that the question takes, is told at its part."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.capabilities.catalogue.queries.questions import Fills, QuestionType
from commonweal.capabilities.forms.rules.answers import given_by, in_words, parse, value_of
from commonweal.capabilities.forms.tests.asked import TODAY, answer, question

ANY = st.text(max_size=60)


def dated(day: str, month: str, year: str, kind: QuestionType = QuestionType.RECENT_DATE, **more: object) -> str:
    return answer(kind, {"day": day, "month": month, "year": year}, **more)


def bounded(day: date, **more: object) -> str:
    return dated(str(day.day), str(day.month), str(day.year), QuestionType.DATE, **more)


def partly(day: str, month: str, year: str, **more: object) -> str:
    return dated(day, month, year, QuestionType.PARTIAL_DATE, **more)


@pytest.mark.parametrize(
    ("day", "month"), [("20", "11"), ("20", "November"), ("20", "nov"), ("20", "Tachwedd"), (" 20 ", "٠١١")]
)
def test_dates_as_people_type_them(day: str, month: str) -> None:
    assert dated(day, month, "2026") == "2026-11-20"


@pytest.mark.parametrize(
    ("day", "month", "year", "sentence"),
    [
        ("22", "11", "2026", "2026-11-22"),
        ("29", "2", "2024", "2024-02-29"),
        ("29", "2", "2025", "The answer must be a real date, like 21 11 2026"),
        ("31", "4", "2026", "The answer must be a real date, like 21 11 2026"),
        ("20", "m", "2026", "The answer must be a real date, like 21 11 2026"),
        ("20", "ma", "2026", "The answer must be a real date, like 21 11 2026"),
        ("20", "11", "0000", "The answer must be a real date, like 21 11 2026"),
        ("²", "11", "2026", "The answer must be a real date, like 21 11 2026"),
        ("-1", "11", "2026", "The answer must be a real date, like 21 11 2026"),
        ("20", "11", "26", "The answer must have a year of 4 numbers, like 2026"),
        ("23", "11", "2026", "The answer must be today or in the past"),
        ("20", "", "2026", "The answer must include a month"),
        ("", "", "2026", "The answer must include a day and a month"),
        ("20", "", "", "The answer must include a month and a year"),
    ],
)
def test_dates(day: str, month: str, year: str, sentence: str) -> None:
    assert dated(day, month, year) == sentence


def test_a_date_may_have_to_be_recent() -> None:
    assert dated("25", "10", "2026", within_days=28) == "2026-10-25"
    assert dated("24", "10", "2026", within_days=28) == "The answer must be in the last 28 days"


@given(st.dates(min_value=TODAY - timedelta(days=4000), max_value=TODAY))
def test_a_date_comes_back_as_it_was_typed(day: date) -> None:
    asked = question(QuestionType.RECENT_DATE)
    typed = given_by(asked, day.isoformat())
    assert parse(asked, typed, today=TODAY) == day.isoformat()


@given(ANY, ANY, ANY)
def test_any_three_parts_are_a_past_date_or_told(day: str, month: str, year: str) -> None:
    found = parse(question(QuestionType.RECENT_DATE), {"q-day": day, "q-month": month, "q-year": year}, today=TODAY)
    if isinstance(found, str):
        assert date.fromisoformat(found) <= TODAY


@pytest.mark.parametrize(
    ("away", "bounds", "sentence"),
    [
        (0, {"until_days": 0}, ""),
        (1, {"until_days": 0}, "The answer must be today or in the past"),
        (0, {"until_days": -1}, "The answer must be in the past"),
        (-1, {"from_days": 0}, "The answer must be today or in the future"),
        (0, {"from_days": 1}, "The answer must be in the future"),
        (-8, {"from_days": -7}, "The answer must be 15 November 2026 or later"),
        (8, {"until_days": 7}, "The answer must be 29 November 2026 or earlier"),
        (8, {"from_days": 2, "until_days": 7}, "The answer must be between 24 November 2026 and 29 November 2026"),
        (2, {"from_days": 2, "until_days": 7}, ""),
        (7, {"from_days": 2, "until_days": 7}, ""),
        (-100_000, {}, "The answer must be 1 January 1850 or later"),
    ],
)
def test_a_date_has_bounds_from_today(away: int, bounds: dict[str, int], sentence: str) -> None:
    day = TODAY + timedelta(days=away)
    assert bounded(day, **bounds) == (sentence or day.isoformat())


def test_bounds_are_told_in_welsh() -> None:
    found = parse(
        question(QuestionType.DATE, until_days=7), {"q-day": "1", "q-month": "1", "q-year": "2027"}, today=TODAY
    )
    assert not isinstance(found, str)
    assert "29 Tachwedd 2026" in found[0].say("cy")


@pytest.mark.parametrize(
    ("day", "month", "year", "found"),
    [
        ("17", "5", "2024", "2024-05-17"),
        ("", "Mai", "2024", "2024-05"),
        ("", "", "2024", "2024"),
        ("", "1", "2024", "2024-01"),
        ("31", "12", "2024", "2024-12-31"),
        ("29", "2", "2023", "The answer must be a real date, like 21 11 2026"),
        ("", "13", "2024", "The answer must be a real date, like 11 2026"),
        ("17", "", "2024", "The answer must include a month"),
        ("", "5", "", "The answer must include a year"),
        ("17", "", "", "The answer must include a month and a year"),
        ("", "", "24", "The answer must have a year of 4 numbers, like 2026"),
    ],
)
def test_of_a_date_only_the_month_or_the_year_may_be_known(day: str, month: str, year: str, found: str) -> None:
    assert partly(day, month, year) == found


def test_a_month_or_year_not_over_yet_may_lie_in_the_past() -> None:
    assert partly("", "", "2026", until_days=0) == "2026"
    assert partly("", "11", "2026", until_days=0) == "2026-11"
    assert partly("", "12", "2026", until_days=0) == "The answer must be today or in the past"
    assert partly("", "", "2026", from_days=1) == "2026"
    assert partly("", "10", "2026", from_days=0) == "The answer must be today or in the future"


def test_dates_are_told_in_both_languages() -> None:
    told = {
        (QuestionType.RECENT_DATE, "2026-11-20"): ("20 November 2026", "20 Tachwedd 2026"),
        (QuestionType.PARTIAL_DATE, "2024-05-17"): ("17 May 2024", "17 Mai 2024"),
        (QuestionType.PARTIAL_DATE, "2024-05"): ("May 2024", "Mai 2024"),
        (QuestionType.PARTIAL_DATE, "2024"): ("2024", "2024"),
    }
    for (kind, stored), words in told.items():
        assert (in_words(question(kind), stored, "en"), in_words(question(kind), stored, "cy")) == words


def test_a_date_of_birth_has_an_example_of_somebody_grown_up() -> None:
    sentence = dated("31", "2", "1980", QuestionType.DATE, fills=Fills.PERSON_BIRTH_DATE)
    assert sentence == "The answer must be a real date, like 31 3 1986"


def test_the_part_that_is_wrong_is_named() -> None:
    for typed, field in (
        ({"day": "1", "year": "2026"}, "q-month"),
        ({"day": "1", "month": "2", "year": "9"}, "q-year"),
    ):
        found = parse(question(QuestionType.DATE), {f"q-{part}": text for part, text in typed.items()}, today=TODAY)
        assert not isinstance(found, str)
        assert found[0].field == field


def test_conditions_reckon_with_days_and_with_what_is_known_of_a_partial_date() -> None:
    assert value_of(question(QuestionType.DATE), "2026-11-20") == date(2026, 11, 20)
    assert value_of(question(QuestionType.PARTIAL_DATE), "2024-05") == "2024-05"
