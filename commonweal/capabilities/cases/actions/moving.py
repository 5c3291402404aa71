"""Staff move a case on through its declared stages. Each says which revision it saw: nothing is overwritten."""

from uuid import UUID

from commonweal.capabilities.cases.actions.changing import ABOUT, case_to_change, change, declared_of, write_move
from commonweal.capabilities.cases.actions.noting import NewNote, keep_note
from commonweal.capabilities.cases.actions.remembering import remember
from commonweal.capabilities.cases.errors import NotAllowedNow
from commonweal.capabilities.cases.events import CaseMoved
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.events.event import publish
from commonweal.foundations.scope.actors import Staff


@action()
def move(actor: Staff, *, organisation: int, case: UUID, revision: int, to: str, note: NewNote | None = None) -> None:
    """A case goes to another stage by a declared move, whose key is `to`. Raises NotAllowedNow, CaseChanged."""
    found = case_to_change(actor, organisation, case)
    handling = declared_of(actor, found)
    declared = handling.move(to)
    if declared is None or found.closed_at or declared.leaves != found.stage or not actor.roles & set(declared.roles):
        raise NotAllowedNow
    change(found, revision, stage=declared.enters)
    write_move(actor, found, stage=declared.enters)
    if not any(stage.waits for stage in handling.stages if stage.key in (declared.leaves, declared.enters)):
        remember(actor, found, "move")
    keep_note(actor, found, note)
    record(ABOUT, case, changed=["stage"], stage=declared.enters)
    publish(CaseMoved(organisation=organisation, subject_id=found.person_id, case=case, stage=declared.enters))
