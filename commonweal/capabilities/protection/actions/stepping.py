"""What every change of a request does: add a step, recount its clock, and tell the person who asked."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.utils.translation import gettext, override

from commonweal.capabilities.identity.queries import accounts
from commonweal.capabilities.messages import actions as messages
from commonweal.capabilities.organisations import queries as organisations
from commonweal.capabilities.people.queries import records as people
from commonweal.capabilities.protection.models import Request, Step
from commonweal.capabilities.protection.queries.clock import due_of
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.due import Due
from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.personal_data.trace import Matter
from commonweal.foundations.scope.actors import Actor, Staff

ABOUT = "protection.request"
TEMPLATE = "request_news"


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


def keep_counted(actor: Actor, request: Request, *changed: str) -> None:
    """Count the dates anew, keep what changed, and leave the audit record. Raises ExtensionTooLate."""
    count_anew(actor, request)
    save(request, changed)
    record(ABOUT, request.id, changed=list(changed) or ["due_on"], due_on=request.due_on)


def tell(actor: Actor, request: Request) -> None:
    """Word that something waits on their page; none of it is in the mail.

    The address of somebody without an account is sealed with their request, and is opened by a task of its own.
    """
    organisation = request.organisation_id
    if request.account_id is None:
        here = Request.objects.filter(organisation_id=organisation, id=request.id)
        here.filter(untold_since=None).update(untold_since=now())
        return
    words = words_of(actor, request)
    matter = Matter("request", request.id, request.reference)
    own = people.people_of_account(actor, organisation=organisation, account=request.account_id)
    if own:
        messages.write(
            actor,
            organisation=organisation,
            person=request.subject_id if request.subject_id in own else min(own),
            matter=matter,
            template=TEMPLATE,
            subject=words.subject,
            body=words.body,
        )
        return
    messages.write_to_address(
        actor,
        organisation=organisation,
        subject_id=request.subject_id,
        matter=matter,
        email=accounts.address_of(actor, organisation=organisation, account=request.account_id),
        template=TEMPLATE,
        words=words,
    )


def words_of(actor: Actor, request: Request) -> messages.Words:
    """What is written to whoever asked, in their language: where to look, and nothing else."""
    body = organisations.organisation(actor, organisation=request.organisation_id)
    page = f"your/requests/{request.reference}/" if request.account_id else f"status/?reference={request.reference}"
    with override(request.language):
        words = {
            "organisation": body.name,
            "reference": request.reference,
            "link": f"{settings.ADDRESS}/{body.slug}/{page}",
        }
        subject = gettext("%(organisation)s has written about your request %(reference)s") % words
        with_account = gettext(
            "Hello,\n\nThere is something new about your request. Sign in to read it:\n%(link)s\n\n%(organisation)s"
        )
        with_secret = gettext(
            "Hello,\n\nThere is something new about your request. You can read it here with your secret "
            "code:\n%(link)s\n\n%(organisation)s"
        )
        return messages.Words(subject, (with_account if request.account_id else with_secret) % words)
