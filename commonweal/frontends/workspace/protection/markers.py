"""Staff-safety markers as the officer looks after them: which are due for review, and who was not told."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from commonweal.capabilities.people.queries import choices
from commonweal.capabilities.protection.queries import markers as overseeing
from commonweal.frontends.workspace.desk import Desk, at_desk
from commonweal.frontends.workspace.protection.sections import show_section


@require_safe
@at_desk
def markers(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Those that wait first, then those due for review; none is opened. Raises NotTheOfficer."""
    rows = overseeing.overview(desk.actor, organisation=desk.organisation)
    return show_section(request, desk, "markers", {"rows": rows, "told": choices.told()})
