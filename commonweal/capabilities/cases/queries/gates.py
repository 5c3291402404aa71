"""Who may open or change a case: its team; another team's manager with a reason; never one's own or a relative's."""

from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.cases.errors import HiddenCase
from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.cases.queries.access import matter_of
from commonweal.capabilities.cases.queries.restriction import exists_for
from commonweal.capabilities.cases.rules import Bond, Judgement, judge
from commonweal.capabilities.people.queries import bonds
from commonweal.foundations.errors import Words
from commonweal.foundations.personal_data.prompts import PROMPTS
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.personal_data.reading import current_reading, require_gates
from commonweal.foundations.personal_data.trace import ReadingRefused
from commonweal.foundations.scope.actors import Staff

MANAGER = "team_manager"

_WORDS: dict[str, Words] = {
    "training": _(
        "Your data protection training has expired: you can read your own open cases, and nothing else, until you pass "
        "the refresher."
    ),
    "other_team": _(
        "This case belongs to another team. Your attempt has been recorded. If you need it for your work, ask that "
        "team."
    ),
    "own_record": _(
        "This is your own case. Your attempt has been recorded. Follow it on the website like everyone else."
    ),
    "relative": _(
        "You said that you are related to this person. Your attempt has been recorded. A colleague deals with it."
    ),
    "colleague": _(
        "This person works here. Your attempt has been recorded. Give the reference to a manager of another team, "
        "who will deal with it."
    ),
}


def require_opening(actor: Staff, case: Case, *, reason: str = "") -> Judgement:
    """How the actor may deal with the case, whose prompt `reason` answered. Raises ReadingRefused, ReasonNeeded."""
    judged = _judge(actor, case)
    if judged.prompt:
        PROMPTS[judged.prompt].require(reason)
    return judged


def open_to_change(actor: Staff, case: Case, *, reason: str) -> None:
    """The reading is about a case that the actor may change, and says why where that is asked.

    Raises ReadingRefused, ReasonNeeded.
    """
    judged = require_opening(actor, case, reason=reason)
    if not judged.may_change:
        raise _refusal(case, "other_team")
    current_reading().about(matter_of(case))
    if judged.prompt:
        current_reading().needed(reason)


def require_change(actor: Staff, case: Case) -> None:
    """Raises ReadingRefused, which is recorded, unless the actor may change the case."""
    if not _judge(actor, case).may_change:
        raise _refusal(case, "other_team")


def _judge(actor: Staff, case: Case) -> Judgement:
    require_gates(actor, CASEWORK, case.organisation_id, subject=case.person_id, matter=matter_of(case))
    if not exists_for(actor, case):
        raise HiddenCase(purpose=CASEWORK, subject=case.person_id, matter=matter_of(case))
    bond, works_in = _bond(actor, case)
    judged = judge(
        case.team_id,
        teams=actor.teams,
        is_manager=MANAGER in actor.roles,
        bond=bond,
        works_in=works_in,
        has_broken_glass=bool(actor.glass),
    )
    if judged.refusal:
        raise _refusal(case, judged.refusal)
    if case.restricted_to and case.assignee_id != actor.account:
        judged = replace(judged, prompt=judged.prompt or "restricted")
    if not actor.may_only_read:
        return judged
    if case.assignee_id != actor.account or case.closed_at:
        raise _refusal(case, "training")
    return replace(judged, may_change=False)


def _bond(actor: Staff, case: Case) -> tuple[Bond, UUID | None]:
    """What ties the actor to the person of the case, and the team that the person works in."""
    found = bonds.bond_of(actor, organisation=case.organisation_id, person=case.person_id)
    return Bond(found.kind), found.works_in


def _refusal(case: Case, reason: str) -> ReadingRefused:
    return ReadingRefused(
        reason, purpose=CASEWORK, subject=case.person_id, matter=matter_of(case), message=_WORDS[reason]
    )
