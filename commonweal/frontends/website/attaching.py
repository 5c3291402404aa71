"""Files of a form: given to the questions of a draft's page, listed, and taken away."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from commonweal.capabilities.catalogue.queries.questions import Page, QuestionType
from commonweal.capabilities.forms.actions import attaching
from commonweal.capabilities.forms.queries import files as forms
from commonweal.foundations.files import forgetting, uploading, vault
from commonweal.foundations.scope.actors import DraftHolder
from commonweal.frontends.asking.files import rows_of_files, write_given

_FILES = "../files/"
"""Where the files of a draft are, from any of its pages."""


@dataclass
class FormPlace:
    """A page of a draft, where files may arrive."""

    actor: DraftHolder
    organisation: int
    service: str
    page: str

    @property
    def subject(self) -> UUID:
        return self.actor.draft

    @property
    def counted(self) -> UUID:
        return self.actor.draft

    @cached_property
    def _questions(self) -> frozenset[str]:
        asked = forms.file_questions(self.actor, organisation=self.organisation, service=self.service, page=self.page)
        return frozenset(question.key for question in asked)

    def takes(self, question: str) -> bool:
        """Whether files answer this question of the page."""
        return question in self._questions

    def keep(self, question: str, upload: UUID) -> None:
        """Examine an upload and give it to its question; the same one given before is forgotten."""
        here = self.organisation
        digest = uploading.digest_of(self.actor, organisation=here, upload=upload)
        uploading.finish(self.actor, organisation=here, upload=upload)
        given = attaching.give_file(
            self.actor,
            organisation=here,
            service=self.service,
            page=self.page,
            question=question,
            file=upload,
            digest=digest,
        )
        if not given.is_kept:
            forgetting.forget(self.actor, organisation=here, file=upload)

    def remove(self, file: UUID) -> None:
        """Take a file away from its question and forget it."""
        contents = attaching.take_file_away(
            self.actor, organisation=self.organisation, service=self.service, page=self.page, file=file
        )
        vault.discard(self.organisation, contents)

    def holds(self, file: UUID) -> bool:
        """Whether a file of the draft was given to a question."""
        given = forms.draft_files(self.actor, organisation=self.organisation)
        return any(row.id == file for rows in given.values() for row in rows)

    def write(self, question: str) -> str:
        """The list of the files given to a question, as HTML."""
        given = forms.draft_files(self.actor, organisation=self.organisation).get(question, ())
        return write_given(question, rows_of_files(given, _FILES))


def lists_of(holder: DraftHolder, organisation: int, page: Page) -> Mapping[str, str]:
    """The lists of files given to the questions of a page, written."""
    asked = [question.key for question in page.questions if question.type is QuestionType.FILE]
    if not asked:
        return {}
    given = forms.draft_files(holder, organisation=organisation)
    return {key: write_given(key, rows_of_files(given.get(key, ()), _FILES)) for key in asked if key in given}
