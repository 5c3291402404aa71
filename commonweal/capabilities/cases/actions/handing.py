"""Hand a case over to another team, with the reason, in one step."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.cases.actions.changing import ABOUT, case_to_change, change
from commonweal.capabilities.cases.actions.noting import NewNote, keep_note
from commonweal.capabilities.cases.errors import NotAllowedNow
from commonweal.capabilities.cases.models import Handover
from commonweal.capabilities.organisations import queries as organisations
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.errors import Invalid
from commonweal.foundations.scope.actors import Staff


@action()
def hand_over(actor: Staff, *, organisation: int, case: UUID, revision: int, team: UUID, note: NewNote) -> None:
    """Give an open case to another team, assigned to nobody; the note says why. Its clocks keep running.

    Raises NotAllowedNow, CaseChanged; Invalid without a reason or for no other team.
    """
    found = case_to_change(actor, organisation, case)
    if found.closed_at:
        raise NotAllowedNow
    wrong = {}
    if team == found.team_id or team not in {each.id for each in organisations.teams(actor, organisation=organisation)}:
        wrong["team"] = _("Choose another team")
    if not note.text.strip():
        wrong["text"] = _("Write why the case goes to another team, and what they need to know")
    if wrong:
        raise Invalid(wrong)
    change(found, revision, team_id=team, assignee_id=None)
    Handover.objects.create(
        organisation_id=organisation,
        case_id=case,
        from_team_id=found.team_id,
        to_team_id=team,
        by_id=actor.account,
        at=now(),
    )
    keep_note(actor, found, note)
    record(ABOUT, case, changed=["team_id", "assignee_id"], from_team=found.team_id, to_team=team)
