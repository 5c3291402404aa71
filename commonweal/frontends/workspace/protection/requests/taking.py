"""Anybody who works here takes a request down: what is asked, who asks, and how it came (rule 1.7)."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.protection.actions.requests import Asked, make_request
from commonweal.foundations.clocks.now import today
from commonweal.foundations.design.parts import Field, Kind, Option
from commonweal.foundations.errors import Invalid
from commonweal.frontends.submissions import new_submission, read_submission
from commonweal.frontends.workspace.dates import is_day_typed, read_day
from commonweal.frontends.workspace.desk import Desk, at_desk, show
from commonweal.frontends.workspace.protection.requests.words import CAME, KINDS
from commonweal.frontends.workspace.typed import Typed


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
        return _show(request, desk, refusal)
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


def _show(request: HttpRequest, desk: Desk, refusal: Invalid | None = None) -> HttpResponse:
    typed = Typed.of(request, refusal)
    fields, later = _fields(typed), _later(typed)
    is_earlier = any(field.error for field in later)
    context = {"fields": fields, "later": later, "is_earlier": is_earlier, "submission": new_submission(request)}
    return show(request, desk, "protection/requests/take", context, 422 if refusal else 200)


def _fields(typed: Typed) -> tuple[Field, ...]:
    kinds, ways = (tuple(Option(*each) for each in said.items()) for said in (KINDS, CAME))
    hint = gettext("Their name, who they are asking for if not themselves, and how to contact them")
    return (
        typed.field("kind", gettext("What do they ask for?"), Kind.ONE_OF, options=kinds),
        typed.field("name", gettext("Who asks?"), hint=hint),
        typed.field("channel", gettext("How did the request arrive?"), Kind.ONE_OF, options=ways),
    )


def _later(typed: Typed) -> tuple[Field, ...]:
    hint = gettext("The day it reached anyone who works here")
    return (
        typed.day("received_on", gettext("When did it arrive?"), usual=today(), hint=hint),
        typed.field("received_why", gettext("Why are you only recording it now?")),
    )
