"""What is held for legal claims: who, why and until which review; held and ended here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.cases.errors import NoSuchCase
from commonweal.capabilities.protection.actions import holding
from commonweal.capabilities.protection.errors import NoSuchHold
from commonweal.capabilities.protection.queries import limiting
from commonweal.foundations.clocks.counting import months_after
from commonweal.foundations.clocks.now import today
from commonweal.foundations.design.parts import Field, Kind, Option
from commonweal.foundations.errors import Invalid, Words
from commonweal.frontends.pages import BadRequest
from commonweal.frontends.workspace.dates import read_day
from commonweal.frontends.workspace.desk import Desk, at_desk
from commonweal.frontends.workspace.protection.sections import show_section
from commonweal.frontends.workspace.typed import Typed, read_id

USUAL_MONTHS = 6
DONE: dict[str, Promise] = {
    "hold": _("It is on hold, and will not be erased or disposed of."),
    "end": _("The hold has ended."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("why")
@at_desk
def holds(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The holds that stand, and the form of a new one. Raises NotTheOfficer."""
    if request.method != "POST":
        return _show(request, desk)
    what, _dot, key = request.POST.get("do", "").partition(".")
    try:
        if what == "hold":
            _hold(request, desk)
        elif what == "end":
            holding.end_hold(desk.actor, organisation=desk.organisation, hold=read_id(key))
        else:
            raise BadRequest
    except NoSuchHold:
        pass  # Somebody else ended it meanwhile: the page shows what is.
    except NoSuchCase:
        return _show(request, desk, {"reference": _("No case has this reference")}, 422)
    except Invalid as refusal:
        return _show(request, desk, refusal.fields, refusal.status)
    return redirect(f"{reverse('officer_holds', args=[desk.slug])}?done={what}")


def _hold(request: HttpRequest, desk: Desk) -> None:
    holding.hold(
        desk.actor,
        organisation=desk.organisation,
        case=request.POST.get("reference", "")[:40],
        is_everything=request.POST.get("reach", "") == "all",
        why=request.POST.get("why", ""),
        review_on=read_day(request, "review_on"),
    )


def _show(request: HttpRequest, desk: Desk, wrong: dict[str, Words] | None = None, status: int = 200) -> HttpResponse:
    context = {
        "rows": limiting.legal_holds(desk.actor, organisation=desk.organisation),
        "fields": _fields(Typed(request, wrong or {})),
        "done": DONE.get(request.GET.get("done", "")) if request.method != "POST" else None,
        "today": today(),
    }
    return show_section(request, desk, "holds", context, status)


def _fields(typed: Typed) -> tuple[Field, ...]:
    reaches = (Option("case", gettext("This case")), Option("all", gettext("All that we hold about its applicant")))
    review_on = months_after(today(), USUAL_MONTHS)
    hint = gettext("At most 12 months away. The hold continues until someone ends it.")
    return (
        typed.field("reference", gettext("Reference of the case"), width=20),
        typed.field("reach", gettext("What is held?"), Kind.ONE_OF, options=reaches, usual="case"),
        typed.field("why", gettext("For which legal claim?"), Kind.LONG_TEXT, rows=3),
        typed.day("review_on", gettext("When will you look at it again?"), usual=review_on, hint=hint),
    )
