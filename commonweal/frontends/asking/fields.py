"""From the questions of a page to the fields that ask them, with what was typed and what is wrong."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta

from django.utils.translation import gettext as _

from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.questions import Page, Question, QuestionType
from commonweal.capabilities.catalogue.queries.wording import Bilingual
from commonweal.capabilities.forms.queries.answers import AnswerRow
from commonweal.foundations.clocks.now import today
from commonweal.foundations.design.parts import Field, Kind, Option, Row, Words

Texts = Mapping[str, str]
Errors = Mapping[str, Words]


def fields_of(page: Page, given: Texts, errors: Errors, language: str) -> tuple[Field, ...]:
    """The fields of a page. A question alone on its page is the page's heading."""
    return tuple(
        field
        for question in page.questions
        for field in _FIELDS.get(question.type, _text)(_Asking(question, page, given, errors, language))
    )


def has_own_heading(page: Page) -> bool:
    """Whether the page's title is a heading above its fields, and not itself the one question."""
    return len(page.questions) > 1 or page.questions[0].type is QuestionType.PLACE


def rows_of(service: Service, answers: Iterable[AnswerRow], change: Callable[[str], str], language: str) -> list[Row]:
    """Every answer as a line to check, each with the address where it is changed."""
    told = {answer.question: answer.text for answer in answers}
    return [
        Row(
            key=question.label.in_language(language),
            value=told.get(question.key) or _("Not given"),
            change=f"{change(page.key)}?change",
            lines=tuple(told.get(question.key, "").split("\n")) if told.get(question.key) else (),
        )
        for page in service.pages
        for question in page.questions
    ]


class _Asking:
    """One question on its page, with what was typed and what is wrong."""

    def __init__(self, question: Question, page: Page, given: Texts, errors: Errors, language: str) -> None:
        self.question, self.given, self.errors, self.language = question, given, errors, language
        self.is_heading = not has_own_heading(page)

    def say(self, words: Bilingual | None) -> str:
        return "" if words is None else words.in_language(self.language)

    @property
    def label(self) -> str:
        label = self.say(self.question.label)
        return _("%(label)s (optional)") % {"label": label} if self.question.is_optional else label


def _text(asking: _Asking) -> Iterator[Field]:
    question = asking.question
    yield Field(
        name=question.key,
        label=asking.label,
        kind=_KINDS.get(question.type, Kind.TEXT),
        hint=asking.say(question.hint),
        value=asking.given.get(question.key, ""),
        error=asking.errors.get(question.key, ""),
        autocomplete=question.autocomplete or "",
        width=20 if question.type is QuestionType.PHONE else None,
        max_length=question.max_length if question.type is QuestionType.LONG_TEXT else None,
        is_heading=asking.is_heading,
    )


def _choice(asking: _Asking) -> Iterator[Field]:
    question = asking.question
    options = tuple(Option(each.key, asking.say(each.label), asking.say(each.hint)) for each in question.choices)
    yield Field(
        name=question.key,
        label=asking.label,
        kind=Kind.ONE_OF,
        hint=asking.say(question.hint),
        value=asking.given.get(question.key, ""),
        error=asking.errors.get(question.key, ""),
        options=options or (Option("yes", _("Yes")), Option("no", _("No"))),
        is_heading=asking.is_heading,
    )


def _date(asking: _Asking) -> Iterator[Field]:
    question, yesterday = asking.question, today() - timedelta(days=1)
    example = _("For example, %(day)s") % {"day": f"{yesterday.day} {yesterday.month} {yesterday.year}"}
    parts = {part: f"{question.key}-{part}" for part in ("day", "month", "year")}
    yield Field(
        name=question.key,
        label=asking.label,
        kind=Kind.DATE,
        hint=asking.say(question.hint) or example,
        value={part: asking.given.get(name, "") for part, name in parts.items()},
        error=next((asking.errors[name] for name in parts.values() if name in asking.errors), ""),
        is_heading=asking.is_heading,
    )


def _place(asking: _Asking) -> Iterator[Field]:
    address, postcode = (f"{asking.question.key}-{part}" for part in ("address", "postcode"))
    yield Field(
        name=address,
        label=asking.label,
        hint=asking.say(asking.question.hint) or _("House number or name, and street"),
        value=asking.given.get(address, ""),
        error=asking.errors.get(address, ""),
        autocomplete="address-line1",
    )
    yield Field(
        name=postcode,
        label=_("Postcode"),
        value=asking.given.get(postcode, ""),
        error=asking.errors.get(postcode, ""),
        autocomplete="postal-code",
        width=10,
    )


_KINDS = {
    QuestionType.LONG_TEXT: Kind.LONG_TEXT,
    QuestionType.EMAIL: Kind.EMAIL,
    QuestionType.PHONE: Kind.TELEPHONE,
}
_FIELDS: dict[QuestionType, Callable[[_Asking], Iterator[Field]]] = {
    QuestionType.CHOICE: _choice,
    QuestionType.YES_NO: _choice,
    QuestionType.RECENT_DATE: _date,
    QuestionType.PLACE: _place,
}
