"""Apply again for a grant that ends."""

from uuid import UUID

from commonweal.capabilities.cases.queries.renewing import renewable
from commonweal.capabilities.forms.actions.filling import start_draft
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.scope.actors import Resident


@action()
def apply_again(actor: Resident, *, organisation: int, reference: str) -> UUID:
    """Start a new form of the same service that knows the earlier case; returns the draft.

    Raises NoSuchCase, NotOffered.
    """
    found = renewable(actor, organisation=organisation, reference=reference)
    draft: UUID = start_draft(
        actor, organisation=organisation, service=found.service, known=found.known, again=found.submission
    )
    record("forms.draft", draft, service=found.service, again=found.submission)
    return draft
