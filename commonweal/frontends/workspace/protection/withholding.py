"""What is withheld from whom until when, and deciding it."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.cases.errors import NoSuchCase
from commonweal.capabilities.protection.actions import deciding
from commonweal.capabilities.protection.errors import NoSuchWithholding
from commonweal.capabilities.protection.queries import withholding
from commonweal.foundations.clocks.counting import months_after
from commonweal.foundations.clocks.now import today
from commonweal.foundations.design.parts import Field, Kind, Option
from commonweal.foundations.errors import Invalid, Words
from commonweal.frontends.pages import BadRequest
from commonweal.frontends.workspace.dates import read_day
from commonweal.frontends.workspace.desk import Desk, at_desk
from commonweal.frontends.workspace.protection.sections import show_section
from commonweal.frontends.workspace.typed import Typed, read_id

USUAL_MONTHS = 3

_MAY_DOWNLOAD: dict[str, tuple[Words, Words]] = {
    "yes": (_("Yes, I have looked: it gives nothing away"), _("Their pages and downloads stay as they were.")),
    "no": (_("No, a person checks each copy first"), _("Someone who got a copy at once before may notice.")),
}

DONE: dict[str, Promise] = {
    "withhold": _("The openings are withheld until the review date."),
    "lift": _("The withholding has ended: the person sees these openings."),
    "release": _("The person sees these openings now."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def withheld(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The review list, and the form of a new decision. Raises NotTheOfficer."""
    if request.method != "POST":
        return _show(request, desk)
    what, _dot, key = request.POST.get("do", "").partition(".")
    try:
        if what == "withhold":
            _withhold(request, desk)
        elif what == "lift":
            deciding.lift(desk.actor, organisation=desk.organisation, withholding=read_id(key))
        elif what == "release":
            deciding.release(desk.actor, organisation=desk.organisation, reference=key)
        else:
            raise BadRequest
    except NoSuchWithholding:
        return redirect(_address(desk))
    except NoSuchCase:
        return _show(request, desk, {"reference": _("No case has this reference")}, 422)
    except Invalid as refusal:
        return _show(request, desk, refusal.fields, refusal.status)
    return redirect(f"{_address(desk)}?done={what}")


def _withhold(request: HttpRequest, desk: Desk) -> None:
    chosen = request.POST.get("may_download", "")
    if chosen not in _MAY_DOWNLOAD:
        raise Invalid({"may_download": _("Choose whether they may still download what they told us")})
    deciding.withhold(
        desk.actor,
        organisation=desk.organisation,
        reference=request.POST.get("reference", "")[:40],
        exemption=request.POST.get("exemption", ""),
        review_on=read_day(request, "review_on") or today(),
        may_download=chosen == "yes",
    )


def _show(request: HttpRequest, desk: Desk, wrong: dict[str, Words] | None = None, status: int = 200) -> HttpResponse:
    exemptions = withholding.exemptions(desk.actor, organisation=desk.organisation)
    context = {
        "rows": withholding.withholdings(desk.actor, organisation=desk.organisation),
        "waiting": withholding.waiting(desk.actor, organisation=desk.organisation),
        "exemptions": exemptions,
        "fields": _fields(Typed(request, wrong or {}), exemptions),
        "done": DONE.get(request.GET.get("done", "")) if request.method != "POST" else None,
    }
    return show_section(request, desk, "withheld", context, status)


def _fields(typed: Typed, exemptions: Mapping[str, Words]) -> tuple[Field, ...]:
    """With what the address says of a case where nothing was typed yet."""
    given = typed.request.GET
    choices = (Option("", gettext("Choose one")), *(Option(*each) for each in exemptions.items()))
    review_on = months_after(today(), USUAL_MONTHS)
    until = gettext("At most six months away. On that day it ends, unless you decide again.")
    what = gettext("It has what they gave of themselves and the openings that they see on their page.")
    return (
        typed.field("reference", gettext("Reference of the case"), usual=given.get("reference", "")[:40], width=20),
        typed.field(
            "exemption",
            gettext("Which exemption applies?"),
            Kind.CHOSEN,
            options=choices,
            usual=given.get("exemption", ""),
        ),
        typed.day("review_on", gettext("When will you look at it again?"), usual=review_on, hint=until),
        typed.field(
            "may_download",
            gettext("May they still download what they told us themselves?"),
            Kind.ONE_OF,
            hint=what,
            options=tuple(Option(value, *words) for value, words in _MAY_DOWNLOAD.items()),
        ),
    )


def _address(desk: Desk) -> str:
    return reverse("officer_withholdings", args=[desk.slug])
