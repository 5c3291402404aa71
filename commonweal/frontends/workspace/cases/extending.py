"""Extending a clock: once, for a reason that the applicant is told."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.cases.actions.extending import extend
from commonweal.capabilities.cases.errors import AlreadyExtended, CaseChanged, NotAllowedNow, TooLateToExtend
from commonweal.capabilities.cases.queries.clocks import ExtendingPage, extending_page
from commonweal.foundations.design.parts import Field, Kind, Option
from commonweal.foundations.errors import Invalid, Refusal
from commonweal.frontends.workspace.cases.places import Place
from commonweal.frontends.workspace.cases.sent import Sent
from commonweal.frontends.workspace.desk import Desk, at_desk, show


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def extend_clock(request: HttpRequest, desk: Desk, reference: str, clock: str) -> HttpResponse:
    """The reasons to choose from, each with what the applicant is told; a POST extends."""
    if request.method != "POST":
        return _ask(request, desk, reference, clock)
    sent = Sent.of(request)
    try:
        extend(
            desk.actor,
            organisation=desk.organisation,
            case=sent.case,
            revision=sent.revision,
            clock=clock,
            reason=request.POST.get("reason", ""),
            note=sent.note,
        )
    except (AlreadyExtended, CaseChanged, Invalid, NotAllowedNow, TooLateToExtend) as refusal:
        return _ask(request, desk, reference, clock, refusal)
    return redirect(Place.of(request).case_address(desk.slug, reference, done="extend"))


def _ask(request: HttpRequest, desk: Desk, reference: str, clock: str, refusal: Refusal | None = None) -> HttpResponse:
    page = extending_page(desk.actor, organisation=desk.organisation, reference=reference, clock=clock)
    context = {
        "case": page,
        "clock": clock,
        "place": Place.of(request),
        "field": _reason_field(page, request.POST.get("reason", ""), refusal),
        "refusal": refusal,
    }
    return show(request, desk, "cases/extending", context, refusal.status if refusal else 200)


def _reason_field(page: ExtendingPage, chosen: str, refusal: Refusal | None) -> Field:
    return Field(
        "reason",
        gettext("Why is more time needed?"),
        Kind.ONE_OF,
        hint=gettext("Below each reason is what the applicant will be told."),
        options=tuple(Option(reason.key, reason.label, reason.words) for reason in page.reasons),
        value=chosen,
        error=refusal.fields.get("reason", "") if isinstance(refusal, Invalid) else "",
    )
