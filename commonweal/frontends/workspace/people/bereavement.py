"""The applicant has died: recording it, what happens with the case, and taking a mistake back."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.cases.actions import bereavement as acts
from commonweal.capabilities.cases.actions.bereavement import Representative
from commonweal.capabilities.cases.queries.bereavement import bereavement_page
from commonweal.capabilities.people.errors import NeedsAnother, NotRecordedDead
from commonweal.foundations.errors import Invalid, Refusal, Words
from commonweal.foundations.personal_data.prompts import ReasonNeeded
from commonweal.frontends.pages import BadRequest
from commonweal.frontends.workspace.cases.places import Place
from commonweal.frontends.workspace.cases.reasons import ask_reason, reason_given
from commonweal.frontends.workspace.dates import is_day_typed, read_day
from commonweal.frontends.workspace.desk import Desk, at_desk, show
from commonweal.frontends.workspace.people.bereavement_fields import (
    CHOICES,
    DONE,
    WRONG_DAY,
    choice_fields,
    death_fields,
)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("told_by", "name", "email", "phone")
@at_desk
def died(request: HttpRequest, desk: Desk, reference: str) -> HttpResponse:
    """What is known and was chosen; a POST does what its button says. Raises NoSuchCase, ReadingRefused."""
    if request.method != "POST":
        return _show(request, desk, reference)
    what = request.POST.get("do", "")
    act = _ACTS.get(what)
    if act is None:
        raise BadRequest
    try:
        act(request, desk, reference)
    except (Invalid, NeedsAnother) as refusal:
        return _show(request, desk, reference, refusal)
    except NotRecordedDead:
        what = ""  # It was taken back meanwhile: the page shows what is.
    if what == "choose" and request.POST.get("choice") == "close":
        return redirect(reverse("close_case", args=[desk.slug, reference]) + Place.of(request).query())
    return redirect(f"{reverse('died', args=[desk.slug, reference])}{Place.of(request).query(done=what)}")


def _show(request: HttpRequest, desk: Desk, reference: str, refusal: Refusal | None = None) -> HttpResponse:
    given = reason_given(request, reference)
    try:
        page = bereavement_page(desk.actor, organisation=desk.organisation, reference=reference, reason=given)
    except ReasonNeeded as needed:
        return ask_reason(request, desk, reference, needed)
    wrong: Mapping[str, Words] = refusal.fields if isinstance(refusal, Invalid) else {}
    fields = choice_fields(request, page, wrong) if page.death else death_fields(request, wrong)
    context = {
        "page": page,
        "place": Place.of(request),
        "fields": fields,
        "choices": CHOICES,
        "refusal": None if isinstance(refusal, Invalid) else refusal,
        "done": DONE.get(request.GET.get("done", "")) if request.method != "POST" else None,
    }
    return show(request, desk, "people/died", context, refusal.status if refusal else 200)


def _record(request: HttpRequest, desk: Desk, reference: str) -> None:
    died_on = read_day(request, "died_on")
    if died_on is None and is_day_typed(request, "died_on"):
        raise Invalid({"died_on": WRONG_DAY})
    acts.record_death(
        desk.actor,
        organisation=desk.organisation,
        reference=reference,
        died_on=died_on,
        told_by=request.POST.get("told_by", ""),
        certainty=request.POST.get("certainty", ""),
    )


def _confirm(request: HttpRequest, desk: Desk, reference: str) -> None:
    acts.confirm_death(desk.actor, organisation=desk.organisation, reference=reference)


def _take_back(request: HttpRequest, desk: Desk, reference: str) -> None:
    acts.take_back_death(desk.actor, organisation=desk.organisation, reference=reference)


def _choose(request: HttpRequest, desk: Desk, reference: str) -> None:
    given = {key: request.POST.get(key, "").replace("\x00", "") for key in ("name", "email", "phone", "capacity")}
    acts.choose_next(
        desk.actor,
        organisation=desk.organisation,
        reference=reference,
        choice=request.POST.get("choice", ""),
        representative=Representative(**given),
    )


_ACTS: dict[str, Callable[[HttpRequest, Desk, str], None]] = {
    "record": _record,
    "confirm": _confirm,
    "take_back": _take_back,
    "choose": _choose,
}
