"""What is published of a closed case is written, changed and taken back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.cases.actions.publishing import NewDisclosure, publish_case, withdraw_case
from commonweal.capabilities.cases.errors import NotAllowedNow
from commonweal.capabilities.cases.queries.closed import closed_page
from commonweal.capabilities.cases.queries.published import disclosure_of
from commonweal.foundations.design.parts import Field, Kind
from commonweal.foundations.errors import Invalid, Refusal
from commonweal.frontends.workspace.cases.parts import error_of
from commonweal.frontends.workspace.cases.places import Place
from commonweal.frontends.workspace.desk import Desk, at_desk, show
from commonweal.frontends.workspace.typed import read_id


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def publish(request: HttpRequest, desk: Desk, reference: str) -> HttpResponse:
    """The title and summary of a case, as everybody will read them."""
    if request.method != "POST":
        return _show(request, desk, reference, None)
    given = request.POST
    case, is_withdrawn = read_id(given.get("case", "")), given.get("do") == "withdraw"
    written = NewDisclosure(given.get("title", ""), given.get("summary", ""), is_sure="is_sure" in given)
    try:
        if is_withdrawn:
            withdraw_case(desk.actor, organisation=desk.organisation, case=case)
        else:
            publish_case(desk.actor, organisation=desk.organisation, case=case, written=written)
    except (Invalid, NotAllowedNow) as refusal:
        return _show(request, desk, reference, written, refusal)
    done = "withdrawn" if is_withdrawn else "published"
    return redirect(Place.of(request).case_address(desk.slug, reference, done=done))


def _show(
    request: HttpRequest, desk: Desk, reference: str, written: NewDisclosure | None, refusal: Refusal | None = None
) -> HttpResponse:
    page = closed_page(desk.actor, organisation=desk.organisation, reference=reference)
    published = disclosure_of(desk.actor, organisation=desk.organisation, reference=reference)
    title = written.title if written else published.title if published else ""
    summary = written.summary if written else published.summary if published else ""
    is_asked = bool(error_of("is_sure", refusal))
    context = {
        "case": page,
        "published": published,
        "is_asked": is_asked,
        "fields": _fields(title, summary, refusal),
        "place": Place.of(request),
        "refusal": refusal,
    }
    return show(request, desk, "deciding/publish", context, refusal.status if refusal else 200)


def _fields(title: str, summary: str, refusal: Refusal | None) -> tuple[Field, ...]:
    return (
        Field("title", gettext("Title"), value=title, error=error_of("title", refusal)),
        Field(
            "summary",
            gettext("What was asked and what the answer was"),
            Kind.LONG_TEXT,
            hint=gettext("Anyone can read this. Do not name anyone or show who asked."),
            value=summary,
            error=error_of("summary", refusal) or error_of("is_sure", refusal),
            rows=12,
        ),
    )
