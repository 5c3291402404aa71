"""Filling in a form and sending it: one page of questions at a time, a last look, and a receipt.

The address names the draft and a cookie proves who holds it, so several applications at once do not meet. Looking at
the first page makes nothing: the draft begins with the first answer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from uuid6 import uuid7

from commonweal.capabilities.cases.actions import opening as cases
from commonweal.capabilities.cases.queries import receiving
from commonweal.capabilities.catalogue.errors import NotOffered
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.questions import QuestionType
from commonweal.capabilities.forms.actions import filling
from commonweal.capabilities.forms.errors import AlreadySubmitted, DraftChanged, Incomplete, InvalidAnswers
from commonweal.capabilities.forms.queries import filling as forms
from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.foundations.clocks.now import today
from commonweal.foundations.scope.actors import DraftHolder
from commonweal.frontends import who
from commonweal.frontends.asking.asked import Errors
from commonweal.frontends.asking.fields import rows_of
from commonweal.frontends.asking.given import given_in
from commonweal.frontends.asking.pages import write_questions
from commonweal.frontends.receiving import takes_files
from commonweal.frontends.website import attaching
from commonweal.frontends.website.frames import at_council
from commonweal.frontends.website.holding import hand_over, holder_of
from commonweal.frontends.website.services import name_at, say_who_does_it

P = ParamSpec("P")


@dataclass(frozen=True)
class Applying:
    """Someone at a page of their draft: where they are, and who they have proven to be."""

    council: OrganisationRow
    service: str
    """The service as the address names it."""
    holder: DraftHolder

    def address(self, page: str) -> str:
        """The address of a page of this draft; check and done are pages too."""
        return reverse("apply_page", args=[self.council.slug, self.service, self.holder.draft, page])


View = Callable[Concatenate[HttpRequest, Applying, P], HttpResponse]


def holding(view: View[P]) -> Callable[..., HttpResponse]:
    """Make a view of whoever holds the draft in the address. What stands in the way leads on to the right page."""

    @at_council
    @wraps(view)
    def prove(
        request: HttpRequest, council: OrganisationRow, service: str, draft: UUID, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        applying = Applying(council, service, holder_of(request, council.slug, service, draft))
        try:
            return view(request, applying, *args, **kwargs)
        except AlreadySubmitted:
            return HttpResponseRedirect(applying.address("done"))
        except Incomplete as incomplete:
            return HttpResponseRedirect(applying.address(incomplete.place.page))
        except DraftChanged:
            return HttpResponseRedirect(f"{applying.address('check')}?changed")

    return prove


@require_safe
@at_council
def begin(request: HttpRequest, council: OrganisationRow, service: str) -> HttpResponse:
    """Go to the first page of a draft that is not there yet. Raises NotOffered."""
    try:
        declared = catalogue.service(who.visitor(request), organisation=council.id, name=name_at(service)).service
    except NotOffered:
        return say_who_does_it(request, council, name_at(service))
    draft = uuid7()
    first = HttpResponseRedirect(reverse("apply_page", args=[council.slug, service, draft, declared.pages[0].key]))
    return hand_over(first, request, council.slug, service, draft)


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@holding
def page(request: HttpRequest, applying: Applying, page: str) -> HttpResponse:
    """Ask the questions of a page; keep the answers, or ask again with everything that was typed."""
    if request.method != "POST":
        return _ask(request, applying, page)
    place = attaching.FormPlace(applying.holder, applying.council.id, name_at(applying.service), page)
    return attaching.receive(request, place, lambda filed: _take(request, applying, page, filed))


def _take(request: HttpRequest, applying: Applying, page: str, filed: attaching.Filed) -> HttpResponse:
    given = given_in(request.POST)
    if filed.stays:
        shown = _ask(request, applying, page, given, filed.wrong)
        return hand_over(shown, request, applying.council.slug, applying.service, applying.holder.draft)
    try:
        progress = filling.answer_page(
            applying.holder,
            organisation=applying.council.id,
            service=name_at(applying.service),
            page=page,
            given=given,
        )
    except InvalidAnswers as invalid:
        return _ask(request, applying, page, given, invalid.fields)
    following = progress.missing if "change" in request.GET else progress.following or progress.missing
    onwards = HttpResponseRedirect(applying.address(following.page if following else "check"))
    return hand_over(onwards, request, applying.council.slug, applying.service, applying.holder.draft)


@require_http_methods(["GET", "HEAD", "POST"])
@holding
def check(request: HttpRequest, applying: Applying) -> HttpResponse:
    """Show every answer for a last look; send them all."""
    if request.method == "POST":
        cases.submit(applying.holder, organisation=applying.council.id, seen=_read_moment(request.POST.get("seen", "")))
        return HttpResponseRedirect(applying.address("done"))
    answers = forms.complete_answers(applying.holder, organisation=applying.council.id)
    declared = answers.service
    context = {
        "title": declared.title.in_language(get_language()),
        "rows": rows_of(answers.service, answers.answers, applying.address, get_language() or "en"),
        "back": applying.address(declared.pages[-1].key),
        "has_changed": "changed" in request.GET,
        "seen": answers.changed_at.isoformat(),
    }
    return render(request, "website/applying/check.html", context)


@require_safe
@holding
def done(request: HttpRequest, applying: Applying) -> HttpResponse:
    """The receipt: reference, secret, and what happens next."""
    receipt = receiving.receipt(applying.holder, organisation=applying.council.id)
    context = {"receipt": receipt, "council": applying.council, "is_theirs": applying.holder.account is not None}
    return render(request, "website/applying/done.html", context)


def _ask(
    request: HttpRequest,
    applying: Applying,
    page: str,
    typed: dict[str, str] | None = None,
    errors: Errors | None = None,
) -> HttpResponse:
    asked = forms.draft_page(
        applying.holder, organisation=applying.council.id, service=name_at(applying.service), page=page
    )
    language = get_language() or "en"
    given = asked.given if typed is None else typed
    files = attaching.lists_of(applying.holder, applying.council.id, asked.page)
    context = {
        "title": asked.page.title.in_language(language),
        "questions": _questions(asked, given, errors or {}, language, files),
        "takes_files": any(question.type is QuestionType.FILE for question in asked.page.questions),
        "back": _back(request, applying, asked),
        "has_errors": bool(errors),
    }
    return render(request, "website/applying/page.html", context, status=422 if errors else 200)


def _questions(
    asked: forms.DraftPage, given: Mapping[str, str], errors: Errors, language: str, files: Mapping[str, str]
) -> str:
    if given or errors or files:
        return write_questions(asked.page, given, errors, language, files)
    return _blank(asked, language)


_blank_pages: dict[tuple[UUID, str, str, date], str] = {}
_MOST_BLANK_PAGES = 2000


def _blank(asked: forms.DraftPage, language: str) -> str:
    """The questions of a page nobody answered yet: the same for everybody, so written once a version and day."""
    place = (asked.version, asked.page.key, language, today())
    if place not in _blank_pages:
        if len(_blank_pages) >= _MOST_BLANK_PAGES:
            _blank_pages.clear()
        _blank_pages[place] = write_questions(asked.page, {}, {}, language)
    return _blank_pages[place]


def _back(request: HttpRequest, applying: Applying, asked: forms.DraftPage) -> str:
    if "change" in request.GET:
        return applying.address("check")
    keys = [page.key for page in asked.service.pages]
    place = keys.index(asked.page.key)
    if place == 0:
        return reverse("service", args=[applying.council.slug, applying.service])
    return applying.address(keys[place - 1])


def _read_moment(text: str) -> datetime | None:
    """When what was looked at had last changed; a page that does not say so is taken as it is."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


_DRAFT = "<slug:slug>/<slug:service>/apply/<uuid:draft>"

urlpatterns = [
    path("<slug:slug>/<slug:service>/apply/", begin, name="apply"),
    path(f"{_DRAFT}/check/", check, name="apply_check"),
    path(f"{_DRAFT}/done/", done, name="apply_done"),
    path(f"{_DRAFT}/<slug:page>/", page, name="apply_page"),
]
