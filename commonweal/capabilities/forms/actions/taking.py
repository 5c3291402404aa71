"""Start a form for someone on the phone or at the counter."""

from uuid import UUID

from uuid6 import uuid7

from commonweal.capabilities.catalogue.errors import NotOffered
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.forms.actions.keeping import begin
from commonweal.capabilities.forms.queries.filling import first_step
from commonweal.capabilities.forms.queries.taking import BY_STAFF
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.personal_data.reading import require_gates
from commonweal.foundations.scope.actors import Channel, DraftHolder, Staff


@action()
def take_down(
    actor: Staff, *, organisation: int, service: str, channel: Channel, draft: UUID | None = None
) -> tuple[DraftHolder, str]:
    """Start a form for someone who came by this channel, as staff; returns the holder and the first page.

    No colleague can open it. Raises NotOffered when the service is not offered in that way, ReadingRefused.
    """
    require_gates(actor, CASEWORK, organisation)
    offered = catalogue.service(actor, organisation=organisation, name=service).service
    if channel not in BY_STAFF or channel not in offered.channels:
        raise NotOffered
    holder = DraftHolder(draft=draft or uuid7(), taken_by=actor.account, channel=channel)
    begin(holder, organisation, service)
    record("forms.draft", holder.draft, taken_by=actor.account, channel=channel.value)
    return holder, first_step(holder, organisation, offered).page.key
