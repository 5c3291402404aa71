"""A named person closes a case with a declared outcome."""

from uuid import UUID

from commonweal.capabilities.cases.actions.changing import ABOUT, case_to_change, change, declared_of, write_move
from commonweal.capabilities.cases.actions.noting import NewNote, keep_note
from commonweal.capabilities.cases.actions.remembering import remember
from commonweal.capabilities.cases.errors import NotAllowedNow
from commonweal.capabilities.cases.events import CaseClosed
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.events.event import publish
from commonweal.foundations.scope.actors import Staff


@action()
def close(
    actor: Staff, *, organisation: int, case: UUID, revision: int, outcome: str, note: NewNote | None = None
) -> None:
    """A named person closes a case with a declared outcome. Raises NotAllowedNow, CaseChanged."""
    found = case_to_change(actor, organisation, case)
    declared = declared_of(actor, found)
    chosen = declared.outcome(outcome)
    if chosen is None or found.closed_at or not actor.roles & set(chosen.roles):
        raise NotAllowedNow
    change(found, revision, stage=declared.final_stage.key, outcome=outcome, closed_at=now())
    write_move(actor, found, stage=declared.final_stage.key, outcome=outcome)
    remember(actor, found, "close")
    keep_note(actor, found, note)
    record(ABOUT, case, changed=["stage", "outcome", "closed_at"], outcome=outcome)
    publish(CaseClosed(organisation=organisation, subject_id=found.person_id, case=case, outcome=outcome))
