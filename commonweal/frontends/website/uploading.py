"""The addresses at which files of a draft travel in stretches, and from which those given are opened."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path

from commonweal.capabilities.forms.queries import files as forms
from commonweal.foundations.files.headers import headers_for
from commonweal.frontends.holding import hand_over
from commonweal.frontends.website import stretches
from commonweal.frontends.website.attaching import FormPlace
from commonweal.frontends.website.places import Applying, holding
from commonweal.frontends.website.services import name_at


@holding
@stretches.told
def begin(request: HttpRequest, applying: Applying) -> HttpResponse:
    """Begin an upload for a question of a page: its address, and where to go on."""
    return _hand_over(stretches.begin(request, _place(request, applying)), request, applying)


@holding
@stretches.told
def file(request: HttpRequest, applying: Applying, file: UUID) -> Any:
    """GET a file of the draft; HEAD where an upload stands; PATCH more of it; DELETE it."""
    if request.method == "GET":
        opened = forms.open_draft_file(applying.holder, organisation=applying.council.id, file=file)
        return StreamingHttpResponse(opened.chunks(), headers=headers_for(opened))
    return stretches.go_on(request, _place(request, applying), file)


@holding
@stretches.told
def done(request: HttpRequest, applying: Applying, file: UUID) -> HttpResponse:
    """Everything has arrived: examine it and give it to its question; the list of its files, written."""
    return _hand_over(stretches.finish(request, _place(request, applying), file), request, applying)


def _place(request: HttpRequest, applying: Applying) -> FormPlace:
    return FormPlace(applying.holder, applying.council.id, name_at(applying.service), request.POST.get("page", ""))


def _hand_over(answer: HttpResponse, request: HttpRequest, applying: Applying) -> HttpResponse:
    return hand_over(answer, request, applying.council.slug, applying.service, applying.holder.draft)


_FILES = "<slug:slug>/<slug:service>/apply/<uuid:draft>/files/"

urlpatterns = [
    path(_FILES, begin, name="apply_files"),
    path(f"{_FILES}<uuid:file>/", file, name="apply_file"),
    path(f"{_FILES}<uuid:file>/done/", done, name="apply_file_done"),
]
