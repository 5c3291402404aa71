"""Asking for a staff-safety marker, on the ground of what happened in a case."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.cases.actions import marking
from commonweal.capabilities.cases.queries.asked import asking_page
from commonweal.capabilities.people.queries import choices
from commonweal.foundations.clocks.counting import months_after
from commonweal.foundations.clocks.now import today
from commonweal.foundations.design.parts import Field, Kind, Option
from commonweal.foundations.errors import Invalid
from commonweal.frontends.workspace.cases.places import Place
from commonweal.frontends.workspace.dates import read_day
from commonweal.frontends.workspace.desk import Desk, at_desk, show
from commonweal.frontends.workspace.typed import Typed

USUAL_MONTHS = 6


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("evidence")
@at_desk
def ask(request: HttpRequest, desk: Desk, reference: str) -> HttpResponse:
    """The questions of a new marker; a POST asks for it. Raises NoSuchCase, ReadingRefused."""
    if request.method != "POST":
        return _show(request, desk, reference)
    try:
        marking.ask_for_marker(
            desk.actor,
            organisation=desk.organisation,
            reference=reference,
            danger=request.POST.get("danger", ""),
            evidence=request.POST.get("evidence", ""),
            told=request.POST.get("told", ""),
            review_on=read_day(request, "review_on") or today(),
        )
    except Invalid as refusal:
        return _show(request, desk, reference, refusal)
    return redirect(Place.of(request).case_address(desk.slug, reference, done="safety"))


def _show(request: HttpRequest, desk: Desk, reference: str, refusal: Invalid | None = None) -> HttpResponse:
    page = asking_page(desk.actor, organisation=desk.organisation, reference=reference, move="")
    context = {"case": page, "place": Place.of(request), "fields": _fields(Typed.of(request, refusal))}
    return show(request, desk, "people/ask", context, refusal.status if refusal else 200)


def _fields(typed: Typed) -> tuple[Field, ...]:
    dangers = tuple(Option(code, words, instruction) for code, words, instruction in choices.dangers())
    told = tuple(Option(code, words) for code, words in choices.told().items())
    read = gettext("Below each is the instruction that colleagues will read. They do not read what happened.")
    seen = gettext(
        "They see the instruction on their own page unless the data protection officer withholds it. If they "
        "must not know, speak to the officer first."
    )
    facts = gettext("Facts, not opinions. The person may ask to read this.")
    until = gettext("At most 12 months away. It ends on that day.")
    review_on = months_after(today(), USUAL_MONTHS)
    return (
        typed.field("danger", gettext("What happened?"), Kind.ONE_OF, hint=read, options=dangers),
        typed.field("evidence", gettext("What happened, when, and who saw it?"), Kind.LONG_TEXT, hint=facts, rows=6),
        typed.field("told", gettext("Was the person told?"), Kind.ONE_OF, hint=seen, options=told),
        typed.day("review_on", gettext("When will it be looked at again?"), usual=review_on, hint=until),
    )
