"""Whether a person may apply again for what their case granted, and which answers are preset."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from commonweal.capabilities.cases.errors import NoSuchCase
from commonweal.capabilities.cases.queries.granted import grant_of
from commonweal.capabilities.cases.queries.held import as_told
from commonweal.capabilities.cases.queries.own import own_case
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.questions import Fills
from commonweal.foundations.actions.query import query
from commonweal.foundations.scope.actors import Resident


@dataclass(frozen=True)
class Renewable:
    """A case whose grant may be applied for again: the submission that is repeated, and the `known` answers."""

    service: str
    submission: UUID
    known: Mapping[str, str]


@query()
def renewable(actor: Resident, *, organisation: int, reference: str) -> Renewable:
    """What the service as it is offered now says of applying again. Opens nothing.

    Raises NoSuchCase also when the case granted nothing that can be applied for again; NotOffered.
    """
    case = as_told(own_case(actor, organisation=organisation, reference=reference)).case
    declared = catalogue.service(actor, organisation=organisation, name=case.service).service
    outcome = declared.case.outcome(case.outcome)
    if outcome is None or outcome.lasts is None or grant_of(case) is None:
        raise NoSuchCase
    earlier = declared.question_filling(Fills.CASE_EARLIER)
    known = {**outcome.lasts.again.answers, **({earlier.key: case.reference} if earlier else {})}
    return Renewable(case.service, case.submission_id, known)
