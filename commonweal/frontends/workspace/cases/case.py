"""A case in full. Opening it leaves the trace."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods
from uuid6 import uuid7

from commonweal.capabilities.cases.actions import assigning, moving, noting
from commonweal.capabilities.cases.actions.noting import NewNote
from commonweal.capabilities.cases.actions.writing import begin_writing
from commonweal.capabilities.cases.errors import CaseChanged, NotAColleague, NotAllowedNow
from commonweal.capabilities.cases.queries import opening
from commonweal.capabilities.cases.queries.writers import beside
from commonweal.capabilities.protection.queries.limiting import beside_case, statements_beside
from commonweal.foundations.clocks.now import now
from commonweal.foundations.errors import Invalid, Refusal
from commonweal.foundations.personal_data.prompts import ReasonNeeded
from commonweal.frontends.maps import allow_map, describe_map
from commonweal.frontends.pages import BadRequest
from commonweal.frontends.workspace.cases import parts, work
from commonweal.frontends.workspace.cases.files import list_files
from commonweal.frontends.workspace.cases.places import DONE, Place
from commonweal.frontends.workspace.cases.reasons import (
    ask_reason,
    ask_reason_first,
    keep_reason_at,
    reason_given,
    take_reason,
)
from commonweal.frontends.workspace.cases.sent import Sent
from commonweal.frontends.workspace.desk import Desk, at_desk, show
from commonweal.frontends.workspace.typed import read_id


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def case(request: HttpRequest, desk: Desk, reference: str) -> HttpResponse:
    """The case, opened for casework; a POST does what its button says, together with the note one was writing."""
    if request.method == "POST" and request.POST.get("do") == "open":
        return take_reason(request, desk, reference)
    if request.method != "POST":
        try:
            return _show_case(request, desk, reference)
        except ReasonNeeded as needed:
            return ask_reason(request, desk, reference, needed)
    desk = keep_reason_at(request, desk, reference)
    try:
        return _do(request, desk, reference)
    except ReasonNeeded as needed:
        return ask_reason_first(request, desk, reference, needed)


def _do(request: HttpRequest, desk: Desk, reference: str) -> HttpResponse:
    sent = Sent.of(request)
    act = _ACTS.get(sent.what)
    if act is None:
        raise BadRequest
    try:
        act(desk, sent)
    except (CaseChanged, Invalid, NotAColleague, NotAllowedNow) as refusal:
        if sent.note.text.strip():
            begin_writing(desk.actor, organisation=desk.organisation, reference=reference)
        return _show_case(request, desk, reference, refusal, sent)
    if sent.what == "hand":
        return redirect(Place.of(request).address(desk.slug, done="hand"))
    return redirect(Place.of(request).case_address(desk.slug, reference, done=sent.what))


def _show_case(
    request: HttpRequest, desk: Desk, reference: str, refusal: Refusal | None = None, sent: Sent | None = None
) -> HttpResponse:
    page = opening.case_page(
        desk.actor, organisation=desk.organisation, reference=reference, reason=reason_given(request, reference)
    )
    named: dict[str, Any] = {"organisation": desk.organisation, "reference": page.reference}
    rights = beside_case(desk.actor, **named)
    place, note = Place.of(request), sent.note if sent else NewNote(uuid7(), "")
    done = DONE.get(request.GET.get("done", "")) if request.method != "POST" else None
    around = beside(desk.actor, organisation=desk.organisation, case=page.id, is_after_change=done is not None)
    context = {
        "case": page,
        "place": place,
        "map": describe_map(desk.slug) if page.point else "",
        "note": note,
        "rights": rights,
        "statements": statements_beside(desk.actor, **named) if rights.has_statements else (),
        "moment": now(),
        "done": done,
        "undo": around.undo,
        "writing": parts.tell_writers(around.writers),
        "refusal": refusal,
    } | _told(desk, page, note, sent, refusal)
    answer = show(request, desk, "case", context, refusal.status if refusal else 200)
    return allow_map(request, answer) if context["map"] else answer


def _told(
    desk: Desk, page: opening.CasePage, note: NewNote, sent: Sent | None, refusal: Refusal | None
) -> dict[str, Any]:
    return {
        "facts": parts.list_facts(page),
        "files": list_files(page.files, desk.slug, page.reference),
        "happenings": parts.tell_history(page.history),
        "note_field": parts.note_field(note.text, refusal, is_sent_with_all=page.closed_at is None),
        "assignee_field": parts.assignee_field(page),
        "found": [(row, work.tell_fact(row)) for row in page.work.facts],
        "linked": [(row, work.tell_link(row)) for row in page.work.links],
        "link_fields": work.link_fields(sent, refusal),
        "team_field": work.team_field(page.work, sent, refusal),
    }


def _move(desk: Desk, sent: Sent) -> None:
    moving.move(
        desk.actor, organisation=desk.organisation, case=sent.case, revision=sent.revision, to=sent.key, note=sent.note
    )


def _add_note(desk: Desk, sent: Sent) -> None:
    noting.add_note(desk.actor, organisation=desk.organisation, case=sent.case, text=sent.note.text, note=sent.note.id)


def _assign(desk: Desk, sent: Sent) -> None:
    _assign_to(desk, sent, read_id(sent.assignee) if sent.assignee else None)


def _take(desk: Desk, sent: Sent) -> None:
    _assign_to(desk, sent, desk.actor.account)


def _assign_to(desk: Desk, sent: Sent, assignee: UUID | None) -> None:
    assigning.assign(
        desk.actor,
        organisation=desk.organisation,
        case=sent.case,
        revision=sent.revision,
        assignee=assignee,
        note=sent.note,
    )


_ACTS: dict[str, Callable[[Desk, Sent], None]] = {
    "move": _move,
    "note": _add_note,
    "assign": _assign,
    "take": _take,
    **work.WORK,
}
