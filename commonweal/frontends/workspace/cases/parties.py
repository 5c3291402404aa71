"""Somebody is added to a case besides its applicant, or the case is no longer about them."""

from collections.abc import Mapping
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods
from uuid6 import uuid7

from commonweal.capabilities.cases.actions.parties import add_party, end_party
from commonweal.capabilities.cases.errors import NotAllowedNow
from commonweal.capabilities.cases.queries.parties import PartyPage, party_page
from commonweal.capabilities.catalogue.queries.questions import Page
from commonweal.foundations.errors import Invalid, Refusal
from commonweal.foundations.personal_data.prompts import ReasonNeeded
from commonweal.frontends.asking.fields import fields_of
from commonweal.frontends.asking.given import given_in
from commonweal.frontends.pages import BadRequest
from commonweal.frontends.workspace.cases.places import Place
from commonweal.frontends.workspace.cases.reasons import reason_given
from commonweal.frontends.workspace.desk import Desk, at_desk, show
from commonweal.frontends.workspace.typed import read_id


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def party(request: HttpRequest, desk: Desk, reference: str, key: str) -> HttpResponse:
    """One declared party of a case; a POST adds somebody, or ends it for one who is there."""
    place = Place.of(request)
    try:
        page = _open(request, desk, reference, key)
    except ReasonNeeded:
        return redirect(place.case_address(desk.slug, reference))
    if request.method != "POST":
        return _show(request, desk, page, key)
    what, _dot, whom = request.POST.get("do", "").partition(".")
    try:
        if what == "add":
            _add(request, desk, page, key)
        elif what == "end":
            end_party(desk.actor, organisation=desk.organisation, case=page.case, party=read_id(whom))
        else:
            raise BadRequest
    except (Invalid, NotAllowedNow) as refusal:
        return _show(request, desk, _open(request, desk, reference, key), key, refusal)
    return redirect(place.case_address(desk.slug, reference, done=f"party_{what}"))


def _open(request: HttpRequest, desk: Desk, reference: str, key: str) -> PartyPage:
    reason = reason_given(request, reference)
    return party_page(desk.actor, organisation=desk.organisation, reference=reference, party=key, reason=reason)


def _add(request: HttpRequest, desk: Desk, page: PartyPage, key: str) -> None:
    add_party(
        desk.actor,
        organisation=desk.organisation,
        case=page.case,
        party=key,
        given=_given(request, page),
        sent=read_id(request.POST.get("_sent", "")),
    )


def _given(request: HttpRequest, page: PartyPage) -> Mapping[str, str]:
    given, keys = given_in(request.POST), tuple(each.key for each in page.questions)
    return {name: text for name, text in given.items() if name in keys or name.startswith(tuple(f"{k}-" for k in keys))}


def _show(request: HttpRequest, desk: Desk, page: PartyPage, key: str, refusal: Refusal | None = None) -> HttpResponse:
    is_invalid = isinstance(refusal, Invalid)
    errors = refusal.fields if isinstance(refusal, Invalid) else {}
    asked = Page(key=key, title=page.questions[0].label, questions=page.questions)
    context = {
        "case": page,
        "key": key,
        "place": Place.of(request),
        "fields": [
            replace(each, is_heading=False)
            for each in fields_of(asked, _given(request, page) if refusal else {}, errors, get_language())
        ],
        "sent": request.POST.get("_sent", "") or uuid7(),
        "refusal": None if is_invalid else refusal,
    }
    return show(request, desk, "cases/party", context, refusal.status if refusal else 200)
