"""Why a case that is not one's team's is opened: asked once in an hour for each case, since that is one entry."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from commonweal.foundations.clocks.now import now
from commonweal.foundations.design.parts import Field, Kind, Option
from commonweal.foundations.personal_data.prompts import PROMPTS, ReasonNeeded
from commonweal.frontends.workspace.cases.places import Place
from commonweal.frontends.workspace.desk import Desk, show

_KEPT = "reasons"
_LASTS = timedelta(minutes=60)
_ASKED = "was_asked"
_OWN = {"csrfmiddlewaretoken", "reason", _ASKED}


def reason_given(request: HttpRequest, reference: str) -> str:
    """The reason given for this case within the hour; empty when there was none."""
    reason, until = request.session.get(_KEPT, {}).get(reference, ("", ""))
    return reason if until and now() < datetime.fromisoformat(until) else ""


def take_reason(request: HttpRequest, desk: Desk, reference: str) -> HttpResponse:
    """Keep the reason that was chosen and open the case with it; without one, ask again."""
    reason = keep_reason(request, reference)
    place = Place.of(request)
    return redirect(place.case_address(desk.slug, reference, **({} if reason else {"ask": "again"})))


def keep_reason(request: HttpRequest, reference: str) -> str:
    """Keep the reason that was chosen, for an hour; returns it, empty when none was."""
    reason = request.POST.get("reason", "")
    if any(reason in prompt.reasons for prompt in PROMPTS.values()):
        kept = {name: value for name, value in request.session.get(_KEPT, {}).items() if _is_fresh(value[1])}
        request.session[_KEPT] = {**kept, reference: (reason, (now() + _LASTS).isoformat())}
    return reason


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
    field = Field(
        "reason",
        gettext("Why do you need to open it?"),
        Kind.ONE_OF,
        options=tuple(Option(code, words) for code, words in needed.prompt.reasons.items()),
        error=gettext("Choose a reason") if is_wrong else "",
    )
    place = Place.of(request)
    context = {
        "reference": reference,
        "field": field,
        "refusal": needed,
        "place": place,
        "sent": sent,
        "address": request.get_full_path() if sent else place.case_address(desk.slug, reference),
    }
    return show(request, desk, "reason", context, status=422 if is_wrong else 200)


def _is_fresh(until: str) -> bool:
    return now() < datetime.fromisoformat(until)
