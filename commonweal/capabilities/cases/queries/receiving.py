"""What the confirmation page shows to the holder of a submitted draft."""

from dataclasses import dataclass, field
from datetime import date, datetime

from commonweal.capabilities.cases.errors import NoSuchCase
from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.cases.queries.timing import NEVER
from commonweal.capabilities.cases.rules import secret_of
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.forms.queries import submitting as forms
from commonweal.foundations.actions.query import query
from commonweal.foundations.personal_data import keys
from commonweal.foundations.scope.actors import DraftHolder


@dataclass(frozen=True)
class ReceiptRow:
    """The reference and secret that prove the case, the promised date if any, and what was submitted."""

    reference: str
    secret: str = field(repr=False)
    due_on: date | None
    opened_at: datetime
    service: Service
    fee_pence: int | None = None


@query()
def receipt(actor: DraftHolder, *, organisation: int) -> ReceiptRow:
    """The receipt of the holder's submitted draft. Raises DraftGone, NoSuchCase."""
    submission = forms.submission_of(actor, organisation=organisation)
    case = Case.objects.filter(organisation_id=organisation, submission_id=submission).first()
    key = keys.token_key()
    if case is None or key is None:
        raise NoSuchCase
    offered = catalogue.service_version(actor, organisation=organisation, version=case.version_id)
    due_on = None if case.due_on == NEVER else case.due_on
    fee = forms.submission_at(actor, organisation=organisation, submission=submission).fee_pence
    return ReceiptRow(case.reference, secret_of(key, submission), due_on, case.opened_at, offered.service, fee)
