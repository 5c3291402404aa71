"""The files of a case at the desk: looked at one by one, and added to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.capabilities.cases.actions.attaching import attach_document
from commonweal.capabilities.cases.queries import attachments
from commonweal.foundations.design.parts import Field, Kind, Option, Words
from commonweal.foundations.files import errors, uploading
from commonweal.foundations.files.headers import headers_for
from commonweal.foundations.files.kinds import IMAGES
from commonweal.foundations.personal_data.prompts import ReasonNeeded
from commonweal.frontends.asking.files import details_of
from commonweal.frontends.receiving import Arrival, check_token, receiving, takes_files
from commonweal.frontends.workspace.cases.places import Place
from commonweal.frontends.workspace.cases.reasons import ask_reason, reason_given
from commonweal.frontends.workspace.desk import Desk, at_desk, show

_FIELD = "documents"
_RECEIVED, _MADE, _MADE_AND_SHOWN = "received", "made", "shown"
_TOLD = (errors.NotAccepted, errors.StorageFull, errors.StorageUnavailable, errors.NotChecked, errors.OutOfStep)
_WARNINGS = {
    "has_macros": gettext_lazy("contains macros: do not run them"),
    "has_scripts": gettext_lazy("contains scripts"),
    "has_links_outside": gettext_lazy("fetches something from elsewhere"),
    "has_hidden_sheets": gettext_lazy("has hidden sheets"),
    "has_formulas": gettext_lazy("contains formulas"),
    "is_locked": gettext_lazy("is locked with a password"),
}
_PICTURES = {kind.media_type for kind in IMAGES}


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def add(request: HttpRequest, desk: Desk, reference: str) -> HttpResponse:
    """Add documents to a case: received or made, and whether the applicant sees them."""
    case = attachments.attachable_case(desk.actor, organisation=desk.organisation, reference=reference)
    if request.method != "POST":
        return _ask(request, desk, case)
    arrival = Arrival(desk.actor, desk.organisation, case.person, lambda name: name == _FIELD)
    with receiving(request, arrival):
        return check_token(request, lambda: _add(request, desk, case, arrival))


@require_safe
@at_desk
def file(request: HttpRequest, desk: Desk, reference: str, file: UUID) -> Any:
    """A picture on a page of its own, as we drew it anew; anything else to be saved. Each is an opening."""
    try:
        opened = _open(request, desk, reference, file)
    except ReasonNeeded as needed:
        return ask_reason(request, desk, reference, needed)
    if opened.media_type not in _PICTURES:
        return _send(opened)
    address = reverse("case_file_content", args=[desk.slug, reference, file])
    context = {"name": opened.name, "reference": reference, "content": address, "place": Place.of(request)}
    return show(request, desk, "case_picture", context)


@require_safe
@at_desk
def content(request: HttpRequest, desk: Desk, reference: str, file: UUID) -> Any:
    """The content of a file, always as something to save: a page may show a picture of it, and runs nothing."""
    return _send(_open(request, desk, reference, file))


@dataclass(frozen=True)
class ListedFile:
    """A file in the list of a case; without an address where one's role may not open it."""

    name: str
    details: str
    href: str


def list_files(files: Iterable[attachments.CaseFile], slug: str, reference: str) -> tuple[ListedFile, ...]:
    """The files of a case, as its page lists them."""
    return tuple(_list(each, slug, reference) for each in files)


def _list(each: attachments.CaseFile, slug: str, reference: str) -> ListedFile:
    whence = each.question or (_("added by us") if each.way == "out" else _("added later"))
    if each.row is None:
        return ListedFile(whence, _("Only some roles may open it"), "")
    warnings = [str(words) for fact, words in _WARNINGS.items() if each.row.facts.get(fact)]
    address = reverse("case_file", args=[slug, reference, each.id])
    return ListedFile(each.row.name, ", ".join((whence, details_of(each.row), *warnings)), address)


def _open(request: HttpRequest, desk: Desk, reference: str, file: UUID) -> Any:
    return attachments.open_case_file(
        desk.actor,
        organisation=desk.organisation,
        reference=reference,
        file=file,
        reason=reason_given(request, reference),
    )


def _send(opened: Any) -> Any:
    return StreamingHttpResponse(opened.chunks(), headers=headers_for(opened))


def _add(request: HttpRequest, desk: Desk, case: attachments.AttachableCase, arrival: Arrival) -> HttpResponse:
    what = request.POST.get("what", "")
    wrong: dict[str, Words] = {}
    if what not in {_RECEIVED, _MADE, _MADE_AND_SHOWN}:
        wrong["what"] = _("Choose what it is")
    for _name, upload in arrival.arrived if not wrong else ():
        try:
            uploading.finish(desk.actor, organisation=desk.organisation, upload=upload)
            attach_document(
                desk.actor,
                organisation=desk.organisation,
                case=case.id,
                file=upload,
                was_received=what == _RECEIVED,
                is_shown=what == _MADE_AND_SHOWN,
            )
            arrival.settle(upload)
        except _TOLD as refusal:
            arrival.refuse(_FIELD, refusal)
    if not arrival.arrived and not arrival.wrong:
        wrong[_FIELD] = _("Choose a file, then add it")
    wrong |= {name: refusal.message for name, refusal in arrival.wrong.items()}
    if wrong:
        return _ask(request, desk, case, what, wrong)
    return redirect(Place.of(request).case_address(desk.slug, case.reference, done="file"))


def _ask(
    request: HttpRequest,
    desk: Desk,
    case: attachments.AttachableCase,
    what: str = "",
    wrong: dict[str, Words] | None = None,
) -> HttpResponse:
    told = wrong or {}
    fields = _fields(what, told)
    context = {"case": case, "fields": fields, "place": Place.of(request), "has_errors": bool(told)}
    return show(request, desk, "case_documents", context, 422 if told else 200)


def _fields(what: str, told: dict[str, Words]) -> tuple[Field, ...]:
    return (
        Field(
            _FIELD,
            _("Documents"),
            Kind.FILE,
            hint=_("PDF, photo, Word, Excel, OpenDocument, text or CSV. Several at a time."),
            error=told.get(_FIELD, ""),
            attributes={"multiple": "multiple"},
        ),
        Field(
            "what",
            _("What are they?"),
            Kind.ONE_OF,
            options=(
                Option(_RECEIVED, _("We received them"), _("By post or email, or at the counter")),
                Option(_MADE, _("We made them, for ourselves")),
                Option(_MADE_AND_SHOWN, _("We made them, and the applicant may see them")),
            ),
            value=what,
            error=told.get("what", ""),
        ),
    )
