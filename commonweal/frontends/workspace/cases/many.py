"""Several cases at once: chosen in the list, shown what will happen to each, and only then changed."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods
from uuid6 import uuid7

from commonweal.capabilities.cases.actions import many as acts
from commonweal.capabilities.cases.actions.noting import NewNote
from commonweal.capabilities.cases.errors import CaseChanged, NotAColleague, NotAllowedNow
from commonweal.capabilities.cases.queries import many
from commonweal.capabilities.cases.queries.many import ASSIGN, MOST, MOVE, NOTE, Wanted
from commonweal.foundations.errors import Invalid, Refusal
from commonweal.frontends.workspace.cases import choosing
from commonweal.frontends.workspace.cases.places import Place
from commonweal.frontends.workspace.cases.undoing import read_changes
from commonweal.frontends.workspace.desk import Desk, at_desk, show
from commonweal.frontends.workspace.typed import read_id


@dataclass(frozen=True)
class Sent:
    """What the pages of this journey send: the chosen cases, what is to be done to them, and the button."""

    chosen: dict[UUID, int]
    wanted: Wanted
    note: NewNote
    button: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Sent":
        """Raises BadRequest when it comes from no page of ours."""
        given = request.POST
        assignee = given.get("assignee", "")
        return cls(
            chosen=dict(read_changes(given.getlist("chosen")[: MOST + 1])),
            wanted=Wanted(given.get("what", ""), read_id(assignee) if assignee else None, given.get("move", "")[:64]),
            note=NewNote(read_id(given["note"]) if "note" in given else uuid7(), given.get("text", "")),
            button=given.get("do", ""),
        )


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def change_many(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Ask what is to be done, show what will happen, then do it; each page carries what was chosen before."""
    if request.method != "POST":
        return redirect(Place.of(request).address(desk.slug))
    sent = Sent.of(request)
    wrong = _what_is_wrong(sent)
    if wrong or sent.button not in ("preview", "do"):
        is_asked = sent.button in ("preview", "do") or "case" in wrong
        return _ask(request, desk, sent, Invalid(wrong) if is_asked else None)
    return _preview(request, desk, sent) if sent.button == "preview" else _do(request, desk, sent)


def _what_is_wrong(sent: Sent) -> dict[str, str]:
    if not sent.chosen:
        return {"case": gettext("Choose at least one case in the list")}
    if len(sent.chosen) > MOST:
        return {"case": gettext("Choose 50 cases or fewer")}
    if sent.wanted.what not in (ASSIGN, MOVE, NOTE):
        return {"what": gettext("Choose what to do")}
    if sent.wanted.what == MOVE and not sent.wanted.move:
        return {"move": gettext("Choose where to move them")}
    if sent.wanted.what == NOTE and not sent.note.text.strip():
        return {"text": gettext("Write the note")}
    return {}


def _ask(request: HttpRequest, desk: Desk, sent: Sent, refusal: Refusal | None = None) -> HttpResponse:
    found = many.preview(desk.actor, organisation=desk.organisation, chosen=sent.chosen)
    context = {
        "place": Place.of(request),
        "sent": sent,
        "plans": found.plans,
        "fields": choosing.fields_of(found, sent.wanted, sent.note.text, refusal),
        "refusal": refusal,
        "not_chosen": refusal.fields.get("case", "") if isinstance(refusal, Invalid) else "",
    }
    return show(request, desk, "many", context, refusal.status if refusal else 200)


def _preview(request: HttpRequest, desk: Desk, sent: Sent) -> HttpResponse:
    found = many.preview(desk.actor, organisation=desk.organisation, chosen=sent.chosen, wanted=sent.wanted)
    will = [plan for plan in found.plans if not plan.left_out]
    context = {
        "place": Place.of(request),
        "sent": sent,
        "plans": choosing.tell_plans(found.plans, sent.wanted),
        "will": will,
        "missing": len(sent.chosen) - len(found.plans),
    }
    return show(request, desk, "many_preview", context)


def _do(request: HttpRequest, desk: Desk, sent: Sent) -> HttpResponse:
    try:
        done = acts.change_many(
            desk.actor, organisation=desk.organisation, chosen=sent.chosen, wanted=sent.wanted, note=sent.note
        )
    except (CaseChanged, Invalid, NotAColleague, NotAllowedNow) as refusal:
        return _ask(request, desk, sent, refusal)
    place = Place.of(request)
    if done.done and not done.left_out and not done.missing:
        return redirect(place.address(desk.slug, done="note" if sent.wanted.what == NOTE else "many"))
    context = {
        "place": place,
        "count": len(done.done),
        "plans": choosing.tell_plans(done.left_out, sent.wanted),
        "missing": done.missing,
    }
    return show(request, desk, "many_done", context, 200 if done.done else 409)
