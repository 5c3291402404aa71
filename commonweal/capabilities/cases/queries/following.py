"""What applicants may see of their cases: stage and date, never the answers."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import get_language

from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.cases.queries.asked import is_asked
from commonweal.capabilities.cases.queries.challenging import ReviewRow, review_rows, reviews_open, where_next
from commonweal.capabilities.cases.queries.clocks import ClockRow, clocks_of
from commonweal.capabilities.cases.queries.granted import GrantRow, grant_of
from commonweal.capabilities.cases.queries.held import as_told
from commonweal.capabilities.cases.queries.letters import LetterRow, letters_of
from commonweal.capabilities.cases.queries.own import own_case
from commonweal.capabilities.cases.queries.proving import case_with_secret
from commonweal.capabilities.cases.queries.rounds import latest_decision, standing_of
from commonweal.capabilities.cases.queries.timing import NEVER
from commonweal.capabilities.cases.queries.wording import reason_lines
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.handling import CaseType
from commonweal.capabilities.organisations import queries as organisations
from commonweal.capabilities.people.queries import records as people
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import local_date, today
from commonweal.foundations.scope.actors import Actor, Resident


@dataclass(frozen=True)
class StatusRow:
    """Where a case stands, in the words of its declaration and the language of the request.

    `due_on` is None while no clock runs: we wait for the applicant. A list of applications leaves out the `clocks`.
    """

    id: UUID
    reference: str
    service: str
    service_title: str
    stage_label: str
    stage_words: str
    outcome_label: str
    outcome_words: str
    opened_at: datetime
    due_on: date | None
    closed_at: datetime | None
    clocks: tuple[ClockRow, ...] = ()


@dataclass(frozen=True)
class ApplicationRow:
    """One application for whoever it is of: where it stands, what was decided and why, and what they can do.

    `earlier_words` say what was decided before the review it is in; `is_asked`: we wait for their answer; `reviews` can
    be asked for now, `next_words` say where to go after one; `letters` are there to be read.
    """

    status: StatusRow
    review_label: str
    earlier_words: str
    reasons: tuple[str, ...]
    is_asked: bool
    reviews: tuple[ReviewRow, ...]
    next_words: str
    letters: tuple[LetterRow, ...]
    grant: GrantRow | None


@query()
def status(actor: Actor, *, organisation: int, reference: str, secret: str) -> ApplicationRow:
    """The application that reference and secret prove. Raises NoSuchCase."""
    proven = case_with_secret(actor, organisation=organisation, reference=reference, secret=secret)
    return _application(actor, Case.objects.get(organisation_id=organisation, id=proven.id))


@query()
def application(actor: Resident, *, organisation: int, reference: str) -> ApplicationRow:
    """An application of one's own. Raises NoSuchCase."""
    return _application(actor, own_case(actor, organisation=organisation, reference=reference))


@query()
def applications(actor: Resident, *, organisation: int) -> tuple[StatusRow, ...]:
    """The signed-in person's cases in this organisation, latest first."""
    if actor.account is None:
        return ()
    own = people.people_of_account(actor, organisation=organisation, account=actor.account)
    found = Case.objects.filter(organisation_id=organisation, person_id__in=own).order_by("-opened_at")
    return tuple(_status(actor, case) for case in found)


def _status(actor: Actor, stored: Case, *, has_clocks: bool = False) -> StatusRow:
    case = as_told(stored).case
    offered = catalogue.service_version(actor, organisation=case.organisation_id, version=case.version_id)
    declared, language = offered.service.case, get_language()
    stage, outcome = declared.stage(case.stage), declared.outcome(case.outcome)
    return StatusRow(
        id=case.id,
        reference=case.reference,
        service=case.service,
        service_title=offered.service.title.in_language(language),
        stage_label=stage.label.in_language(language) if stage else "",
        stage_words=stage.words.in_language(language) if stage else "",
        outcome_label=outcome.label.in_language(language) if outcome else "",
        outcome_words=outcome.words.in_language(language) if outcome else "",
        opened_at=case.opened_at,
        due_on=None if case.due_on == NEVER else case.due_on,
        closed_at=case.closed_at,
        clocks=clocks_of(actor, case, declared) if has_clocks else (),
    )


def _application(actor: Actor, stored: Case) -> ApplicationRow:
    told = as_told(stored)
    case = told.case
    offered = catalogue.service_version(actor, organisation=case.organisation_id, version=case.version_id)
    declared, language, standing = offered.service.case, get_language(), standing_of(case)
    review = standing.declared_in(declared)
    decided = latest_decision(case, before=told.held_at)
    outcome = declared.outcome(decided.outcome) if decided else None
    body = organisations.organisation(actor, organisation=case.organisation_id)
    is_open = case.closed_at is None
    return ApplicationRow(
        status=_status(actor, stored, has_clocks=True),
        review_label=review.label.in_language(language) if review and is_open else "",
        earlier_words=outcome.words.in_language(language) if outcome and is_open else "",
        reasons=reason_lines(outcome, decided.reasons, body.nation, language) if decided and outcome else (),
        is_asked=is_asked(case),
        reviews=_reviews(case, declared, standing.reviews),
        next_words=where_next(case, declared, standing),
        letters=letters_of(case, before=told.held_at),
        grant=grant_of(case, before=told.held_at),
    )


def _reviews(case: Case, declared: CaseType, used: tuple[str, ...]) -> tuple[ReviewRow, ...]:
    if case.closed_at is None:
        return ()
    decided_on = local_date(case.closed_at)
    found = reviews_open(declared, outcome=case.outcome, decided_on=decided_on, used=used, today=today())
    return review_rows(found, decided_on)
