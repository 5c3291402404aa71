"""The trace, for the data protection officer: who opened, listed or was refused what."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from commonweal.capabilities.protection.queries import overseeing
from commonweal.capabilities.protection.queries.overseeing import OfficerRow
from commonweal.foundations.design.parts import Link
from commonweal.frontends.workspace import words
from commonweal.frontends.workspace.desk import Desk, at_desk
from commonweal.frontends.workspace.protection.sections import show_section

KINDS: dict[str, Promise] = {
    "": _("All"),
    "opened": _("Opened"),
    "listed": _("Listed"),
    "refused": _("Refused"),
}

NOBODY = UUID(int=0)
_LETTERS = 12


@dataclass(frozen=True)
class Entry:
    """Lines of the trace that came of one look: a masked list names several people at the same moment."""

    line: OfficerRow
    people: tuple[str, ...]


@require_safe
@at_desk
def openings(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A page of the trace, latest first. Raises NotTheOfficer."""
    asked = request.GET.get("kind", "")
    kind = asked if asked in KINDS else ""
    found = overseeing.officer_openings(
        desk.actor, organisation=desk.organisation, kind=kind, after=request.GET.get("after", "")[:120]
    )
    context = {
        "tabs": [Link(text, _address(desk, key), key == kind) for key, text in KINDS.items()],
        "entries": gather(found.rows),
        "following": _address(desk, kind, found.following) if found.following else "",
        "beginning": _address(desk, kind) if "after" in request.GET else "",
        "words": words,
    }
    return show_section(request, desk, "openings", context)


def gather(rows: Iterable[OfficerRow]) -> tuple[Entry, ...]:
    """Neighbouring lines of the same look as one entry, with the last letters of each person's random id."""
    looks = groupby(rows, key=lambda row: replace(row, id=NOBODY, subject=NOBODY))
    return tuple(
        Entry(look, tuple(str(row.subject)[-_LETTERS:] for row in lines if row.subject != NOBODY))
        for look, lines in looks
    )


def _address(desk: Desk, kind: str, after: str = "") -> str:
    asked = {name: value for name, value in (("kind", kind), ("after", after)) if value}
    return reverse("officer_openings", args=[desk.slug]) + (f"?{urlencode(asked)}" if asked else "")
