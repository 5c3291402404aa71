"""Change several cases at once, each by its own action. Cases that changed since they were seen are left out."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.cases.actions.assigning import assign
from commonweal.capabilities.cases.actions.changing import ABOUT
from commonweal.capabilities.cases.actions.moving import move
from commonweal.capabilities.cases.actions.noting import NewNote, add_note
from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.cases.queries.many import ASSIGN, MOST, MOVE, NOTE, Chosen, Plan, Wanted, plan
from commonweal.capabilities.cases.queries.restriction import exist_for
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.errors import Invalid
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.personal_data.reading import require_gates
from commonweal.foundations.scope.actors import Staff


@dataclass(frozen=True)
class Done:
    """What was done to which cases, and which were left out; `missing` were not there any more."""

    done: tuple[Plan, ...]
    left_out: tuple[Plan, ...]
    missing: int


@action()
def change_many(
    actor: Staff, *, organisation: int, chosen: Chosen, wanted: Wanted, note: NewNote | None = None
) -> Done:
    """Assign, move or add a note to at most fifty cases; none is decided. Raises Invalid.

    Each is changed by the action that changes one, in one transaction, under the rules its preview was made by.
    """
    require_gates(actor, CASEWORK, organisation)
    if not 0 < len(chosen) <= MOST or wanted.what not in (ASSIGN, MOVE, NOTE):
        raise Invalid({"chosen": _("Choose between 1 and 50 cases")})
    own = Case.objects.filter(
        exist_for(actor), organisation_id=organisation, team_id__in=actor.teams, id__in=list(chosen)
    )
    cases = list(own.order_by("id").select_for_update())
    plans = plan(actor, organisation, cases, chosen, wanted)
    done = tuple(each for each in plans if not each.left_out)
    for each in done:
        _change(actor, organisation, each, wanted, note)
    record(ABOUT, changed=[], what=wanted.what, done=len(done), left_out=len(chosen) - len(done))
    return Done(done, tuple(each for each in plans if each.left_out), len(chosen) - len(plans))


def _change(actor: Staff, organisation: int, planned: Plan, wanted: Wanted, note: NewNote | None) -> None:
    if wanted.what == NOTE:
        add_note(
            actor,
            organisation=organisation,
            case=planned.case,
            text=note.text if note else "",
            note=note.id if note else None,
        )
        return
    case, revision = planned.case, planned.revision
    if wanted.what == MOVE:
        move(actor, organisation=organisation, case=case, revision=revision, to=wanted.move, note=note)
    else:
        assign(actor, organisation=organisation, case=case, revision=revision, assignee=wanted.assignee, note=note)
