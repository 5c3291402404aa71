"""What was to follow from a change and fails: administrators see why, and have it tried again."""

import math

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from commonweal.foundations.errors import Forbidden
from commonweal.foundations.tasks import deliveries
from commonweal.frontends.workspace.desk import Desk, at_desk, show


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def failing(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List what fails, oldest first; a press of the button tries it again at once."""
    if not desk.is_administrator:
        raise Forbidden
    if request.method == "POST":
        event = request.POST.get("event", "")
        deliveries.retry_event(
            desk.actor, organisation=desk.organisation, event=int(event) if event.isdecimal() and len(event) < 19 else 0
        )
        return HttpResponseRedirect(f"{reverse('deliveries', args=[desk.slug])}?done")
    rows = deliveries.failing_events(desk.actor, organisation=desk.organisation)
    lag = deliveries.delivery_lag(desk.actor, organisation=desk.organisation)
    context = {"rows": rows, "lag": math.ceil(lag.seconds), "is_done": "done" in request.GET}
    return show(request, desk, "deliveries", context)
