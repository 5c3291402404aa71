"""What an objection or an automated decision is about: its cases, on which basis, and what the rules proposed."""

from dataclasses import dataclass

from commonweal.capabilities.cases.queries.concerning import ConcerningCase, cases_concerning
from commonweal.capabilities.protection.models import Request
from commonweal.capabilities.protection.queries.requests import officers_request, subjects_of
from commonweal.capabilities.protection.rules.fates import may_object
from commonweal.foundations.actions.query import query
from commonweal.foundations.scope.actors import Actor, Staff


@dataclass(frozen=True)
class ObjectionPage:
    """What a request is about. `rules` are the words of what the rules of its service may propose."""

    reference: str
    kind: str
    about: str
    cases: tuple[ConcerningCase, ...]
    may_object: bool
    rules: tuple[str, ...]
    is_closed: bool


@query()
def objection_page(actor: Staff, *, organisation: int, reference: str) -> ObjectionPage:
    """One objection, or one question about an automated decision. Raises NotTheOfficer, NoSuchRequest."""
    request = officers_request(actor, organisation, reference)
    cases = cases_of(actor, request)
    rules = [words for case in cases for words in case.rules]
    return ObjectionPage(
        reference=request.reference,
        kind=request.kind,
        about=request.about,
        cases=cases,
        may_object=any(may_object(case.basis) for case in cases),
        rules=tuple(dict.fromkeys(rules)) if request.about else (),
        is_closed=request.closed_at is not None,
    )


def cases_of(actor: Actor, request: Request) -> tuple[ConcerningCase, ...]:
    """The cases of the person that a request is about: the one it names, or all."""
    subjects = subjects_of(actor, request)
    found = cases_concerning(actor, organisation=request.organisation_id, people=subjects)
    return tuple(case for case in found if not request.about or case.reference == request.about)
