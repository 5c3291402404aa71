"""Recording what staff found on a case: asked with the same fields as a form."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.cases.actions.finding import record_fact
from commonweal.capabilities.cases.errors import FactChanged, NotAllowedNow
from commonweal.capabilities.cases.queries.facts import fact_page
from commonweal.capabilities.cases.queries.naming import named_case
from commonweal.capabilities.catalogue.queries.questions import Page
from commonweal.foundations.errors import Invalid, Refusal
from commonweal.foundations.personal_data.prompts import ReasonNeeded
from commonweal.frontends.asking.fields import fields_of
from commonweal.frontends.asking.given import given_in
from commonweal.frontends.pages import BadRequest
from commonweal.frontends.workspace.cases.places import Place
from commonweal.frontends.workspace.cases.reasons import ask_reason, reason_given
from commonweal.frontends.workspace.desk import Desk, at_desk, show


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def fact(request: HttpRequest, desk: Desk, reference: str, key: str) -> HttpResponse:
    """One fact, as it was recorded last; a POST records it, or corrects it."""
    try:
        return (
            _record(request, desk, reference, key) if request.method == "POST" else _ask(request, desk, reference, key)
        )
    except ReasonNeeded as needed:
        return ask_reason(request, desk, reference, needed)


def _record(request: HttpRequest, desk: Desk, reference: str, key: str) -> HttpResponse:
    case = named_case(desk.actor, organisation=desk.organisation, reference=reference)
    try:
        seen = int(request.POST.get("_seen", ""))
    except ValueError:
        raise BadRequest from None
    try:
        record_fact(
            desk.actor,
            organisation=desk.organisation,
            case=case.id,
            fact=key,
            given=_given(request, key),
            seen=seen,
        )
    except (FactChanged, Invalid, NotAllowedNow) as refusal:
        return _ask(request, desk, reference, key, refusal)
    return redirect(Place.of(request).case_address(desk.slug, reference, done="fact"))


def _ask(request: HttpRequest, desk: Desk, reference: str, key: str, refusal: Refusal | None = None) -> HttpResponse:
    reason = reason_given(request, reference)
    page = fact_page(desk.actor, organisation=desk.organisation, reference=reference, fact=key, reason=reason)
    alone = Page(key=key, title=page.question.label, questions=(page.question,))
    is_invalid = isinstance(refusal, Invalid)
    errors = refusal.fields if isinstance(refusal, Invalid) else {}
    context = {
        "case": page,
        "place": Place.of(request),
        "fields": fields_of(alone, _given(request, key) if refusal else page.given, errors, get_language()),
        "seen": request.POST.get("_seen", page.number) if is_invalid else page.number,
        "refusal": None if is_invalid else refusal,
    }
    return show(request, desk, "cases/fact", context, refusal.status if refusal else 200)


def _given(request: HttpRequest, key: str) -> Mapping[str, str]:
    """What was typed for this one question."""
    given = given_in(request.POST)
    return {name: text for name, text in given.items() if name == key or name.startswith(f"{key}-")}
