"""The sheet for a visit: how to stay safe first, then who and where. No answers, no history."""

from dataclasses import dataclass, field

from django.utils.translation import get_language

from commonweal.capabilities.cases.queries.access import case_at, matter_of
from commonweal.capabilities.cases.queries.gates import require_opening
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.people.queries import markers
from commonweal.capabilities.people.queries import records as people
from commonweal.foundations.actions.query import query
from commonweal.foundations.errors import Words
from commonweal.foundations.personal_data.purposes import SAFETY
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.scope.actors import Staff


@dataclass(frozen=True)
class VisitPage:
    """A case as it is taken along to a visit."""

    reference: str
    service_title: str
    instructions: tuple[Words, ...]
    person: people.PersonRow = field(repr=False)
    place: str = field(repr=False)
    point: str = field(repr=False)


@query(opens=SAFETY)
def visit_page(actor: Staff, *, organisation: int, reference: str, reason: str = "") -> VisitPage:
    """What to know before a visit, opened for safety. Raises NoSuchCase, ReasonNeeded, ReadingRefused."""
    case = case_at(organisation, reference)
    judged = require_opening(actor, case, reason=reason)
    current_reading().about(matter_of(case))
    if judged.prompt:
        current_reading().needed(reason)
    service = catalogue.service_version(actor, organisation=organisation, version=case.version_id).service
    return VisitPage(
        reference=case.reference,
        service_title=service.title.in_language(get_language()),
        instructions=markers.instructions(actor, organisation=organisation, person=case.person_id),
        person=people.person(actor, organisation=organisation, person=case.person_id),
        place=", ".join(part for part in (case.place, case.postcode) if part),
        point=case.point,
    )
