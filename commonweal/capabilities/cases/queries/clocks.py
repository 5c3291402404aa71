"""The clocks of a case in words: for the page of staff and for the applicant."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commonweal.capabilities.cases.errors import NoSuchCase
from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.cases.queries.access import Choice, case_at
from commonweal.capabilities.cases.queries.gates import require_change
from commonweal.capabilities.cases.queries.timing import Run, calendars_for, language_in_use, latest_of, runs_of
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.handling import CaseType
from commonweal.capabilities.catalogue.queries.wording import Nation
from commonweal.capabilities.organisations import queries as organisations
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.due import Due
from commonweal.foundations.clocks.now import local_date, today
from commonweal.foundations.scope.actors import Actor, Staff


@dataclass(frozen=True)
class ClockRow:
    """A clock of a case: what it is for, when it is due and why, and the law that sets it.

    `words` promise it to the applicant; `extended_words` are why they wait longer.
    """

    key: str
    label: str
    words: str
    law: str
    due: Due
    is_paused: bool
    stopped_on: date | None
    extended_on: date | None
    extended_words: str
    may_be_extended: bool


@dataclass(frozen=True)
class ExtendingPage:
    """A case without anything personal, and for which reasons (with what the applicant is told) a clock is extended.

    Without reasons it may not be extended now.
    """

    id: UUID
    reference: str
    revision: int
    label: str
    due_on: date
    extended_to: date
    reasons: tuple[Choice, ...]


def clocks_of(actor: Actor, case: Case, declared: CaseType) -> tuple[ClockRow, ...]:
    """The clocks of a case in the language in use: those that run first, soonest first. Needs an open scope."""
    runs = runs_of(case, declared)
    if not runs:
        return ()
    for run in runs:
        if case.closed_at is None and not run.row.stopped_by and run.row.stopped_in == case.revision:
            run.row.stopped_at = None  # The decision that stopped it is not told yet.
    calendar_of = calendars_for(actor, case.organisation_id)
    nation = Nation(organisations.organisation(actor, organisation=case.organisation_id).nation)
    language = language_in_use()
    rows = [_row(run, run.explain(calendar_of, language), nation, language) for run in runs]
    return tuple(sorted(rows, key=lambda row: (row.stopped_on is not None, row.is_paused, row.due.day)))


@query()
def extending_page(actor: Staff, *, organisation: int, reference: str, clock: str) -> ExtendingPage:
    """The reasons for which a clock may be extended now. Raises NoSuchCase, ReadingRefused."""
    case = case_at(organisation, reference)
    require_change(actor, case)
    declared = catalogue.service_version(actor, organisation=organisation, version=case.version_id).service.case
    run = latest_of(runs_of(case, declared)).get(clock)
    if run is None:
        raise NoSuchCase
    language, extension = language_in_use(), run.declared.extension if may_be_extended(run) else None
    run.row.extended_on = run.row.extended_on or today()
    return ExtendingPage(
        id=case.id,
        reference=case.reference,
        revision=case.revision,
        label=run.declared.label.in_language(language),
        due_on=run.row.due_on,
        extended_to=run.count(calendars_for(actor, organisation)).day,
        reasons=tuple(
            Choice(each.key, each.label.in_language(language), each.words.in_language(language))
            for each in (extension.reasons if extension else ())
        ),
    )


def may_be_extended(run: Run) -> bool:
    """Whether a clock still runs, was not extended, and has not ended; one that is paused never ends."""
    is_over = run.row.due_on < today() and not run.is_paused
    can = run.declared.extension is not None and run.row.stopped_at is None
    return can and run.row.extended_on is None and not is_over


def _row(run: Run, due: Due, nation: Nation, language: str) -> ClockRow:
    declared, row = run.declared, run.row
    law, extension = declared.law.get(nation), declared.extension
    given = next((each for each in extension.reasons if each.key == row.extended_for), None) if extension else None
    return ClockRow(
        key=declared.key,
        label=declared.label.in_language(language),
        words=declared.words.in_language(language),
        law=law.in_language(language) if law else "",
        due=due,
        is_paused=run.is_paused,
        stopped_on=local_date(row.stopped_at) if row.stopped_at else None,
        extended_on=row.extended_on,
        extended_words=given.words.in_language(language) if given else "",
        may_be_extended=may_be_extended(run),
    )
