"""Files of a form: those that arrive with a page are examined and given to their question, and may be taken away."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.catalogue.queries.questions import Page, QuestionType
from commonweal.capabilities.forms.actions import attaching
from commonweal.capabilities.forms.queries import files as forms
from commonweal.foundations.errors import Refusal, Words
from commonweal.foundations.files import errors, forgetting, uploading, vault
from commonweal.foundations.scope.actors import DraftHolder
from commonweal.frontends.asking.files import rows_of_files, write_given
from commonweal.frontends.receiving import Arrival, check_token, receiving
from commonweal.frontends.website.amounts import Amounts

ADD, REMOVE = "files-add", "files-remove"
FILES = "../files/"
"""Where the files of a draft are, from any of its pages."""

TOLD = (errors.NotAccepted, errors.StorageFull, errors.StorageUnavailable, errors.NotChecked, errors.OutOfStep)
"""What is wrong with a file and not with the page."""


@dataclass
class FormPlace:
    """A page of a draft, where files may arrive."""

    holder: DraftHolder
    organisation: int
    service: str
    page: str

    @cached_property
    def questions(self) -> frozenset[str]:
        """The questions of the page that files answer."""
        asked = forms.file_questions(self.holder, organisation=self.organisation, service=self.service, page=self.page)
        return frozenset(question.key for question in asked)


@dataclass(frozen=True)
class Filed:
    """What came of the files of a form: what is wrong, by field, and whether the page was sent only for them."""

    wrong: Mapping[str, Words] = field(default_factory=dict)
    is_for_files: bool = False

    @property
    def stays(self) -> bool:
        return self.is_for_files or bool(self.wrong)


def receive(request: HttpRequest, place: FormPlace, view: Callable[[Filed], HttpResponse]) -> HttpResponse:
    """Read a form with its files, do with them what its button says, and answer with the view."""
    amounts = Amounts.of(request, place.holder.draft)

    def takes(name: str) -> bool:
        if name not in place.questions:
            return False
        amounts.take()
        return True

    arrival = Arrival(place.holder, place.organisation, place.holder.draft, takes)
    with receiving(request, arrival):
        return check_token(request, lambda: view(_file(request, place, arrival)))


def keep(place: FormPlace, question: str, upload: UUID) -> None:
    """Examine an upload and give it to its question. Raises one of `TOLD` when it cannot be."""
    here = place.organisation
    digest = uploading.digest_of(place.holder, organisation=here, upload=upload)
    uploading.finish(place.holder, organisation=here, upload=upload)
    given = attaching.give_file(
        place.holder,
        organisation=here,
        service=place.service,
        page=place.page,
        question=question,
        file=upload,
        digest=digest,
    )
    if not given.is_kept:
        forgetting.forget(place.holder, organisation=here, file=upload)


def remove(place: FormPlace, file: UUID) -> None:
    """Take a file away from its question and forget it."""
    contents = attaching.take_file_away(
        place.holder, organisation=place.organisation, service=place.service, page=place.page, file=file
    )
    vault.discard(place.organisation, contents)


def lists_of(holder: DraftHolder, organisation: int, page: Page) -> Mapping[str, str]:
    """The lists of files given to the questions of a page, written."""
    asked = [question.key for question in page.questions if question.type is QuestionType.FILE]
    if not asked:
        return {}
    given = forms.draft_files(holder, organisation=organisation)
    return {key: write_given(key, rows_of_files(given.get(key, ()), FILES)) for key in asked if key in given}


def _file(request: HttpRequest, place: FormPlace, arrival: Arrival) -> Filed:
    asked_to_add, asked_to_remove = request.POST.get(ADD, ""), _read_id(request.POST.get(REMOVE, ""))
    for name, upload in arrival.arrived:
        try:
            keep(place, name, upload)
            arrival.settle(upload)
        except TOLD as refusal:
            arrival.refuse(name, refusal)
    if asked_to_remove is not None:
        remove(place, asked_to_remove)
    wrong: dict[str, Words] = {name: _say(refusal) for name, refusal in arrival.wrong.items()}
    if asked_to_add in place.questions and not arrival.arrived and not wrong:
        wrong[asked_to_add] = _("Choose a file, then add it")
    return Filed(wrong, is_for_files=bool(asked_to_add) or REMOVE in request.POST)


def _say(refusal: Refusal) -> Words:
    return refusal.message


def _read_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
