"""From the questions of a page to the fields that ask them, with what was typed and what is wrong."""

from collections.abc import Callable

from commonweal.capabilities.catalogue.queries.questions import Page, Question, QuestionType
from commonweal.foundations.design.parts import Field
from commonweal.frontends.asking import controls
from commonweal.frontends.asking.asked import Asked, Errors, Texts


def fields_of(page: Page, given: Texts, errors: Errors, language: str) -> tuple[Field, ...]:
    """The fields of a page. A question alone on its page is the page's heading."""
    is_alone, is_heading = len(page.questions) == 1, not has_own_heading(page)
    fields: list[Field] = []
    for question in page.questions:
        asked = Asked(question, given, errors, language, is_alone=is_alone, is_heading=is_heading)
        shown = _CONTROLS[question.type](asked)
        fields += (shown,) if isinstance(shown, Field) else shown
    return tuple(fields)


def has_own_heading(page: Page) -> bool:
    """Whether the page's title is a heading above its fields, and not itself the one question."""
    return len(page.questions) > 1 or page.questions[0].type in _NO_HEADING


_NO_HEADING = {QuestionType.PLACE, QuestionType.DECLARATION, QuestionType.STATEMENT}
_CONTROLS: dict[QuestionType, Callable[[Asked], Field | tuple[Field, ...]]] = {
    QuestionType.TEXT: controls.ask_words,
    QuestionType.LONG_TEXT: controls.ask_long_text,
    QuestionType.NAME: controls.ask_words,
    QuestionType.ORGANISATION: controls.ask_words,
    QuestionType.STATEMENT: controls.show_statement,
    QuestionType.NUMBER: controls.ask_number,
    QuestionType.MONEY: controls.ask_money,
    QuestionType.DATE: controls.ask_date,
    QuestionType.RECENT_DATE: controls.ask_date,
    QuestionType.PARTIAL_DATE: controls.ask_date,
    QuestionType.YES_NO: controls.ask_choice,
    QuestionType.CHOICE: controls.ask_choice,
    QuestionType.CHOICES: controls.ask_choices,
    QuestionType.DECLARATION: controls.ask_agreement,
    QuestionType.ADDRESS: controls.ask_address,
    QuestionType.PLACE: controls.ask_place,
    QuestionType.EMAIL: controls.ask_email,
    QuestionType.PHONE: controls.ask_phone,
    QuestionType.NATIONAL_INSURANCE_NUMBER: controls.ask_code,
    QuestionType.NHS_NUMBER: controls.ask_code,
    QuestionType.VEHICLE_REGISTRATION: controls.ask_code,
    QuestionType.REFERENCE: controls.ask_code,
    QuestionType.FILE: controls.ask_files,
}


def fields_for(question: Question, given: Texts, errors: Errors, language: str) -> tuple[Field, ...]:
    """The fields of one question on a page that has a heading of its own."""
    asked = Asked(question, given, errors, language, is_alone=False, is_heading=False)
    shown = _CONTROLS[question.type](asked)
    return (shown,) if isinstance(shown, Field) else shown
