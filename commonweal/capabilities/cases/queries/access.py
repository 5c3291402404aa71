"""Cases as others name them, and what may be done with one now."""

from dataclasses import dataclass

from django.utils.translation import get_language

from commonweal.capabilities.cases.errors import NoSuchCase
from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.catalogue.queries.handling import CaseType
from commonweal.foundations.personal_data.trace import Matter
from commonweal.foundations.references.references import normal_reference
from commonweal.foundations.scope.actors import Staff


def matter_of(case: Case) -> Matter:
    """The case as trace and messages name it."""
    return Matter("case", case.id, case.reference, case.team_id)


def case_at(organisation: int, reference: str) -> Case:
    """The case with this reference, however it is typed. Raises NoSuchCase."""
    found = Case.objects.filter(organisation_id=organisation, reference=normal_reference(reference) or "").first()
    if found is None:
        raise NoSuchCase
    return found


@dataclass(frozen=True)
class Choice:
    """A move or an outcome that may be chosen now.

    `words` are what the applicant is told of an outcome; `goes_back` is a move to an earlier stage.
    """

    key: str
    label: str
    words: str = ""
    goes_back: bool = False


def moves_now(actor: Staff, case: Case, declared: CaseType) -> tuple[Choice, ...]:
    """The declared moves from where the case stands that the actor's roles allow."""
    stages = [stage.key for stage in declared.stages]
    return tuple(
        Choice(
            move.key,
            move.label.in_language(get_language()),
            goes_back=stages.index(move.enters) < stages.index(move.leaves),
        )
        for move in declared.moves
        if not case.closed_at and move.leaves == case.stage and actor.roles & set(move.roles)
    )


def outcomes_now(actor: Staff, case: Case, declared: CaseType) -> tuple[Choice, ...]:
    """The declared outcomes that the actor may close the case with."""
    return tuple(
        Choice(outcome.key, outcome.label.in_language(get_language()), outcome.words.in_language(get_language()))
        for outcome in declared.outcomes
        if not case.closed_at and actor.roles & set(outcome.roles)
    )
