"""Move a case through its declared stages. Staff name the revision they saw, so nothing is overwritten."""

from collections.abc import Mapping
from uuid import UUID

from commonweal.capabilities.cases.actions.asking import ask_applicant, end_question
from commonweal.capabilities.cases.actions.changing import ABOUT, case_to_change, change, declared_of, write_move
from commonweal.capabilities.cases.actions.checking import load_known, require_there, rests_on_answers
from commonweal.capabilities.cases.actions.noting import NewNote, keep_note
from commonweal.capabilities.cases.actions.remembering import remember
from commonweal.capabilities.cases.actions.timing import follow_stage
from commonweal.capabilities.cases.errors import NotAllowedNow
from commonweal.capabilities.cases.events import CaseMoved, CaseReached, CaseSentBack
from commonweal.capabilities.cases.models import Case, Move
from commonweal.capabilities.cases.queries.access import is_waiting
from commonweal.capabilities.catalogue.queries.handling import CaseType
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.events.event import publish
from commonweal.foundations.expressions.expressions import Value
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.scope.actors import Staff


@action(opens=CASEWORK, loads=load_known, needs=rests_on_answers)
def move(
    actor: Staff,
    *,
    organisation: int,
    case: UUID,
    revision: int,
    to: str,
    question: str = "",
    note: NewNote | None = None,
    opened: Mapping[str, Value] | None = None,
) -> None:
    """Move a case to another stage by a declared move, whose key is `to`.

    Into a stage that waits it goes back to the applicant with the `question` they are asked, which only those take. Of
    what they are told or asked nothing can be taken back.
    Raises NotAllowedNow, StillMissing, CaseChanged; Invalid without a question.
    """
    found = case_to_change(actor, organisation, case)
    declared = declared_of(actor, found)
    chosen = declared.move(to)
    if chosen is None or found.closed_at or chosen.leaves != found.stage or not actor.roles & set(chosen.roles):
        raise NotAllowedNow
    require_there(actor, found, chosen, opened)
    end_question(found, now())
    is_asking, is_told = is_waiting(declared, chosen.enters), _is_told(found, declared, chosen.enters)
    if is_asking:
        ask_applicant(actor, found, question)
    due_on = follow_stage(actor, found, declared, enters=chosen.enters)
    change(found, revision, stage=chosen.enters, due_on=due_on)
    write_move(actor, found, stage=chosen.enters)
    if not (is_asking or is_told or is_waiting(declared, chosen.leaves)):
        remember(actor, found, "move")
    keep_note(actor, found, note)
    record(ABOUT, case, changed=["stage"], stage=chosen.enters)
    publish(CaseMoved(organisation=organisation, subject_id=found.person_id, case=case, stage=chosen.enters))
    if is_asking:
        publish(CaseSentBack(organisation=organisation, subject_id=found.person_id, case=case))
    if is_told:
        publish(CaseReached(organisation=organisation, subject_id=found.person_id, case=case, stage=chosen.enters))


def _is_told(case: Case, declared: CaseType, stage: str) -> bool:
    """Whether the applicant is to be written that their case reaches a stage: once, however often it comes there."""
    entered = declared.stage(stage)
    if entered is None or entered.told is None:
        return False
    return not Move.objects.filter(organisation_id=case.organisation_id, case_id=case.id, to_stage=stage).exists()
