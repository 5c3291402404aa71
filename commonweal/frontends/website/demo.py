"""Pages that exist only in a demonstration: whom one can be, and what would have been sent."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.capabilities.messages import queries as messages
from commonweal.capabilities.organisations import queries as organisations
from commonweal.foundations.errors import Missing
from commonweal.foundations.personal_data.purposes import SENDING
from commonweal.foundations.scope.actors import System
from commonweal.foundations.scope.scopes import PLATFORM
from commonweal.frontends import who
from commonweal.frontends.demo_people import PASSWORD, demo_accounts
from commonweal.frontends.website.finding import list_open
from commonweal.frontends.website.frames import frame_platform

READER = System(task="demo.inbox", purposes=frozenset({SENDING.code}))
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def in_demo_only(view: View[P]) -> View[P]:
    """Outside a demonstration the page does not exist."""

    @wraps(view)
    def show(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not settings.DEMO:
            raise Missing
        frame_platform(request)
        return view(request, *args, **kwargs)

    return show


@require_safe
@in_demo_only
def sign_ins(request: HttpRequest) -> HttpResponse:
    """Everyone one can sign in as, with the password and the code of this moment."""
    councils = list_open(organisations.organisations(who.visitor(request)))
    known = demo_accounts()
    groups = [(council, [one for one in known if one.person.council == council.slug]) for council in councils]
    context = {"password": PASSWORD, "groups": [group for group in groups if group[1]], "narrow": False}
    return render(request, "website/demo_sign_ins.html", context)


@require_safe
@in_demo_only
def inbox(request: HttpRequest) -> HttpResponse:
    """What people would have been sent by one council, or by the platform about signing in."""
    slug = request.GET.get("from", "")
    chosen = who.organisation_at(request, slug) if slug else None
    written = messages.demo_inbox(READER, organisation=chosen.id if chosen else PLATFORM)
    context: dict[str, Any] = {
        "written": written,
        "chosen": chosen,
        "senders": list_open(organisations.organisations(who.visitor(request))),
    }
    return render(request, "website/demo_inbox.html", context)
