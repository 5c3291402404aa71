"""How much may be sent to us, and that no page takes files: what is sent is never written to a disk in the clear."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.errors import Refusal, Words
from commonweal.frontends.pages import GetResponse, tell_refusal


class TooLarge(Refusal):
    """More was sent than any page asks for."""

    status = 413
    code = "too_large"
    title: Words = _("This is too large")
    message: Words = _("Go back, make what you send shorter and try again. Nothing was saved.")


class SizeMiddleware:
    """Refuses what is too large before anything reads it. What does not say its size is read as empty by Django."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if _size_of(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return tell_refusal(request, TooLarge())
        return self.get_response(request)


class NoFiles(FileUploadHandler):
    """Drops every file that is sent and keeps none of it, since Django would write large ones to a temporary folder."""

    def new_file(self, *arguments: Any, **options: Any) -> None:
        """Raises SkipFile: the form's other fields are read as usual."""
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Nothing arrives: every file is dropped at its beginning."""

    def file_complete(self, file_size: int) -> None:
        """No file is ever complete."""


def _size_of(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
