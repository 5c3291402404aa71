"""The calendar of a body: its holidays and closures, kept by its administrators, and the due dates they moved."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.cases.queries import moved
from commonweal.capabilities.organisations import actions, queries
from commonweal.capabilities.organisations.errors import DayTaken, NoSuchDay
from commonweal.foundations.design.parts import Field, Kind, Option
from commonweal.foundations.errors import Invalid, Refusal, Words
from commonweal.frontends.workspace.desk import Desk, at_desk, show
from commonweal.frontends.workspace.words import MOVED

DONE: dict[str, Promise] = {
    "add": _("The day is in the calendar. Due dates that move because of it appear below within a minute."),
    "remove": _("The day was removed. Due dates that move because of it appear below within a minute."),
}

_LONGEST, _DATE_PARTS = 80, ("day", "month", "year")


@dataclass(frozen=True)
class Typed:
    """What an administrator typed to add a day."""

    day: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    name_cy: str = ""
    kind: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> "Typed":
        """What was sent; texts of any length, of which no more is kept than is looked at."""
        given = {part: request.POST.get(f"day-{part}", "").strip()[:8] for part in _DATE_PARTS}
        name, name_cy, kind = (
            request.POST.get(key, "").replace("\x00", "").strip()[: _LONGEST + 1] for key in ("name", "name_cy", "kind")
        )
        return cls(given, name, name_cy, kind)

    def date(self) -> date:
        """The day. Raises Invalid."""
        try:
            return date(*(int(self.day.get(part, "")) for part in reversed(_DATE_PARTS)))
        except (ValueError, OverflowError):
            raise Invalid({"day": _("Enter a real date, for example 4 6 2027")}) from None


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def calendar(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What is coming and what moved; a POST of an administrator adds or removes a day of the body's own."""
    change = _CHANGES.get(request.POST.get("do", "")) if request.method == "POST" else None
    if change is None:
        return _show_calendar(request, desk)
    typed = Typed.of(request)
    try:
        change(request, desk, typed)
    except (DayTaken, NoSuchDay, Invalid) as refusal:
        return _show_calendar(request, desk, typed, refusal)
    response = redirect("calendar", desk.slug)
    response["Location"] += f"?done={request.POST['do']}"
    return response


def _add(request: HttpRequest, desk: Desk, typed: Typed) -> None:
    if typed.kind not in {"closure", "holiday"}:
        raise Invalid({"kind": _("Choose what kind of day it is")})
    actions.add_closure(
        desk.actor,
        organisation=desk.organisation,
        day=typed.date(),
        name=typed.name,
        name_cy=typed.name_cy[:_LONGEST],
        is_holiday=typed.kind == "holiday",
    )


def _remove(request: HttpRequest, desk: Desk, typed: Typed) -> None:
    try:
        closure = UUID(request.POST.get("closure", ""))
    except ValueError:
        raise NoSuchDay from None
    actions.remove_closure(desk.actor, organisation=desk.organisation, closure=closure)


_CHANGES: dict[str, Callable[[HttpRequest, Desk, Typed], None]] = {"add": _add, "remove": _remove}


def _show_calendar(
    request: HttpRequest, desk: Desk, typed: Typed | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    context = {
        "days": queries.coming_days(desk.actor, organisation=desk.organisation),
        "moves": moved.clocks_moved(desk.actor, organisation=desk.organisation),
        "reasons": MOVED,
        "fields": _list_fields(typed or Typed(), refusal) if desk.is_administrator else (),
        "refusal": refusal,
        "done": DONE.get(request.GET.get("done", "")),
    }
    return show(request, desk, "calendar", context, refusal.status if refusal else 200)


def _list_fields(typed: Typed, refusal: Refusal | None) -> tuple[Field, ...]:
    errors: Mapping[str, Words] = refusal.fields if isinstance(refusal, Invalid) else {}
    kinds = (
        Option("closure", _("We are closed"), _("Service standards wait. Deadlines set by law do not.")),
        Option("holiday", _("A public holiday was proclaimed"), _("Every deadline waits, including those set by law.")),
    )
    return (
        Field("day", _("Which day?"), Kind.DATE, value=typed.day, error=errors.get("day", "")),
        Field("kind", _("What is it?"), Kind.ONE_OF, options=kinds, value=typed.kind, error=errors.get("kind", "")),
        Field("name", _("Name in English"), value=typed.name, error=errors.get("name", ""), width=30),
        Field("name_cy", _("Name in Welsh (if there is one)"), value=typed.name_cy, width=30),
    )
