"""What moves the clock of a request: when it came, what is awaited, and more time (data-protection.md section 1)."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.protection.actions.checking import day_between, words_in
from commonweal.capabilities.protection.actions.stepping import (
    ABOUT,
    add_step,
    count_anew,
    keep_counted,
    save,
    write_to_asker,
)
from commonweal.capabilities.protection.errors import AlreadyWaiting, NothingAsked, NotNeeded, NotNow
from commonweal.capabilities.protection.models import Request, RequestKind
from commonweal.capabilities.protection.queries.requests import (
    awaited,
    needs_authority,
    needs_no_evidence,
    require_open,
)
from commonweal.capabilities.protection.words import EXTENSIONS_SAID, FEES_SAID
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import local_date, today
from commonweal.foundations.clocks.rights import ExtensionTooLate
from commonweal.foundations.errors import Invalid
from commonweal.foundations.scope.actors import Staff
from commonweal.foundations.texts.typed import plain


@action()
def change_receipt(actor: Staff, *, organisation: int, reference: str, received_on: date | None, why: str) -> None:
    """Correct the day a request arrived, with the reason. An extension that is then too late is cancelled.

    Raises NotTheOfficer, NoSuchRequest, AlreadyClosed, Invalid.
    """
    request = require_open(actor, organisation, reference)
    latest = local_date(request.recorded_at)
    day = day_between(received_on, None, latest, field="received_on")
    text = words_in(why, field="why", if_missing=_("Say how you know that it arrived on that day"))
    request.received_on = day
    changed = ["received_on"]
    try:
        count_anew(actor, request)
    except ExtensionTooLate:
        request.extended_on = None
        changed.append("extended_on")
        count_anew(actor, request)
        add_step(actor, request, "extension_fell")
    save(request, changed)
    add_step(actor, request, "receipt_changed", text=text, on=day)
    record(ABOUT, request.id, changed=changed, received_on=day, due_on=request.due_on)


@action()
def ask_evidence(actor: Staff, *, organisation: int, reference: str, text: str) -> None:
    """Ask for evidence of identity or authority; the clock starts when it arrives (rule 1.1).

    Raises NotNeeded for somebody who asked for themselves signed in, AlreadyWaiting, NotNow, Invalid.
    """
    request = _running(actor, organisation, reference)
    if needs_no_evidence(request):
        raise NotNeeded
    if request.evidence_on or request.extended_on:
        raise NotNow
    letter = words_in(text, if_missing=_("Say what you need, and why"))
    request.evidence_asked_on = today()
    keep_counted(actor, request, "evidence_asked_on")
    write_to_asker(actor, request, "evidence_asked", text=letter)


@action()
def record_evidence(actor: Staff, *, organisation: int, reference: str, came_on: date | None, text: str = "") -> None:
    """Record that the evidence arrived and is enough, or that evidence of authority was seen without asking.

    What came unasked moves no clock, and says what was seen. Raises NothingAsked, Invalid.
    """
    request = require_open(actor, organisation, reference)
    is_asked = awaited(request) == "evidence"
    if not (is_asked or needs_authority(request)):
        raise NothingAsked
    said = plain(text) if is_asked else words_in(text, if_missing=_("Say what evidence you saw, and how"))
    request.evidence_on = day_between(came_on, request.evidence_asked_on, today(), field="came_on")
    keep_counted(actor, request, "evidence_on")
    add_step(actor, request, "evidence_came", text=said, on=request.evidence_on)


@action()
def ask_fee(actor: Staff, *, organisation: int, reference: str, why: str, text: str) -> None:
    """Ask for a fee, which is lawful only for a manifestly unfounded or excessive request (Article 12(5)).

    Raises AlreadyWaiting, NotNow, Invalid.
    """
    request = _running(actor, organisation, reference)
    if request.fee_on or request.extended_on or request.kind == RequestKind.COMPLAINT:
        raise NotNow
    if why not in FEES_SAID:
        raise Invalid({"why": _("Choose why a fee is lawful: otherwise it is free")})
    letter = words_in(text, if_missing=_("Say how much it is, how it is paid, and why"))
    request.fee_asked_on = today()
    keep_counted(actor, request, "fee_asked_on")
    write_to_asker(actor, request, "fee_asked", text=letter, why=why)


@action()
def record_fee(actor: Staff, *, organisation: int, reference: str, came_on: date | None) -> None:
    """Record that the fee was paid. Raises NothingAsked, Invalid."""
    request = require_open(actor, organisation, reference)
    if awaited(request) != "fee" or request.fee_asked_on is None:
        raise NothingAsked
    request.fee_on = day_between(came_on, request.fee_asked_on, today(), field="came_on")
    keep_counted(actor, request, "fee_on")
    add_step(actor, request, "fee_paid", on=request.fee_on)


@action()
def extend(actor: Staff, *, organisation: int, reference: str, why: str, text: str) -> None:
    """Extend a request to three months from its start, with a letter that says why (Article 12A; rule 1.4).

    Raises ExtensionTooLate once the first month is over, NotNow, AlreadyWaiting before the clock has started, Invalid.
    """
    request = require_open(actor, organisation, reference)
    if request.extended_on or request.kind == RequestKind.COMPLAINT:
        raise NotNow
    if awaited(request) in ("evidence", "fee"):
        raise AlreadyWaiting
    if why not in EXTENSIONS_SAID:
        raise Invalid({"why": _("Choose why more time is needed")})
    reasons = words_in(text, if_missing=_("Give the reasons, as they will read them"))
    request.extended_on = today()
    keep_counted(actor, request, "extended_on")
    write_to_asker(actor, request, "extended", text=f"{reasons}\n\n{_new_day(request)}", why=why)


@action()
def acknowledge(actor: Staff, *, organisation: int, reference: str, text: str) -> None:
    """Acknowledge a complaint (DPA 2018 section 164A). Raises NotNow, Invalid."""
    request = require_open(actor, organisation, reference)
    if request.kind != RequestKind.COMPLAINT or request.acknowledged_on:
        raise NotNow
    letter = words_in(text, if_missing=_("Say that you have the complaint, and what happens next"))
    request.acknowledged_on = today()
    keep_counted(actor, request, "acknowledged_on")
    write_to_asker(actor, request, "acknowledged", text=letter)


def _running(actor: Staff, organisation: int, reference: str) -> Request:
    """The same, when nothing is awaited. Raises AlreadyWaiting."""
    request = require_open(actor, organisation, reference)
    if awaited(request):
        raise AlreadyWaiting
    return request


def _new_day(request: Request) -> str:
    with override(request.language):
        day = date_format(request.statutory_on, "j F Y")
        return gettext("You will have our answer by %(day)s at the latest.") % {"day": day}
