"""The worklist of a team and the search box: names masked, listed and not opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, QuerySet, UUIDField, Value
from django.utils.translation import get_language

from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.cases.queries.access import Choice, moves_now, outcomes_now
from commonweal.capabilities.cases.queries.paging import page_of
from commonweal.capabilities.cases.rules import normal_reference
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.identity import queries as identity
from commonweal.capabilities.people.queries import records as people
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import today
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.scope.actors import Staff
from commonweal.foundations.search.asking import understand

MOST_FOUND = 20
_LONGEST = 200
_MOST_LOOKED_AT = 200
"""People found in the organisation, of whom only those with a case of the actor's teams are shown."""


@dataclass(frozen=True)
class WorklistRow:
    """A case in a list: the name is masked, nothing else says who it is.

    `days_left` is negative when it is late; `next_move` leads on, never back.
    """

    id: UUID
    reference: str
    service_title: str
    stage_label: str
    name: str
    place: str
    due_on: date
    days_left: int
    assignee: str
    closed_at: datetime | None
    revision: int
    next_move: Choice | None
    may_be_closed: bool


@dataclass(frozen=True)
class Worklist:
    """A page of the worklist; `following` is the cursor after which the next one begins, empty on the last."""

    rows: tuple[WorklistRow, ...]
    following: str


@query(opens=CASEWORK, is_listing=True)
def worklist(actor: Staff, *, organisation: int, show: str = "open", after: str = "") -> Worklist:
    """Cases of the actor's teams, 25 a page, due first: `show` is open, mine, unassigned, overdue or closed.

    Closed ones come latest first. `after` is the cursor that the page before gave.
    """
    found = _shown(actor, organisation, show)
    cases, following = page_of(found, latest_closed_first=show == "closed", after=after)
    return Worklist(_rows(actor, organisation, cases), following)


@query(opens=CASEWORK, is_listing=True)
def find(actor: Staff, *, organisation: int, words: str) -> tuple[WorklistRow, ...]:
    """At most 20 cases of the actor's teams, masked, the best found first.

    By reference; or by a person's name, birth date, e-mail, phone and the postcode of the case, any of them together.
    """
    found = _rows(actor, organisation, _fitting(actor, organisation, words))
    return tuple(row for row in found if row.name)


@query(opens=CASEWORK, is_listing=True)
def search(actor: Staff, *, organisation: int, words: str) -> tuple[UUID, ...]:
    """The ids of what `find` finds, for `listed`: nothing is shown yet."""
    return tuple(case.id for case in _fitting(actor, organisation, words))


@query(opens=CASEWORK, is_listing=True)
def listed(actor: Staff, *, organisation: int, cases: Sequence[UUID]) -> tuple[WorklistRow, ...]:
    """These cases, as far as they are of the actor's teams, masked and in this order."""
    own = Case.objects.filter(organisation_id=organisation, team_id__in=actor.teams, id__in=cases)
    found = sorted(own, key=lambda case: cases.index(case.id))
    return tuple(row for row in _rows(actor, organisation, found) if row.name)


def _fitting(actor: Staff, organisation: int, words: str) -> list[Case]:
    own = Case.objects.filter(organisation_id=organisation, team_id__in=actor.teams)
    reference = normal_reference(words)
    if reference:
        return list(own.filter(reference=reference))
    asked = understand(words[:_LONGEST])
    at_place = own.filter(postcode__in=asked.postcodes).order_by("-opened_at") if asked.postcodes else own.none()
    if asked.is_only_a_place:
        return list(at_place[:MOST_FOUND])
    found = people.find_people(
        actor,
        organisation=organisation,
        words=words[:_LONGEST],
        near=list(at_place.values_list("person_id", flat=True)[:_MOST_LOOKED_AT]),
        at_most=_MOST_LOOKED_AT,
    )
    rank = Func(Value(list(found), ArrayField(UUIDField())), F("person_id"), function="array_position")
    return list(own.filter(person_id__in=found).order_by(rank, "-opened_at")[:MOST_FOUND])


def _shown(actor: Staff, organisation: int, show: str) -> "QuerySet[Case]":
    found: QuerySet[Case] = Case.objects.filter(organisation_id=organisation, team_id__in=actor.teams)
    found = found.filter(closed_at__isnull=show != "closed")
    if show == "mine":
        return found.filter(assignee_id=actor.account)
    if show == "unassigned":
        return found.filter(assignee_id=None)
    if show == "overdue":
        return found.filter(due_on__lt=today())
    return found


def _rows(actor: Staff, organisation: int, cases: list[Case]) -> tuple[WorklistRow, ...]:
    names = people.masked_names(actor, organisation=organisation, people={case.person_id for case in cases})
    assignees = {case.assignee_id for case in cases if case.assignee_id}
    staff = identity.names_of(actor, organisation=organisation, accounts=assignees) if assignees else {}
    return tuple(_row(actor, case, names.get(case.person_id, ""), staff) for case in cases)


def _row(actor: Staff, case: Case, name: str, staff: dict[UUID, str]) -> WorklistRow:
    offered = catalogue.service_version(actor, organisation=case.organisation_id, version=case.version_id)
    declared, language = offered.service.case, get_language()
    stage = declared.stage(case.stage)
    onwards = [move for move in moves_now(actor, case, declared) if not move.goes_back]
    return WorklistRow(
        id=case.id,
        reference=case.reference,
        service_title=offered.service.title.in_language(language),
        stage_label=stage.label.in_language(language) if stage else case.stage,
        name=name,
        place=", ".join(part for part in (case.place, case.postcode) if part),
        due_on=case.due_on,
        days_left=(case.due_on - today()).days,
        assignee=staff.get(case.assignee_id, "") if case.assignee_id else "",
        closed_at=case.closed_at,
        revision=case.revision,
        next_move=onwards[0] if onwards else None,
        may_be_closed=bool(outcomes_now(actor, case, declared)),
    )
