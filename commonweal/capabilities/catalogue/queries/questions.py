"""What a declaration asks: pages of questions, and what each answer holds about whom."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from commonweal.capabilities.catalogue.queries.wording import Bilingual, Declared, Key
from commonweal.foundations.personal_data.declarations import Category

NOTHING_PERSONAL = "nothing_personal"
"""What a question holds whose answer says nothing about a person."""

Condition = Annotated[str, Field(min_length=1, max_length=1000)]
"""A CEL expression that gives true or false, over the names that `conditions.kinds_of` lists."""


class QuestionType(StrEnum):
    """How a question is asked and its answer checked."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    RECENT_DATE = "recent_date"
    PARTIAL_DATE = "partial_date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    NAME = "name"
    ADDRESS = "address"
    EMAIL = "email"
    PHONE = "phone"
    NATIONAL_INSURANCE_NUMBER = "national_insurance_number"
    NHS_NUMBER = "nhs_number"
    VEHICLE_REGISTRATION = "vehicle_registration"
    PLACE = "place"
    FILE = "file"
    DECLARATION = "declaration"
    ORGANISATION = "organisation"
    REFERENCE = "reference"
    STATEMENT = "statement"

    @property
    def has_answer(self) -> bool:
        return self is not QuestionType.STATEMENT

    @property
    def is_free(self) -> bool:
        """Whether people may write or show anything in it, also about others."""
        return self in {QuestionType.LONG_TEXT, QuestionType.FILE}

    @property
    def is_open(self) -> bool:
        """Whether its form leaves room for words about anybody: also one line may name a neighbour."""
        return self.is_free or self is QuestionType.TEXT


class Whose(StrEnum):
    """Whom an answer is about."""

    APPLICANT = "applicant"
    CHILD = "child"
    PARTNER = "partner"
    PERSON_REPORTED = "person_reported"
    OTHER = "other"


class AskedOf(StrEnum):
    """Who is asked: everybody, or only staff who fill the form in with someone."""

    EVERYONE = "everyone"
    STAFF = "staff"


class Fills(StrEnum):
    """Where an answer goes instead of among the answers, so that it lies in one place only.

    A question `of_party` fills that party's name, birth date and contact points in place of the applicant's.
    """

    PERSON_NAME = "person.name"
    PERSON_EMAIL = "person.email"
    PERSON_PHONE = "person.phone"
    PERSON_BIRTH_DATE = "person.birth_date"
    CASE_PLACE = "case.place"
    CASE_EARLIER = "case.earlier"


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

Autocomplete = Literal[
    "name", "email", "tel", "bday", "organization", "address-line1", "address-line2", "address-level2", "postal-code",
    "street-address",
]  # fmt: skip
"""The input purposes of HTML that we ask for (WCAG 2.2, 1.3.5)."""

Accepts = Literal["photo", "document"]
"""What a file may be: a picture, or a PDF or office document."""


class Choice(Declared):
    """One answer to choose from. An exclusive one ("None of these") rules out all others."""

    key: Key
    label: Bilingual
    hint: Bilingual | None = None
    is_exclusive: bool = False


class Question(Declared):
    """One question: its words, how it is checked, and what its answer holds about a person.

    `if_missing` is the error sentence when nothing was given ("Enter your full name"); `called` begins the other error
    sentences ("Your full name" must be ...).

    Bounds: `at_least` and `at_most` bound a number (money: in pence), or how many choices or files there may be;
    `decimals` of a number, followed by its `unit`; `max_length` of a text, in characters. `within_days` bounds a recent
    date; `from_days` and `until_days` any date, in days from today (0: today, negative: before).

    `shown_when` asks it only when a condition holds. `opened_by` names the roles that alone may open the answer; empty
    means whoever may open the case. `body` is what a statement says. One that `is_recalled` is filled in from what was
    answered before, for whoever applies again. `on_map` lets people mark a place on a map as well, where there is one.
    """

    key: Key
    type: QuestionType
    label: Bilingual
    called: Bilingual
    hint: Bilingual | None = None
    body: Bilingual | None = None
    if_missing: Bilingual | None = None
    is_optional: bool = False
    choices: tuple[Choice, ...] = ()
    autocomplete: Autocomplete | None = None
    at_least: int | None = None
    at_most: int | None = None
    decimals: Annotated[int, Field(ge=0, le=6)] = 0
    unit: Bilingual | None = None
    within_days: Annotated[int, Field(ge=1, le=3660)] | None = None
    from_days: Annotated[int, Field(ge=-45_000, le=3660)] | None = None
    until_days: Annotated[int, Field(ge=-45_000, le=3660)] | None = None
    max_length: Annotated[int, Field(ge=1, le=10_000)] | None = None
    accepts: tuple[Accepts, ...] = ()
    on_map: bool = False
    shown_when: Condition | None = None
    asked_of: AskedOf = AskedOf.EVERYONE
    opened_by: tuple[Key, ...] = ()
    holds: Holds
    why: Bilingual | None = None
    whose: Whose = Whose.APPLICANT
    of_party: Key | None = None
    fills: Fills | None = None
    is_recalled: bool = False

    @property
    def category(self) -> Category | None:
        """The kind of personal data in the answer; None when it says nothing about a person."""
        return None if self.holds == NOTHING_PERSONAL else Category(self.holds)

    @property
    def is_from_subject(self) -> bool:
        """Whether the applicant gives it of themselves and can write nothing of others in it (UK GDPR Article 20)."""
        is_own = self.whose is Whose.APPLICANT and self.of_party is None and self.asked_of is AskedOf.EVERYONE
        return is_own and self.type.has_answer and self.category is not None and not self.type.is_open

    @property
    def key_scope(self) -> KeyScope:
        """What may concern several people is sealed under the key of its record; so is what is about someone else."""
        is_own = self.whose is Whose.APPLICANT and not self.type.is_free
        return KeyScope.SUBJECT if is_own else KeyScope.RECORD


class Repeat(Declared):
    """A page asked once for each of several things (children, items): `called` names one of them ("child").

    `add` is the button that begins another. Its answers are a list, `at_least` to `at_most` long.
    """

    called: Bilingual
    add: Bilingual
    at_least: Annotated[int, Field(ge=0, le=20)] = 1
    at_most: Annotated[int, Field(ge=1, le=20)]


class Exit(Declared):
    """Where someone is told that the service is not for them. It is a decision too, so there is always a way on.

    Shown after the page when the condition holds: `may_go_on` offers to apply anyway, `speak_to` says whom to speak to.
    """

    key: Key
    when: Condition
    title: Bilingual
    words: Bilingual
    may_go_on: bool = True
    speak_to: Bilingual | None = None


class Page(Declared):
    """One page of questions; `title` is its heading when it asks more than one thing."""

    key: Key
    title: Bilingual
    hint: Bilingual | None = None
    shown_when: Condition | None = None
    asked_of: AskedOf = AskedOf.EVERYONE
    repeats: Repeat | None = None
    exits: tuple[Exit, ...] = ()
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]


class Fee(Declared):
    """What is to be paid: a CEL expression that gives whole pence, and words that go on from "It costs"."""

    pence: Annotated[str, Field(min_length=1, max_length=1000)]
    words: Bilingual


class Party(Declared):
    """Someone other than the applicant whom a case is about: a data subject of their own.

    `is_told`: whether they may be written to. Somebody reported is not.
    """

    key: Key
    label: Bilingual
    whose: Whose
    is_told: bool = False
