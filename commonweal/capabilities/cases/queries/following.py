"""What applicants may see of their cases: stage and date, never the answers."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language

from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.cases.queries.clocks import ClockRow, clocks_of
from commonweal.capabilities.cases.queries.proving import case_with_secret
from commonweal.capabilities.cases.queries.timing import NEVER
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.people.queries import records as people
from commonweal.foundations.actions.query import query
from commonweal.foundations.scope.actors import Actor, Resident


@dataclass(frozen=True)
class StatusRow:
    """Where a case stands, in the words of its declaration and the language of the request.

    `due_on` is None while no clock runs: we wait for the applicant. A list of applications leaves out the `clocks`.
    """

    reference: str
    service_title: str
    stage_label: str
    stage_words: str
    outcome_label: str
    outcome_words: str
    opened_at: datetime
    due_on: date | None
    closed_at: datetime | None
    clocks: tuple[ClockRow, ...] = ()


@query()
def status(actor: Actor, *, organisation: int, reference: str, secret: str) -> StatusRow:
    """The status of the case that reference and secret prove. Raises NoSuchCase."""
    proven = case_with_secret(actor, organisation=organisation, reference=reference, secret=secret)
    return _status(actor, Case.objects.get(organisation_id=organisation, id=proven.id), has_clocks=True)


@query()
def applications(actor: Resident, *, organisation: int) -> tuple[StatusRow, ...]:
    """The signed-in person's cases in this organisation, latest first."""
    if actor.account is None:
        return ()
    own = people.people_of_account(actor, organisation=organisation, account=actor.account)
    found = Case.objects.filter(organisation_id=organisation, person_id__in=own).order_by("-opened_at")
    return tuple(_status(actor, case) for case in found)


def _status(actor: Actor, case: Case, *, has_clocks: bool = False) -> StatusRow:
    offered = catalogue.service_version(actor, organisation=case.organisation_id, version=case.version_id)
    declared, language = offered.service.case, get_language()
    stage, outcome = declared.stage(case.stage), declared.outcome(case.outcome)
    return StatusRow(
        reference=case.reference,
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
