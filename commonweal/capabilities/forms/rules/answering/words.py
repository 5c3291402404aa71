"""Answers in words: short and long texts, names of people and of organisations; and statements, which ask nothing."""

from collections.abc import Callable

from commonweal.capabilities.catalogue.queries.questions import Question
from commonweal.capabilities.forms.rules import problems
from commonweal.capabilities.forms.rules.answering.family import LONGEST, WHOLE, Answering, of_one
from commonweal.capabilities.forms.rules.problems import Problem
from commonweal.capabilities.forms.rules.texts import has_letter, many_lines, one_line


def too_long(question: Question, field: str, longest: int) -> Problem:
    """The sentence that says how long an answer may be."""
    return Problem(field, problems.MUST_BE_SHORTER, question.called, values={"limit": longest})


def _words(read: Callable[[str], str], longest: int, *, has_letters: bool = False) -> Answering:
    def check(question: Question, typed: str) -> str | Problem:
        text, limit = read(typed), question.max_length or longest
        if len(text) > limit:
            return too_long(question, question.key, limit)
        if has_letters and not has_letter(text):
            return Problem(question.key, problems.MUST_BE_NAME, question.called)
        return text

    return Answering(of_one(check), longest=longest)


TEXT = _words(one_line, LONGEST)
LONG_TEXT = _words(many_lines, 2000)
NAME = _words(one_line, 120, has_letters=True)
ORGANISATION = _words(one_line, LONGEST)
STATEMENT = Answering(lambda question, typed, today: typed.get(WHOLE, ""), parts=())
