"""Files that an applicant gives for what they are asked: with the page, or in stretches."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from commonweal.capabilities.cases.actions import attaching
from commonweal.capabilities.cases.queries import asked
from commonweal.capabilities.cases.queries.attachments import open_own_file
from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.foundations.files import uploading, vault
from commonweal.foundations.files.headers import headers_for
from commonweal.foundations.files.opening import FileRow
from commonweal.foundations.scope.actors import Resident
from commonweal.frontends.asking.files import rows_of_files, write_given
from commonweal.frontends.website import stretches
from commonweal.frontends.website.applications.proven import of_own

FIELD = "files"
ADDRESS = "files/"
"""Where the files are, from the page of the question."""


@dataclass
class AnswerPlace:
    """The page of what an applicant is asked, where files may arrive."""

    actor: Resident
    organisation: int
    reference: str

    @cached_property
    def _case(self) -> asked.AskedCase:
        return asked.asked_case(self.actor, organisation=self.organisation, reference=self.reference)

    def require_own(self) -> None:
        """Raises NoSuchCase unless the application is the actor's."""
        _ = self._case

    @property
    def subject(self) -> UUID:
        return self._case.person

    @property
    def counted(self) -> UUID:
        return self._case.id

    def takes(self, question: str) -> bool:
        """Whether files arrive under this name, while anything is asked."""
        return self._case.is_asked and question == FIELD

    def keep(self, question: str, upload: UUID) -> None:
        """Examine an upload and hand it in."""
        uploading.finish(self.actor, organisation=self.organisation, upload=upload)
        attaching.hand_in(self.actor, organisation=self.organisation, reference=self.reference, file=upload)

    def remove(self, file: UUID) -> None:
        """Take a file back and forget it."""
        contents = attaching.take_back(self.actor, organisation=self.organisation, reference=self.reference, file=file)
        vault.discard(self.organisation, contents)

    def holds(self, file: UUID) -> bool:
        """Whether a file was handed in for what is asked."""
        return asked.was_given(self.actor, organisation=self.organisation, reference=self.reference, file=file)

    def write(self, question: str) -> str:
        """The list of the files handed in for what is asked."""
        page = asked.question_asked(self.actor, organisation=self.organisation, reference=self.reference)
        return write_files(page.files)


def write_files(files: tuple[FileRow, ...]) -> str:
    """The list of files that were handed in, as HTML."""
    return write_given(FIELD, rows_of_files(files, ADDRESS))


@of_own
def begin(request: HttpRequest, council: OrganisationRow, actor: Resident, reference: str) -> HttpResponse:
    """Begin an upload: its address, and where to go on."""
    return stretches.told(stretches.begin)(request, _place(council, actor, reference))


@of_own
def file(request: HttpRequest, council: OrganisationRow, actor: Resident, reference: str, file: UUID) -> Any:
    """GET a file that was handed in; HEAD where an upload stands; PATCH more of it; DELETE it."""
    if request.method == "GET":
        opened = open_own_file(actor, organisation=council.id, reference=reference, file=file)
        return StreamingHttpResponse(opened.chunks(), headers=headers_for(opened))
    return stretches.told(stretches.go_on)(request, _place(council, actor, reference), file)


@of_own
def done(request: HttpRequest, council: OrganisationRow, actor: Resident, reference: str, file: UUID) -> HttpResponse:
    """Everything has arrived: examine it and hand it in; the list of the files, written."""
    return stretches.told(stretches.finish)(request, _place(council, actor, reference), file)


def _place(council: OrganisationRow, actor: Resident, reference: str) -> AnswerPlace:
    """Where the files go. Raises NoSuchCase for whoever has not proven that it is theirs."""
    place = AnswerPlace(actor, council.id, reference)
    place.require_own()
    return place
