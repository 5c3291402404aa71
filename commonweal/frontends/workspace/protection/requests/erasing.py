"""The dry run of an erasure, the erasure, and the texts of others that it leaves to be decided."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.protection.actions import erasing, redacting
from commonweal.capabilities.protection.errors import NoSuchRedaction, NotMatched
from commonweal.capabilities.protection.queries.erasing import CaseRow, ErasurePage, RedactionRow, erasure_page
from commonweal.foundations.design.parts import Field, Kind, Option
from commonweal.foundations.errors import Conflict, Invalid, Refusal
from commonweal.frontends.pages import BadRequest
from commonweal.frontends.workspace.desk import Desk, at_desk
from commonweal.frontends.workspace.protection.requests import words
from commonweal.frontends.workspace.protection.sections import show_section
from commonweal.frontends.workspace.typed import Typed, read_id

FATES: dict[str, Promise] = {
    "erase": _("Goes"),
    "open": _("Stays: we are still dealing with it (Article 17(3)(b))"),
    "task": _("Stays: the law gives us this task (Article 17(3)(b))"),
    "hold": _("Stays: held for a legal claim (Article 17(3)(e))"),
    "chosen": _("Stays: your decision"),
}
FIELD_OUTCOMES: dict[str, Promise] = {
    "erase": _("erased"),
    "anonymise": _("emptied"),
    "keep": _("kept"),
}
DONE: dict[str, Promise] = {
    "choose": _("Your decision about the case is kept."),
    "erase": _("It is erased. They are told what went and what stays."),
    "finish": _("The erasure is done, and the request is answered."),
    "redact": _("The text is rewritten without the name."),
    "keep": _("The text stays as it is."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("text", "why")
@at_desk
def erasure(request: HttpRequest, desk: Desk, reference: str) -> HttpResponse:
    """What an erasure would do, and did; a POST decides. Raises NotTheOfficer, NoSuchRequest."""
    if request.method != "POST":
        return _show(request, desk, reference)
    what, _dot, key = request.POST.get("do", "").partition(".")
    act = _ACTS.get(what)
    if act is None:
        raise BadRequest
    try:
        act(request, desk, reference, key)
    except NoSuchRedaction:
        pass  # Somebody else decided it meanwhile: the page shows what is.
    except (Conflict, Invalid) as refusal:
        return _show(request, desk, reference, refusal, key)
    return redirect(f"{reverse('request_erasure', args=[desk.slug, reference])}?done={what}")


def _choose(request: HttpRequest, desk: Desk, reference: str, case: str) -> None:
    erasing.choose_fate(
        desk.actor,
        organisation=desk.organisation,
        reference=reference,
        case=case,
        is_erased=request.POST.get(f"fate-{case}") == "erase",
        why=request.POST.get(f"why-{case}", ""),
    )


def _erase(request: HttpRequest, desk: Desk, reference: str, _key: str) -> None:
    erasing.erase_person(
        desk.actor, organisation=desk.organisation, reference=reference, seen=request.POST.get("seen", "")
    )


def _finish(request: HttpRequest, desk: Desk, reference: str, _key: str) -> None:
    erasing.finish_erasure(desk.actor, organisation=desk.organisation, reference=reference)


def _redact(request: HttpRequest, desk: Desk, reference: str, key: str) -> None:
    redacting.redact_text(
        desk.actor,
        organisation=desk.organisation,
        reference=reference,
        entry=read_id(key),
        text=request.POST.get(f"text-{key}", ""),
    )


def _keep(request: HttpRequest, desk: Desk, reference: str, key: str) -> None:
    redacting.keep_text(
        desk.actor,
        organisation=desk.organisation,
        reference=reference,
        entry=read_id(key),
        why=request.POST.get(f"why-{key}", ""),
    )


_ACTS: dict[str, Callable[[HttpRequest, Desk, str, str], None]] = {
    "choose": _choose,
    "erase": _erase,
    "finish": _finish,
    "redact": _redact,
    "keep": _keep,
}


def _show(
    request: HttpRequest, desk: Desk, reference: str, refusal: Refusal | None = None, key: str = ""
) -> HttpResponse:
    back = reverse("officer_request", args=[desk.slug, reference])
    try:
        page = erasure_page(desk.actor, organisation=desk.organisation, reference=reference)
    except NotMatched as unknown:
        return show_section(request, desk, "requests/not_matched", {"refusal": unknown, "back": back}, unknown.status)
    wrong = {f"{name}-{key}": said for name, said in refusal.fields.items()} if isinstance(refusal, Invalid) else {}
    typed = Typed(request, wrong)
    cases = [(row, _choice_fields(typed, row)) for row in page.cases]
    texts = [(row, _text_fields(typed, row)) for row in page.redactions]
    context = {
        "page": page,
        "cases": cases,
        "texts": texts,
        "fields": _gathered(page),
        "fates": FATES,
        "outcomes": FIELD_OUTCOMES,
        "wrong": [field for _row, fields in [*cases, *texts] for field in fields],
        "refusal": refusal if isinstance(refusal, Conflict) else None,
        "done": DONE.get(request.GET.get("done", "")) if request.method != "POST" else None,
        "back": back,
        "words": words,
    }
    return show_section(request, desk, "requests/erasure", context, refusal.status if refusal else 200)


def _gathered(page: ErasurePage) -> list[tuple[str, str, str, str, int]]:
    """Table, field, outcome, words and rows: of the dry run, or of what was done."""
    if page.erased_at:
        return [(each.label, each.column, each.outcome, "", each.rows) for each in page.lines]
    return [(each.label, each.field, each.outcome.value, str(each.words), each.rows) for each in page.told]


def _choice_fields(typed: Typed, row: CaseRow) -> tuple[Field, ...]:
    case, is_kept = row.decided.case.reference, row.decided.fate.value != "erase"
    options = (Option("erase", gettext("Erase it")), Option("keep", gettext("Keep it")))
    question = gettext("What do you want to do with %(case)s?") % {"case": case}
    usual = "keep" if is_kept else "erase"
    return (
        typed.field(f"fate-{case}", question, Kind.ONE_OF, options=options, usual=usual),
        typed.field(f"why-{case}", gettext("Why? They read it."), Kind.LONG_TEXT, usual=row.why, rows=3),
    )


def _text_fields(typed: Typed, row: RedactionRow) -> tuple[Field, ...]:
    if row.decided:
        return ()
    return (
        typed.field(f"text-{row.id}", gettext("The text without the name"), Kind.LONG_TEXT, usual=row.proposed),
        typed.field(f"why-{row.id}", gettext("Or: why does it stay as it is?"), Kind.LONG_TEXT, rows=2),
    )
