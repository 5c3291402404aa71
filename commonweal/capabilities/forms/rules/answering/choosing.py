"""Answers that are chosen: one or several of those shown, yes or no, and what people declare.

Several are stored by their keys, one on each line, in the order in which they are declared.
"""

from datetime import date

from commonweal.capabilities.catalogue.queries.questions import Question
from commonweal.capabilities.catalogue.queries.wording import Bilingual
from commonweal.capabilities.forms.rules import problems
from commonweal.capabilities.forms.rules.answering.family import WHOLE, Answering, Typed, of_one
from commonweal.capabilities.forms.rules.problems import Problem

YES, NO = "yes", "no"
_YES_NO = {YES: Bilingual(en="Yes", cy="Ie"), NO: Bilingual(en="No", cy="Na")}
_AGREED = {YES: Bilingual(en="Agreed", cy="Cytunwyd")}


def _not_offered(question: Question) -> Problem:
    """Something that the page did not offer: the same sentence as when nothing was chosen."""
    return Problem(question.key, problems.MUST_BE_OFFERED, question.called, words=question.if_missing)


def _check_choice(question: Question, typed: str) -> str | Problem:
    return typed if typed in {choice.key for choice in question.choices} else _not_offered(question)


def _tell_choice(question: Question, answer: str, language: str | None) -> str:
    labels = {choice.key: choice.label.in_language(language) for choice in question.choices}
    return "\n".join(labels.get(key, key) for key in answer.split("\n"))


def _parse_choices(question: Question, typed: Typed, today: date) -> str | list[Problem]:
    chosen = {key for key in typed[WHOLE].split("\n") if key}
    taken = [choice for choice in question.choices if choice.key in chosen]
    if len(taken) != len(chosen):
        return [_not_offered(question)]
    wrong = _count(question, len(taken))
    alone = next((choice for choice in taken if choice.is_exclusive), None)
    if alone is not None:
        wrong = [] if len(taken) == 1 else [_problem(question, problems.MUST_STAND_ALONE, alone=alone.label)]
    return wrong or "\n".join(choice.key for choice in taken)


def _count(question: Question, number: int) -> list[Problem]:
    if question.at_least is not None and number < question.at_least:
        return [_problem(question, problems.MUST_CHOOSE_MORE, least=question.at_least)]
    if question.at_most is not None and number > question.at_most:
        return [_problem(question, problems.MUST_CHOOSE_FEWER, most=question.at_most)]
    return []


def _problem(question: Question, message: str, **values: Bilingual | int) -> Problem:
    return Problem(question.key, message, question.called, values=values)


def _one_of(words: dict[str, Bilingual]) -> Answering:
    def check(question: Question, typed: str) -> str | Problem:
        return typed if typed in words else _not_offered(question)

    def tell(question: Question, answer: str, language: str | None) -> str:
        return words[answer].in_language(language) if answer in words else answer

    return Answering(of_one(check), tell=tell, value=lambda question, answer: answer == YES)


CHOICE = Answering(of_one(_check_choice), tell=_tell_choice)
CHOICES = Answering(_parse_choices, tell=_tell_choice, value=lambda question, answer: answer.split("\n"))
YES_NO = _one_of(_YES_NO)
DECLARATION = _one_of(_AGREED)
