"""Questions and answers for the tests of forms."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings

from commonweal.capabilities.catalogue.queries.questions import Choice, Question, QuestionType
from commonweal.capabilities.catalogue.queries.wording import Bilingual
from commonweal.capabilities.forms.rules.answers import parse

TODAY = date(2026, 11, 22)
MISSED_COLLECTION = (settings.SERVICES / "missed_collection" / "service.yaml").read_text()

BIN = {"bin": "recycling"}
WHERE = {"place-address": "12 High Street", "place-postcode": "ls1 1ur", "left_at": "By the gate"}
CONTACT = {"name": "Rosa Márquez", "email": "rosa@people.example", "phone": "01632 960 001"}


def due(day: date) -> dict[str, str]:
    """The fields of the date question."""
    return {"due-day": str(day.day), "due-month": str(day.month), "due-year": str(day.year)}


def pages(today: date) -> Mapping[str, Mapping[str, str]]:
    """Everything a resident types to report a missed bin, by page."""
    return {"bin": BIN, "due": due(today), "where": WHERE, "contact": CONTACT}


def words(en: str, cy: str = "Cymraeg") -> Bilingual:
    return Bilingual(en=en, cy=cy)


def question(kind: QuestionType, **more: Any) -> Question:
    """A question called q, whose answer is personal."""
    return Question(
        key="q",
        type=kind,
        label=words("The question"),
        called=words("The answer", "Yr ateb"),
        if_missing=words("Answer the question", "Atebwch y cwestiwn"),
        holds="nothing_personal",
        **more,
    )


CHOICES = (Choice(key="tea", label=words("Tea", "Te")), Choice(key="coffee", label=words("Coffee", "Coffi")))


def answer(kind: QuestionType, typed: str | dict[str, str], **more: Any) -> str:
    """The stored answer to what was typed, by part where there are several; or the sentences of what is wrong."""
    fields = {"q": typed} if isinstance(typed, str) else {f"q-{part}": text for part, text in typed.items()}
    found = parse(question(kind, **more), fields, today=TODAY)
    return found if isinstance(found, str) else "; ".join(problem.say("en") for problem in found)
