"""Who may decide a case now, and with which outcomes: for the page that offers it and the action that does it."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.cases.errors import (
    DecidedBefore,
    DecidedByNobody,
    EvidenceNotSeen,
    NotAllowedNow,
    OneAtATime,
)
from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.cases.queries.access import matter_of, may_choose
from commonweal.capabilities.cases.queries.rounds import Standing
from commonweal.capabilities.catalogue.queries.handling import CaseType, Outcome
from commonweal.foundations.errors import Invalid
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.personal_data.trace import was_opened_by
from commonweal.foundations.scope.actors import Actor, Channel, Staff
from commonweal.foundations.scope.scopes import current_scope

_EVIDENCE = "people.person.name"
"""What the page of a case opens whatever was asked there, and no other page about the case does for casework."""

_PROGRAMS = frozenset({Channel.API, Channel.AUTOMATIC, Channel.COMMAND})
"""Ways that programs come by: nobody looks at anything there."""


def require_person(actor: Actor) -> None:
    """Raises DecidedByNobody unless a member of staff decides (UK GDPR Articles 22A to 22D)."""
    if not isinstance(actor, Staff):
        raise DecidedByNobody


def require_outcome(actor: Staff, case: Case, declared: CaseType, standing: Standing, outcome: str) -> Outcome:
    """The outcome, if the actor may close the case with it now. Raises NotAllowedNow, DecidedBefore."""
    chosen = declared.outcome(outcome)
    if chosen is None or not may_choose(actor, case, chosen, standing.declared_in(declared)):
        raise NotAllowedNow
    if actor.account in standing.barred:
        raise DecidedBefore
    return chosen


def require_evidence(actor: Staff, case: Case, standing: Standing, outcome: Outcome) -> None:
    """A significant outcome is decided by itself, by somebody who opened the case in this round.

    Raises DecidedByNobody, OneAtATime, EvidenceNotSeen.
    """
    if not outcome.is_significant:
        return
    if actor.channel in _PROGRAMS:
        raise DecidedByNobody
    if len(current_scope().frames) > 1:
        raise OneAtATime
    has_seen = was_opened_by(
        actor.account,
        organisation=case.organisation_id,
        purpose=CASEWORK,
        subject=case.person_id,
        matter=matter_of(case),
        label=_EVIDENCE,
        since=standing.began_at,
    )
    if not has_seen:
        raise EvidenceNotSeen


def require_reasons(outcome: Outcome, reasons: Sequence[str]) -> list[str]:
    """The chosen reasons, each once, in the order they are declared.

    Raises Invalid when none was chosen where there are some, or one that the outcome has not.
    """
    declared = [reason.key for reason in outcome.reasons]
    chosen = [key for key in declared if key in reasons]
    if set(reasons) - set(declared) or (declared and not chosen):
        raise Invalid({"reasons": _("Choose at least one reason")})
    return chosen
