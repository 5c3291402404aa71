"""What holds for every type of question, whatever is typed and whatever is stored."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from commonweal.capabilities.catalogue.queries.conditions import kind_of
from commonweal.capabilities.catalogue.queries.questions import Choice, Question, QuestionType
from commonweal.capabilities.forms.rules.answering.registry import ANSWERING
from commonweal.capabilities.forms.rules.answers import fields_of, given_by, in_words, parse, value_of
from commonweal.capabilities.forms.tests.asked import CHOICES, TODAY, question, words
from commonweal.foundations.expressions.expressions import Kind, compile_expression
from commonweal.foundations.references.references import reference_from

NONE_OF_THESE = Choice(key="none", label=words("None of these"), is_exclusive=True)
TYPES = sorted(kind for kind in ANSWERING if kind.has_answer)
DAYS = st.dates(min_value=date(1850, 1, 1), max_value=TODAY)
NUMBERS = st.decimals(min_value=-(10**12), max_value=10**12, places=3).map(lambda number: f"{number:,f}")
WORDS = st.text(min_size=1, max_size=60)
SCRIPTS = st.sampled_from(
    ["12", "０１２", "٣", "-0", "1,200", "£1,200.50", "Ö", "𝟗", "\x00", "\ud800", "12 34", "½", "²"]
)
JUNK = WORDS | SCRIPTS | st.characters().map(lambda each: each * 300)


def asked(kind: QuestionType, **more: Any) -> Question:
    """A question of any type, which may be answered with decimals and with several choices."""
    if kind in {QuestionType.CHOICE, QuestionType.CHOICES}:
        more["choices"] = (*CHOICES, NONE_OF_THESE)
    if kind is QuestionType.NUMBER:
        more["decimals"] = 3
    if kind is QuestionType.PLACE:
        more["on_map"] = True
    return question(kind, **more)


def one(values: SearchStrategy[str]) -> SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries({"": values})


def parts(**values: SearchStrategy[str]) -> SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries(values)


def typed_days(days: SearchStrategy[date]) -> SearchStrategy[dict[str, str]]:
    return days.map(lambda day: {"day": str(day.day), "month": str(day.month), "year": f"{day.year}"})


POSTCODES = st.sampled_from(["ls1 1ur", "SW1A2AA", "bt1 5gs"])
POINTS = st.tuples(st.floats(49.8, 60.9), st.floats(-8.7, 1.8)).map(lambda point: f"{point[0]:.9f}, {point[1]:.9f}")
TYPED: dict[QuestionType, SearchStrategy[dict[str, str]]] = {
    QuestionType.NUMBER: one(NUMBERS),
    QuestionType.MONEY: one(st.integers(0, 10**12).map(lambda pence: f"£{pence // 100:,}.{pence % 100:02}")),
    QuestionType.DATE: typed_days(DAYS),
    QuestionType.RECENT_DATE: typed_days(DAYS),
    QuestionType.PARTIAL_DATE: typed_days(DAYS)
    | DAYS.map(lambda day: {"month": str(day.month), "year": str(day.year)})
    | DAYS.map(lambda day: {"year": str(day.year)}),
    QuestionType.YES_NO: one(st.sampled_from(["yes", "no"])),
    QuestionType.DECLARATION: one(st.just("yes")),
    QuestionType.CHOICE: one(st.sampled_from(["tea", "coffee"])),
    QuestionType.CHOICES: one(st.sampled_from(["tea", "coffee\ntea", "tea\ncoffee", "none"])),
    QuestionType.ADDRESS: parts(line1=WORDS, line2=WORDS | st.just(""), town=WORDS, postcode=POSTCODES),
    QuestionType.PLACE: parts(address=WORDS, postcode=POSTCODES, point=POINTS | st.just("")),
    QuestionType.EMAIL: one(st.emails()),
    QuestionType.PHONE: one(
        st.from_regex(r"0(7700 900|1632 960)[0-9]{3}( ext [0-9]{1,4})?|\+33 1( [0-9]{2}){4}", fullmatch=True)
    ),
    QuestionType.NATIONAL_INSURANCE_NUMBER: one(st.from_regex(r"[AEHJ][ABCE] ?[0-9]{6} ?[ABCDabcd]", fullmatch=True)),
    QuestionType.NHS_NUMBER: one(st.sampled_from(["943 476 5870", "9434765919", "401-023-2137"])),
    QuestionType.VEHICLE_REGISTRATION: one(
        st.from_regex(
            r"[a-h]{2}[0-9]{2} ?[A-H]{3}|[A-H][0-9]{1,3} [A-H]{3}|[A-H]{3} [0-9]{1,3}[A-H]|[A-H]{1,3} [0-9]{1,3}",
            fullmatch=True,
        )
    ),
    QuestionType.FILE: one(st.lists(st.uuids().map(str), min_size=1, max_size=10).map("\n".join)),
    QuestionType.REFERENCE: one(st.binary(min_size=16, max_size=16).map(reference_from)),
}
PYTHON = {Kind.TRUTH: bool, Kind.WHOLE: int, Kind.DECIMAL: float, Kind.TEXT: str, Kind.DAY: date, Kind.TEXTS: list}


def given_as(kind: QuestionType, typed: dict[str, str]) -> dict[str, str]:
    return {f"q-{part}" if part else "q": text for part, text in typed.items()}


def test_every_type_can_be_answered() -> None:
    assert set(QuestionType) == set(ANSWERING)


@pytest.mark.parametrize("kind", TYPES)
@given(data=st.data())
def test_what_is_understood_comes_back_as_it_was_and_is_told_and_reckoned_with(
    kind: QuestionType, data: st.DataObject
) -> None:
    typed = data.draw(TYPED.get(kind, one(WORDS)))
    stored = parse(asked(kind), given_as(kind, typed), today=TODAY)
    assume(isinstance(stored, str))
    assert isinstance(stored, str)
    assert parse(asked(kind), given_by(asked(kind), stored), today=TODAY) == stored
    assert all(in_words(asked(kind), stored, language).strip() for language in ("en", "cy"))
    assert type(value_of(asked(kind), stored)) is PYTHON[kind_of(asked(kind))]


@pytest.mark.parametrize("kind", sorted(set(TYPED) - {QuestionType.ADDRESS, QuestionType.PLACE, QuestionType.EMAIL}))
@given(data=st.data())
def test_what_people_rightly_type_is_taken(kind: QuestionType, data: st.DataObject) -> None:
    typed = data.draw(TYPED[kind])
    assert isinstance(parse(asked(kind), given_as(kind, typed), today=TODAY), str)


@pytest.mark.parametrize("kind", TYPES)
@given(data=st.data())
def test_junk_is_told_in_both_languages_or_taken_for_good(kind: QuestionType, data: st.DataObject) -> None:
    typed = {field: data.draw(JUNK | st.just("")) for field in fields_of(asked(kind))}
    found = parse(asked(kind), typed, today=TODAY)
    if isinstance(found, str):
        assert "\x00" not in found
        assert parse(asked(kind), given_by(asked(kind), found), today=TODAY) == found
        return
    assert found
    for problem in found:
        assert problem.say("en")
        assert problem.say("cy")
        assert problem.field in fields_of(asked(kind))


@pytest.mark.parametrize("kind", TYPES)
@given(stored=JUNK)
def test_whatever_is_stored_is_told(kind: QuestionType, stored: str) -> None:
    assert in_words(asked(kind), stored, "en") or not stored.strip("\n")
    value_of(asked(kind), stored)
    assert set(given_by(asked(kind), stored)) == set(fields_of(asked(kind)))


@pytest.mark.parametrize("kind", TYPES)
def test_nothing_given_gets_the_sentence_of_the_question(kind: QuestionType) -> None:
    found = parse(asked(kind), {}, today=TODAY)
    assert not isinstance(found, str)
    problem, *others = found
    assert not others or kind in {QuestionType.ADDRESS, QuestionType.PLACE}
    assert (problem.say("en"), problem.say("cy")) == ("Answer the question", "Atebwch y cwestiwn")
    assert problem.field == fields_of(asked(kind))[0]


@pytest.mark.parametrize("kind", TYPES)
def test_an_optional_question_may_be_left_empty(kind: QuestionType) -> None:
    left = asked(kind, is_optional=True)
    assert parse(left, dict.fromkeys(fields_of(left), " \x00\t "), today=TODAY) == ""
    assert set(given_by(left, "").values()) == {""}
    assert (in_words(left, "", "en"), value_of(left, "")) == ("", None)


@pytest.mark.parametrize("kind", TYPES)
def test_twenty_megabytes_get_a_sentence(kind: QuestionType) -> None:
    found = parse(asked(kind), dict.fromkeys(fields_of(asked(kind)), "9" * 20_000_000), today=TODAY)
    assert not isinstance(found, str)
    assert "characters or fewer" in found[0].say("en")


def test_a_statement_asks_nothing() -> None:
    says = question(QuestionType.STATEMENT, body=words("Read this"))
    assert fields_of(says) == ()
    assert (given_by(says, ""), in_words(says, "", "en"), value_of(says, "")) == ({}, "", None)


def test_a_date_of_tomorrow_is_not_in_the_past() -> None:
    tomorrow = TODAY + timedelta(days=1)
    typed = {"q-day": str(tomorrow.day), "q-month": str(tomorrow.month), "q-year": str(tomorrow.year)}
    assert parse(asked(QuestionType.DATE), typed, today=TODAY) == tomorrow.isoformat()
    assert isinstance(parse(asked(QuestionType.RECENT_DATE), typed, today=TODAY), list)


@pytest.mark.parametrize(
    ("kind", "stored", "condition"),
    [
        (QuestionType.NUMBER, "12.5", "answers.q > 12.4"),
        (QuestionType.NUMBER, "12", "answers.q == 12.0"),
        (QuestionType.MONEY, "120050", "answers.q == 120050"),
        (QuestionType.DATE, "2008-02-29", "years(answers.q, today) == 18"),
        (QuestionType.RECENT_DATE, "2026-11-20", "days(answers.q, today) == 2 && answers.q < today"),
        (QuestionType.PARTIAL_DATE, "2024-05", "answers.q.startsWith('2024')"),
        (QuestionType.YES_NO, "no", "!answers.q"),
        (QuestionType.DECLARATION, "yes", "answers.q"),
        (QuestionType.CHOICE, "tea", "answers.q in ['tea', 'coffee']"),
        (QuestionType.CHOICES, "tea\ncoffee", "'tea' in answers.q && size(answers.q) == 2"),
        (QuestionType.ADDRESS, "1 High Street\n\nLeeds\nLS1 1UR", "answers.q.endsWith('LS1 1UR')"),
    ],
)
def test_conditions_reckon_with_every_kind_of_answer(kind: QuestionType, stored: str, condition: str) -> None:
    value = value_of(asked(kind), stored)
    assert value is not None
    kinds = {"answers.q": kind_of(asked(kind)), "today": Kind.DAY}
    expression = compile_expression(condition, kinds=kinds, gives=Kind.TRUTH)
    assert expression.holds({"answers.q": value, "today": TODAY})
    assert not expression.holds({"today": TODAY})
