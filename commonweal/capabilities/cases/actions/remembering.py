"""Remember what a case was before its latest change, so that its author can undo it for some seconds."""

from commonweal.capabilities.cases.actions.writing import end_writing
from commonweal.capabilities.cases.models import Case, Undoable
from commonweal.foundations.clocks.now import now
from commonweal.foundations.scope.actors import Staff


def remember(actor: Staff, case: Case, what: str) -> None:
    """Keep the stage and assignee that `case` was read with, beside the revision it has after the change.

    Only for changes of which everything can be taken back: clocks, decisions and letters are, what was sent is not.
    """
    end_writing(actor.account, case)
    kept = {
        "by_id": actor.account,
        "what": what,
        "revision": case.revision + 1,
        "stage": case.stage,
        "assignee_id": case.assignee_id,
        "at": now(),
    }
    Undoable.objects.bulk_create(
        [Undoable(organisation_id=case.organisation_id, case_id=case.id, **kept)],
        update_conflicts=True,
        unique_fields=["organisation_id", "case"],
        update_fields=list(kept),
    )
