"""Fill in a draft page by page; forget abandoned drafts."""

from collections.abc import Mapping
from uuid import UUID

from uuid6 import uuid7

from commonweal.capabilities.catalogue.queries.questions import Page, QuestionType
from commonweal.capabilities.forms.actions.keeping import Filling, Progress, begin, hold_draft, lock, require
from commonweal.capabilities.forms.errors import InvalidAnswers, NoSuchPage, NotAsked
from commonweal.capabilities.forms.models import Draft, DraftAnswer, GivenFile
from commonweal.capabilities.forms.queries import filling as queries
from commonweal.capabilities.forms.queries.files import files_given
from commonweal.capabilities.forms.rules.answers import parse_page
from commonweal.capabilities.forms.rules.path import WENT_ON, mark_of_items
from commonweal.capabilities.forms.rules.paths import Place, Slot, Step
from commonweal.capabilities.messages import actions as messages
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.files.keeping import forget_files
from commonweal.foundations.personal_data import keys
from commonweal.foundations.personal_data.purposes import APPLYING
from commonweal.foundations.scope.actors import Actor, DraftHolder, Resident, System, Visitor

_ABOUT = "forms.draft"
_AT_ONCE = 100


@action()
def start_draft(
    actor: Visitor | Resident,
    *,
    organisation: int,
    service: str,
    page: str | None = None,
    given: Mapping[str, str] | None = None,
    known: Mapping[str, str] | None = None,
    again: UUID | None = None,
) -> UUID:
    """Start a draft of a service's form, with the answers of a page if there are any; returns the draft.

    Whoever applies `again` repeats a submission, with answers that are `known` by the keys of their questions. Raises
    NotOffered, InvalidAnswers.
    """
    account = actor.account if isinstance(actor, Resident) else None
    holder = DraftHolder(draft=uuid7(), account=account)
    draft = begin(holder, organisation, service, again)
    if known:
        Filling(holder, draft, {}).keep({(question, 0): answer for question, answer in known.items()})
    if page is not None:
        _answer(Filling(holder, draft, {}), page, 0, given or {})
    return draft.id


def _open_routes(
    actor: DraftHolder, *, organisation: int, page: str = "", item: int = 0, **_others: object
) -> dict[Slot, str]:
    return queries.what_routes(actor, organisation=organisation, page=page, item=item)


@action(opens=APPLYING, loads=_open_routes)
def answer_page(
    actor: DraftHolder,
    *,
    organisation: int,
    page: str,
    given: Mapping[str, str],
    service: str | None = None,
    item: int = 0,
    is_new: bool = False,
    opened: Mapping[Slot, str] | None = None,
) -> Progress:
    """Answer one page of the holder's draft; `given` is what was typed, by field of the form.

    Where `service` is named, answers to its first page begin a draft that is not there yet. `item` is the thing asked
    about on a page that repeats; one that `is_new` never replaces another. What is not asked (any more) is kept and
    not checked. Raises InvalidAnswers (nothing is stored, nothing is lost), DraftGone, AlreadySubmitted, NotYourDraft,
    NoSuchPage.
    """
    draft = hold_draft(actor, organisation=organisation, service=service, page=page)
    filling = Filling(actor, draft, opened or {})
    return _answer(filling, page, item, given, is_new=is_new)


@action(opens=APPLYING, loads=_open_routes)
def finish_items(
    actor: DraftHolder, *, organisation: int, page: str, opened: Mapping[Slot, str] | None = None
) -> Progress:
    """Record that the holder has added all items of a repeating page.

    Raises as answer_page; Incomplete when one is not.
    """
    filling = Filling(actor, require(actor, organisation, lock(actor, organisation)), opened or {})
    declared = _repeated(filling, page)
    filling.keep({mark_of_items(declared): ""})
    record(_ABOUT, filling.draft.id, page=page)
    return filling.progress(page)


@action(opens=APPLYING, loads=_open_routes)
def remove_item(
    actor: DraftHolder, *, organisation: int, page: str, item: int, opened: Mapping[Slot, str] | None = None
) -> None:
    """Remove one item of a repeating page. Removing it again changes nothing."""
    filling = Filling(actor, require(actor, organisation, lock(actor, organisation)), opened or {})
    declared = _repeated(filling, page)
    filling.drop([(question.key, item) for question in declared.questions] if item else [])
    record(_ABOUT, filling.draft.id, page=page, item=item)


@action(opens=APPLYING, loads=_open_routes)
def go_on(
    actor: DraftHolder, *, organisation: int, page: str, way_out: str, opened: Mapping[Slot, str] | None = None
) -> Progress:
    """Continue past an exit that says the service may not be for the holder; they are not asked again.

    Raises NotAsked when the exit does not hold, or lets nobody on; as answer_page else.
    """
    filling = Filling(actor, require(actor, organisation, lock(actor, organisation)), opened or {})
    path = filling.path()
    step = path.step(page)
    if step is None or step.way_out is None or step.way_out.key != way_out or not step.way_out.may_go_on:
        raise NotAsked(path.missing)
    passed = [line for line in (filling.stored.get((WENT_ON, 0)) or "").split("\n") if line]
    filling.keep({(WENT_ON, 0): "\n".join(sorted({*passed, f"{page}.{way_out}"}))})
    record(_ABOUT, filling.draft.id, changed=["went_on"])
    return filling.progress(page)


@action()
def forget_expired_drafts(actor: System, *, organisation: int) -> int:
    """Drafts that nobody changed for as long as their service keeps them are deleted with their keys, a few hundred
    at a time; returns how many."""
    expired = Draft.objects.select_for_update(skip_locked=True).filter(
        organisation_id=organisation, expires_at__lte=now()
    )
    return _forget(actor, organisation, list(expired.values_list("id", flat=True)[:_AT_ONCE]))


@action()
def forget_drafts_of(actor: Actor, *, organisation: int, account: UUID) -> int:
    """Delete an account's unsent drafts here, with their keys; returns how many."""
    begun = Draft.objects.select_for_update().filter(organisation_id=organisation, account_id=account)
    return _forget(actor, organisation, list(begun.values_list("id", flat=True)))


def _forget(actor: Actor, organisation: int, drafts: list[UUID]) -> int:
    DraftAnswer.objects.filter(organisation_id=organisation, draft_id__in=drafts).delete()
    _forget_files(actor, organisation, drafts)
    Draft.objects.filter(organisation_id=organisation, id__in=drafts).delete()
    for draft in drafts:
        keys.destroy(draft)
    messages.forget_about(actor, organisation=organisation, matters=drafts)
    record(_ABOUT, forgotten=len(drafts))
    return len(drafts)


def _forget_files(actor: Actor, organisation: int, drafts: list[UUID]) -> None:
    """Rows and keys of the files go with their drafts; their content, which nobody can open, at the next sweep."""
    given = GivenFile.objects.filter(organisation_id=organisation, record_id__in=drafts)
    files = tuple(given.values_list("file_id", flat=True))
    given.delete()
    for start in range(0, len(files), _AT_ONCE):
        forget_files(actor, organisation=organisation, files=files[start : start + _AT_ONCE])


def _answer(filling: Filling, page: str, item: int, given: Mapping[str, str], *, is_new: bool = False) -> Progress:
    declared = filling.service.page(page)
    if declared is None or bool(item) != (declared.repeats is not None) or not 0 <= item <= _MOST_ITEMS:
        raise NoSuchPage
    step = filling.path().step(page)
    asked = step.page if step else declared
    answers, wrong = parse_page(asked, _with_files(filling.draft, asked, given), today=today())
    if wrong and step is not None:
        raise InvalidAnswers(wrong)
    if step is not None and step.page.repeats is not None:
        item = _item_for(filling, step, item, answers, is_new=is_new)
        if item not in step.items:
            filling.drop([mark_of_items(declared)])
    filling.keep({(question, item): value for question, value in answers.items()})
    record(_ABOUT, filling.draft.id, changed=sorted(answers))
    return filling.progress(page, item)


def _with_files(draft: Draft, page: Page, given: Mapping[str, str]) -> Mapping[str, str]:
    """What was typed, with the files that lie with the draft: what a form says of them is not believed."""
    asked = [question.key for question in page.questions if question.type is QuestionType.FILE]
    if not asked:
        return given
    files = files_given(draft.organisation_id, draft.id)
    return {**given, **{key: files.get(key, "") for key in asked}}


_MOST_ITEMS = 1000


def _item_for(filling: Filling, step: Step, item: int, answers: Mapping[str, str], *, is_new: bool) -> int:
    """Where answers about a thing go. A new one that meets another (two windows) becomes one more, unless it is equal:
    then the button was pressed twice. Raises NotAsked for more than there may be."""
    is_there = item in step.items
    if is_there and not (is_new and any(filling.stored.get((key, item)) != text for key, text in answers.items())):
        return item
    if step.page.repeats is not None and len(step.items) >= step.page.repeats.at_most:
        raise NotAsked(Place(step.page.key))
    return max(step.items) + 1 if is_there else item


def _repeated(filling: Filling, page: str) -> Page:
    """A page on the path that repeats, as it is declared. Raises NoSuchPage, NotAsked."""
    declared = filling.service.page(page)
    if declared is None or declared.repeats is None:
        raise NoSuchPage
    path = filling.path()
    if path.step(page) is None:
        raise NotAsked(path.missing)
    return declared
