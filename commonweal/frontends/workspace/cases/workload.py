"""What each of a manager's team has to do: sums, never a count of cases."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from commonweal.capabilities.cases.queries import counters
from commonweal.capabilities.cases.queries.filters import Filter
from commonweal.frontends.workspace.cases.places import Place
from commonweal.frontends.workspace.desk import Desk, at_desk, show


@require_safe
@at_desk
def workload(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The teams, their people and how many cases each deals with; each number leads to its cases."""
    teams = counters.workload(desk.actor, organisation=desk.organisation)
    return show(request, desk, "workload", {"teams": teams, "address": lambda **asked: _address(desk, **asked)})


def _address(desk: Desk, **asked: object) -> str:
    """The worklist with these cases, from which they are assigned."""
    return Place(Filter.read({name: str(value) for name, value in asked.items()})).address(desk.slug)
