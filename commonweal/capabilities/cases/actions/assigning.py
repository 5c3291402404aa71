"""Assign an open case to someone in its team."""

from uuid import UUID

from commonweal.capabilities.cases.actions.changing import ABOUT, case_to_change, change
from commonweal.capabilities.cases.actions.noting import NewNote, keep_note
from commonweal.capabilities.cases.actions.remembering import remember
from commonweal.capabilities.cases.errors import NotAColleague, NotAllowedNow
from commonweal.capabilities.identity.queries import colleagues
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.codes import Code
from commonweal.foundations.audit.record import record
from commonweal.foundations.scope.actors import Staff


@action()
def assign(
    actor: Staff,
    *,
    organisation: int,
    case: UUID,
    revision: int,
    assignee: UUID | None,
    note: NewNote | None = None,
) -> None:
    """Assign an open case to someone in its team, or to nobody. Raises NotAllowedNow, NotAColleague, CaseChanged."""
    found = case_to_change(actor, organisation, case, is_used=False)
    if found.closed_at:
        raise NotAllowedNow
    team = colleagues.colleagues(actor, organisation=organisation, team=found.team_id)
    if assignee is not None and assignee not in {colleague.account for colleague in team}:
        raise NotAColleague
    change(found, revision, assignee_id=assignee)
    remember(actor, found, "assign")
    keep_note(actor, found, note)
    facts: dict[str, Code] = {"assignee": assignee}
    record(ABOUT, case, changed=["assignee_id"], **facts)
