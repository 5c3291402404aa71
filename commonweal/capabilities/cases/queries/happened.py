"""What staff did in a case other than moving it: extensions, tasks, handovers, people added and ended."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import get_language

from commonweal.capabilities.cases.models import Case, Clock, Handover, Party, Tick
from commonweal.capabilities.cases.queries.correspondence import Said
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.handling import CaseType
from commonweal.capabilities.organisations import queries as organisations
from commonweal.foundations.scope.actors import Staff


def done_in(actor: Staff, case: Case, service: Service) -> list[Said]:
    """All of it as entries of the history; a fixed number of queries, none for what the service does not declare."""
    declared = service.case
    return [
        *(_extended(case, declared) if any(clock.extension for clock in declared.clocks) else ()),
        *(_ticked(case, declared) if declared.tasks else ()),
        *_handed_over(actor, case),
        *(_parties(case, service) if service.parties else ()),
    ]


def _extended(case: Case, declared: CaseType) -> Iterator[Said]:
    clocks, language = {clock.key: clock for clock in declared.clocks}, get_language()
    rows = Clock.objects.filter(organisation_id=case.organisation_id, case_id=case.id, extended_at__isnull=False)
    for row in rows:
        clock = clocks.get(row.key)
        reasons = clock.extension.reasons if clock and clock.extension else ()
        why = next((each.words.in_language(language) for each in reasons if each.key == row.extended_for), "")
        if row.extended_at is not None:
            label = clock.label.in_language(language) if clock else row.key
            yield Said(row.extended_at, "extended", label, row.extended_by_id, why)


def _ticked(case: Case, declared: CaseType) -> Iterator[Said]:
    labels = {task.key: task.label.in_language(get_language()) for task in declared.tasks}
    for row in Tick.objects.filter(organisation_id=case.organisation_id, case_id=case.id):
        yield Said(row.at, "ticked" if row.is_done else "unticked", labels.get(row.task, row.task), row.by_id, "")


def _handed_over(actor: Staff, case: Case) -> Iterator[Said]:
    """To which team; why is the note that was written with it."""
    rows = Handover.objects.filter(organisation_id=case.organisation_id, case_id=case.id)
    names: dict[UUID, str] = {
        team.id: team.name for team in organisations.teams(actor, organisation=case.organisation_id)
    }
    for row in rows:
        yield Said(row.at, "handed", names.get(row.to_team_id, ""), row.by_id, "")


def _parties(case: Case, service: Service) -> Iterator[Said]:
    """Whom staff added, and whom they ended, by what they are in the case; the names stand on its page."""
    for row in Party.objects.filter(organisation_id=case.organisation_id, case_id=case.id):
        party = service.party(row.key)
        label = party.label.in_language(get_language()) if party else row.key
        if row.added_by_id is not None:
            yield Said(row.added_at, "party", label, row.added_by_id, "")
        if row.ended_at is not None:
            yield Said(row.ended_at, "party_ended", label, row.ended_by_id, "")
