"""How much may be sent to us, and that only pages made for it take files: none is written to a disk in the clear."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponseBase, UnreadablePostError
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.errors import Refusal, Words
from commonweal.frontends.pages import BadRequest, GetResponse, tell_refusal

_LARGEST_AT_ONCE = 4


class TooLarge(Refusal):
    """More was sent than any page asks for."""

    status = 413
    code = "too_large"
    title: Words = _("This is too large")
    message: Words = _("Go back, make what you send shorter and try again. Nothing was saved.")


class TooManyAtOnce(TooLarge):
    """More files were sent in one go than a page takes."""

    title: Words = _("These files are too large together")
    message: Words = _("Go back and add them one at a time. The files you added before are kept.")


class SizeMiddleware:
    """Refuses what is too large before anything reads it. What does not say its size is read as empty by Django."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if _size_of(request) > most_bytes_with_files():
            return tell_refusal(request, TooManyAtOnce() if _sends_form(request) else TooLarge())
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], arguments: Any, options: Any
    ) -> HttpResponseBase | None:
        """Only a page that takes files is sent more than other pages; still nothing has read what was sent."""
        takes_files = getattr(view, "takes_files", False)
        if not takes_files and _size_of(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return tell_refusal(request, TooLarge())
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """A page that takes files was sent more words than any page asks for; or the line broke half way."""
        if isinstance(exception, RequestDataTooBig):
            return tell_refusal(request, TooLarge())
        return tell_refusal(request, BadRequest()) if isinstance(exception, UnreadablePostError) else None


class NoFiles(FileUploadHandler):
    """Drops every file that is sent and keeps none of it, since Django would write large ones to a temporary folder."""

    def new_file(self, *arguments: Any, **options: Any) -> None:
        """Raises SkipFile: the form's other fields are read as usual."""
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Nothing arrives: every file is dropped at its beginning."""

    def file_complete(self, file_size: int) -> None:
        """No file is ever complete."""


def most_bytes_with_files() -> int:
    """How many bytes may be sent at once to a page that takes files: a few of the largest."""
    return int(settings.FILES_MOST_BYTES) * _LARGEST_AT_ONCE + int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def _sends_form(request: HttpRequest) -> bool:
    return str(request.META.get("CONTENT_TYPE", "")).startswith("multipart/form-data")


def _size_of(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
