"""A whole declaration: one public service as data."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from commonweal.capabilities.catalogue.queries.handling import CaseType, Messages, Post
from commonweal.capabilities.catalogue.queries.questions import AskedOf, Fee, Fills, Page, Party, Question, QuestionType
from commonweal.capabilities.catalogue.queries.wording import Bilingual, Declared, Key, Nation, slug_of
from commonweal.foundations.errors import Words
from commonweal.foundations.scope.actors import Channel


class LawfulBasis(StrEnum):
    """UK GDPR Article 6(1), as a public body may rely on it for a service."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal_obligation"
    VITAL_INTERESTS = "vital_interests"
    PUBLIC_TASK = "public_task"

    @property
    def words(self) -> Words:
        """Why it may be used, as whoever it is about reads it: in a notice, on their page, in their copy."""
        return _BASES_SAID[self]


_BASES_SAID: dict[LawfulBasis, Words] = {
    LawfulBasis.CONSENT: _("you agree to it (UK GDPR Article 6(1)(a))"),
    LawfulBasis.CONTRACT: _("we need it for a contract with you (UK GDPR Article 6(1)(b))"),
    LawfulBasis.LEGAL_OBLIGATION: _("the law says that we must (UK GDPR Article 6(1)(c))"),
    LawfulBasis.VITAL_INTERESTS: _("it protects someone's life (UK GDPR Article 6(1)(d))"),
    LawfulBasis.PUBLIC_TASK: _("it is part of our public task (UK GDPR Article 6(1)(e))"),
}


class OfferedBy(Declared):
    """Who may offer the service: a body in one of the nations that has all the powers."""

    powers: Annotated[tuple[Key, ...], Field(min_length=1)]
    nations: Annotated[tuple[Nation, ...], Field(min_length=1)]


class SpecialCondition(StrEnum):
    """UK GDPR Article 9(2), as a public body may rely on it for a service."""

    EXPLICIT_CONSENT = "explicit_consent"
    SOCIAL_PROTECTION = "social_protection"
    VITAL_INTERESTS = "vital_interests"
    LEGAL_CLAIMS = "legal_claims"
    SUBSTANTIAL_PUBLIC_INTEREST = "substantial_public_interest"
    HEALTH_OR_SOCIAL_CARE = "health_or_social_care"
    PUBLIC_HEALTH = "public_health"


class SpecialCategory(Declared):
    """Why health data may be used: the condition of Article 9(2), where it stands in the Data Protection Act 2018."""

    condition: SpecialCondition
    schedule: Bilingual
    words: Bilingual


class Lawfulness(Declared):
    """Why the personal data may be used: the basis, what for in plain words, and the law in each nation.

    `seen_by` completes "Who sees it:", one entry for each kind of recipient.
    """

    basis: LawfulBasis
    purpose: Bilingual
    law: dict[Nation, Bilingual]
    special: SpecialCategory | None = None
    seen_by: Annotated[tuple[Bilingual, ...], Field(min_length=1)]


class Restriction(Declared):
    """A locked-down service (social work, children, fraud): only these roles open its cases, and say why for each.

    `harm_checked_by` are the roles that judge whether an answer to the person would cause serious harm (Data Protection
    Act 2018, Schedule 3).
    """

    roles: Annotated[tuple[Key, ...], Field(min_length=1)]
    harm_checked_by: tuple[Key, ...] = ()


class Service(Declared):
    """One public service: its words, who may offer it, why it may ask, what it asks and what happens next.

    `owner` is the unit of the organisation that answers for it, `team` the team that receives its cases. A discreet
    service writes to people neutrally. `before` is what to have at hand, `takes` how long it takes. What is begun is
    kept for `draft_days` after its last change.
    """

    name: Key
    title: Bilingual
    summary: Bilingual
    before: tuple[Bilingual, ...] = ()
    takes: Bilingual
    owner: Bilingual
    team: Annotated[str, Field(min_length=1, max_length=80)]
    offered_by: OfferedBy
    channels: Annotated[tuple[Channel, ...], Field(min_length=1)]
    is_discreet: bool = False
    draft_days: Annotated[int, Field(ge=1, le=90)] = 7
    restriction: Restriction | None = None
    lawfulness: Lawfulness
    parties: tuple[Party, ...] = ()
    fee: Fee | None = None
    pages: Annotated[tuple[Page, ...], Field(min_length=1)]
    case: CaseType
    messages: Messages
    post: Post | None = None

    @property
    def slug(self) -> str:
        """The name as it stands in a web address."""
        return slug_of(self.name)

    @property
    def asks_for_files(self) -> bool:
        """Whether an applicant may come to a question that is answered by a file."""
        everybody = [page for page in self.pages if page.asked_of is AskedOf.EVERYONE]
        asked = [each for page in everybody for each in page.questions if each.asked_of is AskedOf.EVERYONE]
        return any(each.type is QuestionType.FILE for each in asked)

    def page(self, key: str) -> Page | None:
        return next((page for page in self.pages if page.key == key), None)

    def questions(self) -> Iterator[Question]:
        """All questions in the order they are asked."""
        return (question for page in self.pages for question in page.questions)

    def question(self, key: str) -> Question | None:
        return next((question for question in self.questions() if question.key == key), None)

    def party(self, key: str) -> Party | None:
        return next((party for party in self.parties if party.key == key), None)

    def question_filling(self, place: Fills, party: str | None = None) -> Question | None:
        """What fills a place of the applicant's, or of a party's."""
        filling = (each for each in self.questions() if each.fills is place and each.of_party == party)
        return next(filling, None)
