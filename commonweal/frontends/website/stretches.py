"""Files that travel in stretches, begun, gone on with after a break, and finished: what the browser's script speaks.

Asked for by a script, so answered in JSON: what is wrong is a sentence that the script shows.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse

from commonweal.foundations.errors import Missing, Refusal
from commonweal.foundations.files import forgetting, uploading
from commonweal.foundations.files.errors import OutOfStep
from commonweal.foundations.files.parts import standing_of
from commonweal.frontends.pages import BadRequest
from commonweal.frontends.website.amounts import Amounts
from commonweal.frontends.website.giving import FilePlace

P = ParamSpec("P")
OFFSET = "Upload-Offset"
"""How much of an upload has been received, in bytes, as in the tus protocol."""


def told(view: Callable[Concatenate[HttpRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer a refusal with its sentence."""

    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            said = JsonResponse({"code": refusal.code, "message": str(refusal.message)}, status=refusal.status)
            if isinstance(refusal, OutOfStep):
                said[OFFSET] = str(refusal.received)
            return said

    return answer


def begin(request: HttpRequest, place: FilePlace) -> HttpResponse:
    """Begin an upload for a question of a page: its id. Raises Missing, BadRequest, TooManyFiles."""
    if request.method != "POST":
        raise Missing
    if not place.takes(request.POST.get("question", "")):
        raise BadRequest
    Amounts.of(request, place.counted).take()
    upload = uploading.begin(
        place.actor,
        organisation=place.organisation,
        size=_read_number(request.POST.get("size", "")),
        name=request.POST.get("name", ""),
        subject=place.subject,
    )
    return JsonResponse({"upload": str(upload)}, status=201)


def go_on(request: HttpRequest, place: FilePlace, file: UUID) -> HttpResponse:
    """HEAD where an upload stands; PATCH more of it; DELETE it. Raises Missing for anything else."""
    if request.method == "HEAD":
        standing = standing_of(place.actor, organisation=place.organisation, upload=file)
        return HttpResponse(headers={OFFSET: str(standing.received)})
    if request.method == "PATCH":
        return _append(request, place, file)
    if request.method == "DELETE":
        return _cancel(place, file)
    raise Missing


def finish(request: HttpRequest, place: FilePlace, file: UUID) -> HttpResponse:
    """Everything has arrived: examine it and give it to its question; the list of its files, written."""
    if request.method != "POST":
        raise Missing
    question = request.POST.get("question", "")
    place.keep(question, file)
    return HttpResponse(place.write(question))


def _append(request: HttpRequest, place: FilePlace, file: UUID) -> HttpResponse:
    received = uploading.append(
        place.actor,
        organisation=place.organisation,
        upload=file,
        offset=_read_number(request.headers.get(OFFSET, "")),
        data=request.body,
    )
    return HttpResponse(status=204, headers={OFFSET: str(received)})


def _cancel(place: FilePlace, file: UUID) -> HttpResponse:
    """Only an upload of their own that belongs to nothing yet: what was given is taken away by the form."""
    standing = standing_of(place.actor, organisation=place.organisation, upload=file)
    if not place.holds(standing.id):
        forgetting.forget(place.actor, organisation=place.organisation, file=file)
    return HttpResponse(status=204)


def _read_number(text: str) -> int:
    if not text.isdecimal() or len(text) > 12:
        raise BadRequest
    return int(text)
