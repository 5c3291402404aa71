"""Who works for a body: appointed, trained and, when they leave, ended by its administrators."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.capabilities.cases.actions.leaving import end_work
from commonweal.capabilities.cases.queries.leaving import leaving
from commonweal.capabilities.identity.actions import appointing as identity
from commonweal.capabilities.identity.actions.training import record_failed_test, record_training
from commonweal.capabilities.identity.errors import MayNotAppoint
from commonweal.capabilities.identity.queries import appointing as identities
from commonweal.capabilities.identity.queries.appointing import StaffRow
from commonweal.capabilities.organisations import queries as organisations
from commonweal.foundations.clocks.counting import months_after
from commonweal.foundations.clocks.now import today
from commonweal.foundations.design.parts import Field, Kind, Option
from commonweal.foundations.errors import Invalid
from commonweal.frontends.pages import BadRequest
from commonweal.frontends.workspace.dates import read_day
from commonweal.frontends.workspace.desk import Desk, at_desk, show
from commonweal.frontends.workspace.typed import Typed, read_id
from commonweal.frontends.workspace.words import ROLES, name_roles

DONE: dict[str, Promise] = {
    "appointed": _("They are appointed. They can open cases once they have added a second step and passed the course."),
    "changed": _("Their appointment is changed."),
    "trained": _("The course is recorded."),
    "ended": _("Their appointment has ended. They can open nothing from now on."),
}
_OFFICER = "data_protection_officer"
_COURSE_LASTS = 12
"""Months for which a course usually counts."""


@require_safe
@at_desk
def staff(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Who works here, in which roles and team, and until when their training counts. Raises MayNotAppoint."""
    context = {
        "rows": identities.staff_list(desk.actor, organisation=desk.organisation),
        "teams": _teams(desk),
        "name_roles": name_roles,
        "today": today(),
        "done": DONE.get(request.GET.get("done", "")),
    }
    return show(request, desk, "staff/list", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("email", "name")
@at_desk
def appoint(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Somebody with a confirmed sign-in begins here. Raises MayNotAppoint."""
    if request.method != "POST":
        return _ask(request, desk)
    try:
        identity.appoint_by_address(
            desk.actor, organisation=desk.organisation, email=request.POST.get("email", ""), **_appointment(request)
        )
    except Invalid as refusal:
        return _ask(request, desk, refusal)
    return _to_list(desk, "appointed")


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("name")
@at_desk
def member(request: HttpRequest, desk: Desk, account: UUID) -> HttpResponse:
    """What somebody does here is changed, or a course they sat is recorded. Raises MayNotAppoint, NotStaff."""
    row = identities.staff_member(desk.actor, organisation=desk.organisation, account=account)
    if request.method != "POST":
        return _show_member(request, desk, row)
    act = {"change": _change, "course": _record_course}.get(request.POST.get("do", ""))
    if act is None:
        raise BadRequest
    try:
        return act(request, desk, account)
    except Invalid as refusal:
        return _show_member(request, desk, row, refusal)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def end(request: HttpRequest, desk: Desk, account: UUID) -> HttpResponse:
    """Asked once more, with how many open cases are theirs; then it ends at once. Raises MayNotAppoint, NotStaff."""
    if request.method == "POST":
        end_work(desk.actor, organisation=desk.organisation, account=account)
        return _to_list(desk, "ended")
    row, cases = leaving(desk.actor, organisation=desk.organisation, account=account)
    return show(request, desk, "staff/end", {"row": row, "cases": cases})


def _change(request: HttpRequest, desk: Desk, account: UUID) -> HttpResponse:
    identity.appoint(desk.actor, organisation=desk.organisation, account=account, **_appointment(request))
    return _to_list(desk, "changed")


def _record_course(request: HttpRequest, desk: Desk, account: UUID) -> HttpResponse:
    on, until = read_day(request, "passed_on"), read_day(request, "expires_on")
    is_passed = request.POST.get("result", "") != "failed"
    if on is None or (until is None and is_passed):
        real = _("Enter a real date, for example 4 6 2027")
        raise Invalid({name: real for name, day in (("passed_on", on), ("expires_on", until)) if day is None})
    given: dict[str, Any] = {"organisation": desk.organisation, "account": account, "course": "starter"}
    if is_passed and until is not None:
        record_training(desk.actor, **given, passed_on=on, expires_on=until)
    else:
        record_failed_test(desk.actor, **given, on=on)
    return _to_list(desk, "trained")


def _appointment(request: HttpRequest) -> dict[str, Any]:
    team = request.POST.get("team", "")
    roles = [role for role in request.POST.getlist("roles") if role in ROLES]
    return {"name": request.POST.get("name", ""), "roles": roles, "team": read_id(team) if team else None}


def _ask(request: HttpRequest, desk: Desk, refusal: Invalid | None = None) -> HttpResponse:
    if not desk.is_administrator:
        raise MayNotAppoint
    typed = Typed.of(request, refusal)
    hint = _("They must create an account on the website and confirm their email address first.")
    email = typed.field("email", _("Email address they sign in with"), Kind.EMAIL, hint=hint)
    fields = (email, *_fields(request, desk, typed))
    return show(request, desk, "staff/appoint", {"fields": fields}, refusal.status if refusal else 200)


def _show_member(request: HttpRequest, desk: Desk, row: StaffRow, refusal: Invalid | None = None) -> HttpResponse:
    typed = Typed.of(request, refusal)
    context = {
        "row": row,
        "is_self": row.account == desk.actor.account,
        "fields": _fields(request, desk, typed, row),
        "course": _course_fields(typed),
    }
    return show(request, desk, "staff/member", context, refusal.status if refusal else 200)


def _fields(request: HttpRequest, desk: Desk, typed: Typed, row: StaffRow | None = None) -> tuple[Field, ...]:
    roles = tuple(Option(code, words) for code, words in ROLES.items() if code != _OFFICER)
    teams = tuple(Option(str(team), name) for team, name in _teams(desk).items())
    held = tuple(request.POST.getlist("roles")) if "do" in request.POST else (row.roles if row else ())
    team = str(row.team) if row and row.team else ""
    return (
        typed.field("name", _("Their name, as colleagues know them"), usual=row.name if row else ""),
        Field(
            "roles", _("What do they do?"), Kind.MANY_OF, options=roles, value=held, error=typed.wrong.get("roles", "")
        ),
        typed.field("team", _("Team"), Kind.CHOSEN, options=(Option("", _("None")), *teams), usual=team),
    )


def _course_fields(typed: Typed) -> tuple[Field, ...]:
    results = (Option("passed", _("They passed")), Option("failed", _("They failed: nothing opens until they pass")))
    usual: date = months_after(today(), _COURSE_LASTS)
    return (
        typed.field("result", _("How did it go?"), Kind.ONE_OF, options=results, usual="passed"),
        typed.day("passed_on", _("On which day?"), usual=today()),
        typed.day("expires_on", _("If they passed: until when does it count?"), usual=usual),
    )


def _teams(desk: Desk) -> dict[UUID, str]:
    return {team.id: team.name for team in organisations.teams(desk.actor, organisation=desk.organisation)}


def _to_list(desk: Desk, done: str) -> HttpResponse:
    return redirect(f"{reverse('staff', args=[desk.slug])}?done={done}")


urlpatterns: list[URLPattern] = [
    path("<slug:slug>/staff/", staff, name="staff"),
    path("<slug:slug>/staff/new/", appoint, name="appoint_staff"),
    path("<slug:slug>/staff/<uuid:account>/", member, name="staff_member"),
    path("<slug:slug>/staff/<uuid:account>/end/", end, name="end_staff"),
]
