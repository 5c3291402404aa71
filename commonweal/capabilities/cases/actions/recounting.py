"""The calendar of a body changed: the clocks of its open cases are counted anew, and what moved is kept and told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from django.db import connection

from commonweal.capabilities.cases.events import ClockMoved, RecountBrokeOff
from commonweal.capabilities.cases.models import Case, ClockMove
from commonweal.capabilities.cases.rules import due_on, moved_to
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.clocks import Clock
from commonweal.capabilities.organisations import queries as organisations
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import local_date, now
from commonweal.foundations.events.event import publish
from commonweal.foundations.scope.actors import System

BATCH = 1000
"""How many cases one transaction looks at."""

_MOVE = """
update cases_case set due_on = moved.to_day
from unnest(%(cases)s::uuid[], %(days)s::date[]) as moved (id, to_day)
where cases_case.organisation_id = %(organisation)s and cases_case.id = moved.id
"""


@dataclass(frozen=True)
class Moved:
    """A case whose date is now `to_day`."""

    case: Case
    to_day: date


@action()
def recount_clocks(
    actor: System, *, organisation: int, subject: UUID, day: date, why: str, after: UUID | None = None
) -> int:
    """Open cases due on or after a changed day of the calendar are counted anew; returns how many moved.

    Those due before it were never counted across it. The same again moves nothing.
    """
    found = Case.objects.select_for_update().filter(organisation_id=organisation, closed_at=None, due_on__gte=day)
    cases = list((found.filter(id__gt=after) if after else found).order_by("id")[:BATCH])
    moved = _count_anew(actor, organisation, cases, is_added=why.endswith("_added"))
    _keep(organisation, moved, day, why)
    record("cases.clock", changed=["due_on"] if moved else [], day=day, why=why, moved=len(moved))
    if len(cases) == BATCH:
        last = cases[-1].id
        publish(RecountBrokeOff(organisation=organisation, subject_id=subject, day=day, why=why, after=last))
    return len(moved)


def _count_anew(actor: System, organisation: int, cases: Iterable[Case], *, is_added: bool) -> list[Moved]:
    """Each pair of a day of receipt and a version is counted once, however many cases share it."""
    calendar = organisations.calendar(actor, organisation=organisation)

    @cache
    def clock(version: UUID) -> Clock:
        return catalogue.service_version(actor, organisation=organisation, version=version).service.case.clocks[0]

    @cache
    def count(received: date, version: UUID) -> date:
        counted = clock(version)
        return due_on(received, counted.working_days or 1, calendar, is_law=counted.is_law)

    counted = (
        Moved(case, moved_to(case.due_on, count(local_date(case.opened_at), case.version_id), is_added=is_added))
        for case in cases
    )
    return [one for one in counted if one.to_day != one.case.due_on]


def _keep(organisation: int, moved: list[Moved], day: date, why: str) -> None:
    """Move the dates in one statement, write down each move, and tell others of each."""
    if not moved:
        return
    cases, days = [one.case.id for one in moved], [one.to_day for one in moved]
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, {"cases": cases, "days": days, "organisation": organisation})
    moment = now()
    ClockMove.objects.bulk_create(
        ClockMove(
            organisation_id=organisation,
            case_id=one.case.id,
            from_day=one.case.due_on,
            to_day=one.to_day,
            day=day,
            why=why,
            at=moment,
        )
        for one in moved
    )
    for one in moved:
        case = one.case
        publish(ClockMoved(organisation=organisation, subject_id=case.person_id, case=case.id, due_on=one.to_day))
