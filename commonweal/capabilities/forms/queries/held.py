"""A draft as its holder has it: found in one statement with its answers, still sealed, and opened as needed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Never
from uuid import UUID

from django.db import connection

from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.forms.errors import AlreadySubmitted, DraftGone, NotYourDraft
from commonweal.capabilities.forms.models import Submission
from commonweal.capabilities.forms.rules.conditions import Known, questions_that_route, rests_on_nation
from commonweal.capabilities.forms.rules.path import WENT_ON, work_out_path
from commonweal.capabilities.forms.rules.paths import Path, Slot
from commonweal.capabilities.organisations import queries as organisations
from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.personal_data.fields import Sealed
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.scope.actors import Actor, Channel, DraftHolder


@dataclass(frozen=True)
class DraftRow:
    """A draft without its answers: which questions were answered, and the version it began under."""

    id: UUID
    version: UUID
    number: int
    service: Service
    answered: frozenset[str]
    changed_at: datetime
    expires_at: datetime
    channel: str = Channel.ONLINE
    taken_by: UUID | None = None
    account: UUID | None = None
    again: UUID | None = None


@dataclass(frozen=True)
class Held:
    """A draft with its answers still sealed: (row id, value) by question and item."""

    draft: DraftRow
    sealed: Mapping[Slot, tuple[UUID, Sealed]]
    known: Known
    key: tuple[UUID, bytes, str] = field(repr=False)

    def open(self, slots: Iterable[Slot]) -> dict[Slot, str]:
        """Those of these answers that are there, opened; nothing is asked of the reading when none is."""
        wanted = [slot for slot in slots if slot in self.sealed]
        if wanted:
            current_reading().knows_key(*self.key)
        return {
            slot: current_reading().open_value(
                value.value, label="forms.draft_answer.value", row=row, subject=self.draft.id
            )
            for slot in wanted
            for row, value in [self.sealed[slot]]
        }

    def open_what_routes(self) -> dict[Slot, str]:
        """The answers that decide what is asked, and which exits were passed."""
        routing = questions_that_route(self.draft.service) | {WENT_ON}
        return self.open(slot for slot in self.sealed if slot[0] in routing)

    def path(self, opened: Mapping[Slot, str]) -> Path:
        """The path with these answers opened."""
        stored = {slot: opened.get(slot) for slot in self.sealed}
        return work_out_path(self.draft.service, stored, self.known)


def known_to(actor: Actor, organisation: int, service: Service, *, channel: str, is_staff: bool) -> Known:
    """What is known to the conditions of a service; the body is only asked for when one rests on it."""
    nation = ""
    if rests_on_nation(service):
        nation = organisations.organisation(actor, organisation=organisation).nation
    return Known(today(), nation, channel, is_staff)


def is_theirs(actor: DraftHolder, *, account: UUID | None, taken_by: UUID | None) -> bool:
    """Whether a draft is this holder's: not another account's, nor what another member of staff takes down."""
    return taken_by == actor.taken_by and (account is None or account == actor.account)


def require_held(actor: DraftHolder, organisation: int) -> Held:
    """The holder's draft. Raises DraftGone, AlreadySubmitted, NotYourDraft."""
    held = find_held(actor, organisation)
    return refuse(actor, organisation) if held is None else held


def refuse(actor: DraftHolder, organisation: int) -> Never:
    """There is no draft: it was submitted, or it is gone."""
    raise AlreadySubmitted if is_submitted(actor, organisation) else DraftGone


def is_submitted(actor: DraftHolder, organisation: int) -> bool:
    """Whether the holder's draft was submitted."""
    return Submission.objects.filter(organisation_id=organisation, draft_id=actor.draft).exists()


_HELD = """
select d.account_id, d.taken_by, d.channel, d.again_id, d.version_id, d.changed_at, d.expires_at,
    k.id, k.wrapped, k.wrapped_by, a.id, a.question, a.item, a.value
from forms_draft d
join personal_data_datakey k on k.organisation_id = d.organisation_id and k.id = d.key_id
left join forms_draftanswer a on a.organisation_id = d.organisation_id and a.draft_id = d.id
where d.organisation_id = %s and d.id = %s and d.expires_at > %s
"""


def find_held(actor: DraftHolder, organisation: int) -> Held | None:
    """The draft with its answers and their key, in the one statement that every page of a form waits for.

    In one statement also because whoever submits the draft at this moment deletes all three together.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [organisation, actor.draft, now()])
        rows = cursor.fetchall()
    if not rows:
        return None
    account, taken_by, channel, again, version, changed_at, expires_at, key, wrapped, wrapped_by = rows[0][:10]
    if not is_theirs(actor, account=account, taken_by=taken_by):
        raise NotYourDraft
    sealed = {(row[11], row[12]): (row[10], Sealed(bytes(row[13]))) for row in rows if row[10] is not None}
    offered = catalogue.service_version(actor, organisation=organisation, version=version)
    found = DraftRow(
        id=actor.draft,
        version=offered.version,
        number=offered.number,
        service=offered.service,
        answered=frozenset(question for question, _item in sealed),
        changed_at=changed_at,
        expires_at=expires_at,
        channel=channel,
        taken_by=taken_by,
        account=account,
        again=again,
    )
    known = known_to(actor, organisation, offered.service, channel=channel, is_staff=taken_by is not None)
    return Held(found, sealed, known, (key, bytes(wrapped), wrapped_by))
