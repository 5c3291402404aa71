"""Closing a case: the outcome, its reasons and the letter, one after the other, and sent on purpose.

What was chosen and typed travels with each step, so nothing is kept before the decision, and nothing is lost by one
that is refused.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods
from uuid6 import uuid7

from commonweal.capabilities.cases.actions.closing import close as close_case
from commonweal.capabilities.cases.actions.lettering import NewLetter
from commonweal.capabilities.cases.actions.noting import NewNote
from commonweal.capabilities.cases.actions.writing import begin_writing
from commonweal.capabilities.cases.errors import (
    CaseChanged,
    DecidedBefore,
    EvidenceNotSeen,
    NotAllowedNow,
    OneAtATime,
)
from commonweal.capabilities.cases.queries import closing, letters
from commonweal.capabilities.cases.queries.closing import OutcomeRow
from commonweal.foundations.errors import Invalid, Refusal
from commonweal.foundations.personal_data.prompts import ReasonNeeded
from commonweal.frontends.workspace.cases import parts
from commonweal.frontends.workspace.cases.places import Place
from commonweal.frontends.workspace.cases.reasons import ask_reason, ask_reason_first, keep_reason_at, reason_given
from commonweal.frontends.workspace.cases.sent import Sent
from commonweal.frontends.workspace.deciding import fields
from commonweal.frontends.workspace.desk import Desk, at_desk, show

_REFUSALS = (CaseChanged, DecidedBefore, EvidenceNotSeen, Invalid, NotAllowedNow, OneAtATime)


@dataclass(frozen=True)
class _Typed:
    """What was chosen and typed so far; without a letter it is drafted. It was drafted for an outcome and reasons."""

    sent: Sent | None
    step: str = "outcome"
    letter: NewLetter | None = field(default=None, repr=False)
    drafted_for: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> "_Typed":
        given = request.POST
        letter = NewLetter(
            given.get("title", ""), given.get("letter", ""), given.get("language", ""), is_posted="is_posted" in given
        )
        kept = letter if "letter" in given else None
        return cls(Sent.of(request), given.get("step", "outcome"), kept, given.get("drafted_for", ""))

    def at(self, step: str) -> "_Typed":
        """The same at another step: a letter that was edited is not lost by going back and forth."""
        return replace(self, step=step)

    @property
    def is_for(self) -> str:
        """What a letter is drafted for."""
        return ".".join([self.sent.outcome, *sorted(self.sent.reasons)]) if self.sent else ""


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def close(request: HttpRequest, desk: Desk, reference: str) -> HttpResponse:
    """The outcomes, then what goes with the one chosen. The case page posts here what one was writing."""
    if request.method != "POST":
        try:
            return _ask(request, desk, reference, _Typed(None))
        except ReasonNeeded as needed:
            return ask_reason(request, desk, reference, needed)
    desk = keep_reason_at(request, desk, reference)
    try:
        return _go_on(request, desk, reference)
    except ReasonNeeded as needed:
        return ask_reason_first(request, desk, reference, needed)


def _go_on(request: HttpRequest, desk: Desk, reference: str) -> HttpResponse:
    typed = _Typed.of(request)
    if typed.sent is None or typed.sent.what != "close":
        begin_writing(desk.actor, organisation=desk.organisation, reference=reference)
        return _ask(request, desk, reference, typed.at("outcome"))
    page = _page(request, desk, reference)
    chosen = page.outcome(typed.sent.outcome)
    try:
        step = _next_step(typed, chosen)
        if step:
            return _ask(request, desk, reference, typed.at(step))
        _close(desk, typed.sent, typed.letter)
    except _REFUSALS as refusal:
        return _ask(request, desk, reference, typed, refusal)
    return redirect(Place.of(request).case_address(desk.slug, reference, done="close"))


def _page(request: HttpRequest, desk: Desk, reference: str) -> closing.ClosingPage:
    reason = reason_given(request, reference)
    return closing.closing_page(desk.actor, organisation=desk.organisation, reference=reference, reason=reason)


def _next_step(typed: _Typed, chosen: OutcomeRow | None) -> str:
    """What is still to be asked; empty when all is there. Raises Invalid, NotAllowedNow."""
    if typed.sent is None or not typed.sent.outcome:
        raise Invalid({"outcome": gettext("Choose an outcome")})
    if chosen is None:
        raise NotAllowedNow
    if typed.step == "outcome" and not chosen.is_short:
        return "reasons" if chosen.reasons else "letter"
    if typed.step == "reasons" and chosen.reasons and not typed.sent.reasons:
        raise Invalid({"reasons": gettext("Choose at least one reason")})
    return "letter" if typed.step == "reasons" and chosen.has_letter else ""


def _close(desk: Desk, sent: Sent, letter: NewLetter | None) -> None:
    close_case(
        desk.actor,
        organisation=desk.organisation,
        case=sent.case,
        revision=sent.revision,
        outcome=sent.outcome,
        reasons=sent.reasons,
        letter=letter,
        note=sent.note,
    )


def _ask(
    request: HttpRequest, desk: Desk, reference: str, typed: _Typed, refusal: Refusal | None = None
) -> HttpResponse:
    page = _page(request, desk, reference)
    sent = typed.sent
    chosen = page.outcome(sent.outcome) if sent else None
    note = sent.note if sent else NewNote(uuid7(), "")
    context = {
        "case": page,
        "step": typed.step if chosen else "outcome",
        "chosen": chosen,
        "reasons": sent.reasons if sent else (),
        # What one saw stays what one decided on; only after being told of a change does the new state count as seen.
        "revision": sent.revision if sent and not isinstance(refusal, CaseChanged) else page.revision,
        "place": Place.of(request),
        "note": note,
        "fields": (
            fields.outcome_field(page, sent.outcome if sent else "", refusal),
            parts.note_field(note.text, refusal),
        ),
        "refusal": refusal,
        "letter": typed.letter,
        "drafted_for": typed.drafted_for,
    }
    context |= _ask_more(typed, chosen, refusal, lambda sent: _draft(request, desk, reference, sent))
    return show(request, desk, "closing", context, refusal.status if refusal else 200)


def _ask_more(
    typed: _Typed,
    chosen: OutcomeRow | None,
    refusal: Refusal | None,
    draft: Callable[[Sent], NewLetter],
) -> dict[str, object]:
    """The reasons or the letter, when it is their turn."""
    sent = typed.sent
    if chosen is None or sent is None or typed.step == "outcome":
        return {}
    if typed.step == "reasons":
        return {"fields": (fields.reasons_field(chosen, sent.reasons, refusal),)}
    is_kept = typed.letter is not None and typed.drafted_for in ("", typed.is_for)
    letter = typed.letter if typed.letter and is_kept else draft(sent)
    return {"fields": (fields.letter_field(letter.body, refusal),), "letter": letter, "drafted_for": typed.is_for}


def _draft(request: HttpRequest, desk: Desk, reference: str, sent: Sent) -> NewLetter:
    drafted = letters.draft_letter(
        desk.actor,
        organisation=desk.organisation,
        reference=reference,
        outcome=sent.outcome,
        reasons=sent.reasons,
        reason=reason_given(request, reference),
    )
    return NewLetter(drafted.title, drafted.body, drafted.language)
