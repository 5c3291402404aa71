"""What is chosen: only what was offered, in the order it was offered, and nothing beside what rules it out."""

import pytest

from commonweal.capabilities.catalogue.queries.questions import Choice, QuestionType
from commonweal.capabilities.forms.rules.answers import in_words, parse, value_of
from commonweal.capabilities.forms.tests.asked import CHOICES, TODAY, answer, question, words

MILK = Choice(key="milk", label=words("Milk", "Llaeth"))
NONE_OF_THESE = Choice(key="none", label=words("None of these", "Dim un o'r rhain"), is_exclusive=True)
SEVERAL = (*CHOICES, MILK, NONE_OF_THESE)
ALONE = "Select the answers that apply, or select only “None of these”"


def choose(*keys: str, **more: object) -> str:
    return answer(QuestionType.CHOICES, "\n".join(keys), choices=SEVERAL, **more)


def test_a_choice_that_was_not_offered_is_not_taken() -> None:
    assert answer(QuestionType.CHOICE, "tea", choices=CHOICES) == "tea"
    assert answer(QuestionType.CHOICE, "gin", choices=CHOICES) == "Answer the question"
    assert answer(QuestionType.CHOICE, "gin", choices=CHOICES, is_optional=True) == "Answer the question"
    assert answer(QuestionType.CHOICE, "tea\ncoffee", choices=CHOICES) == "Answer the question"
    assert answer(QuestionType.YES_NO, "maybe") == "Answer the question"
    assert choose("tea", "gin") == "Answer the question"


def test_several_are_stored_once_each_in_the_order_they_are_declared() -> None:
    assert choose("milk", "tea", "milk") == "tea\nmilk"


@pytest.mark.parametrize(
    ("keys", "bounds", "found"),
    [
        (("tea",), {"at_least": 2}, "Select at least 2 of the answers"),
        (("tea", "coffee"), {"at_least": 2}, "tea\ncoffee"),
        (("tea", "coffee", "milk"), {"at_most": 2}, "Select no more than 2 of the answers"),
        (("none",), {"at_least": 2}, "none"),
        (("tea", "none"), {"at_most": 1}, ALONE),
        (("tea", "none"), {}, ALONE),
    ],
)
def test_how_many_may_be_chosen(keys: tuple[str, ...], bounds: dict[str, int], found: str) -> None:
    assert choose(*keys, **bounds) == found


def test_what_rules_out_the_others_is_named_in_welsh() -> None:
    found = parse(question(QuestionType.CHOICES, choices=SEVERAL), {"q": "tea\nnone"}, today=TODAY)
    assert not isinstance(found, str)
    assert "Dim un o'r rhain" in found[0].say("cy")


def test_a_declaration_is_agreed_to_or_not_given() -> None:
    assert answer(QuestionType.DECLARATION, "yes") == "yes"
    assert answer(QuestionType.DECLARATION, "no") == "Answer the question"
    assert answer(QuestionType.DECLARATION, "") == "Answer the question"


def test_what_was_chosen_is_told_in_both_languages() -> None:
    several = question(QuestionType.CHOICES, choices=SEVERAL)
    assert in_words(several, "tea\nmilk", "cy") == "Te\nLlaeth"
    assert in_words(several, "tea\ngone", "en") == "Tea\ngone"
    assert in_words(question(QuestionType.CHOICE, choices=CHOICES), "tea", "cy") == "Te"
    assert in_words(question(QuestionType.YES_NO), "no", "en") == "No"
    assert in_words(question(QuestionType.DECLARATION), "yes", "cy") == "Cytunwyd"


def test_conditions_reckon_with_what_was_chosen() -> None:
    assert value_of(question(QuestionType.CHOICES, choices=SEVERAL), "tea\nmilk") == ["tea", "milk"]
    assert value_of(question(QuestionType.CHOICE, choices=CHOICES), "tea") == "tea"
    assert value_of(question(QuestionType.YES_NO), "no") is False
    assert value_of(question(QuestionType.DECLARATION), "yes") is True
