"""Ask what a request means; the days until the answer do not count (Article 12A)."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.protection.actions.checking import day_between, words_in
from commonweal.capabilities.protection.actions.stepping import (
    ABOUT,
    add_step,
    keep_counted,
    write_to_asker,
)
from commonweal.capabilities.protection.errors import AlreadyWaiting, NothingAsked
from commonweal.capabilities.protection.models import Request, RequestPause
from commonweal.capabilities.protection.queries.clock import open_pauses
from commonweal.capabilities.protection.queries.own import own_request_to_change
from commonweal.capabilities.protection.queries.requests import awaited, require_open
from commonweal.capabilities.protection.words import CLARIFICATIONS_SAID
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import today
from commonweal.foundations.errors import Invalid
from commonweal.foundations.scope.actors import Actor, Resident, Staff
from commonweal.foundations.texts.typed import plain


@action()
def ask_to_clarify(actor: Staff, *, organisation: int, reference: str, why: str, text: str) -> None:
    """Ask what a request means, where that is reasonably needed, never as a blanket step (rule 1.3).

    Raises NotTheOfficer, NoSuchRequest, AlreadyClosed, AlreadyWaiting, Invalid.
    """
    request = require_open(actor, organisation, reference)
    if awaited(request):
        raise AlreadyWaiting
    if why not in CLARIFICATIONS_SAID:
        raise Invalid({"why": _("Choose why you need to ask")})
    question = words_in(text, if_missing=_("Write what you want to know"))
    RequestPause.objects.create(organisation_id=organisation, request_id=request.id, from_day=today())
    keep_counted(actor, request)
    write_to_asker(actor, request, "clarify_asked", text=question, why=why)


@action()
def record_clarification(
    actor: Staff, *, organisation: int, reference: str, came_on: date | None, text: str = ""
) -> None:
    """Record an answer that came another way, on that day. Raises NothingAsked, Invalid."""
    request = require_open(actor, organisation, reference)
    pause = _open_pause(request)
    pause.until_day = day_between(came_on, pause.from_day, today(), field="came_on")
    _answered(actor, request, pause, text)


@action()
def answer_asked(actor: Resident, *, organisation: int, reference: str, text: str) -> None:
    """Answer the officer, as the person who asked: what they mean, or how they show who they are.

    Raises NoSuchRequest, AlreadyClosed, NothingAsked, Invalid.
    """
    request = own_request_to_change(actor, organisation=organisation, reference=reference)
    said = words_in(text, if_missing=_("Write your answer"))
    waits_for = awaited(request)
    if waits_for == "clarification":
        pause = _open_pause(request)
        pause.until_day = today()
        _answered(actor, request, pause, said, is_shown=True)
    elif waits_for == "evidence":
        add_step(actor, request, "evidence_offered", text=said, is_shown=True)
        record(ABOUT, request.id)
    else:
        raise NothingAsked


def _open_pause(request: Request) -> RequestPause:
    pause = open_pauses(request).first()
    if pause is None:
        raise NothingAsked
    return pause


def _answered(actor: Actor, request: Request, pause: RequestPause, text: str, *, is_shown: bool = False) -> None:
    pause.save(update_fields=["until_day"])
    keep_counted(actor, request)
    add_step(actor, request, "clarified", text=plain(text), on=pause.until_day, is_shown=is_shown)
