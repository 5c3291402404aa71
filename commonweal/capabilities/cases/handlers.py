"""What follows from what happened: the applicant is told, in their language and without any of their answers, and open
clocks follow a changed calendar.
"""

from uuid import UUID

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import override

from commonweal.capabilities.cases.actions.recounting import recount_clocks
from commonweal.capabilities.cases.events import CaseClosed, CaseOpened, ClockMoved, RecountBrokeOff
from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.cases.queries.access import matter_of
from commonweal.capabilities.cases.queries.bereavement import recipient_of
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.handling import Message
from commonweal.capabilities.messages import actions as messages
from commonweal.capabilities.organisations import queries as organisations
from commonweal.capabilities.organisations.events import CalendarChanged
from commonweal.capabilities.people.queries import records as people
from commonweal.foundations.events.event import handles
from commonweal.foundations.scope.actors import System


@handles(CaseOpened)
def tell_received(actor: System, event: CaseOpened) -> None:
    """Write that the request was received, and what happens next by when."""
    _tell(actor, event.organisation, event.case, "received")


@handles(CaseClosed)
def tell_outcome(actor: System, event: CaseClosed) -> None:
    """Write what came of it."""
    _tell(actor, event.organisation, event.case, "outcome")


@handles(ClockMoved)
def tell_moved(actor: System, event: ClockMoved) -> None:
    """Write that the date has changed, unless it changed again or the case was closed in the meantime."""
    case = Case.objects.get(organisation_id=event.organisation, id=event.case)
    if case.due_on == event.due_on and not case.closed_at:
        _tell(actor, event.organisation, event.case, "moved")


@handles(CalendarChanged)
def follow_calendar(actor: System, event: CalendarChanged) -> None:
    """Count the clocks of open cases anew."""
    recount_clocks(actor, organisation=event.organisation, subject=event.subject_id, day=event.day, why=event.why)


@handles(RecountBrokeOff)
def go_on_recounting(actor: System, event: RecountBrokeOff) -> None:
    """Count on where the last transaction broke off."""
    recount_clocks(
        actor,
        organisation=event.organisation,
        subject=event.subject_id,
        day=event.day,
        why=event.why,
        after=event.after,
    )


def _tell(actor: System, organisation: int, case_id: UUID, template: str) -> None:
    case = Case.objects.get(organisation_id=organisation, id=case_id)
    service = catalogue.service_version(actor, organisation=organisation, version=case.version_id).service
    declared: Message | None = getattr(service.messages, template)
    if declared is None:
        return
    recipient = recipient_of(case)
    language = people.language_of(actor, organisation=organisation, person=recipient)
    with override(language):
        words = _words(actor, case, service, language)
    messages.write(
        actor,
        organisation=organisation,
        person=recipient,
        matter=matter_of(case),
        template=template,
        subject=declared.subject.in_language(language).format_map(words),
        body=declared.body.in_language(language).format_map(words),
    )


def _words(actor: System, case: Case, service: Service, language: str) -> dict[str, str]:
    body = organisations.organisation(actor, organisation=case.organisation_id)
    outcome = service.case.outcome(case.outcome)
    return {
        "reference": case.reference,
        "organisation": body.name,
        "service": service.title.in_language(language),
        "due_on": date_format(case.due_on, "j F Y"),
        "outcome": outcome.words.in_language(language) if outcome else "",
        "link": f"{settings.ADDRESS}/{body.slug}/status/",
    }
