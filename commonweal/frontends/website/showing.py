"""A page of a form as it is shown: its questions, or the things of a page that repeats."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from commonweal.capabilities.catalogue.queries.questions import QuestionType
from commonweal.capabilities.forms.queries import filling as forms
from commonweal.capabilities.forms.queries.paths import Place
from commonweal.foundations.clocks.now import today
from commonweal.frontends.asking.asked import Errors
from commonweal.frontends.asking.groups import things_of
from commonweal.frontends.asking.pages import write_questions
from commonweal.frontends.maps import allow_map, map_of_page
from commonweal.frontends.website import attaching
from commonweal.frontends.website.places import Applying


def ask(
    request: HttpRequest,
    applying: Applying,
    place: Place,
    typed: dict[str, str] | None = None,
    errors: Errors | None = None,
) -> HttpResponse:
    """The page at a place, with what was answered or typed and what is wrong."""
    asked = forms.draft_page(
        applying.holder, organisation=applying.council.id, service=applying.name, page=place.page, item=place.item
    )
    if asked.page.repeats is not None and not place.item:
        return _show_things(request, applying, asked)
    language = get_language() or "en"
    given = asked.given if typed is None else typed
    files = attaching.lists_of(applying.holder, applying.council.id, asked.page)
    context = {
        "title": asked.page.title.in_language(language),
        "questions": _questions(asked, given, errors or {}, language, files),
        "map": map_of_page(asked.page, applying.council.slug),
        "takes_files": any(question.type is QuestionType.FILE for question in asked.page.questions),
        "back": _back(request, applying, asked),
        "has_errors": bool(errors),
        "is_prefilled": asked.is_prefilled,
        "is_new": bool(place.item) and place.item not in asked.items,
        "saves_at": applying.address("save") if asked.expires_at and applying.holder.taken_by is None else "",
    }
    shown = render(request, "website/applying/page.html", context, status=422 if errors else 200)
    return allow_map(request, shown) if context["map"] else shown


def _show_things(request: HttpRequest, applying: Applying, asked: forms.DraftPage) -> HttpResponse:
    language, page = get_language() or "en", Place(asked.page.key)
    suffix = "?change" if "change" in request.GET else ""

    def at(item: int) -> str:
        return applying.address(Place(asked.page.key, item)) + suffix

    context = {
        "title": asked.page.title.in_language(language),
        "hint": asked.page.hint.in_language(language) if asked.page.hint else "",
        "things": things_of(asked.page, asked.rows, at, language),
        "repeats": asked.page.repeats,
        "adds_at": at(max(asked.items, default=0) + 1),
        "back": _back(request, applying, asked),
        "page": page,
    }
    return render(request, "website/applying/things.html", context)


def _questions(
    asked: forms.DraftPage, given: Mapping[str, str], errors: Errors, language: str, files: Mapping[str, str]
) -> str:
    if given or errors or files:
        return write_questions(asked.page, given, errors, language, files)
    return _blank(asked, language)


_blank_pages: dict[tuple[UUID, str, tuple[str, ...], str, date], str] = {}
_MOST_BLANK_PAGES = 2000


def _blank(asked: forms.DraftPage, language: str) -> str:
    """The questions of a page nobody answered yet: the same for everybody, so written once a version and day."""
    questions = tuple(question.key for question in asked.page.questions)
    place = (asked.version, asked.page.key, questions, language, today())
    if place not in _blank_pages:
        if len(_blank_pages) >= _MOST_BLANK_PAGES:
            _blank_pages.clear()
        _blank_pages[place] = write_questions(asked.page, {}, {}, language)
    return _blank_pages[place]


def _back(request: HttpRequest, applying: Applying, asked: forms.DraftPage) -> str:
    if asked.item and asked.items:
        return applying.address(Place(asked.page.key)) + ("?change" if "change" in request.GET else "")
    if "change" in request.GET:
        return applying.address("check")
    if asked.before is None:
        return reverse("service", args=[applying.council.slug, applying.service])
    return applying.address(asked.before)
