"""The clocks of a case as they are counted: each run of a declared clock with its pauses and its calendar."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.utils.translation import get_language

from commonweal.capabilities.cases.models import Case, Clock, ClockPause
from commonweal.capabilities.catalogue.queries import clocks as declarations
from commonweal.capabilities.catalogue.queries.handling import CaseType
from commonweal.capabilities.catalogue.queries.wording import Nation
from commonweal.capabilities.organisations import queries as organisations
from commonweal.foundations.clocks.calendars import Calendar
from commonweal.foundations.clocks.due import Due, end_of
from commonweal.foundations.clocks.pauses import Pause
from commonweal.foundations.clocks.spans import Extended, Span, span_due
from commonweal.foundations.scope.actors import Actor

NEVER = date.max
"""The due date of a case of which no clock runs: it waits for the applicant, and comes last in every list."""

CalendarOf = Callable[[Span], Calendar]


@dataclass
class Run:
    """One run of a clock, with its pauses as they are stored."""

    row: Clock
    declared: declarations.Clock
    pauses: list[ClockPause] = field(default_factory=list)

    @property
    def is_running(self) -> bool:
        """Whether its days count now."""
        return self.row.stopped_at is None and not self.is_paused

    @property
    def is_paused(self) -> bool:
        """Whether an answer is awaited."""
        return self.row.stopped_at is None and any(pause.until_day is None for pause in self.pauses)

    def count(self, calendar_of: CalendarOf, language: str | None = "en") -> Due:
        """When it is due, counted by the calendar as it is now."""
        span = span_of(self.declared)
        return span_due(
            self.row.started_on,
            span,
            calendar_of(span),
            pauses=[Pause(pause.from_day, pause.until_day) for pause in self.pauses],
            extended=self._extended(language),
        )

    def explain(self, calendar_of: CalendarOf, language: str | None) -> Due:
        """The steps that led to its date, which stays the one that was promised."""
        counted, day = self.count(calendar_of, language), self.row.due_on
        return replace(counted, day=day, act_by=day, ends=end_of(day))

    def _extended(self, language: str | None) -> Extended | None:
        extension, row = self.declared.extension, self.row
        if extension is None or row.extended_on is None:
            return None
        more = Span(working_days=extension.working_days, months=extension.months)
        reason = next((each for each in extension.reasons if each.key == row.extended_for), None)
        return Extended(more, row.extended_on, reason.label.in_language(language) if reason else row.extended_for)


def span_of(declared: declarations.Clock) -> Span:
    """How long a declared clock runs."""
    return Span(
        working_days=declared.working_days,
        days=declared.days,
        months=declared.months,
        is_law=declared.is_law,
        is_union=declared.calendar is declarations.WorkingCalendar.UNION,
    )


def clocks_here(actor: Actor, organisation: int, declared: CaseType) -> tuple[declarations.Clock, ...]:
    """The clocks that run in the nation of the body."""
    if not any(clock.nations for clock in declared.clocks):
        return declared.clocks
    nation = Nation(organisations.organisation(actor, organisation=organisation).nation)
    return tuple(clock for clock in declared.clocks if not clock.nations or nation in clock.nations)


def calendars_for(actor: Actor, organisation: int, *, is_held: bool = False) -> CalendarOf:
    """Which calendar a span is counted by; each is read once, when it is first asked for.

    The calendar of the whole United Kingdom keeps the body's closures, which only service standards wait for.
    """
    held: dict[bool, Calendar] = {}

    def own() -> Calendar:
        if False not in held:
            held[False] = organisations.calendar(actor, organisation=organisation, is_held=is_held)
        return held[False]

    def calendar_of(span: Span) -> Calendar:
        if not span.is_union:
            return own()
        if True not in held:
            closures = own().closures
            whole = organisations.calendar_of_any_part(actor, organisation=organisation)
            held[True] = replace(whole, closures=closures)
        return held[True]

    return calendar_of


def runs_of(case: Case, declared: CaseType) -> list[Run]:
    """All runs of the case's clocks, first begun first; two queries."""
    return runs_of_all([case], {case.id: declared}).get(case.id, [])


def runs_of_all(cases: Collection[Case], declared: Mapping[UUID, CaseType]) -> dict[UUID, list[Run]]:
    """The runs of several cases of one organisation, by case; two queries however many there are."""
    if not cases:
        return {}
    organisation = next(iter(cases)).organisation_id
    rows = Clock.objects.filter(organisation_id=organisation, case_id__in=[case.id for case in cases]).order_by("id")
    runs = {row.id: Run(row, clock) for row in rows if (clock := declared[row.case_id].clock(row.key)) is not None}
    pauses = ClockPause.objects.filter(organisation_id=organisation, clock_id__in=list(runs)).order_by("id")
    for pause in pauses:
        runs[pause.clock_id].pauses.append(pause)
    found: dict[UUID, list[Run]] = {}
    for run in runs.values():
        found.setdefault(run.row.case_id, []).append(run)
    return found


def nearest(case: Case, runs: Iterable[Run]) -> date:
    """The day on which the first running clock ends; NEVER while none runs. A case without clocks keeps its date."""
    known = list(runs)
    if not known:
        return case.due_on
    return min((run.row.due_on for run in known if run.is_running), default=NEVER)


def latest_of(runs: Iterable[Run]) -> dict[str, Run]:
    """The latest run of each clock, by its key."""
    return {run.declared.key: run for run in runs}


def language_in_use() -> str:
    """The language of whoever reads."""
    return get_language() or "en"
