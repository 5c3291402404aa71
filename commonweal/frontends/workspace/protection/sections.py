"""The officer's pages, and how one goes from one to the other."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.design.parts import Link
from commonweal.frontends.workspace.desk import Desk, show

SECTIONS: dict[str, Promise] = {
    "officer_requests": _("Requests"),
    "officer_openings": _("Openings"),
    "officer_questions": _("Questions"),
    "officer_withholdings": _("Withheld"),
    "officer_holds": _("Legal holds"),
    "officer_prompts": _("Prompts"),
    "officer_markers": _("Staff safety"),
    "officer_staff": _("Staff"),
}


def show_section(
    request: HttpRequest, desk: Desk, page: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Answer with one of the officer's pages, with the way to the others above it."""
    links = [
        Link(text, address, request.path.startswith(address))
        for text, address in ((text, reverse(name, args=[desk.slug])) for name, text in SECTIONS.items())
    ]
    return show(request, desk, f"protection/{page}", {"sections": links, **(context or {})}, status)
