"""Each type of question is shown with the control, the input purpose and the keyboard that fit it."""

import re
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation

from commonweal.capabilities.catalogue.queries.questions import Choice, Fills, Page, Question, QuestionType, Whose
from commonweal.capabilities.catalogue.queries.wording import Bilingual
from commonweal.frontends.asking.given import given_in
from commonweal.frontends.asking.pages import write_questions
from commonweal.frontends.asking.prose import write_prose

TYPES = sorted(set(QuestionType) - {QuestionType.STATEMENT, QuestionType.FILE})
CHOSEN = {QuestionType.CHOICE, QuestionType.CHOICES, QuestionType.YES_NO, QuestionType.DECLARATION}
DAY = ("q-day", "q-month", "q-year")
FIELDS = {
    QuestionType.DATE: DAY,
    QuestionType.RECENT_DATE: DAY,
    QuestionType.PARTIAL_DATE: DAY,
    QuestionType.ADDRESS: ("q-line1", "q-line2", "q-town", "q-postcode"),
    QuestionType.PLACE: ("q-address", "q-postcode"),
}


def words(en: str) -> Bilingual:
    return Bilingual(en=en, cy=en)


CHOICES = (
    Choice(key="tea", label=words("Tea")),
    Choice(key="coffee", label=words("Coffee")),
    Choice(key="none", label=words("None of these"), is_exclusive=True),
)


def shown(kind: QuestionType, typed: dict[str, str] | None = None, *, wrong: str = "", **more: Any) -> str:
    """A page that asks one question, q, and says what is wrong at one of its fields."""
    if kind in {QuestionType.CHOICE, QuestionType.CHOICES}:
        more["choices"] = CHOICES
    label = words("The question")
    asked = Question(key="q", type=kind, label=label, called=label, if_missing=label, holds="nothing_personal", **more)
    page = Page(key="page", title=words("The page"), questions=(asked,))
    return write_questions(page, typed or {}, {wrong: "This is wrong"} if wrong else {}, "en")


def fields_of(kind: QuestionType) -> tuple[str, ...]:
    return FIELDS.get(kind, ("q",))


@pytest.mark.parametrize("kind", TYPES)
def test_the_page_has_every_field_that_is_parsed(kind: QuestionType) -> None:
    names = set(re.findall(r'name="([^"]+)"', shown(kind)))
    assert names == set(fields_of(kind))


@pytest.mark.parametrize("kind", TYPES)
def test_an_error_leads_to_the_field_it_names(kind: QuestionType) -> None:
    for field in fields_of(kind):
        page = shown(kind, wrong=field)
        assert re.findall(r'href="#([^"]+)"', page) == [field]
        assert f'id="{field}"' in page
        assert page.count("This is wrong") == 2


@pytest.mark.parametrize("kind", sorted(set(TYPES) - CHOSEN))
def test_what_was_typed_is_shown_again_and_never_as_html(kind: QuestionType) -> None:
    typed = {field: f'"><b>{number}' for number, field in enumerate(fields_of(kind))}
    page = shown(kind, typed)
    assert "<b>" not in page
    assert all(f"&gt;&lt;b&gt;{number}" in page for number in range(len(typed)))


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_page_has_one_heading(kind: QuestionType, language: str) -> None:
    with translation.override(language):
        assert shown(kind).count("<h1") == 1


@pytest.mark.parametrize(
    ("kind", "purpose"),
    [
        (QuestionType.NAME, "name"),
        (QuestionType.EMAIL, "email"),
        (QuestionType.PHONE, "tel"),
        (QuestionType.ORGANISATION, "organization"),
        (QuestionType.ADDRESS, "postal-code"),
    ],
)
def test_browsers_fill_in_what_is_about_oneself_and_nothing_about_others(kind: QuestionType, purpose: str) -> None:
    assert f'autocomplete="{purpose}"' in shown(kind)
    assert "autocomplete" not in shown(kind, whose=Whose.CHILD)


def test_ones_own_birth_date_has_its_purpose_in_three_parts() -> None:
    page = shown(QuestionType.DATE, fills=Fills.PERSON_BIRTH_DATE)
    assert [f'autocomplete="bday-{part}"' in page for part in ("day", "month", "year")] == [True] * 3


@pytest.mark.parametrize(
    ("kind", "more", "attribute"),
    [
        (QuestionType.NUMBER, {"at_least": 1, "at_most": 20}, 'inputmode="numeric"'),
        (QuestionType.NUMBER, {"at_most": 20}, "govuk-input--width-2"),
        (QuestionType.NUMBER, {"decimals": 1}, 'inputmode="decimal"'),
        (QuestionType.NUMBER, {"unit": words("kg")}, '<div class="govuk-input__suffix" aria-hidden="true">kg</div>'),
        (QuestionType.MONEY, {}, '<div class="govuk-input__prefix" aria-hidden="true">£</div>'),
        (QuestionType.EMAIL, {}, 'type="email"'),
        (QuestionType.PHONE, {}, 'type="tel"'),
        (QuestionType.NHS_NUMBER, {}, 'spellcheck="false"'),
        (QuestionType.VEHICLE_REGISTRATION, {}, 'autocapitalize="characters"'),
    ],
)
def test_the_control_fits_what_is_typed(kind: QuestionType, more: dict[str, Any], attribute: str) -> None:
    assert attribute in shown(kind, **more)


def test_all_that_was_chosen_is_ticked_again() -> None:
    posted = QueryDict("q=tea&q=none&other=x")
    assert given_in(posted) == {"q": "tea\nnone", "other": "x"}
    page = shown(QuestionType.CHOICES, given_in(posted))
    assert re.findall(r'value="(\w+)" checked', page) == ["tea", "none"]
    assert 'data-behaviour="exclusive"' in page


def test_a_declaration_says_what_one_agrees_to_above_its_box() -> None:
    page = shown(QuestionType.DECLARATION, body=words("All of it is **true**."))
    assert page.index("All of it is <strong>true</strong>.") < page.index('type="checkbox"')


def test_the_words_of_a_declaration_are_never_html() -> None:
    written = write_prose("## <i>One</i>\n\n- **two** [three](https://a.example/?a&b)\n\n1. *four*\n\nfive  \nsix")
    assert "<i>" not in written
    assert '<h2 class="govuk-heading-m">&lt;i&gt;One&lt;/i&gt;</h2>' in written
    assert '<a class="govuk-link" href="https://a.example/?a&amp;b">three</a>' in written
    assert "<em>four</em>" in written
    assert '<p class="govuk-body">five<br>six</p>' in written
