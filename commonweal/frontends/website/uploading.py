"""Files that travel in stretches, begun, gone on with after a break, and finished: what the browser's script speaks.

Asked for by a script, so answered in JSON: what is wrong is a sentence that the script shows.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path

from commonweal.capabilities.forms.queries import files as forms
from commonweal.foundations.errors import Missing, Refusal
from commonweal.foundations.files import forgetting, uploading
from commonweal.foundations.files.errors import OutOfStep
from commonweal.foundations.files.headers import headers_for
from commonweal.foundations.files.parts import standing_of
from commonweal.frontends.asking.files import rows_of_files, write_given
from commonweal.frontends.holding import hand_over
from commonweal.frontends.pages import BadRequest
from commonweal.frontends.website.amounts import Amounts
from commonweal.frontends.website.attaching import FILES, FormPlace, keep
from commonweal.frontends.website.places import Applying, holding
from commonweal.frontends.website.services import name_at

P = ParamSpec("P")
OFFSET = "Upload-Offset"
"""How much of an upload has been received, in bytes, as in the tus protocol."""


def _told(view: Callable[Concatenate[HttpRequest, Applying, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer a refusal with its sentence."""

    @wraps(view)
    def answer(request: HttpRequest, applying: Applying, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, applying, *args, **kwargs)
        except Refusal as refusal:
            told = JsonResponse({"code": refusal.code, "message": str(refusal.message)}, status=refusal.status)
            if isinstance(refusal, OutOfStep):
                told[OFFSET] = str(refusal.received)
            return told

    return answer


@holding
@_told
def begin(request: HttpRequest, applying: Applying) -> HttpResponse:
    """Begin an upload for a question of a page: its address, and where to go on."""
    if request.method != "POST":
        raise Missing
    place = _place(request, applying)
    if request.POST.get("question", "") not in place.questions:
        raise BadRequest
    Amounts.of(request, applying.holder.draft).take()
    upload = uploading.begin(
        applying.holder,
        organisation=applying.council.id,
        size=_read_number(request.POST.get("size", "")),
        name=request.POST.get("name", ""),
        subject=applying.holder.draft,
    )
    answer = JsonResponse({"upload": str(upload)}, status=201)
    return hand_over(answer, request, applying.council.slug, applying.service, applying.holder.draft)


@holding
@_told
def file(request: HttpRequest, applying: Applying, file: UUID) -> HttpResponse:
    """GET a file of the draft; HEAD where an upload stands; PATCH more of it; DELETE it."""
    acts: Mapping[str, Callable[..., HttpResponse]] = {
        "GET": _download,
        "HEAD": _say_where,
        "PATCH": _append,
        "DELETE": _cancel,
    }
    act = acts.get(request.method or "")
    if act is None:
        raise Missing
    return act(request, applying, file)


@holding
@_told
def done(request: HttpRequest, applying: Applying, file: UUID) -> HttpResponse:
    """Everything has arrived: examine it and give it to its question; the list of its files, written."""
    if request.method != "POST":
        raise Missing
    question = request.POST.get("question", "")
    keep(_place(request, applying), question, file)
    given = forms.draft_files(applying.holder, organisation=applying.council.id).get(question, ())
    answer = HttpResponse(write_given(question, rows_of_files(given, FILES)))
    return hand_over(answer, request, applying.council.slug, applying.service, applying.holder.draft)


def _download(request: HttpRequest, applying: Applying, file: UUID) -> Any:
    opened = forms.open_draft_file(applying.holder, organisation=applying.council.id, file=file)
    return StreamingHttpResponse(opened.chunks(), headers=headers_for(opened))


def _say_where(request: HttpRequest, applying: Applying, file: UUID) -> HttpResponse:
    standing = standing_of(applying.holder, organisation=applying.council.id, upload=file)
    return HttpResponse(headers={OFFSET: str(standing.received)})


def _append(request: HttpRequest, applying: Applying, file: UUID) -> HttpResponse:
    received = uploading.append(
        applying.holder,
        organisation=applying.council.id,
        upload=file,
        offset=_read_number(request.headers.get(OFFSET, "")),
        data=request.body,
    )
    return HttpResponse(status=204, headers={OFFSET: str(received)})


def _cancel(request: HttpRequest, applying: Applying, file: UUID) -> HttpResponse:
    """Only an upload of their own that belongs to nothing yet: what was given is taken away by the form."""
    standing = standing_of(applying.holder, organisation=applying.council.id, upload=file)
    given = forms.draft_files(applying.holder, organisation=applying.council.id)
    if not any(row.id == standing.id for rows in given.values() for row in rows):
        forgetting.forget(applying.holder, organisation=applying.council.id, file=file)
    return HttpResponse(status=204)


def _place(request: HttpRequest, applying: Applying) -> FormPlace:
    return FormPlace(applying.holder, applying.council.id, name_at(applying.service), request.POST.get("page", ""))


def _read_number(text: str) -> int:
    if not text.isdecimal() or len(text) > 12:
        raise BadRequest
    return int(text)


_FILES = "<slug:slug>/<slug:service>/apply/<uuid:draft>/files/"

urlpatterns = [
    path(_FILES, begin, name="apply_files"),
    path(f"{_FILES}<uuid:file>/", file, name="apply_file"),
    path(f"{_FILES}<uuid:file>/done/", done, name="apply_file_done"),
]
