"""A locked draft while it is changed: store its answers and work out where its path leads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet

from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.forms.errors import DraftGone, NotYourDraft
from commonweal.capabilities.forms.models import Draft, DraftAnswer
from commonweal.capabilities.forms.queries.filling import first_step
from commonweal.capabilities.forms.queries.held import is_submitted, is_theirs, known_to, refuse
from commonweal.capabilities.forms.rules.path import work_out_path
from commonweal.capabilities.forms.rules.paths import Path, Place, Slot
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data import keys
from commonweal.foundations.scope.actors import DraftHolder, Visitor

_ABOUT = "forms.draft"
_NOBODY = Visitor()


@dataclass(frozen=True)
class Progress:
    """Where to go on: after the page just answered, and the first place where something is to be done; None: none."""

    following: Place | None
    missing: Place | None


class Filling:
    """A locked draft with its answers: which are there, and those that were opened before."""

    def __init__(self, holder: DraftHolder, draft: Draft, opened: Mapping[Slot, str]) -> None:
        self.draft = draft
        offered = catalogue.service_version(_NOBODY, organisation=draft.organisation_id, version=draft.version_id)
        self.service = offered.service
        self._known = known_to(
            holder,
            draft.organisation_id,
            self.service,
            channel=draft.channel,
            is_staff=draft.taken_by is not None,
        )
        there = self._answers().values_list("question", "item")
        self.stored: dict[Slot, str | None] = {slot: opened.get(slot) for slot in there}

    def path(self) -> Path:
        """The path as it is now."""
        return work_out_path(self.service, self.stored, self._known)

    def keep(self, answers: Mapping[Slot, str]) -> None:
        """Answers replace those given before."""
        self.drop(answers)
        self.stored |= answers
        store_answers(self.draft, answers)

    def drop(self, slots: Iterable[Slot]) -> None:
        """Take answers away, and count the time the draft is kept from now."""
        gone = list(slots)
        if gone:
            self._answers().filter(reduce(or_, (Q(question=question, item=item) for question, item in gone))).delete()
        for slot in gone:
            self.stored.pop(slot, None)
        keep_draft(self.draft)

    def progress(self, page: str, item: int = 0) -> Progress:
        """Where to go on after a page: to its exit where one holds, to the overview of its items, or on."""
        path = self.path()
        step = path.step(page)
        if step is None:
            return Progress(path.missing, path.missing)
        if step.missing is not None:
            return Progress(step.missing, path.missing)
        if item:
            return Progress(step.place, path.missing)
        return Progress(path.after(page), path.missing)

    def _answers(self) -> QuerySet[DraftAnswer]:
        return DraftAnswer.objects.filter(organisation_id=self.draft.organisation_id, draft_id=self.draft.id)


def begin(holder: DraftHolder, organisation: int, service: str, again: UUID | None = None) -> Draft:
    """Make the holder's draft unless it is there; it may repeat a submission. Raises NotOffered."""
    offered, moment = catalogue.service(_NOBODY, organisation=organisation, name=service), now()
    draft = Draft(
        id=holder.draft,
        organisation_id=organisation,
        key_id=keys.key_for_draft(holder.draft),
        service=service,
        version_id=offered.version,
        account_id=holder.account,
        taken_by=holder.taken_by,
        channel=holder.channel.value,
        reference="",
        again_id=again,
        started_at=moment,
        changed_at=moment,
        expires_at=moment + timedelta(days=offered.service.draft_days),
    )
    Draft.objects.bulk_create([draft], ignore_conflicts=True)
    record(_ABOUT, draft.id, service=service, version=offered.version, taken_by=holder.taken_by)
    return draft


def lock(actor: DraftHolder, organisation: int) -> Draft | None:
    """The holder's draft, which nobody else submits or changes until this is done. Raises NotYourDraft."""
    held = Draft.objects.select_for_update().filter(organisation_id=organisation, id=actor.draft, expires_at__gt=now())
    draft = held.first()
    if draft is not None and not is_theirs(actor, account=draft.account_id, taken_by=draft.taken_by):
        raise NotYourDraft
    return draft


def hold_draft(actor: DraftHolder, *, organisation: int, service: str | None, page: str) -> Draft:
    """The holder's draft inside an action, which nobody else changes until it is done; begun at its first page.

    Raises DraftGone, AlreadySubmitted, NotYourDraft.
    """
    draft = lock(actor, organisation)
    if draft is None and service is not None and _is_first(actor, organisation, service, page):
        begin(actor, organisation, service)
        draft = None if is_submitted(actor, organisation) else lock(actor, organisation)
    held = require(actor, organisation, draft)
    if service not in {None, held.service}:
        raise DraftGone
    return held


def keep_draft(draft: Draft) -> None:
    """The draft changed: it is kept from now for as many days as its service says."""
    offered = catalogue.service_version(_NOBODY, organisation=draft.organisation_id, version=draft.version_id)
    moment = now()
    own = Draft.objects.filter(organisation_id=draft.organisation_id, id=draft.id)
    own.update(changed_at=moment, expires_at=moment + timedelta(days=offered.service.draft_days))


def store_answers(draft: Draft, answers: Mapping[Slot, str]) -> None:
    """Seal answers that are not there (any more). The draft is locked: nobody else writes at the same time."""
    DraftAnswer.objects.bulk_create(
        DraftAnswer(
            organisation_id=draft.organisation_id,
            key_id=draft.key_id,
            draft_id=draft.id,
            question=question,
            item=item,
            value=value,
        )
        for (question, item), value in answers.items()
    )


def _is_first(actor: DraftHolder, organisation: int, service: str, page: str) -> bool:
    offered = catalogue.service(_NOBODY, organisation=organisation, name=service)
    return first_step(actor, organisation, offered.service).page.key == page


def require(actor: DraftHolder, organisation: int, draft: Draft | None) -> Draft:
    """The locked draft. Raises AlreadySubmitted, DraftGone."""
    return refuse(actor, organisation) if draft is None else draft
