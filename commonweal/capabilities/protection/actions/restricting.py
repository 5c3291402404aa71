"""Restrict a person's information, and lift the restriction once they were told (UK GDPR Article 18)."""

from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from commonweal.capabilities.messages import actions as messages
from commonweal.capabilities.protection.actions.closing import close
from commonweal.capabilities.protection.actions.stepping import ABOUT, add_step, write_to_asker
from commonweal.capabilities.protection.errors import NotMatched, NotRestricted, NotTold
from commonweal.capabilities.protection.models import Request, RequestKind, RequestOutcome, RestrictionOrder
from commonweal.capabilities.protection.queries.limiting import order_of
from commonweal.capabilities.protection.queries.requests import officers_request, subjects_of
from commonweal.capabilities.protection.rules.fates import RESTRICTED_WHILE
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.errors import Invalid
from commonweal.foundations.personal_data import restricting
from commonweal.foundations.scope.actors import Staff


@action()
def restrict(actor: Staff, *, organisation: int, reference: str, ground: str) -> None:
    """Restrict what a request is about, one case or all, and tell the person. Repeating it changes nothing.

    A request for restriction is answered by it; any other goes on. Raises NotTheOfficer, NoSuchRequest, NotMatched,
    Invalid without one of the grounds of Article 18(1).
    """
    request = officers_request(actor, organisation, reference, is_locked=True)
    if ground not in RESTRICTED_WHILE:
        raise Invalid({"ground": _("Choose why it is restricted")})
    if order_of(request) is not None:
        record(ABOUT, request.id, repeat=True)
        return
    order_restriction(actor, request, ground)
    with override(request.language):
        text = gettext(
            "We have restricted your information: we keep it and do not use it, except with your consent, for legal "
            "claims, to protect somebody else’s rights, or for important reasons of public interest (UK GDPR Article "
            "18(2)). We will tell you before we lift this."
        )
    if request.kind == RequestKind.RESTRICTION and request.closed_at is None:
        close(request, actor, RequestOutcome.DONE, text)
    else:
        write_to_asker(actor, request, "restricted", text=text, why=ground)
    record(ABOUT, request.id, changed=["restriction"], ground=ground)


@action()
def announce_lifting(actor: Staff, *, organisation: int, reference: str, lifts_on: date | None) -> None:
    """Tell the person on which day the restriction will be lifted, before it is (Article 18(3)).

    Raises NotTheOfficer, NoSuchRequest, NotRestricted; Invalid unless the day is after today.
    """
    request = officers_request(actor, organisation, reference, is_locked=True)
    order = _require_standing(request)
    if lifts_on is None or not today() < lifts_on <= today() + timedelta(days=366):
        raise Invalid({"lifts_on": _("The day must be after today, and within a year")})
    order.told_on, order.lifts_on = today(), lifts_on
    order.save(update_fields=["told_on", "lifts_on"])
    with override(request.language):
        text = gettext(
            "We will lift the restriction of your information on %(day)s, and use it again from that day. If you think "
            "that is wrong, tell us before then."
        )
        words = text % {"day": date_format(lifts_on, "j F Y")}
    write_to_asker(actor, request, "lifting_announced", text=words, on=today())
    record(ABOUT, request.id, changed=["lifts_on"], lifts_on=lifts_on)


@action()
def lift_restriction(actor: Staff, *, organisation: int, reference: str) -> None:
    """Lift a restriction and send the messages that waited.

    Raises NotTheOfficer, NoSuchRequest, NotRestricted; NotTold before the day that the person was told.
    """
    request = officers_request(actor, organisation, reference, is_locked=True)
    order = _require_standing(request)
    if order.told_on is None or order.lifts_on is None or today() < order.lifts_on:
        raise NotTold
    order.lifted_at, order.lifted_by_id = now(), actor.account
    order.save(update_fields=["lifted_at", "lifted_by_id"])
    restricting.lift(order.id)
    messages.let_go(actor, organisation=organisation, people=subjects_of(actor, request))
    add_step(actor, request, "lifted")
    record(ABOUT, request.id, changed=["lifted_at"])


def order_restriction(actor: Staff, request: Request, ground: str) -> None:
    """Within an action: the order, and the rows by which every reading holds it. Raises NotMatched."""
    if not request.is_matched:
        raise NotMatched
    order = RestrictionOrder(
        id=uuid7(),
        organisation_id=request.organisation_id,
        request_id=request.id,
        subject_id=request.subject_id,
        reference=request.about,
        ground=ground,
        since=now(),
        by_id=actor.account,
    )
    order.save(force_insert=True)
    restricting.restrict(subjects_of(actor, request), decision=order.id, reference=request.about)


def _require_standing(request: Request) -> RestrictionOrder:
    order = order_of(request)
    if order is None:
        raise NotRestricted
    return order
