"""The cases that concern someone, to decide about their rights: whose each is, its stage and how long it is kept."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import get_language

from commonweal.capabilities.cases.models import Case, Decision, Party
from commonweal.capabilities.cases.queries.held_about import found_about
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.organisations import queries as organisations
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.counting import months_after
from commonweal.foundations.clocks.now import local_date
from commonweal.foundations.scope.actors import Actor


@dataclass(frozen=True)
class ConcerningCase:
    """A case in which somebody is the applicant (`is_own`), a party or speaks for the estate, as the record `person`.

    `record` is what all of the case belongs to; `kept_until` is None while it is open. `law` is that of the body's
    nation; `kept_for` why the period is as it is; `seen_by` are the kinds of recipients that its service declares.
    `rules` are the words of what its rules may propose, `others` how many other people it is about.
    """

    id: UUID
    record: UUID
    reference: str
    version: UUID
    service: str
    title: str
    person: UUID
    applicant: UUID
    is_own: bool
    is_open: bool
    kept_until: date | None
    basis: str
    law: str
    kept_for: str
    seen_by: tuple[str, ...]
    rules: tuple[str, ...]
    others: int


@query()
def cases_concerning(actor: Actor, *, organisation: int, people: Collection[UUID]) -> tuple[ConcerningCase, ...]:
    """All cases that are about these records of people, oldest first, in any service; opens nothing."""
    asked = frozenset(people)
    cases = found_about(organisation, asked)
    offered = catalogue.service_versions(actor, organisation=organisation, versions={case.version_id for case in cases})
    nation = organisations.organisation(actor, organisation=organisation).nation
    decided = _decided(organisation, [case.id for case in cases])
    parties = Party.objects.filter(organisation_id=organisation, case__in=[case.id for case in cases])
    parties = parties.exclude(person_id__in=asked)
    others = Counter(parties.values_list("case_id", flat=True))
    return tuple(
        _concerning(
            case,
            _Beside(offered[case.version_id].service, nation, decided.get(case.id), others[case.id]),
            person=person,
            is_own=case.person_id in asked,
        )
        for case, person in cases.items()
    )


@dataclass(frozen=True)
class _Beside:
    service: Service
    nation: str
    decision: Decision | None
    others: int


def _concerning(case: Case, beside: _Beside, *, person: UUID, is_own: bool) -> ConcerningCase:
    service, nation, decision, language = beside.service, beside.nation, beside.decision, get_language()
    outcome = service.case.outcome(case.outcome)
    keep = outcome.keep.get(nation) if outcome else None  # type: ignore[call-overload]
    closed_on = decision.kept_from if decision else case.closed_at
    is_over = case.closed_at is not None and closed_on is not None
    law = service.lawfulness.law.get(nation)  # type: ignore[call-overload]
    return ConcerningCase(
        id=case.id,
        record=case.submission_id,
        reference=case.reference,
        version=case.version_id,
        service=case.service,
        title=service.title.in_language(language),
        person=person,
        applicant=case.person_id,
        is_own=is_own,
        is_open=case.closed_at is None,
        kept_until=months_after(local_date(closed_on), keep.months) if is_over and keep and closed_on else None,
        basis=service.lawfulness.basis.value,
        law=law.in_language(language) if law else "",
        kept_for=keep.reason.in_language(language) if keep else "",
        seen_by=tuple(each.in_language(language) for each in service.lawfulness.seen_by),
        rules=tuple(each.words.in_language(language) for each in service.case.proposals),
        others=beside.others + (not is_own),
    )


def _decided(organisation: int, cases: Collection[UUID]) -> dict[UUID, Decision]:
    """The last standing decision of each, from which its period counts."""
    rows = Decision.objects.filter(organisation_id=organisation, case_id__in=cases, undone_at=None)
    return {row.case_id: row for row in rows.order_by("round", "at")}
