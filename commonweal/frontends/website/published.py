"""What a service published of its cases: for everybody, latest first, found by words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from commonweal.capabilities.cases.queries.published import disclosures
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.foundations.design.parts import Field
from commonweal.frontends import who
from commonweal.frontends.website.frames import at_council
from commonweal.frontends.website.services import name_at


@require_safe
@at_council
def published(request: HttpRequest, council: OrganisationRow, service: str) -> HttpResponse:
    """A page of the log. A service that publishes nothing leads to its start."""
    actor = who.visitor(request)
    declared = catalogue.service(actor, organisation=council.id, name=name_at(service)).service
    publication = declared.case.publication
    if publication is None:
        return redirect("service", council.slug, service)
    words, after = request.GET.get("q", "").strip()[:100], request.GET.get("after", "")[:80]
    log = disclosures(actor, organisation=council.id, service=declared.name, words=words, after=after)
    here, language = reverse("published", args=[council.slug, service]), get_language()
    asked = {"q": words} if words else {}
    context = {
        "council": council,
        "service": service,
        "service_title": declared.title.in_language(language),
        "title": publication.label.in_language(language),
        "words": publication.words.in_language(language),
        "log": log,
        "field": Field("q", gettext("Search by words"), value=words),
        "is_found": bool(words),
        "following": f"{here}?{urlencode({**asked, 'after': log.following})}" if log.following else "",
        "beginning": here + (f"?{urlencode(asked)}" if asked else "") if after else "",
    }
    return render(request, "website/published.html", context)


urlpatterns = [path("<slug:slug>/<slug:service>/published/", published, name="published")]
