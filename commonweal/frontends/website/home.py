"""The platform's own pages: finding one's council, and what every public site must say."""

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.capabilities.organisations import queries as organisations
from commonweal.foundations.errors import Missing
from commonweal.frontends import who
from commonweal.frontends.pages import public_page
from commonweal.frontends.website.finding import find_councils, list_open
from commonweal.frontends.website.frames import frame_platform

LONGEST_SEARCH = 80


@require_safe
@public_page
def home(request: HttpRequest) -> HttpResponse:
    """What this is, and the way to one's council."""
    frame_platform(request)
    typed = request.GET.get("council", "").strip()[:LONGEST_SEARCH]
    councils = organisations.organisations(who.visitor(request))
    context = {
        "typed": typed,
        "found": find_councils(councils, typed),
        "open_councils": list_open(councils),
        "how_many": len(councils),
    }
    return render(request, "website/home.html", context)


@require_safe
@public_page
def privacy(request: HttpRequest) -> HttpResponse:
    """What the platform keeps about people, beside what each service says of itself."""
    frame_platform(request)
    return render(request, "website/privacy.html")


@require_safe
@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """How the pages can be used, and what to do where they cannot."""
    frame_platform(request)
    return render(request, "website/accessibility.html")


@require_safe
@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: nothing of a demonstration, else nothing that is someone's own."""
    closed = ["/"] if settings.DEMO else ["/account/", "/workspace/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 once the database answers with its tables in place, 503 until then."""
    try:
        organisations.organisation_at(who.visitor(request), slug="-")
    except Missing:
        return HttpResponse("ok", content_type="text/plain")
    except Error:
        return HttpResponse("not ready", content_type="text/plain", status=503)
    return HttpResponse("ok", content_type="text/plain")
