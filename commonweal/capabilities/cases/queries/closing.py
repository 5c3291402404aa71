"""What a case may be closed with: opens nothing about anybody."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language

from commonweal.capabilities.cases.queries.access import Choice, case_at, outcomes_now
from commonweal.capabilities.cases.queries.gates import require_change
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.foundations.actions.query import query
from commonweal.foundations.scope.actors import Staff


@dataclass(frozen=True)
class ClosingPage:
    """A case without anything personal, and the outcomes it may be closed with now."""

    id: UUID
    reference: str
    revision: int
    service_title: str
    outcomes: tuple[Choice, ...]


@query()
def closing_page(actor: Staff, *, organisation: int, reference: str) -> ClosingPage:
    """The outcomes a case may be closed with now. Raises NoSuchCase, ReadingRefused."""
    case = case_at(organisation, reference)
    require_change(actor, case)
    service = catalogue.service_version(actor, organisation=organisation, version=case.version_id).service
    return ClosingPage(
        id=case.id,
        reference=case.reference,
        revision=case.revision,
        service_title=service.title.in_language(get_language()),
        outcomes=outcomes_now(actor, case, service.case),
    )
