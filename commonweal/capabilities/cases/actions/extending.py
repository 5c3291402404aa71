"""Extend a clock: once, for a declared reason, before it ends."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.cases.actions.changing import ABOUT, case_to_change, change, declared_of
from commonweal.capabilities.cases.actions.noting import NewNote, keep_note
from commonweal.capabilities.cases.actions.timing import save_clock
from commonweal.capabilities.cases.errors import AlreadyExtended, NotAllowedNow, TooLateToExtend
from commonweal.capabilities.cases.events import ClockExtended
from commonweal.capabilities.cases.queries.timing import Run, calendars_for, latest_of, nearest, runs_of
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.errors import Invalid
from commonweal.foundations.events.event import publish
from commonweal.foundations.scope.actors import Staff


@action()
def extend(
    actor: Staff,
    *,
    organisation: int,
    case: UUID,
    revision: int,
    clock: str,
    reason: str,
    note: NewNote | None = None,
) -> None:
    """Extend a running clock by the time that its declaration allows, and tell the applicant why.

    Raises NotAllowedNow, AlreadyExtended, TooLateToExtend, Invalid without a declared reason, CaseChanged.
    """
    found = case_to_change(actor, organisation, case)
    runs = runs_of(found, declared_of(actor, found))
    run = _extendable(latest_of(runs).get(clock), reason)
    run.row.extended_on, run.row.extended_at = today(), now()
    run.row.extended_for, run.row.extended_by_id = reason, actor.account
    calendar_of = calendars_for(actor, organisation, is_held=True)
    save_clock(run, calendar_of, "extended_on", "extended_at", "extended_for", "extended_by_id")
    change(found, revision, due_on=nearest(found, runs))
    keep_note(actor, found, note)
    record(ABOUT, case, changed=["clock"], clock=clock, reason=reason, due_on=run.row.due_on)
    publish(ClockExtended(organisation=organisation, subject_id=found.person_id, case=case, clock=run.row.id))


def _extendable(run: Run | None, reason: str) -> Run:
    if run is None or run.declared.extension is None or run.row.stopped_at is not None:
        raise NotAllowedNow
    if run.row.extended_on is not None:
        raise AlreadyExtended
    if run.row.due_on < today() and not run.is_paused:
        raise TooLateToExtend
    if reason not in {each.key for each in run.declared.extension.reasons}:
        raise Invalid({"reason": _("Choose why more time is needed")})
    return run
