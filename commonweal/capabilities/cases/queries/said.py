"""What the applicant has said already: the same words sent again are not a second answer, nor a second challenge."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from commonweal.capabilities.cases.models import Case, Round, SentBack
from commonweal.capabilities.cases.queries.access import matter_of
from commonweal.capabilities.cases.queries.own import own_case
from commonweal.foundations.actions.action import Overtaken
from commonweal.foundations.errors import Refusal
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.scope.actors import Resident
from commonweal.foundations.scope.scopes import read_scope
from commonweal.foundations.texts.typed import plain


@dataclass(frozen=True)
class Said:
    """What was said last: the row that holds it, and its words."""

    id: UUID
    text: str = field(repr=False)


def has_answered(actor: Resident, *, organisation: int, reference: str, **_asked: Any) -> bool:
    """Whether the latest question to the applicant has their answer, so that it is opened. Raises NoSuchCase."""
    with read_scope(actor, (organisation,)):
        return latest_answer(own_case(actor, organisation=organisation, reference=reference)) is not None


def load_answer(actor: Resident, *, organisation: int, reference: str, **_asked: Any) -> Said | None:
    """The answer to the latest question. Raises NoSuchCase."""
    found = latest_answer(_open_own(actor, organisation, reference))
    return Said(found.id, found.answer) if found else None


def has_challenged(actor: Resident, *, organisation: int, reference: str, review: str, **_asked: Any) -> bool:
    """Whether the applicant has asked for this review, so that what they wrote is opened. Raises NoSuchCase."""
    with read_scope(actor, (organisation,)):
        return latest_challenge(own_case(actor, organisation=organisation, reference=reference), review) is not None


def load_challenge(actor: Resident, *, organisation: int, reference: str, review: str, **_asked: Any) -> Said | None:
    """What the applicant wrote when they asked for this review. Raises NoSuchCase."""
    found = latest_challenge(_open_own(actor, organisation, reference), review)
    return Said(found.id, found.words) if found else None


def latest_answer(case: Case) -> SentBack | None:
    """The latest question to the applicant, if it is they who ended it."""
    asked = SentBack.objects.filter(organisation_id=case.organisation_id, case_id=case.id)
    latest = asked.order_by("-asked_at", "-id").first()
    return latest if latest is not None and latest.answered_at else None


def latest_challenge(case: Case, review: str) -> Round | None:
    """The latest round that the applicant asked for by this review."""
    asked = Round.objects.filter(organisation_id=case.organisation_id, case_id=case.id, review=review, by_id=None)
    return asked.order_by("-number").first()


def require_same(text: str, row: UUID, said: Said | None, if_other: type[Refusal]) -> None:
    """Raises `if_other` unless the row holds the same words; Overtaken when it is not the one that was opened."""
    if said is None or said.id != row:
        raise Overtaken
    if said.text != plain(text):
        raise if_other


def _open_own(actor: Resident, organisation: int, reference: str) -> Case:
    case = own_case(actor, organisation=organisation, reference=reference)
    current_reading().about(matter_of(case))
    current_reading().is_of_own(case.person_id)
    return case
