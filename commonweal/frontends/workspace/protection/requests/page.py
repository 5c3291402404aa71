"""One request as the officer sees it."""

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from commonweal.capabilities.protection.queries.limiting import standing_order
from commonweal.capabilities.protection.queries.requests import request_page
from commonweal.foundations.clocks.now import now
from commonweal.frontends.workspace import words as desk_words
from commonweal.frontends.workspace.desk import Desk, at_desk
from commonweal.frontends.workspace.protection.requests import words
from commonweal.frontends.workspace.protection.requests.todo import next_of, others_of, tasks_of
from commonweal.frontends.workspace.protection.sections import show_section

DONE: dict[str, Promise] = {
    "act": _("It is recorded."),
    "letter": _("It is on their page, and they are told that it is there."),
    "letter-no-account": _(
        "It is on their page. They have no account, so we tell them by email if they gave an address. Otherwise, "
        "tell them or send it to them."
    ),
    "person": _("The request is about this person now."),
}


@require_safe
@at_desk
def page(request: HttpRequest, desk: Desk, reference: str) -> HttpResponse:
    """Summary, clock, what to do next, and the history. Raises NotTheOfficer, NoSuchRequest."""
    found = request_page(desk.actor, organisation=desk.organisation, reference=reference)
    done = request.GET.get("done", "")
    if done == "letter" and not found.has_account:
        done = "letter-no-account"
    context = {
        "asked": found,
        "next": next_of(desk.slug, found),
        "tasks": tasks_of(desk.slug, found),
        "others": others_of(desk.slug, found),
        "done": DONE.get(done),
        "order": standing_order(desk.actor, organisation=desk.organisation, reference=reference),
        "moment": now(),
        "words": words,
        "desk_words": desk_words,
    }
    return show_section(request, desk, "requests/request", context)
