"""All that happened in a case, in order, to be read through or printed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from commonweal.capabilities.cases.queries import opening
from commonweal.foundations.personal_data.prompts import ReasonNeeded
from commonweal.frontends.workspace.cases import parts
from commonweal.frontends.workspace.cases.places import Place
from commonweal.frontends.workspace.cases.reasons import reason_given
from commonweal.frontends.workspace.desk import Desk, at_desk, show


@require_safe
@at_desk
def chronology(request: HttpRequest, desk: Desk, reference: str) -> HttpResponse:
    """The happenings of a case, first to last; where a reason is needed it is asked on the case's own page."""
    place = Place.of(request)
    try:
        page = opening.case_page(
            desk.actor, organisation=desk.organisation, reference=reference, reason=reason_given(request, reference)
        )
    except ReasonNeeded:
        return redirect(place.case_address(desk.slug, reference))
    happenings = tuple(reversed(parts.tell_history(page.history)))
    return show(request, desk, "cases/chronology", {"case": page, "place": place, "happenings": happenings})
