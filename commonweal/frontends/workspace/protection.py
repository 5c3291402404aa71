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

from commonweal.capabilities.protection import queries as protection
from commonweal.capabilities.protection.queries import OfficerRow
from commonweal.foundations.design.parts import Link
from commonweal.frontends.workspace import words
from commonweal.frontends.workspace.desk import Desk, at_desk, show

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
    found = protection.officer_openings(
        desk.actor, organisation=desk.organisation, kind=kind, before=_read_id(request.GET.get("before", ""))
    )
    context = {
        "tabs": [Link(text, _address(desk, key), key == kind) for key, text in KINDS.items()],
        "entries": gather(found.rows),
        "following": _address(desk, kind, str(found.following)) if found.following else "",
        "beginning": _address(desk, kind) if "before" in request.GET else "",
        "words": words,
    }
    return show(request, desk, "openings", context)


def gather(rows: Iterable[OfficerRow]) -> tuple[Entry, ...]:
    """Neighbouring lines of the same look as one entry, with the last letters of each person's random id."""
    looks = groupby(rows, key=lambda row: replace(row, id=NOBODY, subject=NOBODY))
    return tuple(
        Entry(look, tuple(str(row.subject)[-_LETTERS:] for row in lines if row.subject != NOBODY))
        for look, lines in looks
    )


def _address(desk: Desk, kind: str, before: str = "") -> str:
    asked = {name: value for name, value in (("kind", kind), ("before", before)) if value}
    return reverse("officer_openings", args=[desk.slug]) + (f"?{urlencode(asked)}" if asked else "")


def _read_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
