"""Files that people give with a page: those that arrive with it are examined and given, and may be taken away."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.errors import Words
from commonweal.foundations.files import errors
from commonweal.foundations.scope.actors import Actor
from commonweal.frontends.receiving import Arrival, check_token, receiving
from commonweal.frontends.website.amounts import Amounts

ADD, REMOVE = "files-add", "files-remove"

TOLD = (errors.NotAccepted, errors.StorageFull, errors.StorageUnavailable, errors.NotChecked, errors.OutOfStep)
"""What is wrong with a file and not with the page."""


class FilePlace(Protocol):
    """Where files may be given: by whom, about whom, for which draft or case they are counted, and to what."""

    @property
    def actor(self) -> Actor: ...

    @property
    def organisation(self) -> int: ...

    @property
    def subject(self) -> UUID: ...

    @property
    def counted(self) -> UUID: ...

    def takes(self, question: str) -> bool:
        """Whether files answer this question of the page."""

    def keep(self, question: str, upload: UUID) -> None:
        """Examine an upload and give it to its question. Raises one of `TOLD` when it cannot be."""

    def remove(self, file: UUID) -> None:
        """Take a file away that was given here, and forget it."""

    def holds(self, file: UUID) -> bool:
        """Whether a file was given here."""

    def write(self, question: str) -> str:
        """The list of the files given to a question, as HTML."""


@dataclass(frozen=True)
class Filed:
    """What came of the files of a form: what is wrong, by field, and whether the page was sent only for them."""

    wrong: Mapping[str, Words] = field(default_factory=dict)
    is_for_files: bool = False

    @property
    def stays(self) -> bool:
        return self.is_for_files or bool(self.wrong)


def receive(request: HttpRequest, place: FilePlace, view: Callable[[Filed], HttpResponse]) -> HttpResponse:
    """Read a form with its files, do with them what its button says, and answer with the view."""
    amounts = Amounts.of(request, place.counted)

    def takes(name: str) -> bool:
        if not place.takes(name):
            return False
        amounts.take()
        return True

    arrival = Arrival(place.actor, place.organisation, place.subject, takes)
    with receiving(request, arrival):
        return check_token(request, lambda: view(_file(request, place, arrival)))


def _file(request: HttpRequest, place: FilePlace, arrival: Arrival) -> Filed:
    asked_to_add, asked_to_remove = request.POST.get(ADD, ""), _read_id(request.POST.get(REMOVE, ""))
    for name, upload in arrival.arrived:
        try:
            place.keep(name, upload)
            arrival.settle(upload)
        except TOLD as refusal:
            arrival.refuse(name, refusal)
    if asked_to_remove is not None:
        place.remove(asked_to_remove)
    wrong: dict[str, Words] = {name: refusal.message for name, refusal in arrival.wrong.items()}
    if asked_to_add and place.takes(asked_to_add) and not arrival.arrived and not wrong:
        wrong[asked_to_add] = _("Choose a file, then add it")
    return Filed(wrong, is_for_files=bool(asked_to_add) or REMOVE in request.POST)


def _read_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
