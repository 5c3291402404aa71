"""Undo one's own move, assignment or close within ten seconds, if nobody has changed the case since."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from commonweal.capabilities.cases.actions.changing import ABOUT, case_to_change, change, declared_of, write_move
from commonweal.capabilities.cases.actions.closing import take_back_decision
from commonweal.capabilities.cases.actions.timing import take_back as take_back_clocks
from commonweal.capabilities.cases.errors import CaseChanged, TooLateToUndo
from commonweal.capabilities.cases.events import TAKEN_BACK_WITHIN, CaseClosed, CaseMoved
from commonweal.capabilities.cases.models import Case, Disclosure, Letter, Undoable
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.errors import Refusal
from commonweal.foundations.events.event import publish
from commonweal.foundations.events.holding import take_back
from commonweal.foundations.scope.actors import Staff


@dataclass(frozen=True)
class Undone:
    """How many changes were taken back, and why the first of the others was not."""

    count: int
    refusal: Refusal | None


@action()
def undo(actor: Staff, *, organisation: int, changes: Collection[tuple[UUID, int]]) -> Undone:
    """Undo the actor's latest changes of cases, each named by the revision it made; nobody is told.

    What is too late or was changed since is left as it is. Raises TooLateToUndo or CaseChanged when that is all.
    """
    count, refusals = 0, []
    for case, revision in sorted(set(changes)):
        try:
            _undo_one(actor, organisation, case, revision)
            count += 1
        except (CaseChanged, TooLateToUndo) as refusal:
            refusals.append(refusal)
    if not count:
        raise refusals[0] if refusals else TooLateToUndo
    return Undone(count, refusals[0] if refusals else None)


def _undo_one(actor: Staff, organisation: int, case: UUID, revision: int) -> None:
    found = case_to_change(actor, organisation, case, is_used=False)
    kept = Undoable.objects.filter(organisation_id=organisation, case_id=case, by_id=actor.account).first()
    if kept is None or kept.revision != revision or now() - kept.at > TAKEN_BACK_WITHIN:
        raise TooLateToUndo
    if found.revision != revision:
        raise CaseChanged
    if found.closed_at and _has_left(found, found.closed_at):
        raise TooLateToUndo
    if found.closed_at and not take_back(CaseClosed, subject=found.person_id, key="case", value=case):
        raise TooLateToUndo
    if found.closed_at:
        take_back_decision(found)
    due_on = take_back_clocks(actor, found, declared_of(actor, found), to=kept.stage)
    values = {"stage": kept.stage, "assignee_id": kept.assignee_id, "outcome": "", "closed_at": None, "due_on": due_on}
    change(found, revision, **values)
    if found.stage != kept.stage:
        write_move(actor, found, stage=kept.stage)
        publish(CaseMoved(organisation=organisation, subject_id=found.person_id, case=case, stage=kept.stage))
    record(ABOUT, case, changed=_CHANGED[kept.what], undone=kept.what, stage=kept.stage)
    kept.delete()


def _has_left(case: Case, decided_at: datetime) -> bool:
    """Whether something of the latest decision is out of our hands: a letter in the post, or words on the web."""
    here = {"organisation_id": case.organisation_id, "case_id": case.id}
    posted = Letter.objects.filter(**here, sent_at=decided_at, posted_at__gt=F("sent_at"))
    published = Disclosure.objects.filter(**here, published_at__gte=decided_at, withdrawn_at=None)
    return posted.exists() or published.exists()


_CHANGED = {"move": ["stage"], "assign": ["assignee_id"], "close": ["stage", "outcome", "closed_at"]}
