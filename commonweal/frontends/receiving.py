"""Files in an ordinary form, sealed as they arrive: no temporary file, and no more of one in memory than a stretch.

A page that takes files is `csrf_exempt` outside and `csrf_protect` inside, as Django's documentation has it for upload
handlers: who sends must be known before the form is read, and the form's token is checked while it is.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_protect

from commonweal.foundations.errors import Refusal
from commonweal.foundations.files import forgetting, uploading
from commonweal.foundations.files.errors import NotAccepted
from commonweal.foundations.scope.actors import Actor

MOST_AT_ONCE = 10
_TOO_MANY = _("Add up to %(most)d files at a time. The others were not added.")
_STRETCH = 1024 * 1024
View = Callable[..., HttpResponse]


def takes_files(view: View) -> View:
    """Mark a page that takes files: more may be sent to it, and it checks the form's token itself (`receiving`)."""
    view.takes_files = True  # type: ignore[attr-defined]
    view.csrf_exempt = True  # type: ignore[attr-defined]
    return view


@dataclass
class Arrival:
    """The files of one form: for whom, which fields take some, what arrived whole, and what is wrong with the rest."""

    actor: Actor
    organisation: int
    subject: UUID
    takes: Callable[[str], bool]
    arrived: list[tuple[str, UUID]] = field(default_factory=list)
    """The field and the upload of each file that arrived."""
    wrong: dict[str, Refusal] = field(default_factory=dict)
    """The first thing wrong in each field."""
    begun: set[UUID] = field(default_factory=set, repr=False)

    def settle(self, upload: UUID) -> None:
        """An upload was kept, or refused for good: it is not thrown away at the end."""
        self.begun.discard(upload)

    def discard(self, upload: UUID) -> None:
        """Forget an upload that nothing wants."""
        self.settle(upload)
        forgetting.forget(self.actor, organisation=self.organisation, file=upload)

    def refuse(self, name: str, refusal: Refusal) -> None:
        self.wrong.setdefault(name, refusal)


@contextmanager
def receiving(request: HttpRequest, arrival: Arrival) -> Iterator[Arrival]:
    """Seal the files of a form that is read within; what was not kept when it ends is forgotten."""
    request.upload_handlers = [SealingHandler(request, arrival)]
    try:
        yield arrival
    finally:
        for upload in list(arrival.begun):
            arrival.discard(upload)


def check_token(request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
    """Read the form, and answer with the view when its token is ours."""
    return csrf_protect(lambda _request: view())(request)


class SealingHandler(FileUploadHandler):
    """Gives each stretch of a file to the vault as it arrives. What is wrong with one loses neither others nor text."""

    def __init__(self, request: HttpRequest, arrival: Arrival) -> None:
        super().__init__(request)
        self._arrival = arrival
        self._upload: UUID | None = None
        self._waiting = bytearray()
        self._sent = 0

    def new_file(self, field_name: str, file_name: str, *arguments: Any, **options: Any) -> None:
        """Begin an upload; a file that no question asks for is dropped."""
        super().new_file(field_name, file_name, *arguments, **options)
        self._upload, self._waiting, self._sent = None, bytearray(), 0
        with self._told():
            if not self._arrival.takes(field_name):
                raise SkipFile
            if len(self._arrival.arrived) >= MOST_AT_ONCE:
                raise NotAccepted("count", _TOO_MANY % {"most": MOST_AT_ONCE})
            self._upload = uploading.begin(
                self._arrival.actor,
                organisation=self._arrival.organisation,
                size=None,
                name=file_name,
                subject=self._arrival.subject,
            )
            self._arrival.begun.add(self._upload)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Hold back a stretch, then seal it."""
        self._waiting += raw_data
        if len(self._waiting) >= _STRETCH:
            self._pass_on()

    def file_complete(self, file_size: int) -> None:
        """Say that the file is whole. It is examined later, when the form's token has been checked."""
        if self._upload is None or self.field_name is None:
            return
        try:
            with self._told():
                self._pass_on()
                uploading.end(self._arrival.actor, organisation=self._arrival.organisation, upload=self._upload)
                self._arrival.arrived.append((self.field_name, self._upload))
        except SkipFile:
            return

    def _pass_on(self) -> None:
        if self._upload is None or not self._waiting:
            return
        with self._told():
            self._sent = uploading.append(
                self._arrival.actor,
                organisation=self._arrival.organisation,
                upload=self._upload,
                offset=self._sent,
                data=bytes(self._waiting),
            )
        self._waiting.clear()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What is refused is told beside its field, and the rest of the file is read past."""
        try:
            yield
        except Refusal as refusal:
            self._skip(refusal)

    def _skip(self, refusal: Refusal) -> None:
        if self.field_name is not None:
            self._arrival.refuse(self.field_name, refusal)
        self._upload = None
        self._waiting.clear()
        raise SkipFile
