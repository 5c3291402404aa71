"""What others may read of drafts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.questions import Exit, Page, QuestionType
from commonweal.capabilities.forms.errors import Incomplete, NoSuchPage, NotAsked
from commonweal.capabilities.forms.models import Draft
from commonweal.capabilities.forms.queries.answers import AnswerRow, rows_of
from commonweal.capabilities.forms.queries.files import draft_files
from commonweal.capabilities.forms.queries.held import (
    DraftRow,
    Held,
    find_held,
    is_submitted,
    known_to,
    refuse,
    require_held,
)
from commonweal.capabilities.forms.queries.prefilling import own_answers
from commonweal.capabilities.forms.rules.answers import given_by
from commonweal.capabilities.forms.rules.conditions import work_out_fee
from commonweal.capabilities.forms.rules.path import work_out_path
from commonweal.capabilities.forms.rules.paths import Path, Place, Slot, Step, begin_of
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data.purposes import APPLYING
from commonweal.foundations.scope.actors import Actor, DraftHolder


@dataclass(frozen=True)
class DraftPage:
    """A page of a form with the questions that are asked; `given` are its answers as the fields of the form.

    Of a page that repeats, `item` is the thing asked about; it is 0 for the overview, which has the `rows` of all
    `items`. `before` is the page before. `is_prefilled`: something was filled in from the person's own record.
    """

    version: UUID
    service: Service
    page: Page
    given: Mapping[str, str] = field(repr=False)
    item: int = 0
    items: tuple[int, ...] = (0,)
    rows: tuple[AnswerRow, ...] = field(default=(), repr=False)
    before: Place | None = None
    is_prefilled: bool = False
    expires_at: datetime | None = None


@dataclass(frozen=True)
class DraftExit:
    """An exit at which someone is, after the page they answered."""

    service: Service
    page: Page
    way_out: Exit


@dataclass(frozen=True)
class DraftAnswers:
    """All answers on the path, opened; without a draft (`draft` is None) when it was submitted or has expired."""

    draft: DraftRow | None
    answers: tuple[AnswerRow, ...] = ()
    path: Path | None = None

    def value(self, question: str, item: int = 0) -> str:
        """The stored answer to a question; empty when it was left so or never asked."""
        found = (answer.value for answer in self.answers if (answer.question, answer.item) == (question, item))
        return next(found, "")


@dataclass(frozen=True)
class CompleteAnswers:
    """A draft that can be submitted, with every answer opened, and what is to be paid, in pence."""

    service: Service
    path: Path
    answers: tuple[AnswerRow, ...]
    changed_at: datetime
    expires_at: datetime
    fee_pence: int | None


@query()
def draft(actor: DraftHolder, *, organisation: int) -> DraftRow:
    """The holder's draft; opens nothing. Raises DraftGone, AlreadySubmitted, NotYourDraft."""
    return require_held(actor, organisation).draft


@query()
def first_page(actor: DraftHolder, *, organisation: int, service: str) -> Place:
    """Where somebody begins with a service as it is offered now. Raises NotOffered, NoSuchPage."""
    offered = catalogue.service(actor, organisation=organisation, name=service)
    return begin_of(first_step(actor, organisation, offered.service))


@query(opens=APPLYING)
def draft_page(actor: DraftHolder, *, organisation: int, service: str, page: str, item: int = 0) -> DraftPage:
    """A page with its answers so far. A page not answered yet opens only what decides whether it is asked.

    The first page may be looked at before there is a draft. Raises DraftGone, AlreadySubmitted, NotYourDraft,
    NoSuchPage, NotAsked, NotOffered.
    """
    held = find_held(actor, organisation)
    if held is None:
        offered, step = _not_begun(actor, organisation, service, page)
        own = own_answers(actor, organisation, step.page, ())
        return DraftPage(offered.version, offered.service, step.page, own, item, step.items, is_prefilled=bool(own))
    step, opened, path = _step_at(held, service, page)
    _require_item(step, item)
    asked_of = [(question, item) for question in step.page.questions if question.type.has_answer]
    slots = list(step.slots()) if step.page.repeats and not item else asked_of
    opened |= held.open((question.key, number) for question, number in slots if (question.key, number) not in opened)
    is_own = held.draft.account is not None
    own = own_answers(actor, organisation, step.page, held.draft.answered, held.draft.again) if is_own else {}
    given = dict(own)
    for question, number in slots:
        if number == item and (question.key, number) in opened:
            given |= given_by(question, opened[question.key, number])
    return DraftPage(
        held.draft.version,
        held.draft.service,
        step.page,
        given,
        item,
        step.items,
        rows_of(slots, opened) if step.page.repeats and not item else (),
        path.before(page),
        is_prefilled=bool(own),
        expires_at=held.draft.expires_at,
    )


@query(opens=APPLYING)
def draft_exit(actor: DraftHolder, *, organisation: int, service: str, page: str, way_out: str) -> DraftExit:
    """The exit at which the holder is. Raises NotAsked when it does not hold (any more), as draft_page else."""
    held = require_held(actor, organisation)
    step, _opened, path = _step_at(held, service, page)
    if step.way_out is None or step.way_out.key != way_out:
        raise NotAsked(path.missing)
    return DraftExit(held.draft.service, step.page, step.way_out)


@query(opens=APPLYING)
def where_to_go_on(actor: DraftHolder, *, organisation: int) -> Place | None:
    """The first place of the draft where something is to be done; None when only sending is left.

    Raises DraftGone, AlreadySubmitted, NotYourDraft.
    """
    held = require_held(actor, organisation)
    return held.path(held.open_what_routes()).missing


@query(opens=APPLYING)
def what_routes(actor: DraftHolder, *, organisation: int, page: str = "", item: int = 0) -> dict[Slot, str]:
    """The answers that decide what is asked, and those of one item of a page that repeats; none without a draft.

    Raises NotYourDraft.
    """
    held = find_held(actor, organisation)
    if held is None:
        return {}
    declared = held.draft.service.page(page)
    own = {question.key for question in declared.questions} if declared is not None and item else set()
    return held.open_what_routes() | held.open(slot for slot in held.sealed if slot[0] in own and slot[1] == item)


@query(opens=APPLYING)
def draft_answers(actor: DraftHolder, *, organisation: int) -> DraftAnswers:
    """Every answer on the draft's path, in the order of the questions. Raises NotYourDraft."""
    held = find_held(actor, organisation)
    if held is None:
        return DraftAnswers(None)
    opened = held.open(held.sealed)
    path = held.path(opened)
    return DraftAnswers(held.draft, _rows_on(path, opened), path)


@query(opens=APPLYING)
def complete_answers(actor: DraftHolder, *, organisation: int) -> CompleteAnswers:
    """Every answer of a draft that can be submitted, for a last look.

    Raises Incomplete (before more is opened than finds the way), DraftGone, AlreadySubmitted, NotYourDraft.
    """
    held = require_held(actor, organisation)
    missing = held.path(held.open_what_routes()).missing
    if missing is not None:
        raise Incomplete(missing)
    opened = held.open(held.sealed)
    path = held.path(opened)
    return CompleteAnswers(
        held.draft.service,
        path,
        _rows_on(path, opened, _names_of_files(actor, organisation, path)),
        held.draft.changed_at,
        held.draft.expires_at,
        work_out_fee(held.draft.service, path.values),
    )


@query()
def has_expired_drafts(actor: Actor, *, organisation: int) -> bool:
    """Whether any draft of the organisation is past its time."""
    return Draft.objects.filter(organisation_id=organisation, expires_at__lte=now()).exists()


def _rows_on(path: Path, opened: Mapping[Slot, str], told: Mapping[str, str] | None = None) -> tuple[AnswerRow, ...]:
    return rows_of((slot for step in path.steps for slot in step.slots()), opened, told)


def _names_of_files(actor: DraftHolder, organisation: int, path: Path) -> Mapping[str, str]:
    if not any(question.type is QuestionType.FILE for step in path.steps for question in step.page.questions):
        return {}
    found = draft_files(actor, organisation=organisation)
    return {question: "\n".join(file.name for file in files) for question, files in found.items()}


def _step_at(held: Held, service: str, page: str) -> tuple[Step, dict[Slot, str], Path]:
    """A page of the draft's path. Raises NoSuchPage, NotAsked."""
    if held.draft.service.name != service or held.draft.service.page(page) is None:
        raise NoSuchPage
    opened = held.open_what_routes()
    path = held.path(opened)
    step = path.step(page)
    if step is None:
        raise NotAsked(path.missing)
    return step, opened, path


def _require_item(step: Step, item: int) -> None:
    """Raises NoSuchPage for an item of a page that does not repeat, NotAsked for more of them than there may be."""
    if step.page.repeats is None and item:
        raise NoSuchPage
    if step.page.repeats and item and item not in step.items and len(step.items) >= step.page.repeats.at_most:
        raise NotAsked(step.place)


def _not_begun(actor: DraftHolder, organisation: int, service: str, page: str) -> tuple[catalogue.Offered, Step]:
    """The service as it is offered now, for whoever is at its first page with nothing answered."""
    offered = catalogue.service(actor, organisation=organisation, name=service)
    first = first_step(actor, organisation, offered.service)
    if first.page.key != page or is_submitted(actor, organisation):
        refuse(actor, organisation)
    return offered, first


def first_step(actor: DraftHolder, organisation: int, service: Service) -> Step:
    """Where the holder of a draft that is not there yet begins. Raises NoSuchPage when nothing is asked of them."""
    is_staff = actor.taken_by is not None
    known = known_to(actor, organisation, service, channel=actor.channel, is_staff=is_staff)
    steps = work_out_path(service, {}, known).steps
    if not steps:
        raise NoSuchPage
    return steps[0]
