"""Grants: what an outcome gives for a time. A grant begins with the decision and ends if it is reversed."""

from datetime import date, datetime, timedelta
from uuid import UUID

from commonweal.capabilities.cases.events import GrantEnding
from commonweal.capabilities.cases.models import Case, Grant
from commonweal.capabilities.cases.rules import valid_until
from commonweal.capabilities.catalogue.queries.handling import Outcome
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import local_date, now
from commonweal.foundations.events.event import publish
from commonweal.foundations.scope.actors import System

_ABOUT = "cases.grant"


def keep_grant(case: Case, outcome: Outcome, moment: datetime) -> None:
    """What was granted before goes on when the outcome stands, and ends when it is another; a new one begins."""
    running = Grant.objects.filter(organisation_id=case.organisation_id, case_id=case.id, ended_at=None)
    if running.filter(outcome=outcome.key).exists():
        return
    running.update(ended_at=moment)
    if outcome.lasts is None:
        return
    begins = local_date(moment)
    ends = valid_until(begins, outcome.lasts.months)
    Grant.objects.create(
        organisation_id=case.organisation_id,
        case_id=case.id,
        person_id=case.person_id,
        outcome=outcome.key,
        granted_at=moment,
        from_on=begins,
        until_on=ends,
        remind_on=ends - timedelta(days=outcome.lasts.remind_days),
    )


def take_back_grant(case: Case, moment: datetime) -> None:
    """What was granted at that moment never was, and what ended then goes on."""
    grants = Grant.objects.filter(organisation_id=case.organisation_id, case_id=case.id)
    grants.filter(granted_at=moment).delete()
    grants.filter(ended_at=moment).update(ended_at=None)


@action()
def remind_of_endings(actor: System, *, organisation: int, on: date, at_most: int = 500) -> int:
    """Remind, once, the holders of grants that end soon; returns how many. Ended grants are skipped."""
    due = Grant.objects.select_for_update(skip_locked=True).filter(
        organisation_id=organisation, reminded_at=None, ended_at=None, remind_on__lte=on, until_on__gte=on
    )
    grants = list(due.order_by("remind_on", "id")[:at_most])
    Grant.objects.filter(organisation_id=organisation, id__in=[grant.id for grant in grants]).update(reminded_at=now())
    for grant in grants:
        case: UUID = grant.case_id
        publish(GrantEnding(organisation=organisation, subject_id=grant.person_id, case=case, until_on=grant.until_on))
    record(_ABOUT, changed=["reminded_at"] if grants else [], reminded=len(grants))
    return len(grants)
