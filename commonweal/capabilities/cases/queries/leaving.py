"""What somebody who leaves has in hand."""

from uuid import UUID

from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.identity.queries.appointing import StaffRow, staff_member
from commonweal.foundations.actions.query import query
from commonweal.foundations.scope.actors import Staff


@query()
def leaving(actor: Staff, *, organisation: int, account: UUID) -> tuple[StaffRow, int]:
    """Somebody who works here, and how many open cases are theirs. Raises MayNotAppoint, NotStaff."""
    row = staff_member(actor, organisation=organisation, account=account)
    return row, Case.objects.filter(organisation_id=organisation, assignee_id=account, closed_at=None).count()
