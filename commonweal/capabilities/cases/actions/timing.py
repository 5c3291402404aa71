"""Start, pause, resume and stop a case's clocks as the case changes. Needs the case locked."""

from datetime import date

from commonweal.capabilities.cases.models import Case, Clock, ClockPause
from commonweal.capabilities.cases.queries.timing import (
    NEVER,
    CalendarOf,
    Run,
    calendars_for,
    clocks_here,
    latest_of,
    nearest,
    runs_of,
    span_of,
)
from commonweal.capabilities.catalogue.queries import clocks as declarations
from commonweal.capabilities.catalogue.queries.handling import CaseType
from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.clocks.spans import span_due
from commonweal.foundations.scope.actors import Actor


def due_at_receipt(actor: Actor, organisation: int, declared: CaseType) -> tuple[date, list[Clock]]:
    """The clocks that start when a case is received, not saved yet, and the day on which the first of them ends."""
    calendar_of = calendars_for(actor, organisation, is_held=True)
    first = declared.first_stage.key
    begun = [
        _new(organisation, clock, calendar_of)
        for clock in clocks_here(actor, organisation, declared)
        if _begins(clock, declared) == first
    ]
    return min((clock.due_on for clock in begun), default=NEVER), begun


def follow_stage(actor: Actor, case: Case, declared: CaseType, *, enters: str) -> date:
    """The clocks of a case that enters a stage; returns the case's new due date.

    Going back to where a clock began lets it run on from its first start: to and fro wins no time.
    """
    organisation = case.organisation_id
    calendar_of = calendars_for(actor, organisation, is_held=True)
    runs = runs_of(case, declared)
    latest = latest_of(runs)
    for clock in clocks_here(actor, organisation, declared):
        run, is_begun = latest.get(clock.key), _begins(clock, declared) == enters
        if run is None:
            if is_begun:
                runs.append(_start(case, clock, calendar_of))
        elif run.row.stopped_at is None:
            _go_on(case, run, enters, calendar_of)
        elif is_begun and run.row.stopped_by:
            _run_on(run, calendar_of)
    return nearest(case, runs)


def stop_clocks(case: Case, declared: CaseType) -> date:
    """A closed case has no running clock; returns the day that it was due."""
    runs = runs_of(case, declared)
    for run in runs:
        if run.row.stopped_at is None:
            _stop(case, run, by="")
    if case.due_on != NEVER or not runs:
        return case.due_on
    return max(run.row.due_on for run in runs)


def begin_again(actor: Actor, case: Case, declared: CaseType, *, enters: str, is_anew: bool) -> date:
    """The clocks of a closed case that enters a stage again; returns its due date.

    Anew (a review): those that begin in the stage start from today. Else (it was closed too soon) those that closing
    stopped run on from their first start, since nobody waits less long for having been told too soon.
    """
    organisation = case.organisation_id
    calendar_of = calendars_for(actor, organisation, is_held=True)
    runs = runs_of(case, declared)
    latest = latest_of(runs)
    for clock in clocks_here(actor, organisation, declared):
        run = latest.get(clock.key)
        if _begins(clock, declared) == enters and (is_anew or run is None):
            runs.append(_start(case, clock, calendar_of))
        elif run is not None and not is_anew and not run.row.stopped_by:
            _run_on(run, calendar_of)
            _go_on(case, run, enters, calendar_of)
    return nearest(case, runs)


def take_back(actor: Actor, case: Case, declared: CaseType, *, to: str) -> date:
    """What the latest change did to the clocks is taken back with it: the case is in the stage `to` again."""
    calendar_of = calendars_for(actor, case.organisation_id, is_held=True)
    runs = []
    for run in runs_of(case, declared):
        if run.row.started_in == case.revision and case.revision > 1:
            _forget(run)
            continue
        runs.append(run)
        if run.row.stopped_in == case.revision:
            _run_on(run, calendar_of)
        if run.row.stopped_at is None:
            _forget_pause(run, to)
            save_clock(run, calendar_of)
            _go_on(case, run, to, calendar_of)
    return nearest(case, runs)


def save_clock(run: Run, calendar_of: CalendarOf, *changed: str) -> None:
    """Count a clock by what is known of it now, and save it."""
    run.row.due_on = run.count(calendar_of).day
    run.row.save(update_fields=["due_on", *changed])


def _begins(clock: declarations.Clock, declared: CaseType) -> str:
    return clock.starts_in or declared.first_stage.key


def _new(organisation: int, clock: declarations.Clock, calendar_of: CalendarOf) -> Clock:
    day, span = today(), span_of(clock)
    due = span_due(day, span, calendar_of(span)).day
    return Clock(organisation_id=organisation, key=clock.key, started_on=day, due_on=due)


def _start(case: Case, clock: declarations.Clock, calendar_of: CalendarOf) -> Run:
    row = _new(case.organisation_id, clock, calendar_of)
    row.case_id, row.started_in = case.id, case.revision + 1
    row.save(force_insert=True)
    return Run(row, clock)


def _go_on(case: Case, run: Run, enters: str, calendar_of: CalendarOf) -> None:
    """A clock that has not stopped meets a stage: it stops there, pauses, or runs on."""
    if enters in run.declared.stops_in:
        _stop(case, run, by=enters)
    elif enters not in run.declared.pauses_in:
        if _end_pauses(run):
            save_clock(run, calendar_of)
    elif not run.is_paused:
        pause = ClockPause(organisation_id=run.row.organisation_id, clock_id=run.row.id, from_day=today())
        pause.save(force_insert=True)
        run.pauses.append(pause)
        save_clock(run, calendar_of)


def _stop(case: Case, run: Run, *, by: str) -> None:
    _end_pauses(run)
    run.row.stopped_at, run.row.stopped_by, run.row.stopped_in = now(), by, case.revision + 1
    run.row.save(update_fields=["stopped_at", "stopped_by", "stopped_in"])


def _run_on(run: Run, calendar_of: CalendarOf) -> None:
    run.row.stopped_at, run.row.stopped_by, run.row.stopped_in = None, "", None
    save_clock(run, calendar_of, "stopped_at", "stopped_by", "stopped_in")


def _end_pauses(run: Run) -> bool:
    awaited = [pause for pause in run.pauses if pause.until_day is None]
    for pause in awaited:
        pause.until_day = today()
        pause.save(update_fields=["until_day"])
    return bool(awaited)


def _forget(run: Run) -> None:
    for pause in run.pauses:
        pause.delete()
    run.row.delete()


def _forget_pause(run: Run, to: str) -> None:
    """The pause that began with a stage which was never meant."""
    if to not in run.declared.pauses_in:
        for pause in [pause for pause in run.pauses if pause.until_day is None]:
            pause.delete()
            run.pauses.remove(pause)
