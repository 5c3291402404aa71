"""Breaking the glass: what training or role would not open, for twelve hours and one reason, told next morning."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.identity.actions import glass as identity
from commonweal.capabilities.identity.queries import glass as identities
from commonweal.foundations.design.parts import Field, Kind, Option
from commonweal.foundations.personal_data.prompts import BREAK_GLASS, ReasonNeeded
from commonweal.frontends.workspace import words
from commonweal.frontends.workspace.desk import Desk, at_desk_untrained, show


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk_untrained
def break_glass(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The reasons, and for those who oversee it who broke it; a POST breaks it. Raises MayNotDecide, ReadingRefused."""
    if request.method != "POST":
        return _show(request, desk)
    try:
        identity.break_glass(desk.actor, organisation=desk.organisation, reason=request.POST.get("reason", ""))
    except ReasonNeeded:
        return _show(request, desk, is_wrong=True)
    return redirect(reverse("break_glass", args=[desk.slug]))


def _show(request: HttpRequest, desk: Desk, *, is_wrong: bool = False) -> HttpResponse:
    field = Field(
        "reason",
        gettext("Why can it not wait?"),
        Kind.ONE_OF,
        options=tuple(Option(code, text) for code, text in BREAK_GLASS.reasons.items()),
        error=gettext("Choose a reason") if is_wrong else "",
    )
    oversees = desk.actor.is_trained and (desk.is_manager or desk.has_oversight)
    context = {
        "field": field,
        "is_broken": bool(desk.actor.glass),
        "may_break": not desk.has_oversight,
        "oversees": oversees,
        "rows": identities.broken_glass(desk.actor, organisation=desk.organisation) if oversees else (),
        "words": words,
    }
    return show(request, desk, "break_glass", context, 422 if is_wrong else 200)
