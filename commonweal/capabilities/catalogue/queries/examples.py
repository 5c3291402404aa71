"""Examples to show with a question."""

from datetime import date, timedelta

from commonweal.capabilities.catalogue.queries.questions import Fills, Question

_AGE = 40


def example_day(question: Question, today: date) -> date:
    """A day that the question takes: of a birth long ago, else the nearest to yesterday."""
    if question.fills is Fills.PERSON_BIRTH_DATE or question.autocomplete == "bday":
        return date(today.year - _AGE, 3, 31)
    day = today - timedelta(days=1)
    if question.until_days is not None:
        day = min(day, today + timedelta(question.until_days))
    return day if question.from_days is None else max(day, today + timedelta(question.from_days))
