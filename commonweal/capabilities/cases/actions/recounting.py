"""Recount the running clocks of open cases after a calendar change; record what moved and tell people."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from django.db import connection

from commonweal.capabilities.cases.events import ClockMoved, RecountBrokeOff
from commonweal.capabilities.cases.models import Case, Clock, ClockMove
from commonweal.capabilities.cases.queries.timing import Run, calendars_for, nearest, runs_of_all, span_of
from commonweal.capabilities.cases.rules import moved_to
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.clocks.spans import Span, span_due
from commonweal.foundations.events.event import publish
from commonweal.foundations.scope.actors import System

BATCH = 1000
"""How many cases one transaction looks at."""

_MOVE_CLOCKS = """
update cases_clock set due_on = moved.to_day
from unnest(%(rows)s::uuid[], %(days)s::date[]) as moved (id, to_day)
where cases_clock.organisation_id = %(organisation)s and cases_clock.id = moved.id
"""
_MOVE_CASES = """
update cases_case set due_on = moved.to_day
from unnest(%(rows)s::uuid[], %(days)s::date[]) as moved (id, to_day)
where cases_case.organisation_id = %(organisation)s and cases_case.id = moved.id
"""


@dataclass(frozen=True)
class Moved:
    """A clock that went from its day to another."""

    case: Case
    clock: Clock
    from_day: date


@action()
def recount_clocks(
    actor: System, *, organisation: int, subject: UUID, day: date, why: str, after: UUID | None = None
) -> int:
    """Recount the clocks of open cases due on or after a changed day of the calendar; returns how many moved.

    Those due before it were never counted across it. The same again moves nothing.
    """
    running = Clock.objects.filter(organisation_id=organisation, stopped_at=None, due_on__gte=day)
    found = Case.objects.select_for_update().filter(
        organisation_id=organisation, closed_at=None, id__in=running.values("case_id")
    )
    cases = list((found.filter(id__gt=after) if after else found).order_by("id")[:BATCH])
    moved = _count_anew(actor, organisation, cases, day, is_added=why.endswith("_added"))
    _keep(organisation, moved, day, why)
    record("cases.clock", changed=["due_on"] if moved else [], day=day, why=why, moved=len(moved))
    if len(cases) == BATCH:
        last = cases[-1].id
        publish(RecountBrokeOff(organisation=organisation, subject_id=subject, day=day, why=why, after=last))
    return len(moved)


def _count_anew(actor: System, organisation: int, cases: list[Case], day: date, *, is_added: bool) -> list[Moved]:
    """Move what moves in one statement for the clocks and one for the cases."""
    versions = catalogue.service_versions(
        actor, organisation=organisation, versions={case.version_id for case in cases}
    )
    declared = {case.id: versions[case.version_id].service.case for case in cases}
    runs, count = runs_of_all(cases, declared), _counting(actor, organisation)
    moved = []
    for case in cases:
        for run in runs.get(case.id, []):
            row, before = run.row, run.row.due_on
            if row.stopped_at is None and before >= day:
                row.due_on = moved_to(before, count(run), is_added=is_added)
                if row.due_on != before:
                    moved.append(Moved(case, row, before))
    _write(_MOVE_CLOCKS, organisation, {one.clock.id: one.clock.due_on for one in moved})
    due = {case.id: nearest(case, runs.get(case.id, [])) for case in cases}
    _move_cases(organisation, [case for case in cases if due[case.id] != case.due_on], due)
    return moved


def _move_cases(organisation: int, cases: list[Case], due: dict[UUID, date]) -> None:
    """Cases have another due date, and who was told the one before is told of it."""
    _write(_MOVE_CASES, organisation, {case.id: due[case.id] for case in cases})
    for case in cases:
        day = due[case.id]
        publish(ClockMoved(organisation=organisation, subject_id=case.person_id, case=case.id, due_on=day))


def _counting(actor: System, organisation: int) -> Callable[[Run], date]:
    """Each pair of a first day and a length is counted once, however many cases share it."""
    calendar_of = calendars_for(actor, organisation)

    @cache
    def plain(started_on: date, span: Span) -> date:
        return span_due(started_on, span, calendar_of(span)).day

    def count(run: Run) -> date:
        if run.pauses or run.row.extended_on:
            return run.count(calendar_of).day
        return plain(run.row.started_on, span_of(run.declared))

    return count


def _write(statement: str, organisation: int, days: dict[UUID, date]) -> None:
    if days:
        with connection.cursor() as cursor:
            cursor.execute(statement, {"rows": list(days), "days": list(days.values()), "organisation": organisation})


def _keep(organisation: int, moved: Iterable[Moved], day: date, why: str) -> None:
    """Write down each move."""
    moment = now()
    ClockMove.objects.bulk_create(
        ClockMove(
            organisation_id=organisation,
            case_id=one.case.id,
            clock=one.clock.key,
            from_day=one.from_day,
            to_day=one.clock.due_on,
            day=day,
            why=why,
            at=moment,
        )
        for one in moved
    )
