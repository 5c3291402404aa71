"""What staff may do with a closed case. Opens no personal data."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language

from commonweal.capabilities.cases.queries.access import case_at
from commonweal.capabilities.cases.queries.afterwards import afterwards_of
from commonweal.capabilities.cases.queries.challenging import ReviewRow
from commonweal.capabilities.cases.queries.gates import require_change
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.foundations.actions.query import query
from commonweal.foundations.scope.actors import Staff


@dataclass(frozen=True)
class ClosedPage:
    """A case without anything personal, and what may be begun with it once more."""

    id: UUID
    reference: str
    revision: int
    service_title: str
    reviews: tuple[ReviewRow, ...]
    may_reopen: bool
    publication: str
    may_publish: bool


@query()
def closed_page(actor: Staff, *, organisation: int, reference: str) -> ClosedPage:
    """The reviews that may be written down, and whether it may be reopened or published.

    Raises NoSuchCase, ReadingRefused.
    """
    case = case_at(organisation, reference)
    require_change(actor, case)
    service = catalogue.service_version(actor, organisation=organisation, version=case.version_id).service
    after = afterwards_of(actor, case, service.case, may_change=True)
    return ClosedPage(
        id=case.id,
        reference=case.reference,
        revision=case.revision,
        service_title=service.title.in_language(get_language()),
        reviews=after.reviews,
        may_reopen=after.may_reopen,
        publication=after.publication,
        may_publish=after.may_publish,
    )
