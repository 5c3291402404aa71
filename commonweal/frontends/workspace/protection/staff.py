"""Staff as the officer looks after them: who is never named, and to whom they are related."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.identity.actions import appointing
from commonweal.capabilities.identity.actions.relations import end_relation
from commonweal.capabilities.identity.errors import NoSuchRelation, NotStaff
from commonweal.capabilities.protection.queries import staffing
from commonweal.frontends.pages import BadRequest
from commonweal.frontends.workspace.desk import Desk, at_desk
from commonweal.frontends.workspace.protection.sections import show_section
from commonweal.frontends.workspace.words import name_roles


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def staff(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The colleagues by name, and the relations they declared. Raises NotTheOfficer."""
    if request.method == "POST":
        return _decide(request, desk)
    page = staffing.staff_page(desk.actor, organisation=desk.organisation)
    return show_section(request, desk, "staff", {"page": page, "name_roles": name_roles})


def _decide(request: HttpRequest, desk: Desk) -> HttpResponse:
    what, _dot, key = request.POST.get("do", "").partition(".")
    try:
        if what in ("never", "may"):
            appointing.mark_never_named(
                desk.actor, organisation=desk.organisation, account=UUID(key), is_never_named=what == "never"
            )
        elif what == "end":
            end_relation(desk.actor, organisation=desk.organisation, relation=UUID(key))
        else:
            raise BadRequest
    except ValueError:
        raise BadRequest from None
    except (NoSuchRelation, NotStaff):
        pass  # Someone else decided it meanwhile: the page shows what is.
    return redirect(reverse("officer_staff", args=[desk.slug]))
