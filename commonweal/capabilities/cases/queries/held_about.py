"""The cases that say something about a person, and who else they are about, to answer a request about their data."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from commonweal.capabilities.cases.models import Case, Party, Succession
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.forms.queries import identifying as forms
from commonweal.capabilities.forms.queries.identifying import IdentifyingAnswer
from commonweal.capabilities.people.queries import identifying as directory
from commonweal.capabilities.people.queries.identifying import KnownBy
from commonweal.foundations.actions.query import query
from commonweal.foundations.personal_data.purposes import RIGHTS
from commonweal.foundations.scope.actors import Actor, Staff


@dataclass(frozen=True)
class HeldCase:
    """A case that says something about somebody. `is_own`: they are its applicant, not another person in it."""

    id: UUID
    submission: UUID
    reference: str
    service: Service
    version: UUID
    person: UUID
    place: str = field(repr=False)
    outcome: str
    is_own: bool
    harm_checked_by: tuple[str, ...]
    is_restricted: bool


@query()
def cases_about(actor: Actor, *, organisation: int, people: Collection[UUID]) -> tuple[HeldCase, ...]:
    """The cases of these people, and those that name them as a party or as speaking for an estate, oldest first."""
    found = tuple(found_about(organisation, people))
    versions = {case.version_id for case in found}
    declared = catalogue.service_versions(actor, organisation=organisation, versions=versions)
    return tuple(_held(case, declared[case.version_id].service, people) for case in found)


def found_about(organisation: int, people: Collection[UUID]) -> dict[Case, UUID]:
    """The cases that say something about these records of people, oldest first, each with the record it does so by."""
    here = {"organisation_id": organisation}
    parties = Party.objects.filter(**here, person_id__in=people).values_list("case_id", "person_id")
    spoken = Succession.objects.filter(**here, representative_id__in=people).values_list("case_id", "representative_id")
    others: dict[UUID, UUID] = dict([*spoken, *parties])
    # Two halves, each by its own index.
    rows = Case.objects.filter(**here, person_id__in=people).union(Case.objects.filter(**here, id__in=others))
    found = sorted(rows, key=lambda case: (case.opened_at, case.id))
    return {case: case.person_id if case.person_id in people else others[case.id] for case in found}


@dataclass(frozen=True)
class Named:
    """By what the people of some cases are known: those asked about, and everybody else."""

    own: tuple[KnownBy, ...] = field(repr=False)
    others: tuple[KnownBy, ...] = field(repr=False)
    own_answers: tuple[IdentifyingAnswer, ...] = field(repr=False)
    other_answers: tuple[IdentifyingAnswer, ...] = field(repr=False)
    own_places: tuple[str, ...] = field(repr=False)
    other_places: tuple[str, ...] = field(repr=False)


@query(opens=RIGHTS)
def named_in_cases(actor: Staff, *, organisation: int, people: Collection[UUID]) -> Named:
    """By what these people, and everybody else in their cases, would be known there.

    Whoever reported somebody is among the others: the reported person never learns who it was. So are the addresses of
    all others, safe ones as well as any.
    """
    cases = cases_about(actor, organisation=organisation, people=people)
    others = set(_others_in(organisation, cases)) - set(people)
    answers = forms.identifying_answers(
        actor, organisation=organisation, submissions=[case.submission for case in cases]
    )
    return Named(
        own=directory.known_by(actor, organisation=organisation, people=people),
        others=directory.known_by(actor, organisation=organisation, people=others),
        own_answers=tuple(each for each in answers if each.person in people),
        other_answers=tuple(each for each in answers if each.person not in people),
        own_places=tuple(case.place for case in cases if case.is_own and case.place),
        other_places=tuple(case.place for case in cases if not case.is_own and case.place),
    )


def _others_in(organisation: int, cases: Collection[HeldCase]) -> Iterator[UUID]:
    ids = [case.id for case in cases]
    yield from (case.person for case in cases)
    parties = Party.objects.filter(organisation_id=organisation, case_id__in=ids)
    yield from parties.values_list("person_id", flat=True)
    spoken = Succession.objects.filter(organisation_id=organisation, case_id__in=ids).exclude(representative=None)
    yield from (person for person in spoken.values_list("representative_id", flat=True) if person)


def _held(case: Case, service: Service, people: Collection[UUID]) -> HeldCase:
    restriction = service.restriction
    return HeldCase(
        id=case.id,
        submission=case.submission_id,
        reference=case.reference,
        service=service,
        version=case.version_id,
        person=case.person_id,
        place=case.place,
        outcome=case.outcome,
        is_own=case.person_id in people,
        harm_checked_by=restriction.harm_checked_by if restriction else (),
        is_restricted=restriction is not None,
    )
