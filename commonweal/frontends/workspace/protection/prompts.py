"""How often work was stopped by a prompt, week by week, beside the line it may not cross."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from commonweal.capabilities.protection.queries import overseeing
from commonweal.frontends.workspace.desk import Desk, at_desk
from commonweal.frontends.workspace.protection.sections import show_section


@require_safe
@at_desk
def prompts(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The weeks, latest first. Raises NotTheOfficer."""
    weeks = overseeing.prompt_rate(desk.actor, organisation=desk.organisation)
    return show_section(request, desk, "prompts", {"weeks": weeks})
