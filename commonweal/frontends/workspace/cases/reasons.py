"""Why a case that is not one's team's is opened: asked once in an hour for each case, since that is one entry.

A ground for opening what is restricted is kept beside it, and goes with the actor into every reading of that case.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from commonweal.foundations.clocks.now import now
from commonweal.foundations.design.parts import Field, Kind, Option
from commonweal.foundations.personal_data.prompts import ARTICLE_18, PROMPTS, ReasonNeeded
from commonweal.foundations.personal_data.restricting import Restricted
from commonweal.foundations.references.references import normal_reference
from commonweal.frontends.who import GROUNDS, grounds_chosen
from commonweal.frontends.workspace.cases.places import Place
from commonweal.frontends.workspace.desk import Desk, show

_KEPT = "reasons"
_LASTS = timedelta(minutes=60)
_ASKED = "was_asked"
_OWN = {"csrfmiddlewaretoken", "reason", _ASKED}


def reason_given(request: HttpRequest, reference: str) -> str:
    """The reason given for this case within the hour; empty when there was none."""
    reason, until = request.session.get(_KEPT, {}).get(normal_reference(reference), ("", ""))
    return reason if until and now() < datetime.fromisoformat(until) else ""


def take_reason(request: HttpRequest, desk: Desk, reference: str) -> HttpResponse:
    """Keep the reason that was chosen and open the case with it; without one, ask again."""
    reason = keep_reason(request, reference)
    place = Place.of(request)
    return redirect(place.case_address(desk.slug, reference, **({} if reason else {"ask": "again"})))


def keep_reason(request: HttpRequest, reference: str) -> str:
    """Keep the reason that was chosen, for an hour; returns it, empty when none was.

    It is kept by the reference as the case has it, which is what a reading asks for, however the address was typed.
    """
    reason, known = request.POST.get("reason", ""), normal_reference(reference)
    if known and any(reason in prompt.reasons for prompt in PROMPTS.values()):
        where = GROUNDS if reason in ARTICLE_18.reasons else _KEPT
        kept = {name: value for name, value in request.session.get(where, {}).items() if _is_fresh(value[1])}
        request.session[where] = {**kept, known: (reason, (now() + _LASTS).isoformat())}
    return reason


def keep_reason_at(request: HttpRequest, desk: Desk, reference: str) -> Desk:
    """Keep the reason that came with what was sent; the desk whose actor has the ground, if it was one."""
    keep_reason(request, reference)
    return replace(desk, actor=replace(desk.actor, grounds=frozenset(grounds_chosen(request).items())))


def ask_reason_first(request: HttpRequest, desk: Desk, reference: str, needed: ReasonNeeded) -> HttpResponse:
    """The question in the middle of something: all that was sent travels with it, and is sent again with the reason."""
    sent = [(name, value) for name, values in request.POST.lists() if name not in _OWN for value in values]
    return _ask(request, desk, reference, needed, is_wrong=_ASKED in request.POST, sent=[*sent, (_ASKED, "1")])


def ask_reason(request: HttpRequest, desk: Desk, reference: str, needed: ReasonNeeded) -> HttpResponse:
    """The question, with its few reasons, before a case is opened."""
    return _ask(request, desk, reference, needed, is_wrong="ask" in request.GET)


def _ask(
    request: HttpRequest,
    desk: Desk,
    reference: str,
    needed: ReasonNeeded,
    *,
    is_wrong: bool,
    sent: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    place = Place.of(request)
    context = {
        "reference": reference,
        "field": _field(needed, is_wrong=is_wrong),
        "refusal": needed,
        "is_restricted": isinstance(needed, Restricted),
        "place": place,
        "sent": sent,
        "address": request.get_full_path() if sent else place.case_address(desk.slug, reference),
    }
    return show(request, desk, "reason", context, status=422 if is_wrong else 200)


def _field(needed: ReasonNeeded, *, is_wrong: bool) -> Field:
    is_restricted = isinstance(needed, Restricted)
    wrong = gettext("Choose a ground") if is_restricted else gettext("Choose a reason")
    return Field(
        "reason",
        gettext("What is your ground for opening it?") if is_restricted else gettext("Why do you need to open it?"),
        Kind.ONE_OF,
        options=tuple(Option(code, words) for code, words in needed.prompt.reasons.items()),
        error=wrong if is_wrong else "",
    )


def _is_fresh(until: str) -> bool:
    return now() < datetime.fromisoformat(until)
