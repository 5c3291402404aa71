"""The same done to several cases: which of them it can be done to, and why not to the others.

Never an outcome: a decision is made by a person who looked at the one case (practice: gates that must not harm).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language

from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.cases.queries.access import moves_now
from commonweal.capabilities.cases.queries.gates import MANAGER
from commonweal.capabilities.cases.queries.restriction import exist_for
from commonweal.capabilities.cases.queries.rows import versions_of
from commonweal.capabilities.cases.rules import Bond, judge
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.handling import CaseType
from commonweal.capabilities.identity.queries import colleagues as identity
from commonweal.capabilities.people.queries import bonds
from commonweal.foundations.actions.query import query
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.personal_data.reading import require_gates
from commonweal.foundations.personal_data.restricting import Restrictions, restrictions
from commonweal.foundations.scope.actors import Staff

MOST = 50
ASSIGN, MOVE, NOTE = "assign", "move", "note"

Chosen = Mapping[UUID, int]
"""Cases with the revision in which they were seen."""


@dataclass(frozen=True)
class Wanted:
    """What is to be done to each: assign it (to nobody when `assignee` is None), move it by its declared `move`, or
    add a note.
    """

    what: str
    assignee: UUID | None = None
    move: str = ""


@dataclass(frozen=True)
class Plan:
    """What becomes of one case: `becomes` is a stage or a name; or the code of why it is `left_out`."""

    case: UUID
    revision: int
    reference: str
    service_title: str
    stage_label: str
    becomes: str = ""
    left_out: str = ""


@dataclass(frozen=True)
class Preview:
    """The chosen cases with what becomes of them, and what else may be chosen for any of them."""

    plans: tuple[Plan, ...]
    moves: tuple[tuple[str, str], ...]
    people: tuple[tuple[UUID, str], ...]


@query()
def preview(actor: Staff, *, organisation: int, chosen: Chosen, wanted: Wanted | None = None) -> Preview:
    """What would be done to each of these cases, of whom nothing is opened, and what can be done to them."""
    require_gates(actor, CASEWORK, organisation)
    cases = list(
        Case.objects.filter(
            exist_for(actor), organisation_id=organisation, team_id__in=actor.teams, id__in=list(chosen)[:MOST]
        )
    )
    colleagues = team_of(actor, organisation)
    plans = plan(actor, organisation, cases, chosen, wanted or Wanted(NOTE))
    declared = {case.id: offered.service.case for case, offered in _with_versions(actor, organisation, cases)}
    labels: dict[str, set[str]] = {}
    for case in cases:
        for key, label in _moves(actor, case, declared[case.id]).items():
            labels.setdefault(key, set()).add(label)
    moves = tuple((key, " / ".join(sorted(words))) for key, words in labels.items())
    people = tuple(sorted({(row.account, row.name) for row in colleagues}, key=lambda each: each[1]))
    return Preview(tuple(plans), moves, people)


def plan(actor: Staff, organisation: int, cases: Sequence[Case], chosen: Chosen, wanted: Wanted) -> list[Plan]:
    """What becomes of each of these cases, due first, by the same rules as of one alone. Needs an open scope."""
    tied = bonds.bonds_of(actor, organisation=organisation, people={case.person_id for case in cases})
    team = {(row.team, row.account): row.name for row in team_of(actor, organisation)}
    asked = _Asked(actor, chosen, wanted, team, restrictions())
    plans = []
    for case, offered in _with_versions(actor, organisation, sorted(cases, key=lambda case: (case.due_on, case.id))):
        declared, language = offered.service.case, get_language()
        stage = declared.stage(case.stage)
        refusal = _gate(actor, case, tied[case.person_id]) or asked.held(case) or asked.why_not(case, declared)
        plans.append(
            Plan(
                case=case.id,
                revision=case.revision,
                reference=case.reference,
                service_title=offered.service.title.in_language(language),
                stage_label=stage.label.in_language(language) if stage else case.stage,
                becomes="" if refusal else asked.becomes(case, declared),
                left_out=refusal,
            )
        )
    return plans


def team_of(actor: Staff, organisation: int) -> list[identity.MembershipRow]:
    """Who works in the actor's teams."""
    rows = identity.colleagues(actor, organisation=organisation)
    return [row for row in rows if row.team in actor.teams]


def _with_versions(actor: Staff, organisation: int, cases: Sequence[Case]) -> list[tuple[Case, catalogue.Offered]]:
    offered = versions_of(actor, organisation, cases)
    return [(case, offered[case.version_id]) for case in cases]


def _gate(actor: Staff, case: Case, bond: bonds.BondRow) -> str:
    """Why the actor may not change the case, whatever it is."""
    judged = judge(
        case.team_id,
        teams=actor.teams,
        is_manager=MANAGER in actor.roles,
        bond=Bond(bond.kind),
        works_in=bond.works_in,
    )
    return judged.refusal or ("" if judged.may_change else "other_team")


@dataclass(frozen=True)
class _Asked:
    """What somebody wants of the cases that they chose; `team` are the names of whom a team's cases may be given to."""

    actor: Staff
    chosen: Chosen
    wanted: Wanted
    team: Mapping[tuple[UUID | None, UUID], str]
    restricted: Restrictions

    def held(self, case: Case) -> str:
        """Of whom it is kept and not used: it may be given to somebody, no more."""
        is_held = self.wanted.what != ASSIGN and self.restricted.hold(case.person_id, case.reference)
        return "restricted" if is_held else ""

    def why_not(self, case: Case, declared: CaseType) -> str:
        wanted = self.wanted
        if self.chosen.get(case.id) != case.revision:
            return "changed"
        if wanted.what == NOTE:
            return ""
        if case.closed_at:
            return "closed"
        if wanted.what == MOVE:
            return "" if wanted.move in _moves(self.actor, case, declared) else "not_now"
        if wanted.assignee == case.assignee_id:
            return "already"
        is_of_team = wanted.assignee is None or (case.team_id, wanted.assignee) in self.team
        return "" if is_of_team else "not_a_colleague"

    def becomes(self, case: Case, declared: CaseType) -> str:
        wanted = self.wanted
        if wanted.what == ASSIGN:
            return self.team[case.team_id, wanted.assignee] if wanted.assignee else ""
        move = declared.move(wanted.move) if wanted.what == MOVE else None
        stage = declared.stage(move.enters) if move else None
        return stage.label.in_language(get_language()) if stage else ""


def _moves(actor: Staff, case: Case, declared: CaseType) -> dict[str, str]:
    """The moves that are offered for the case, but for those that ask the applicant something, or require something."""
    waiting = {stage.key for stage in declared.stages if stage.waits}
    asks = {move.key for move in declared.moves if move.enters in waiting or move.requires or move.when}
    return {move.key: move.label for move in moves_now(actor, case, declared) if move.key not in asks}
