"""Close a request: write its last letter, with the way to challenge it, and stop its clock."""

from django.utils.translation import gettext, override

from commonweal.capabilities.organisations import queries as organisations
from commonweal.capabilities.protection.actions.stepping import add_step, save, write_to_asker
from commonweal.capabilities.protection.models import (
    Item,
    ItemDecision,
    Request,
    RequestKind,
    RequestOutcome,
)
from commonweal.capabilities.protection.queries.challenging import ways_to_challenge
from commonweal.capabilities.protection.queries.clock import open_pauses
from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.scope.actors import Actor, Staff

_WITH_RIGHTS = (RequestOutcome.REFUSED, RequestOutcome.PARTLY, RequestOutcome.NOTHING_HELD)


def close(request: Request, actor: Actor, outcome: str, text: str, *, why: str = "") -> None:
    """Within an action: the letter is on their page and they are told, its clock stops, and the outcome stands.

    What was not done as asked, and each answer to a complaint, carries the rights (UK GDPR Article 12(4)): to complain
    to the controller and the regulator, and to go to court. Whoever calls leaves the audit record.
    """
    outcome = RequestOutcome(outcome)
    if outcome == RequestOutcome.WITHDRAWN:
        add_step(actor, request, outcome.value, text=text)
    else:
        has_rights = outcome in _WITH_RIGHTS or request.kind == RequestKind.COMPLAINT
        letter = f"{text}\n\n{rights_of(actor, request)}" if has_rights else text
        write_to_asker(actor, request, outcome.value, text=letter, why=why)
    open_pauses(request).update(until_day=today())
    _forget_names(request)
    request.outcome, request.closed_at = outcome.value, now()
    request.closed_by_id = actor.account if isinstance(actor, Staff) else None
    save(request, ["outcome", "closed_at", "closed_by_id"])


def _forget_names(request: Request) -> None:
    """The words that were taken out of a copy are names of others: they were needed until its pack was made."""
    items = Item.objects.filter(organisation_id=request.organisation_id, request_id=request.id)
    for item in items.filter(decision=ItemDecision.REDACTED):
        item.redactions = ""
        item.save(update_fields=["redactions"])


def rights_of(actor: Actor, request: Request) -> str:
    """How an answer is challenged, in the language of whoever asked."""
    body = organisations.organisation(actor, organisation=request.organisation_id)
    with override(request.language):
        return "\n- ".join((gettext("If you are not happy with this answer:"), *ways_to_challenge(body)))
