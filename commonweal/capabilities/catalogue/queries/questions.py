"""What a declaration asks: pages of questions, and what each answer holds about whom."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from commonweal.capabilities.catalogue.queries.wording import Bilingual, Declared, Key
from commonweal.foundations.personal_data.declarations import Category

NOTHING_PERSONAL = "nothing_personal"
"""What a question holds whose answer says nothing about a person."""


class QuestionType(StrEnum):
    """How a question is asked and its answer checked."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    YES_NO = "yes_no"
    RECENT_DATE = "recent_date"
    PLACE = "place"
    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"


class Whose(StrEnum):
    """Whom an answer is about."""

    APPLICANT = "applicant"
    OTHER = "other"


class Fills(StrEnum):
    """Where an answer goes instead of among the answers, so that it lies in one place only."""

    PERSON_NAME = "person.name"
    PERSON_EMAIL = "person.email"
    PERSON_PHONE = "person.phone"
    CASE_PLACE = "case.place"


class KeyScope(StrEnum):
    """Whose key seals an answer: the subject's for structured facts, the record's for free text."""

    SUBJECT = "subject"
    RECORD = "record"


def _require_kind(value: str) -> str:
    kinds = [*(category.value for category in Category), NOTHING_PERSONAL]
    if value not in kinds:
        raise ValueError(f"This must be one of {', '.join(kinds)}")
    return value


Holds = Annotated[str, AfterValidator(_require_kind)]
"""A category of personal data, or `nothing_personal`."""

Autocomplete = Literal["name", "email", "tel", "address-line1", "postal-code", "street-address"]


class Choice(Declared):
    """One answer to choose from."""

    key: Key
    label: Bilingual
    hint: Bilingual | None = None


class Question(Declared):
    """One question: its words, how it is checked, and what its answer holds about a person.

    `if_missing` is the error sentence when nothing was given ("Enter your full name"); `called` begins the other error
    sentences ("Your full name" must be ...). `within_days` bounds a recent date, `max_length` a text, in characters.
    """

    key: Key
    type: QuestionType
    label: Bilingual
    called: Bilingual
    hint: Bilingual | None = None
    if_missing: Bilingual | None = None
    is_optional: bool = False
    choices: tuple[Choice, ...] = ()
    autocomplete: Autocomplete | None = None
    within_days: Annotated[int, Field(ge=1, le=3660)] | None = None
    max_length: Annotated[int, Field(ge=1, le=10_000)] | None = None
    holds: Holds
    why: Bilingual | None = None
    whose: Whose = Whose.APPLICANT
    fills: Fills | None = None

    @property
    def category(self) -> Category | None:
        """The kind of personal data in the answer; None when it says nothing about a person."""
        return None if self.holds == NOTHING_PERSONAL else Category(self.holds)

    @property
    def key_scope(self) -> KeyScope:
        """Free text may concern several people, so it is sealed under the key of its record."""
        return KeyScope.RECORD if self.type is QuestionType.LONG_TEXT else KeyScope.SUBJECT


class Page(Declared):
    """One page of questions; `title` is its heading when it asks more than one thing."""

    key: Key
    title: Bilingual
    hint: Bilingual | None = None
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
