"""Answer a request: refuse it with reasons, complete it, or record that it was withdrawn."""

from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.protection.actions.checking import words_in
from commonweal.capabilities.protection.actions.closing import close
from commonweal.capabilities.protection.actions.stepping import ABOUT
from commonweal.capabilities.protection.models import Pack, Request, RequestOutcome
from commonweal.capabilities.protection.queries.own import own_request_to_change
from commonweal.capabilities.protection.queries.packs.subjects import COPIES
from commonweal.capabilities.protection.queries.requests import require_authority, require_open
from commonweal.capabilities.protection.words import REFUSALS_SAID
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.errors import Invalid
from commonweal.foundations.scope.actors import Resident, Staff

COMPLETED = (RequestOutcome.DONE, RequestOutcome.PARTLY, RequestOutcome.NOTHING_HELD)


@action()
def refuse(actor: Staff, *, organisation: int, reference: str, why: str, text: str) -> None:
    """Refuse a request, with the reasons and the rights that every refusal carries (Article 12(4), rule 1.5).

    Raises NotTheOfficer, NoSuchRequest, AlreadyClosed, Invalid without a ground or without reasons.
    """
    request = require_open(actor, organisation, reference)
    if why not in REFUSALS_SAID:
        raise Invalid({"why": _("Choose the reason for refusing")})
    reasons = words_in(text, if_missing=_("Give the reasons, as they will read them"))
    close(request, actor, RequestOutcome.REFUSED, reasons, why=why)
    _record(request)


@action()
def complete(actor: Staff, *, organisation: int, reference: str, outcome: str, text: str) -> None:
    """Answer a request: done, done in part with reasons for the rest, or nothing is held.

    A copy is given by its pack alone: no letter stands for the search, the decisions and the second person. Whoever
    asks for somebody else learns nothing before what lets them was seen, not even that nothing is held.
    Raises NotTheOfficer, NoSuchRequest, AlreadyClosed, AlreadyWaiting, NoAuthority, Invalid.
    """
    request = require_open(actor, organisation, reference)
    if outcome not in COMPLETED:
        raise Invalid({"outcome": _("Choose the result")})
    if outcome != RequestOutcome.NOTHING_HELD and request.kind in COPIES and not _was_released(request):
        raise Invalid({"outcome": _("Make and release the copy: that answers the request")})
    require_authority(request)
    close(request, actor, outcome, words_in(text, if_missing=_("Write the answer, as they will read it")))
    _record(request)


@action()
def withdraw(actor: Resident, *, organisation: int, reference: str) -> None:
    """Withdraw one's own request. Raises NoSuchRequest, AlreadyClosed."""
    request = own_request_to_change(actor, organisation=organisation, reference=reference)
    close(request, actor, RequestOutcome.WITHDRAWN, "")
    _record(request)


@action()
def record_withdrawal(actor: Staff, *, organisation: int, reference: str, text: str) -> None:
    """Record that the person withdrew the request another way, and how we know.

    Raises NotTheOfficer, NoSuchRequest, AlreadyClosed, Invalid.
    """
    request = require_open(actor, organisation, reference)
    close(request, actor, RequestOutcome.WITHDRAWN, words_in(text, if_missing=_("Say how they told us")))
    _record(request)


def _was_released(request: Request) -> bool:
    packs = Pack.objects.filter(organisation_id=request.organisation_id, request_id=request.id)
    return packs.exclude(released_at=None).exists()


def _record(request: Request) -> None:
    record(ABOUT, request.id, changed=["outcome"], outcome=request.outcome)
