"""Somebody fills in a draft, page by page; what nobody goes on with is forgotten."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from uuid6 import uuid7

from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.questions import Page, QuestionType
from commonweal.capabilities.forms.errors import AlreadySubmitted, DraftGone, InvalidAnswers, NoSuchPage, NotYourDraft
from commonweal.capabilities.forms.models import Draft, DraftAnswer, GivenFile, Submission
from commonweal.capabilities.forms.queries.files import files_given
from commonweal.capabilities.forms.rules.answers import parse_page
from commonweal.capabilities.forms.rules.path import first_missing, page_after
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.files.keeping import forget_files
from commonweal.foundations.personal_data import keys
from commonweal.foundations.scope.actors import Actor, DraftHolder, Resident, Visitor

KEPT_FOR = timedelta(days=7)
"""How long a draft is kept after its last change (retention rule forms.draft)."""

_ABOUT = "forms.draft"
_NOBODY = Visitor()
"""What is offered is public: whoever asks reads the same."""
_AT_ONCE = 100


@dataclass(frozen=True)
class Progress:
    """Where to go on: the page after the one answered, and the first page still to answer; empty when there is none."""

    following: str
    missing: str


@action()
def start_draft(
    actor: Visitor | Resident,
    *,
    organisation: int,
    service: str,
    page: str | None = None,
    given: Mapping[str, str] | None = None,
) -> UUID:
    """Somebody begins to fill in a service's form, with the answers of a page if there are any; returns the draft.

    Raises NotOffered, InvalidAnswers.
    """
    account = actor.account if isinstance(actor, Resident) else None
    draft = _begin(DraftHolder(draft=uuid7(), account=account), organisation, service)
    if page is not None:
        _answer(draft, page, given or {})
    return draft.id


@action()
def answer_page(
    actor: DraftHolder, *, organisation: int, page: str, given: Mapping[str, str], service: str | None = None
) -> Progress:
    """The holder answers one page of their draft; `given` is what was typed, by field of the form.

    Where `service` is named, answers to its first page begin a draft that is not there yet. Raises InvalidAnswers
    (nothing is stored, nothing is lost), DraftGone, AlreadySubmitted, NotYourDraft, NoSuchPage.
    """
    return _answer(hold_draft(actor, organisation=organisation, service=service, page=page), page, given)


def hold_draft(actor: DraftHolder, *, organisation: int, service: str | None, page: str) -> Draft:
    """The holder's draft inside an action, which nobody else changes until it is done; begun at its first page.

    Raises DraftGone, AlreadySubmitted, NotYourDraft.
    """
    draft = _lock(actor, organisation)
    if draft is None and service is not None and _is_first(organisation, service, page):
        _begin(actor, organisation, service)
        draft = None if _is_submitted(organisation, actor.draft) else _lock(actor, organisation)
    if draft is None:
        raise AlreadySubmitted if _is_submitted(organisation, actor.draft) else DraftGone
    if service not in {None, draft.service}:
        raise DraftGone
    return draft


@action()
def forget_expired_drafts(actor: Actor, *, organisation: int) -> int:
    """Drafts that nobody changed for a week are deleted with their keys, a few hundred at a time; returns how many."""
    expired = Draft.objects.select_for_update(skip_locked=True).filter(
        organisation_id=organisation, expires_at__lte=now()
    )
    drafts = list(expired.values_list("id", flat=True)[:_AT_ONCE])
    DraftAnswer.objects.filter(organisation_id=organisation, draft_id__in=drafts).delete()
    _forget_files(actor, organisation, drafts)
    Draft.objects.filter(organisation_id=organisation, id__in=drafts).delete()
    for draft in drafts:
        keys.destroy(draft)
    record(_ABOUT, forgotten=len(drafts))
    return len(drafts)


def _forget_files(actor: Actor, organisation: int, drafts: list[UUID]) -> None:
    """Rows and keys of the files go with their drafts; their content, which nobody can open, at the next sweep."""
    given = GivenFile.objects.filter(organisation_id=organisation, record_id__in=drafts)
    files = tuple(given.values_list("file_id", flat=True))
    given.delete()
    for start in range(0, len(files), _AT_ONCE):
        forget_files(actor, organisation=organisation, files=files[start : start + _AT_ONCE])


def _begin(holder: DraftHolder, organisation: int, service: str) -> Draft:
    """Make the holder's draft unless it is there."""
    offered, moment = catalogue.service(_NOBODY, organisation=organisation, name=service), now()
    draft = Draft(
        id=holder.draft,
        organisation_id=organisation,
        key_id=keys.key_for_draft(holder.draft),
        service=service,
        version_id=offered.version,
        account_id=holder.account,
        started_at=moment,
        changed_at=moment,
        expires_at=moment + KEPT_FOR,
    )
    Draft.objects.bulk_create([draft], ignore_conflicts=True)
    record(_ABOUT, draft.id, service=service, version=offered.version)
    return draft


def _is_first(organisation: int, service: str, page: str) -> bool:
    offered = catalogue.service(_NOBODY, organisation=organisation, name=service)
    return offered.service.pages[0].key == page


def _lock(actor: DraftHolder, organisation: int) -> Draft | None:
    """The holder's draft, which nobody else submits or changes until this is done."""
    held = Draft.objects.select_for_update().filter(organisation_id=organisation, id=actor.draft, expires_at__gt=now())
    draft = held.first()
    if draft is not None and draft.account_id is not None and draft.account_id != actor.account:
        raise NotYourDraft
    return draft


def _answer(draft: Draft, page: str, given: Mapping[str, str]) -> Progress:
    service = catalogue.service_version(_NOBODY, organisation=draft.organisation_id, version=draft.version_id).service
    asked = service.page(page)
    if asked is None:
        raise NoSuchPage
    answers, wrong = parse_page(asked, _with_files(draft, asked, given), today=today())
    if wrong:
        raise InvalidAnswers(wrong)
    store_answers(draft, answers)
    keep_draft(draft)
    record(_ABOUT, draft.id, changed=sorted(answers))
    answered = DraftAnswer.objects.filter(organisation_id=draft.organisation_id, draft_id=draft.id)
    missing = first_missing(service, set(answered.values_list("question", flat=True)))
    following = page_after(service, page)
    return Progress(following.key if following else "", missing.key if missing else "")


def _with_files(draft: Draft, page: Page, given: Mapping[str, str]) -> Mapping[str, str]:
    """What was typed, with the files that lie with the draft: what a form says of them is not believed."""
    asked = [question.key for question in page.questions if question.type is QuestionType.FILE]
    if not asked:
        return given
    files = files_given(draft.organisation_id, draft.id)
    return {**given, **{key: files.get(key, "") for key in asked}}


def keep_draft(draft: Draft) -> None:
    """The draft changed: it is kept for a week from now."""
    moment = now()
    own = Draft.objects.filter(organisation_id=draft.organisation_id, id=draft.id)
    own.update(changed_at=moment, expires_at=moment + KEPT_FOR)


def store_answers(draft: Draft, answers: Mapping[str, str]) -> None:
    """Answers replace those given before. The draft is locked: nobody else writes between the two statements."""
    organisation = draft.organisation_id
    before = DraftAnswer.objects.filter(organisation_id=organisation, draft_id=draft.id, question__in=list(answers))
    before.delete()
    DraftAnswer.objects.bulk_create(
        DraftAnswer(
            organisation_id=organisation, key_id=draft.key_id, draft_id=draft.id, question=question, value=value
        )
        for question, value in answers.items()
    )


def _is_submitted(organisation: int, draft: UUID) -> bool:
    return Submission.objects.filter(organisation_id=organisation, draft_id=draft).exists()
