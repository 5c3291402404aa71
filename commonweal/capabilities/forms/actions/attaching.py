"""Add files to a draft's question or remove them. Content is stored and deleted outside the action."""

import hmac
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.questions import Question, QuestionType
from commonweal.capabilities.forms.actions.keeping import hold_draft, keep_draft, store_answers
from commonweal.capabilities.forms.errors import NoSuchPage
from commonweal.capabilities.forms.models import Draft, DraftAnswer, GivenFile
from commonweal.capabilities.forms.queries.files import files_given
from commonweal.capabilities.forms.rules.answering.files import most_of, reason_against
from commonweal.capabilities.forms.rules.answers import parse
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.errors import Words
from commonweal.foundations.files import keeping
from commonweal.foundations.files.errors import NotAccepted
from commonweal.foundations.personal_data import keys
from commonweal.foundations.scope.actors import DraftHolder, Visitor

_ABOUT = "forms.draft"
_NOBODY = Visitor()
_WORDS: dict[str, Words] = {
    "kind": _("We cannot take this type of file here. Choose a photo, a PDF, or a Word, Excel or OpenDocument file."),
    "photo": _("This must be a photo: a JPG, PNG, WebP or HEIC file. Choose another file."),
    "document": _("This must be a PDF, or a Word, Excel or OpenDocument file. Choose another file."),
    "locked": _("The PDF is locked with a password, so we could not read it. Save it without one and choose it again."),
    "macros": _("The file contains macros, which are small programs. Save it as a PDF and choose it again."),
}
_TOO_MANY = _("You can add up to %(most)d files here. Remove one first.")


@dataclass(frozen=True)
class Given:
    """What became of a file: kept now, or the same was there already and this one is to be forgotten."""

    is_kept: bool


@action()
def give_file(
    actor: DraftHolder, *, organisation: int, service: str, page: str, question: str, file: UUID, digest: bytes
) -> Given:
    """Add a stored file to a question of the holder's draft; `digest` is of what they sent.

    The same file, or the same content again, changes nothing. Raises NotAccepted (kind, locked, macros, count),
    NoSuchFile, NoSuchPage, and whatever answering a page does.
    """
    draft = hold_draft(actor, organisation=organisation, service=service, page=page)
    asked = _question(draft, page, question)
    mine = GivenFile.objects.filter(organisation_id=organisation, record_id=draft.id)
    if mine.filter(file_id=file).exists():
        record(_ABOUT, draft.id, repeat=True)
        return Given(is_kept=True)
    mark = _mark(draft, question, digest)
    if mark is not None and mine.filter(mark=mark).exists():
        record(_ABOUT, draft.id, repeat=True)
        return Given(is_kept=False)
    if mine.filter(question=question).count() >= most_of(asked):
        raise NotAccepted("count", _TOO_MANY % {"most": most_of(asked)})
    attached = keeping.attach_file(actor, organisation=organisation, file=file, to=draft.id, subject=draft.id)
    reason = reason_against(asked, attached.media_type, attached.facts)
    if reason:
        raise NotAccepted(reason, _WORDS[reason])
    GivenFile.objects.create(
        organisation_id=organisation,
        record_id=draft.id,
        subject_id=draft.id,
        question=question,
        file_id=file,
        mark=mark,
        given_at=now(),
    )
    _follow(draft, asked)
    record(_ABOUT, draft.id, changed=[question], file=file)
    return Given(is_kept=True)


@action()
def take_file_away(actor: DraftHolder, *, organisation: int, service: str, page: str, file: UUID) -> tuple[UUID, ...]:
    """Remove a file from the holder's draft; returns the content to delete. Repeating it changes nothing."""
    draft = hold_draft(actor, organisation=organisation, service=service, page=page)
    found = GivenFile.objects.filter(organisation_id=organisation, record_id=draft.id, file_id=file).first()
    record(_ABOUT, draft.id, changed=[found.question] if found else [], file=file)
    if found is None:
        return ()
    found.delete()
    _follow(draft, _question(draft, page, found.question))
    return keeping.forget_files(actor, organisation=organisation, files=(file,))


def _question(draft: Draft, page: str, key: str) -> Question:
    declared = catalogue.service_version(_NOBODY, organisation=draft.organisation_id, version=draft.version_id).service
    asked = declared.page(page)
    found = next((each for each in asked.questions if each.key == key), None) if asked else None
    if found is None or found.type is not QuestionType.FILE:
        raise NoSuchPage
    return found


def _mark(draft: Draft, question: str, digest: bytes) -> str | None:
    """The fingerprint of a file under the draft's key; None when what was sent is not known any more."""
    if not digest:
        return None
    key = keys.to_seal_with(draft.key_id)
    return hmac.new(key, b"forms.given_file\x00" + question.encode() + b"\x00" + digest, sha256).hexdigest()


def _follow(draft: Draft, asked: Question) -> None:
    """An answer that was given already follows its files; one that they no longer make is to be given again."""
    before = DraftAnswer.objects.filter(organisation_id=draft.organisation_id, draft_id=draft.id, question=asked.key)
    if before.exists():
        before.delete()
        files = files_given(draft.organisation_id, draft.id).get(asked.key, "")
        answer = parse(asked, {asked.key: files}, today=today())
        if isinstance(answer, str):
            store_answers(draft, {(asked.key, 0): answer})
    keep_draft(draft)
