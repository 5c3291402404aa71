"""Anybody who works here takes a request down: what is asked, who asks, and how it came (rule 1.7)."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.protection.actions.requests import Asked, make_request
from commonweal.foundations.clocks.now import today
from commonweal.foundations.design.parts import Field, Kind, Option
from commonweal.foundations.errors import Invalid, Words
from commonweal.frontends.submissions import new_submission, read_submission
from commonweal.frontends.workspace.dates import day_shown, is_day_typed, read_day
from commonweal.frontends.workspace.desk import Desk, at_desk, show
from commonweal.frontends.workspace.protection.requests.words import CAME, KINDS


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("name", "received_why")
@at_desk
def take_down(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The form; a POST answers with the receipt to be read out, once."""
    if request.method != "POST":
        return _show(request, desk)
    try:
        asked = _take(request, desk)
    except Invalid as refusal:
        return _show(request, desk, refusal.fields)
    return show(request, desk, "protection/requests/taken", {"asked": asked})


def _take(request: HttpRequest, desk: Desk) -> Asked:
    given = request.POST
    received_on = read_day(request, "received_on")
    if received_on is None and is_day_typed(request, "received_on"):
        raise Invalid({"received_on": gettext("Enter a day, month and year")})
    return make_request(
        desk.actor,
        organisation=desk.organisation,
        kind=given.get("kind", ""),
        name=given.get("name", ""),
        channel=given.get("channel", ""),
        received_on=received_on,
        received_why=given.get("received_why", ""),
        submission=read_submission(request),
    )


def _show(request: HttpRequest, desk: Desk, wrong: dict[str, Words] | None = None) -> HttpResponse:
    fields, later = _fields(request, wrong or {}), _later(request, wrong or {})
    is_earlier = any(field.error for field in later)
    context = {"fields": fields, "later": later, "is_earlier": is_earlier, "submission": new_submission(request)}
    return show(request, desk, "protection/requests/take", context, 422 if wrong else 200)


def _fields(request: HttpRequest, wrong: dict[str, Words]) -> tuple[Field, ...]:
    given = request.POST
    return (
        Field(
            "kind",
            gettext("What do they ask for?"),
            Kind.ONE_OF,
            options=tuple(Option(*each) for each in KINDS.items()),
            value=given.get("kind", ""),
            error=wrong.get("kind", ""),
        ),
        Field(
            "name",
            gettext("Who asks?"),
            hint=gettext("Their name, for whom they ask if not for themselves, and how to reach them"),
            value=given.get("name", ""),
            error=wrong.get("name", ""),
        ),
        Field(
            "channel",
            gettext("How did it come?"),
            Kind.ONE_OF,
            options=tuple(Option(*each) for each in CAME.items()),
            value=given.get("channel", ""),
            error=wrong.get("channel", ""),
        ),
    )


def _later(request: HttpRequest, wrong: dict[str, Words]) -> tuple[Field, ...]:
    return (
        Field(
            "received_on",
            gettext("When did it come?"),
            Kind.DATE,
            hint=gettext("The day it reached anybody who works here"),
            value=day_shown(request, "received_on", usual=today()),
            error=wrong.get("received_on", ""),
        ),
        Field(
            "received_why",
            gettext("Why is it written down only now?"),
            value=request.POST.get("received_why", ""),
            error=wrong.get("received_why", ""),
        ),
    )
