"""Handlers of events: tell the applicant, in their language and without their answers, and recount clocks when a
calendar changes.
"""

from uuid import UUID

from commonweal.capabilities.cases.actions.recounting import recount_clocks
from commonweal.capabilities.cases.events import (
    CaseClosed,
    CaseOpened,
    CaseReached,
    CaseReopened,
    CaseSentBack,
    ClockExtended,
    ClockMoved,
    GrantEnding,
    RecountBrokeOff,
)
from commonweal.capabilities.cases.models import Case, Clock
from commonweal.capabilities.cases.queries.access import matter_of
from commonweal.capabilities.cases.queries.bereavement import recipient_of
from commonweal.capabilities.cases.queries.wording import words_of
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.handling import Message
from commonweal.capabilities.messages import actions as messages
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


@handles(CaseSentBack)
def tell_sent_back(actor: System, event: CaseSentBack) -> None:
    """Write that something is asked of them, and where to answer; what it is stands on that page alone."""
    _tell(actor, event.organisation, event.case, "sent_back")


@handles(CaseReached)
def tell_reached(actor: System, event: CaseReached) -> None:
    """Write what the stage that the case has reached means for them."""
    case = Case.objects.get(organisation_id=event.organisation, id=event.case)
    stage = _service_of(actor, case).case.stage(event.stage)
    if stage is not None and stage.told is not None:
        _write(actor, case, stage.told, "reached")


@handles(CaseReopened)
def tell_review(actor: System, event: CaseReopened) -> None:
    """Write that their challenge was received, and what happens next. Of a case that staff reopened nothing is said."""
    if event.review:
        _tell(actor, event.organisation, event.case, "review")


@handles(GrantEnding)
def tell_ending(actor: System, event: GrantEnding) -> None:
    """Write that what was granted ends soon, and how to go on."""
    case = Case.objects.get(organisation_id=event.organisation, id=event.case)
    outcome = _service_of(actor, case).case.outcome(case.outcome)
    if outcome is not None and outcome.lasts is not None:
        _write(actor, case, outcome.lasts.reminder, "ending")


@handles(ClockMoved)
def tell_moved(actor: System, event: ClockMoved) -> None:
    """Write that the date has changed, unless it changed again or the case was closed in the meantime."""
    case = Case.objects.get(organisation_id=event.organisation, id=event.case)
    if case.due_on == event.due_on and not case.closed_at:
        _tell(actor, event.organisation, event.case, "moved")


@handles(ClockExtended)
def tell_extended(actor: System, event: ClockExtended) -> None:
    """Write that more time is needed, until when, and why."""
    clock = Clock.objects.get(organisation_id=event.organisation, id=event.clock)
    _tell(actor, event.organisation, event.case, "extended", clock)


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


def _tell(actor: System, organisation: int, case_id: UUID, template: str, extended: Clock | None = None) -> None:
    case = Case.objects.get(organisation_id=organisation, id=case_id)
    declared: Message | None = getattr(_service_of(actor, case).messages, template)
    if declared is not None:
        _write(actor, case, declared, template, extended)


def _write(actor: System, case: Case, declared: Message, template: str, extended: Clock | None = None) -> None:
    organisation, recipient = case.organisation_id, recipient_of(case)
    language = people.language_of(actor, organisation=organisation, person=recipient)
    service = _service_of(actor, case)
    words = words_of(actor, case, service, language, due_on=extended.due_on if extended else None)
    reason = _reason_of(extended, service, language) if extended else ""
    messages.write(
        actor,
        organisation=organisation,
        person=recipient,
        matter=matter_of(case),
        template=template,
        subject=declared.subject.in_language(language).format_map(words),
        body="\n\n".join(part for part in (declared.body.in_language(language).format_map(words), reason) if part),
    )


def _service_of(actor: System, case: Case) -> Service:
    offered = catalogue.service_version(actor, organisation=case.organisation_id, version=case.version_id)
    return offered.service


def _reason_of(extended: Clock, service: Service, language: str) -> str:
    """Why a clock was extended, in the words that are declared for the applicant."""
    clock = service.case.clock(extended.key)
    reasons = clock.extension.reasons if clock and clock.extension else ()
    return next((each.words.in_language(language) for each in reasons if each.key == extended.extended_for), "")
