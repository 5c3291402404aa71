"""A case as a row of a list: the name masked, listed and not opened."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import get_language

from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.cases.queries.access import Choice, may_choose, moves_now
from commonweal.capabilities.cases.queries.asked import came_back
from commonweal.capabilities.cases.queries.bereavement import chosen_for
from commonweal.capabilities.cases.queries.requirements import lacking, there_among
from commonweal.capabilities.cases.queries.rounds import in_review
from commonweal.capabilities.cases.queries.timing import NEVER
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.handling import CaseType
from commonweal.capabilities.identity.queries import colleagues
from commonweal.capabilities.people.queries import listing as people
from commonweal.foundations.clocks.now import today
from commonweal.foundations.scope.actors import Staff


@dataclass(frozen=True)
class WorklistRow:
    """A case in a list: the name is masked, nothing else says who it is.

    `days_left` is negative when it is late, None while it waits for the applicant. `next_move` leads on, never back,
    and asks for nothing; `must_be_opened`: what comes next needs more than a list tells. `has_instruction`: read the
    case before meeting them; a list says no more. `after_death` is what was chosen once the applicant has died, or
    "choose". `came_back`: the applicant answered, and nobody has gone on with it yet.
    """

    id: UUID
    reference: str
    service_title: str
    stage_label: str
    name: str
    place: str
    due_on: date
    days_left: int | None
    assignee: str
    closed_at: datetime | None
    revision: int
    next_move: Choice | None
    may_be_closed: bool
    must_be_opened: bool = False
    has_instruction: bool = False
    after_death: str = ""
    came_back: bool = False


def rows_of(actor: Staff, organisation: int, cases: Collection[Case]) -> tuple[WorklistRow, ...]:
    """The rows of these cases, in their order, in as many queries for many as for one. Needs an open reading."""
    offered = versions_of(actor, organisation, cases)
    listed = people.listed(actor, organisation=organisation, people={case.person_id for case in cases})
    assignees = {case.assignee_id for case in cases if case.assignee_id}
    staff = colleagues.names_of(actor, organisation=organisation, accounts=assignees) if assignees else {}
    dead = {person for person, each in listed.items() if each.is_dead}
    chosen = chosen_for(organisation, [case.id for case in cases if case.person_id in dead]) if dead else {}
    answered = came_back(organisation, [case.id for case in cases])
    declared = {case.id: offered[case.version_id].service.case for case in cases if not case.closed_at}
    there = there_among(organisation, declared)
    may_be = [case.id for case in cases if case.id in declared and declared[case.id].reviews]
    reviewed = in_review(organisation, may_be) if may_be else frozenset()
    rows = (
        _row(
            actor,
            case,
            offered[case.version_id],
            listed.get(case.person_id, people.NOBODY).name,
            staff=staff,
            there=there.get(case.id, frozenset()),
            is_reviewed=case.id in reviewed,
        )
        for case in cases
    )
    return tuple(
        replace(
            row,
            has_instruction=listed.get(case.person_id, people.NOBODY).has_instruction,
            came_back=case.id in answered,
            after_death=chosen.get(case.id, "choose") if case.person_id in dead else "",
        )
        for row, case in zip(rows, cases, strict=True)
    )


def versions_of(actor: Staff, organisation: int, cases: Collection[Case]) -> dict[UUID, catalogue.Offered]:
    """What these cases began under."""
    versions = {case.version_id for case in cases}
    return catalogue.service_versions(actor, organisation=organisation, versions=versions)


def _row(
    actor: Staff,
    case: Case,
    offered: catalogue.Offered,
    name: str,
    *,
    staff: Mapping[UUID, str],
    there: Collection[str],
    is_reviewed: bool,
) -> WorklistRow:
    declared, language = offered.service.case, get_language()
    stage = declared.stage(case.stage)
    following = _following(actor, case, declared, there, is_reviewed=is_reviewed)
    return WorklistRow(
        id=case.id,
        reference=case.reference,
        service_title=offered.service.title.in_language(language),
        stage_label=stage.label.in_language(language) if stage else case.stage,
        name=name,
        place=", ".join(part for part in (case.place, case.postcode) if part),
        due_on=case.due_on,
        days_left=None if case.due_on == NEVER else (case.due_on - today()).days,
        assignee=staff.get(case.assignee_id, "") if case.assignee_id else "",
        closed_at=case.closed_at,
        revision=case.revision,
        next_move=following.move,
        may_be_closed=following.may_be_closed,
        must_be_opened=following.must_be_opened,
    )


@dataclass(frozen=True)
class _Following:
    """What comes next, as far as a list can tell without opening the case."""

    move: Choice | None = None
    may_be_closed: bool = False
    must_be_opened: bool = False


def _following(
    actor: Staff, case: Case, declared: CaseType, there: Collection[str], *, is_reviewed: bool
) -> _Following:
    """The first move onwards if it can be made now; where there is none, closing if an outcome is possible.

    A condition is over answers, and who may decide in a review depends on who decided before: both are looked at in
    the case. An outcome that is possible everywhere, such as a withdrawal, is no next thing to do where others are not.
    """
    if is_reviewed:
        return _Following(must_be_opened=True)
    onwards = [move for move in moves_now(actor, case, declared) if not (move.goes_back or move.asks)]
    if onwards:
        first = declared.move(onwards[0].key)
        is_possible = first is not None and first.when is None and not lacking(declared, first.requires, there)
        return _Following(onwards[0]) if is_possible else _Following(must_be_opened=True)
    chosen = [outcome for outcome in declared.outcomes if may_choose(actor, case, outcome)]
    is_anywhere = all(not outcome.leaves for outcome in declared.outcomes)
    of_here = [outcome for outcome in chosen if outcome.leaves or is_anywhere]
    may_be_closed = any(not lacking(declared, outcome.requires, there) for outcome in of_here)
    return _Following(may_be_closed=may_be_closed, must_be_opened=bool(chosen) and not may_be_closed)
