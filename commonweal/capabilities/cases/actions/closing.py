"""Decide a case: a named person closes it with a declared outcome, its reasons and, if there is one, a letter."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from commonweal.capabilities.cases.actions.asking import ask_again, end_question
from commonweal.capabilities.cases.actions.changing import ABOUT, case_to_change, change, declared_of, write_move
from commonweal.capabilities.cases.actions.checking import load_known, require_there, rests_on_answers
from commonweal.capabilities.cases.actions.granting import keep_grant, take_back_grant
from commonweal.capabilities.cases.actions.lettering import NewLetter, keep_letter, take_back_letter
from commonweal.capabilities.cases.actions.noting import NewNote, keep_note
from commonweal.capabilities.cases.actions.remembering import remember
from commonweal.capabilities.cases.actions.timing import stop_clocks
from commonweal.capabilities.cases.events import CaseClosed
from commonweal.capabilities.cases.models import Case, Decision
from commonweal.capabilities.cases.queries.deciding import (
    require_evidence,
    require_outcome,
    require_person,
    require_reasons,
)
from commonweal.capabilities.cases.queries.rounds import Standing, standing_of
from commonweal.capabilities.cases.rules import Decided, kept_from
from commonweal.capabilities.catalogue.queries.handling import Outcome
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.events.event import publish
from commonweal.foundations.expressions.expressions import Value
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.scope.actors import Staff


@action(opens=CASEWORK, loads=load_known, needs=rests_on_answers)
def close(
    actor: Staff,
    *,
    organisation: int,
    case: UUID,
    revision: int,
    outcome: str,
    reasons: Sequence[str] = (),
    letter: NewLetter | None = None,
    note: NewNote | None = None,
    opened: Mapping[str, Value] | None = None,
) -> None:
    """Close a case with a declared outcome and its reasons, as a named person, and write to the applicant.

    Raises NotAllowedNow, StillMissing; DecidedByNobody, OneAtATime, EvidenceNotSeen, DecidedBefore when the actor may
    not decide it so; Invalid without a reason or with an empty letter; CaseChanged.
    """
    require_person(actor)
    found = case_to_change(actor, organisation, case)
    declared, standing = declared_of(actor, found), standing_of(found)
    chosen = require_outcome(actor, found, declared, standing, outcome)
    require_there(actor, found, chosen, opened)
    require_evidence(actor, found, standing, chosen)
    why = require_reasons(chosen, reasons)
    moment = now()
    end_question(found, moment)
    due_on = stop_clocks(found, declared)
    change(found, revision, stage=declared.final_stage.key, outcome=outcome, closed_at=moment, due_on=due_on)
    write_move(actor, found, stage=declared.final_stage.key, outcome=outcome)
    remember(actor, found, "close")
    _write_decision(actor, found, standing, chosen, reasons=why, moment=moment)
    keep_grant(found, chosen, moment)
    keep_letter(actor, found, standing, chosen, letter, moment=moment)
    keep_note(actor, found, note)
    record(ABOUT, case, changed=["stage", "outcome", "closed_at"], outcome=outcome, round=standing.number)
    publish(CaseClosed(organisation=organisation, subject_id=found.person_id, case=case, outcome=outcome))


def take_back_decision(case: Case) -> None:
    """The latest decision was undone within seconds: what it wrote, granted and ended is as it was before."""
    found = Decision.objects.filter(organisation_id=case.organisation_id, case_id=case.id, undone_at=None)
    decision = found.order_by("-round").first()
    if decision is None:
        return
    found.filter(id=decision.id).update(undone_at=now())
    take_back_grant(case, decision.at)
    take_back_letter(case, decision.at)
    ask_again(case, decision.at)


def _write_decision(
    actor: Staff, case: Case, standing: Standing, outcome: Outcome, *, reasons: list[str], moment: datetime
) -> None:
    latest = Decided(outcome.key, actor.account, moment, is_review=bool(standing.review))
    Decision.objects.create(
        organisation_id=case.organisation_id,
        case_id=case.id,
        person_id=case.person_id,
        round=standing.number,
        outcome=outcome.key,
        reasons=reasons,
        version_id=case.version_id,
        by_id=actor.account,
        at=moment,
        kept_from=kept_from((*standing.decided, latest)),
    )
