"""What every change of a request leaves: a step, its clock counted anew, and word to whoever asked."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.utils.translation import gettext, override

from commonweal.capabilities.identity import queries as identity
from commonweal.capabilities.messages import actions as messages
from commonweal.capabilities.organisations import queries as organisations
from commonweal.capabilities.people.queries import records as people
from commonweal.capabilities.protection.models import Request, Step
from commonweal.capabilities.protection.queries.clock import due_of
from commonweal.foundations.clocks.due import Due
from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.personal_data.trace import Matter
from commonweal.foundations.scope.actors import Actor, Staff

ABOUT = "protection.request"


def add_step(
    actor: Actor,
    request: Request,
    what: str,
    *,
    text: str = "",
    why: str = "",
    on: date | None = None,
    is_shown: bool = False,
) -> None:
    """Write down what happened, for the desk and, when it `is_shown`, for whoever asked."""
    Step(
        organisation_id=request.organisation_id,
        key_id=request.key_id,
        request_id=request.id,
        subject_id=request.subject_id,
        what=what,
        on=on or today(),
        why=why,
        text=text or None,
        is_shown=is_shown,
        by_id=actor.account if isinstance(actor, Staff) else None,
        at=now(),
    ).save(force_insert=True)


def write_to_asker(
    actor: Actor, request: Request, what: str, *, text: str, why: str = "", on: date | None = None
) -> None:
    """A letter: whoever asked reads it on the page of their request, and is told by a message that it is there."""
    add_step(actor, request, what, text=text, why=why, on=on, is_shown=True)
    tell(actor, request)


def count_anew(actor: Actor, request: Request) -> Due:
    """The due dates of a request, held against a change of the calendar. Raises ExtensionTooLate."""
    due = due_of(actor, request, is_held=True)
    request.due_on, request.statutory_on = due.act_by, due.day
    return due


def save(request: Request, changed: Iterable[str]) -> None:
    """Keep what changed, with the dates that follow from it."""
    request.revision += 1
    request.save(update_fields=[*changed, "due_on", "statutory_on", "revision"])


def tell(actor: Actor, request: Request) -> None:
    """Word that something waits on their page; none of it is in the mail. Without an account they look themselves."""
    if request.account_id is None:
        return
    organisation = request.organisation_id
    body = organisations.organisation(actor, organisation=organisation)
    matter = Matter("request", request.id, request.reference)
    with override(request.language):
        words = {
            "organisation": body.name,
            "reference": request.reference,
            "link": f"{settings.ADDRESS}/{body.slug}/your/requests/{request.reference}/",
        }
        subject = gettext("%(organisation)s has written about your request %(reference)s") % words
        text = gettext(
            "Hello,\n\nthere is something new about your request. You can read it here, once you have signed in:\n"
            "%(link)s\n\n%(organisation)s"
        )
        said = text % words
    own = people.people_of_account(actor, organisation=organisation, account=request.account_id)
    if own:
        person = request.subject_id if request.subject_id in own else min(own)
        messages.write(
            actor,
            organisation=organisation,
            person=person,
            matter=matter,
            template="request_news",
            subject=subject,
            body=said,
        )
        return
    messages.write_to_address(
        actor,
        organisation=organisation,
        subject_id=request.subject_id,
        matter=matter,
        email=identity.address_of(actor, organisation=organisation, account=request.account_id),
        template="request_news",
        words=messages.Words(subject, said),
    )
