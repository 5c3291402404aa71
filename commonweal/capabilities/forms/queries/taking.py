"""The services that staff can take down for someone, and the drafts they have started."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.forms.models import Draft
from commonweal.capabilities.people.queries import deaths
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.personal_data.reading import require_gates
from commonweal.foundations.scope.actors import Channel, DraftHolder, Resident, Staff

BY_STAFF = (Channel.PHONE, Channel.COUNTER, Channel.POST, Channel.EMAIL)
"""The ways in which people come to staff, who then fill in the form."""


@dataclass(frozen=True)
class BegunRow:
    """A draft that was begun and not sent: no answer of it."""

    draft: UUID
    service: Service
    channel: Channel
    changed_at: datetime
    expires_at: datetime
    taken_by: UUID | None = None

    def holder(self, account: UUID | None) -> DraftHolder:
        """Whoever this row was shown to, as the holder of the draft."""
        if self.taken_by is not None:
            return DraftHolder(draft=self.draft, taken_by=self.taken_by, channel=self.channel)
        return DraftHolder(draft=self.draft, account=account)


@query()
def may_take_down(actor: Staff, *, organisation: int) -> None:
    """Staff who deal with cases may fill in a form for somebody. Raises ReadingRefused for all others."""
    require_gates(actor, CASEWORK, organisation)


@query()
def services_to_take_down(actor: Staff, *, organisation: int) -> tuple[tuple[Service, tuple[Channel, ...]], ...]:
    """The services offered by phone, at the counter, by post or by e-mail, with those ways. Raises ReadingRefused."""
    require_gates(actor, CASEWORK, organisation)
    offered = (each.service for each in catalogue.services(actor, organisation=organisation))
    by_staff = ((each, tuple(way for way in BY_STAFF if way in each.channels)) for each in offered)
    return tuple((each, ways) for each, ways in by_staff if ways)


@query()
def begun_by(actor: Staff, *, organisation: int) -> tuple[BegunRow, ...]:
    """What this member of staff has begun to take down and not sent, the latest first; a colleague's is not shown."""
    require_gates(actor, CASEWORK, organisation)
    found = Draft.objects.filter(organisation_id=organisation, taken_by=actor.account, expires_at__gt=now())
    return _rows(actor, organisation, list(found.order_by("-changed_at")[:_AT_MOST]))


@query()
def unfinished(actor: Resident, *, organisation: int) -> tuple[BegunRow, ...]:
    """What the signed-in person has begun and not sent, the latest first. Nothing of it is opened.

    What was begun before its holder was recorded as having died is nobody's to go on with.
    """
    if actor.account is None:
        return ()
    found = Draft.objects.filter(organisation_id=organisation, account_id=actor.account, expires_at__gt=now())
    died = deaths.recorded_at(actor, organisation=organisation, account=actor.account)
    found = found.filter(started_at__gt=died) if died else found
    return _rows(actor, organisation, list(found.filter(taken_by=None).order_by("-changed_at")[:_AT_MOST]))


_AT_MOST = 50


def _rows(actor: Staff | Resident, organisation: int, drafts: list[Draft]) -> tuple[BegunRow, ...]:
    return tuple(
        BegunRow(
            draft.id,
            catalogue.service_version(actor, organisation=organisation, version=draft.version_id).service,
            Channel(draft.channel),
            draft.changed_at,
            draft.expires_at,
            draft.taken_by,
        )
        for draft in drafts
    )
