"""Questions about openings: which wait and by when, and the officer's answer."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.capabilities.protection.actions import asking as answering
from commonweal.capabilities.protection.errors import AlreadyAnswered
from commonweal.capabilities.protection.queries import asking
from commonweal.foundations.design.parts import Field, Kind, Option
from commonweal.foundations.errors import Invalid, Refusal
from commonweal.frontends.workspace import words
from commonweal.frontends.workspace.desk import Desk, at_desk
from commonweal.frontends.workspace.protection.sections import show_section
from commonweal.frontends.workspace.typed import Typed


@require_safe
@at_desk
def questions(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The questions that wait, due first. Raises NotTheOfficer."""
    rows = asking.open_questions(desk.actor, organisation=desk.organisation)
    context = {"rows": rows, "was_answered": "answered" in request.GET}
    return show_section(request, desk, "questions", context)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def question(request: HttpRequest, desk: Desk, question: UUID) -> HttpResponse:
    """One question with who it was, and its answer or the way to give it. Raises NotTheOfficer, NoSuchQuestion."""
    if request.method != "POST":
        return _show(request, desk, question)
    try:
        answering.answer_who(
            desk.actor,
            organisation=desk.organisation,
            question=question,
            outcome=request.POST.get("outcome", ""),
            text=request.POST.get("text", ""),
        )
    except (Invalid, AlreadyAnswered) as refusal:
        return _show(request, desk, question, refusal)
    return redirect(f"{_list_address(desk)}?answered")


def _show(request: HttpRequest, desk: Desk, question: UUID, refusal: Refusal | None = None) -> HttpResponse:
    page = asking.question(desk.actor, organisation=desk.organisation, question=question)
    context = {
        "asked": page,
        "words": words,
        "fields": _fields(Typed.of(request, refusal)),
        "refusal": refusal if isinstance(refusal, AlreadyAnswered) else None,
        "list_address": _list_address(desk),
    }
    return show_section(request, desk, "question", context, refusal.status if refusal else 200)


def _fields(typed: Typed) -> tuple[Field, ...]:
    outcomes = (
        Option("disclosed", gettext("Tell them"), gettext("Which team or role it was, and why it was opened.")),
        Option("refused", gettext("Refuse"), gettext("Say why, and how they can complain.")),
    )
    hint = gettext("They read it on their page. The email only says that there is an answer.")
    return (
        typed.field("outcome", gettext("What do you decide?"), Kind.ONE_OF, options=outcomes),
        typed.field("text", gettext("Your answer"), Kind.LONG_TEXT, hint=hint, rows=6),
    )


def _list_address(desk: Desk) -> str:
    return reverse("officer_questions", args=[desk.slug])
