"""The draft as a resident would see it, page by page, in both languages and narrow; it keeps and sends nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.questions import Page
from commonweal.capabilities.forms.queries import paths as forms
from commonweal.foundations.clocks.now import today
from commonweal.foundations.design.parts import Frame, Masthead
from commonweal.foundations.errors import Missing
from commonweal.frontends.asking.groups import groups_of_sample
from commonweal.frontends.asking.notices import notice_of
from commonweal.frontends.asking.pages import write_questions
from commonweal.frontends.maps import allow_map, map_of_page
from commonweal.frontends.pages import set_frame
from commonweal.frontends.workspace.desk import Desk, at_desk, show
from commonweal.frontends.workspace.services.listing import find_draft

START, CHECK, DONE, AFTER = "start", "check", "done", "after"
_ASKED = "page-"
_LANGUAGES = ("en", "cy")
_WIDTH = 320
"""The narrowest phone that pages must fit, in CSS pixels (WCAG 2.2, 1.4.10)."""


@dataclass(frozen=True)
class Place:
    """One page of the preview: its name in the address and its title."""

    name: str
    title: str


@dataclass(frozen=True)
class Sample:
    """A receipt as it would look; nothing of it is real."""

    service: Service
    reference: str = "BCDF-GHJK-M"
    secret: str = "BCDF-GHJK-MNPQ"  # noqa: S105 (a sample that opens nothing)
    fee_pence: int | None = None

    @property
    def due_on(self) -> object:
        clock = self.service.case.clocks[0]
        return today() + timedelta(days=clock.working_days or clock.days or 30 * (clock.months or 1))


@require_safe
@csp_update({"frame-src": [SELF]})
@at_desk
def overview(request: HttpRequest, desk: Desk, service: str) -> HttpResponse:
    """Every page, with the way to it in each language, and one of them narrow, side by side. Raises NotADesigner."""
    declared = _declared(desk, service)
    if declared is None:
        return HttpResponseRedirect(reverse("service_draft", args=[desk.slug, service]))
    places = tuple(_places(declared, get_language() or "en"))
    chosen = next((each for each in places if each.name == request.GET.get("page")), places[0])
    context = {
        "service": service,
        "title": declared.title.in_language(get_language()),
        "places": places,
        "chosen": chosen,
        "languages_shown": tuple(
            (code, name, reverse("preview_page", args=[desk.slug, service, code, chosen.name]))
            for code, name in (("en", "English"), ("cy", "Cymraeg"))
        ),
        "width": _WIDTH,
    }
    return show(request, desk, "services/preview", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
@at_desk
def page(request: HttpRequest, desk: Desk, service: str, language: str, page: str) -> HttpResponse:
    """One page as a resident would see it; what is sent from it is not read. Raises Missing, NotADesigner."""
    declared = _declared(desk, service)
    if declared is None:
        return HttpResponseRedirect(reverse("service_draft", args=[desk.slug, service]))
    names = [each.name for each in _places(declared, language)]
    if language not in _LANGUAGES or page not in names:
        raise Missing
    addresses = [reverse("preview_page", args=[desk.slug, service, language, name]) for name in names]
    here = names.index(page)
    following = addresses[min(here + 1, len(addresses) - 1)]
    if request.method == "POST":
        return HttpResponseRedirect(following)
    context = {
        "preview": _controls(desk, service, language, page),
        "previous": addresses[here - 1] if here else "",
        "following": following,
        **_content(desk, service, declared, language, page),
    }
    set_frame(request, Frame(Masthead(desk.body.name, addresses[0], desk.body.colour)))
    shown = _show_in(language, request, desk, f"services/preview/{_template(page)}", context)
    return allow_map(request, shown) if context.get("map") else shown


def _show_in(
    language: str, request: HttpRequest, desk: Desk, template: str, context: dict[str, object]
) -> HttpResponse:
    """The page in the language that was asked for, whatever the designer reads."""
    with translation.override(language):
        response = show(request, desk, template, context)
    response["Content-Language"] = language
    return response


def _declared(desk: Desk, service: str) -> Service | None:
    draft = find_draft(desk, service)
    if draft is None:
        raise Missing
    return draft.service


def _places(service: Service, language: str) -> Iterator[Place]:
    yield Place(START, gettext("Start page"))
    for asked in service.pages:
        yield Place(f"{_ASKED}{asked.key}", asked.title.in_language(language))
    yield Place(CHECK, gettext("Check your answers"))
    yield Place(DONE, gettext("We have it"))
    yield Place(AFTER, gettext("What happens next, and every message"))


def _controls(desk: Desk, service: str, language: str, page: str) -> dict[str, object]:
    """The strip around the page, in the designer's own language."""
    other = "cy" if language == "en" else "en"
    return {
        "language": get_language(),
        "says": str(_("Preview: nothing you type here is kept, and nothing is sent.")),
        "when": str(_("This page is asked only when this holds:")),
        "exits": str(_("They are told the following, and may go on, when this holds:")),
        "after": str(_("What happens next, and every message")),
        "all": (str(_("All pages")), reverse("service_preview", args=[desk.slug, service]) + f"?page={page}"),
        "other": (
            {"en": "English", "cy": "Cymraeg"}[other],
            other,
            reverse("preview_page", args=[desk.slug, service, other, page]),
        ),
    }


def _template(page: str) -> str:
    return "questions" if page.startswith(_ASKED) else page


def _content(desk: Desk, service: str, declared: Service, language: str, page: str) -> dict[str, object]:
    with translation.override(language):
        return _CONTENT.get(page, _questions)(desk, service, declared, language, page)


def _start(desk: Desk, service: str, declared: Service, language: str, page: str) -> dict[str, object]:
    first = f"{_ASKED}{declared.pages[0].key}"
    return {
        "council": desk.body,
        "service": declared,
        "notice": notice_of(declared, _nation(desk, declared), language),
        "begins_at": reverse("preview_page", args=[desk.slug, service, language, first]),
    }


def _nation(desk: Desk, declared: Service) -> str:
    """The body's, or the first that the service is for: a draft may be looked at where it cannot go live."""
    nations = [nation.value for nation in declared.offered_by.nations]
    return desk.body.nation if desk.body.nation in nations else nations[0]


def _questions(desk: Desk, service: str, declared: Service, language: str, page: str) -> dict[str, object]:
    asked: Page = next(each for each in declared.pages if f"{_ASKED}{each.key}" == page)
    return {
        "title": asked.title.in_language(language),
        "questions": write_questions(asked, {}, {}, language),
        "asked": asked,
        "map": map_of_page(asked, desk.slug),
    }


def _check(desk: Desk, service: str, declared: Service, language: str, page: str) -> dict[str, object]:
    def address(place: forms.Place) -> str:
        return reverse("preview_page", args=[desk.slug, service, language, f"{_ASKED}{place.page}"])

    return {
        "title": declared.title.in_language(language),
        "groups": groups_of_sample(declared, gettext("(their answer)"), address, language),
        "fee": declared.fee,
        "fee_pence": None,
    }


def _done(desk: Desk, service: str, declared: Service, language: str, page: str) -> dict[str, object]:
    return {"receipt": Sample(declared)}


def _after(desk: Desk, service: str, declared: Service, language: str, page: str) -> dict[str, object]:
    messages = [(event, getattr(declared.messages, event)) for event in type(declared.messages).model_fields]
    return {
        "title": declared.title.in_language(language),
        "case": declared.case,
        "messages": [(event, message) for event, message in messages if message is not None],
    }


_CONTENT = {START: _start, CHECK: _check, DONE: _done, AFTER: _after}
