"""While its author can still undo a decision, the applicant sees the stage before it."""

from copy import copy
from dataclasses import dataclass
from datetime import datetime

from commonweal.capabilities.cases.events import TAKEN_BACK_WITHIN
from commonweal.capabilities.cases.models import Case, Undoable
from commonweal.foundations.clocks.now import now


@dataclass(frozen=True)
class Told:
    """A case as its applicant knows it; `held_at` is the moment of the decision that they are not told yet."""

    case: Case
    held_at: datetime | None


def as_told(case: Case) -> Told:
    """The case without a decision that may still be taken back; as it is, when there is none."""
    held_at = case.closed_at
    if held_at is None or not is_held(held_at):
        return Told(case, None)
    kept = Undoable.objects.filter(
        organisation_id=case.organisation_id, case_id=case.id, revision=case.revision, what="close"
    ).first()
    if kept is None:
        return Told(case, None)
    before = copy(case)
    before.stage, before.outcome, before.closed_at = kept.stage, "", None
    return Told(before, held_at)


def is_held(moment: datetime) -> bool:
    """Whether what was done at that moment may still be taken back."""
    return now() - moment <= TAKEN_BACK_WITHIN
