"""Filling in a form and sending it: one page of questions at a time, a last look, and a receipt.

The address names the draft and a cookie proves who holds it, so several applications at once do not meet. Looking at
the first page makes nothing: the draft begins with the first answer.
"""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from uuid6 import uuid7

from commonweal.capabilities.cases.actions import opening as cases
from commonweal.capabilities.cases.queries import receiving
from commonweal.capabilities.catalogue.errors import NotOffered
from commonweal.capabilities.forms.actions import filling
from commonweal.capabilities.forms.errors import InvalidAnswers
from commonweal.capabilities.forms.queries import filling as forms
from commonweal.capabilities.forms.queries.paths import Place
from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.foundations.scope.actors import DraftHolder
from commonweal.frontends import who
from commonweal.frontends.asking.given import given_in
from commonweal.frontends.asking.groups import groups_of
from commonweal.frontends.asking.prose import write_prose
from commonweal.frontends.holding import hand_over
from commonweal.frontends.receiving import takes_files
from commonweal.frontends.shortened import lead
from commonweal.frontends.website import attaching, giving
from commonweal.frontends.website.frames import at_council
from commonweal.frontends.website.places import Applying, holding, lead_on
from commonweal.frontends.website.services import name_at, say_who_does_it
from commonweal.frontends.website.showing import ask

FINISH, REMOVE, NEW = "items-finish", "items-remove", "items-new"
"""What the buttons of a page that repeats say, and that a thing was not there yet when it was asked about."""


@require_safe
@at_council
def begin(request: HttpRequest, council: OrganisationRow, service: str) -> HttpResponse:
    """Go to the first page of a draft that is not there yet. Raises NotOffered."""
    holder = DraftHolder(draft=uuid7(), account=who.visitor_or_resident(request).id)
    try:
        first = forms.first_page(holder, organisation=council.id, service=name_at(service))
    except NotOffered:
        return say_who_does_it(request, council, name_at(service))
    onwards = HttpResponseRedirect(Applying(council, service, holder).address(first))
    return hand_over(onwards, request, council.slug, service, holder.draft)


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@holding
def page(request: HttpRequest, applying: Applying, page: str, item: int = 0) -> HttpResponse:
    """Ask the questions of a page; keep the answers, or ask again with everything that was typed."""
    place = Place(page, item)
    if request.method != "POST":
        return ask(request, applying, place)
    form = attaching.FormPlace(applying.holder, applying.council.id, applying.name, page)
    return giving.receive(request, form, lambda filed: _take(request, applying, place, filed))


def _take(request: HttpRequest, applying: Applying, place: Place, filed: giving.Filed) -> HttpResponse:
    if not place.item and (FINISH in request.POST or REMOVE in request.POST):
        return _change_things(request, applying, place)
    given = given_in(request.POST)
    if filed.stays:
        shown = ask(request, applying, place, given, filed.wrong)
        return hand_over(shown, request, applying.council.slug, applying.service, applying.holder.draft)
    try:
        progress = filling.answer_page(
            applying.holder,
            organisation=applying.council.id,
            service=applying.name,
            page=place.page,
            item=place.item,
            is_new=NEW in given,
            given=given,
        )
    except InvalidAnswers as invalid:
        return ask(request, applying, place, given, invalid.fields)
    return lead_on(request, applying, progress)


def _change_things(request: HttpRequest, applying: Applying, place: Place) -> HttpResponse:
    """Take one thing of a page that repeats away, or go on with those that are there."""
    here, removed = applying.council.id, request.POST.get(REMOVE, "")
    if FINISH in request.POST:
        return lead_on(request, applying, filling.finish_items(applying.holder, organisation=here, page=place.page))
    if removed.isascii() and removed.isdigit():
        filling.remove_item(applying.holder, organisation=here, page=place.page, item=int(removed[:6]))
    return HttpResponseRedirect(request.get_full_path())


@require_http_methods(["GET", "HEAD", "POST"])
@holding
def way_out(request: HttpRequest, applying: Applying, page: str, way_out: str) -> HttpResponse:
    """An exit: say that the service may not be for them and what to do instead, or let them apply anyway."""
    here = applying.council.id
    if request.method == "POST":
        progress = filling.go_on(applying.holder, organisation=here, page=page, way_out=way_out)
        return lead_on(request, applying, progress)
    found = forms.draft_exit(applying.holder, organisation=here, service=applying.name, page=page, way_out=way_out)
    suffix = "?change" if "change" in request.GET else ""
    context = {
        "exit": found.way_out,
        "words": write_prose(found.way_out.words.in_language(get_language())),
        "title": found.way_out.title.in_language(get_language()),
        "back": applying.address(Place(page)) + suffix,
        "council": applying.council,
    }
    return render(request, "website/applying/exit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@holding
def check(request: HttpRequest, applying: Applying) -> HttpResponse:
    """Show every answer for a last look; send them all."""
    if request.method == "POST":
        cases.submit(applying.holder, organisation=applying.council.id, seen=_read_moment(request.POST.get("seen", "")))
        return HttpResponseRedirect(applying.address("done"))
    answers = forms.complete_answers(applying.holder, organisation=applying.council.id)
    context = {
        "title": answers.service.title.in_language(get_language()),
        "groups": groups_of(answers.path, answers.answers, applying.address, get_language() or "en"),
        "back": applying.address(answers.path.steps[-1].place),
        "has_changed": "changed" in request.GET,
        "seen": answers.changed_at.isoformat(),
        "fee": answers.service.fee,
        "fee_pence": answers.fee_pence,
        "expires_at": answers.expires_at,
    }
    return render(request, "website/applying/check.html", context)


@require_safe
@holding
def done(request: HttpRequest, applying: Applying) -> HttpResponse:
    """The receipt: reference, secret, and what happens next."""
    receipt = receiving.receipt(applying.holder, organisation=applying.council.id)
    context = {"receipt": receipt, "council": applying.council, "is_theirs": applying.holder.account is not None}
    return render(request, "website/applying/done.html", context)


def _read_moment(text: str) -> datetime | None:
    """When what was looked at had last changed; a page that does not say so is taken as it is."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


_DRAFT = "<slug:slug>/<slug:service>/apply/<uuid:draft>"

urlpatterns = [
    path("<slug:slug>/<slug:service>/apply/", begin, name="apply"),
    lead(f"{_DRAFT}/", "apply_go_on"),
    path(f"{_DRAFT}/check/", check, name="apply_check"),
    path(f"{_DRAFT}/done/", done, name="apply_done"),
    path(f"{_DRAFT}/<slug:page>/", page, name="apply_page"),
    path(f"{_DRAFT}/<slug:page>/<int:item>/", page, name="apply_item"),
    lead(f"{_DRAFT}/<slug:page>/exit/", "apply_page"),
    path(f"{_DRAFT}/<slug:page>/exit/<slug:way_out>/", way_out, name="apply_exit"),
]
