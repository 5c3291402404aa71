"""Note that someone is writing on a case. Colleagues who open it see that, and nothing is locked."""

from uuid import UUID

from commonweal.capabilities.cases.models import Case, Writing
from commonweal.capabilities.cases.queries.access import case_at
from commonweal.capabilities.cases.queries.gates import require_change
from commonweal.capabilities.cases.queries.writers import LASTS
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.scope.actors import Staff


@action()
def begin_writing(actor: Staff, *, organisation: int, reference: str) -> None:
    """Note that the actor is writing on a case. It ends when they press a button, or after five minutes.

    Raises NoSuchCase, ReadingRefused.
    """
    case = case_at(organisation, reference)
    require_change(actor, case)
    own = Writing.objects.filter(organisation_id=organisation, case_id=case.id, account_id=actor.account)
    moment = now()
    if not own.filter(seen_at__gt=moment - LASTS).update(seen_at=moment):
        own.delete()
        row = Writing(
            organisation_id=organisation,
            case_id=case.id,
            account_id=actor.account,
            began_at=moment,
            seen_at=moment,
        )
        Writing.objects.bulk_create([row], ignore_conflicts=True)
    record("cases.case", case.id, writing=True)


def end_writing(account: UUID, case: Case) -> None:
    """What was written is kept now. Called by the actions that keep it."""
    Writing.objects.filter(organisation_id=case.organisation_id, case_id=case.id, account_id=account).delete()
