"""Cases as others name them, and what may be done with one now."""

from dataclasses import dataclass

from django.utils.translation import get_language

from commonweal.capabilities.cases.errors import NoSuchCase
from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.catalogue.queries.handling import CaseType, Outcome, Review
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

    `words` are what the applicant is told of an outcome; `goes_back` is a move to an earlier stage; `asks` is one that
    sends the case back to the applicant, with a question.
    """

    key: str
    label: str
    words: str = ""
    goes_back: bool = False
    asks: bool = False


def moves_now(actor: Staff, case: Case, declared: CaseType) -> tuple[Choice, ...]:
    """The declared moves from where the case stands that the actor's roles allow."""
    if case.closed_at:
        return ()
    stages, language = [stage.key for stage in declared.stages], get_language()
    return tuple(
        Choice(
            move.key,
            move.label.in_language(language),
            goes_back=stages.index(move.enters) < stages.index(move.leaves),
            asks=is_waiting(declared, move.enters),
        )
        for move in declared.moves
        if move.leaves == case.stage and actor.roles & set(move.roles)
    )


def may_choose(actor: Staff, case: Case, outcome: Outcome, review: Review | None = None) -> bool:
    """Whether the actor's roles and the stage of the case allow an outcome. A review names who decides in it."""
    roles = review.roles if review else outcome.roles
    is_here = not outcome.leaves or case.stage in outcome.leaves or review is not None
    return not case.closed_at and is_here and bool(actor.roles & set(roles))


def is_waiting(declared: CaseType, stage: str) -> bool:
    """Whether a case in this stage waits for its applicant."""
    found = declared.stage(stage)
    return found is not None and found.waits
