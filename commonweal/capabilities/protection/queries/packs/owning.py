"""A released pack, for whoever asked for it: signed in, until it expires."""

from datetime import datetime

from commonweal.capabilities.people.queries import deaths
from commonweal.capabilities.people.queries import records as people
from commonweal.capabilities.protection.errors import NoSuchPack, NoSuchRequest
from commonweal.capabilities.protection.models import Authority, Pack
from commonweal.capabilities.protection.queries.requests import matter_of, request_at
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import now
from commonweal.foundations.files.opening import OpenedFile, open_file
from commonweal.foundations.personal_data.purposes import OWN_INFORMATION
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.scope.actors import Resident


@query()
def own_pack(actor: Resident, *, organisation: int, reference: str) -> datetime | None:
    """Until when a pack waits for whoever asked; None where none does. Opens nothing."""
    try:
        return own_released(actor, organisation, reference).expires_at
    except NoSuchPack:
        return None


@query(opens=OWN_INFORMATION)
def open_own_pack(actor: Resident, *, organisation: int, reference: str) -> OpenedFile:
    """The pack itself. Raises NoSuchPack for another's, for none, and once it has expired."""
    pack = own_released(actor, organisation, reference)
    request = request_at(organisation, reference)
    current_reading().about(matter_of(request))
    current_reading().is_of_own(pack.subject_id)
    return open_file(pack.file_id, of=pack.id)


def own_released(actor: Resident, organisation: int, reference: str, *, is_locked: bool = False) -> Pack:
    """The pack that the actor may fetch. Raises NoSuchPack.

    Whoever asked for themselves is the subject still: a record that is no longer theirs is none of theirs to fetch.
    Once its holder has died, whoever uses an account is somebody else.
    """
    try:
        request = request_at(organisation, reference)
    except NoSuchRequest:
        raise NoSuchPack from None
    if actor.account is None or request.account_id != actor.account:
        raise NoSuchPack
    if deaths.recorded_at(actor, organisation=organisation, account=actor.account):
        raise NoSuchPack
    own = people.people_of_account(actor, organisation=organisation, account=actor.account)
    if request.authority == Authority.SELF and request.subject_id not in own:
        raise NoSuchPack
    packs = Pack.objects.select_for_update() if is_locked else Pack.objects.all()
    released = packs.filter(organisation_id=organisation, request_id=request.id, expires_at__gt=now())
    found = released.exclude(released_at=None).order_by("-made_at").first()
    if found is None:
        raise NoSuchPack
    return found
