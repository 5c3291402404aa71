"""The worklist of one's teams: which cases, how many there are of each kind, and what they may be narrowed to."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language

from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.cases.queries.counters import Count, Counted, counted, total
from commonweal.capabilities.cases.queries.filters import Filter, condition_of
from commonweal.capabilities.cases.queries.paging import page_of
from commonweal.capabilities.cases.queries.restriction import exist_for, hidden_among
from commonweal.capabilities.cases.queries.rows import WorklistRow, rows_of
from commonweal.capabilities.cases.queries.saved import Saved, saved_by
from commonweal.capabilities.cases.queries.undoable import Undo, undoable
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.services import Offered
from commonweal.capabilities.identity.queries import colleagues
from commonweal.foundations.actions.query import query
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.scope.actors import Staff

_MANAGER = "team_manager"


@dataclass(frozen=True)
class Choices:
    """What a worklist may be narrowed to, each by its code and in words. Only a manager chooses among people."""

    services: tuple[tuple[str, str], ...]
    stages: tuple[tuple[str, str], ...]
    people: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True)
class Worklist:
    """A page of the worklist; `following` is the cursor after which the next one begins, empty on the last.

    `counts` is how many open cases there are of each tab, as far as sums can tell: of a
    stage, and of what wants one today, they cannot.
    """

    rows: tuple[WorklistRow, ...]
    following: str
    counts: dict[str, int]
    choices: Choices
    saved: tuple[Saved, ...]
    undo: Undo | None


@query(opens=CASEWORK, is_listing=True)
def worklist(
    actor: Staff, *, organisation: int, asked: Filter, after: str = "", is_after_change: bool = False
) -> Worklist:
    """Cases of the actor's teams, 25 a page, due first; closed ones come latest first.

    `after` is the cursor that the page before gave. Only after a change it is asked what may still be taken back.
    """
    found = Case.objects.filter(condition_of(asked, actor), exist_for(actor), organisation_id=organisation)
    cases, following = page_of(found, teams=actor.teams, latest_closed_first=asked.show == "closed", after=after)
    services = catalogue.all_services(actor, organisation=organisation)
    hidden = hidden_among(actor, services.latest)
    tallied = tuple(each for each in counted(organisation, actor.teams) if each[1] not in hidden)
    return Worklist(
        rows=rows_of(actor, organisation, cases),
        following=following,
        counts=_counts(actor, asked, tallied),
        choices=_choices(actor, services.live, asked, {service for _team, service, _who, _count in tallied}),
        saved=saved_by(actor, organisation),
        undo=undoable(actor, organisation=organisation) if is_after_change else None,
    )


def _counts(actor: Staff, asked: Filter, tallied: Counted) -> dict[str, int]:
    if asked.stage or asked.due:
        return {}
    fitting = [
        (who, count)
        for _team, service, who, count in tallied
        if asked.service in ("", service) and asked.who in (None, who)
    ]
    every = total(count for _who, count in fitting)
    return {
        "open": every.open,
        "today": every.due_today,
        "overdue": every.overdue,
        "mine": _of(actor.account, fitting).open,
        "unassigned": _of(None, fitting).open,
    }


def _of(account: UUID | None, fitting: Iterable[tuple[UUID | None, Count]]) -> Count:
    return total(count for who, count in fitting if who == account)


def _choices(actor: Staff, offered: Iterable[Offered], asked: Filter, tallied: set[str]) -> Choices:
    """The services that the teams have open cases of, and the stages of these, or of the one that was chosen."""
    language, known = get_language(), {*tallied, asked.service}
    live = [each.service for each in offered if each.service.name in known]
    stages = {
        stage.key: stage.label.in_language(language)
        for service in live
        if asked.service in ("", service.name)
        for stage in service.case.stages
        if stage.is_final == (asked.show == "closed")
    }
    titles = sorted((service.title.in_language(language), service.name) for service in live)
    return Choices(
        services=tuple((name, title) for title, name in titles),
        stages=tuple(stages.items()),
        people=_people(actor) if _MANAGER in actor.roles else (),
    )


def _people(actor: Staff) -> tuple[tuple[UUID, str], ...]:
    rows = colleagues.colleagues(actor, organisation=actor.organisation)
    return tuple((row.account, row.name) for row in rows if row.team in actor.teams)
