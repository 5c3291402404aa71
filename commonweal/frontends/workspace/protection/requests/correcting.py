"""What is wrong is corrected, or refused with the person's statement; and those who were given it are told."""

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.protection.actions import correcting
from commonweal.capabilities.protection.errors import NotMatched
from commonweal.capabilities.protection.queries.correcting import AnswerToCorrect, CorrectionPage, correction_page
from commonweal.foundations.clocks.now import today
from commonweal.foundations.design.parts import Field, Kind, Option
from commonweal.foundations.errors import Conflict, Invalid, Missing, Refusal
from commonweal.frontends.asking.fields import fields_for
from commonweal.frontends.pages import BadRequest
from commonweal.frontends.workspace.dates import DATE_PARTS, read_day
from commonweal.frontends.workspace.desk import Desk, at_desk
from commonweal.frontends.workspace.protection.requests import words
from commonweal.frontends.workspace.protection.sections import show_section
from commonweal.frontends.workspace.typed import Typed

DONE: dict[str, Promise] = {
    "details": _("The details are corrected, and search uses them."),
    "answer": _("The answer is right now."),
    "told": _("We have recorded who was told."),
    "finish": _("The request is answered."),
    "refuse": _("The request is answered. We keep what they say against it with their information."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@at_desk
def correction(request: HttpRequest, desk: Desk, reference: str) -> HttpResponse:
    """What is kept of the person, to be put right; a POST does it. Raises NotTheOfficer, NoSuchRequest."""
    if request.method != "POST":
        return _show(request, desk, reference)
    what = request.POST.get("do", "")
    act = _ACTS.get(what)
    if act is None:
        raise BadRequest
    try:
        act(request, desk, reference)
    except (Conflict, Invalid) as refusal:
        return _show(request, desk, reference, refusal)
    return redirect(f"{_address(desk, reference)}?done={what}")


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@at_desk
def answer(request: HttpRequest, desk: Desk, reference: str, answer: str) -> HttpResponse:
    """One answer with its question, to be put right. Raises NotTheOfficer, NoSuchRequest, Missing."""
    page = correction_page(desk.actor, organisation=desk.organisation, reference=reference)
    found = next((each for each in page.answers if each.key == answer), None)
    if found is None:
        raise Missing
    if request.method != "POST":
        return _show_answer(request, desk, page, found)
    try:
        correcting.correct_answer(
            desk.actor,
            organisation=desk.organisation,
            reference=reference,
            case=found.reference,
            question=found.question.key,
            item=found.item,
            given=request.POST.dict(),
        )
    except (Conflict, Invalid) as refusal:
        return _show_answer(request, desk, page, found, refusal)
    return redirect(f"{_address(desk, reference)}?done=answer")


def _details(request: HttpRequest, desk: Desk, reference: str) -> None:
    right = {name: request.POST.get(name, "") for name in ("name", "email", "phone")}
    is_typed = any(request.POST.get(f"birth_date-{part}", "").strip() for part in DATE_PARTS)
    day = read_day(request, "birth_date")
    right["birth_date"] = day.isoformat() if day else ("?" if is_typed else "")
    correcting.correct_details(
        desk.actor,
        organisation=desk.organisation,
        reference=reference,
        right=right,
        keeps_former_name=bool(right["name"].strip()) and "yes" in request.POST.getlist("keeps_former_name"),
    )


def _told(request: HttpRequest, desk: Desk, reference: str) -> None:
    why_not = request.POST.get("why_not", "")
    correcting.tell_recipient(
        desk.actor,
        organisation=desk.organisation,
        reference=reference,
        recipient=request.POST.get("recipient", ""),
        told_on=None if why_not.strip() else read_day(request, "told_on"),
        why_not=why_not,
    )


def _finish(request: HttpRequest, desk: Desk, reference: str) -> None:
    correcting.finish_correction(
        desk.actor, organisation=desk.organisation, reference=reference, text=request.POST.get("text", "")
    )


def _refuse(request: HttpRequest, desk: Desk, reference: str) -> None:
    correcting.refuse_correction(
        desk.actor,
        organisation=desk.organisation,
        reference=reference,
        why=request.POST.get("why", ""),
        statement=request.POST.get("statement", ""),
    )


_ACTS: dict[str, Callable[[HttpRequest, Desk, str], None]] = {
    "details": _details,
    "told": _told,
    "finish": _finish,
    "refuse": _refuse,
}


def _show(request: HttpRequest, desk: Desk, reference: str, refusal: Refusal | None = None) -> HttpResponse:
    back = reverse("officer_request", args=[desk.slug, reference])
    try:
        page = correction_page(desk.actor, organisation=desk.organisation, reference=reference)
    except NotMatched as unknown:
        return show_section(request, desk, "requests/not_matched", {"refusal": unknown, "back": back}, unknown.status)
    typed = Typed.of(request, refusal)
    long = partial(typed.field, kind=Kind.LONG_TEXT, rows=4)
    groups = {
        "details": _detail_fields(typed),
        "told": _notice_fields(typed),
        "finish": (long("text", gettext("What you corrected, as they will read it")),),
        "refuse": (
            long("why", gettext("Why it stays, as they will read it")),
            long("statement", gettext("What they say against it (optional)")),
        ),
    }
    context = {
        "page": page,
        "groups": groups,
        "all_fields": [field for fields in groups.values() for field in fields],
        "refusal": refusal if isinstance(refusal, Conflict) else None,
        "done": DONE.get(request.GET.get("done", "")) if request.method != "POST" else None,
        "back": back,
        "words": words,
    }
    return show_section(request, desk, "requests/correction", context, refusal.status if refusal else 200)


def _show_answer(
    request: HttpRequest, desk: Desk, page: CorrectionPage, found: AnswerToCorrect, refusal: Refusal | None = None
) -> HttpResponse:
    given = request.POST.dict() if refusal else found.given
    wrong = {name: str(said) for name, said in refusal.fields.items()} if isinstance(refusal, Invalid) else {}
    context = {
        "answer": found,
        "fields": fields_for(found.question, given, wrong, get_language() or "en"),
        "refusal": refusal if isinstance(refusal, Conflict) else None,
        "back": _address(desk, page.reference),
    }
    return show_section(request, desk, "requests/answer", context, refusal.status if refusal else 200)


def _detail_fields(typed: Typed) -> tuple[Field, ...]:
    given = typed.request.POST
    day = {part: given.get(f"birth_date-{part}", "")[:4] for part in DATE_PARTS}
    keep = Option("yes", gettext("They want us to be able to find them by their former name"))
    hint = gettext("It is forgotten unless they want it kept.")
    wrong = typed.wrong.get("birth_date", "")
    return (
        typed.field("name", gettext("Name")),
        Field("keeps_former_name", gettext("The name they had"), Kind.MANY_OF, hint=hint, options=(keep,)),
        typed.field("email", gettext("Email address")),
        typed.field("phone", gettext("Phone number"), width=20),
        Field("birth_date", gettext("Date of birth"), Kind.DATE, value=day, error=wrong),
    )


def _notice_fields(typed: Typed) -> tuple[Field, ...]:
    label = gettext("Or, why was it impossible or disproportionate?")
    hint = gettext("One of those above, or anyone else who was given it.")
    return (
        typed.field("recipient", gettext("Who was told?"), hint=hint),
        typed.day("told_on", gettext("When were they told?"), usual=today()),
        typed.field("why_not", label, Kind.LONG_TEXT, rows=2),
    )


def _address(desk: Desk, reference: str) -> str:
    return reverse("request_correction", args=[desk.slug, reference])
