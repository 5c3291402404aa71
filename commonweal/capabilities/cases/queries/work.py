"""The work on a case so far: facts, tasks, proposals, other people and linked cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language

from commonweal.capabilities.cases.models import Case, Fact, Link, Tick
from commonweal.capabilities.cases.queries.facts import FactRow, accounts_of, fact_rows, latest_facts, open_facts
from commonweal.capabilities.cases.queries.parties import PartyRow, parties_of
from commonweal.capabilities.cases.queries.requirements import Known, reckon, ticks_of, who_ticked
from commonweal.capabilities.cases.queries.restriction import exist_for
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.identity.queries import colleagues
from commonweal.capabilities.organisations import queries as organisations
from commonweal.foundations.scope.actors import Staff

MOST_LINKED = 50


@dataclass(frozen=True)
class TaskRow:
    """A task of the stage the case is in: whether it is done, by whom, and whether the actor may tick it."""

    key: str
    label: str
    hint: str
    is_done: bool
    who: str
    at: datetime | None
    may_be_ticked: bool


@dataclass(frozen=True)
class ProposalRow:
    """An outcome that a rule proposes, and why. A named person decides."""

    outcome: str
    words: str


@dataclass(frozen=True)
class LinkRow:
    """A linked case: its reference and service, nothing of anybody. `kind` is as seen from this case."""

    case: UUID
    reference: str
    service_title: str
    kind: str


@dataclass(frozen=True)
class Work:
    """All of it, what each move and outcome still lacks, and the teams it may be handed over to.

    `may_be_about` are the declared parties, each by its key and in words; `ruled_out` the keys of moves and outcomes
    that the answers exclude, whatever is found.
    """

    facts: tuple[FactRow, ...]
    tasks: tuple[TaskRow, ...]
    proposals: tuple[ProposalRow, ...]
    parties: tuple[PartyRow, ...]
    may_be_about: tuple[tuple[str, str], ...]
    links: tuple[LinkRow, ...]
    teams: tuple[organisations.TeamRow, ...]
    lacks: Mapping[str, tuple[str, ...]]
    ruled_out: frozenset[str] = frozenset()


def work_of(actor: Staff, case: Case, service: Service) -> Work:
    """What the page of a case shows of the work. Needs an open reading."""
    declared = service.case
    facts = latest_facts(case) if declared.facts else {}
    ticks = ticks_of(case) if declared.tasks else {}
    opened = open_facts(actor, declared, facts)
    known = _known(actor, case, service, facts, opened=opened, ticks=ticks)
    names = colleagues.names_of(
        actor, organisation=case.organisation_id, accounts=accounts_of(facts.values()) | who_ticked(ticks)
    )
    return Work(
        facts=fact_rows(actor, declared, facts, opened, names),
        tasks=_tasks(actor, case, service, ticks, names),
        proposals=_proposals(case, known),
        parties=parties_of(actor, case, service),
        may_be_about=tuple((each.key, each.label.in_language(get_language())) for each in service.parties),
        links=_links(actor, case),
        teams=tuple(
            team for team in organisations.teams(actor, organisation=case.organisation_id) if team.id != case.team_id
        ),
        lacks={move.key: known.lacks(move) for move in declared.moves}
        | {outcome.key: known.lacks(outcome) for outcome in declared.outcomes},
        ruled_out=frozenset(move.key for move in declared.moves if known.rules_out(move))
        | frozenset(outcome.key for outcome in declared.outcomes if known.rules_out(outcome)),
    )


def _known(
    actor: Staff,
    case: Case,
    service: Service,
    facts: Mapping[str, Fact],
    *,
    opened: Mapping[str, str],
    ticks: Mapping[str, Tick],
) -> Known:
    declared = service.case
    has_conditions = any(each.when for part in (declared.moves, declared.outcomes, declared.proposals) for each in part)
    done = {key for key, tick in ticks.items() if tick.is_done}
    values = reckon(actor, case, service, facts=facts, opened=opened) if has_conditions else {}
    return Known(service, frozenset(set(facts) | done), values)


def _tasks(
    actor: Staff, case: Case, service: Service, ticks: Mapping[str, Tick], names: Mapping[UUID, str]
) -> tuple[TaskRow, ...]:
    language = get_language()
    return tuple(
        TaskRow(
            key=task.key,
            label=task.label.in_language(language),
            hint=task.hint.in_language(language) if task.hint else "",
            is_done=tick is not None and tick.is_done,
            who=names.get(tick.by_id, "") if tick else "",
            at=tick.at if tick else None,
            may_be_ticked=case.closed_at is None and bool(actor.roles & set(task.roles)),
        )
        for task in service.case.tasks
        if task.stage == case.stage
        for tick in [ticks.get(task.key)]
    )


def _proposals(case: Case, known: Known) -> tuple[ProposalRow, ...]:
    """What rules propose while the case is open; nothing of it is ever done by itself."""
    if case.closed_at is not None:
        return ()
    declared, language = known.service.case, get_language()
    return tuple(
        ProposalRow(outcome.label.in_language(language), proposal.words.in_language(language))
        for proposal in declared.proposals
        if known.holds(proposal.when) and (outcome := declared.outcome(proposal.outcome)) is not None
    )


def _links(actor: Staff, case: Case) -> tuple[LinkRow, ...]:
    either = Q(case_id=case.id) | Q(other_id=case.id)
    links = list(Link.objects.filter(either, organisation_id=case.organisation_id).order_by("-id")[:MOST_LINKED])
    ids = {link.other_id if link.case_id == case.id else link.case_id for link in links}
    existing = Case.objects.filter(exist_for(actor), organisation_id=case.organisation_id, id__in=ids)
    cases = {each.id: each for each in existing}
    offered = catalogue.service_versions(
        actor, organisation=case.organisation_id, versions={each.version_id for each in cases.values()}
    )
    rows = (_link(link, case, cases, offered) for link in links)
    return tuple(row for row in rows if row is not None)


def _link(
    link: Link, case: Case, cases: Mapping[UUID, Case], offered: Mapping[UUID, catalogue.Offered]
) -> LinkRow | None:
    """A link as seen from this case; None when the other does not exist for whoever looks."""
    is_from_here = link.case_id == case.id
    other = cases.get(link.other_id if is_from_here else link.case_id)
    if other is None:
        return None
    kind = link.kind if is_from_here or link.kind == "related" else f"{link.kind}_of"
    title = offered[other.version_id].service.title.in_language(get_language())
    return LinkRow(other.id, other.reference, title, kind)
