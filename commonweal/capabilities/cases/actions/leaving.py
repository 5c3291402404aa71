"""Somebody leaves: they open nothing from now on, and their open cases are nobody's in their teams."""

from uuid import UUID

from django.db.models import F

from commonweal.capabilities.cases.actions.changing import ABOUT
from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.identity.actions import appointing
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.codes import Code
from commonweal.foundations.audit.record import record
from commonweal.foundations.scope.actors import Staff, System


@action()
def end_work(actor: System | Staff, *, organisation: int, account: UUID) -> int:
    """End a person's work for the organisation, and leave their open cases to their teams, assigned to nobody.

    Returns how many those are. Raises NotStaff, MayNotAppoint.
    """
    appointing.end_membership(actor, organisation=organisation, account=account)
    theirs = Case.objects.filter(organisation_id=organisation, assignee_id=account, closed_at=None)
    cases = list(theirs.select_for_update().order_by("id").values_list("id", flat=True))
    theirs.filter(id__in=cases).update(assignee_id=None, revision=F("revision") + 1)
    facts: dict[str, Code] = {"assignee": None, "left": account}
    for case in cases:
        record(ABOUT, case, changed=["assignee_id"], **facts)
    record("identity.membership", changed=["ended_at"], account=account, cases=len(cases))
    return len(cases)
