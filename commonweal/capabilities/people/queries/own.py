"""What people may read of their own records."""

from dataclasses import dataclass, field
from uuid import UUID

from commonweal.capabilities.people.models import Person
from commonweal.capabilities.people.queries.same import holder_has_died
from commonweal.foundations.actions.query import query
from commonweal.foundations.personal_data.models import DataKey
from commonweal.foundations.personal_data.purposes import APPLYING
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.personal_data.sealing import CannotOpen
from commonweal.foundations.scope.actors import DraftHolder


@dataclass(frozen=True)
class OwnDetails:
    """What somebody told of themselves last."""

    name: str = field(repr=False)
    email: str = field(repr=False)
    phone: str = field(repr=False)
    birth_date: str = field(repr=False)


@query(opens=APPLYING)
def own_details(actor: DraftHolder, *, organisation: int, account: UUID) -> OwnDetails | None:
    """What the holder's own account told last in this organisation; None when it told nothing, or was forgotten, or
    has died: whoever uses the account then is somebody else. What was damaged is empty.
    """
    if actor.account is None or actor.account != account or holder_has_died(organisation, account):
        return None
    records = Person.objects.filter(organisation_id=organisation, account_id=account).order_by("-created_at", "-id")
    found = records.first()
    if found is None or not DataKey.objects.filter(organisation_id=organisation, id=found.key_id).exists():
        return None
    current_reading().is_of_own(found.id)
    return OwnDetails(*(_read(found, name) for name in ("name", "email", "phone", "birth_date")))


def _read(found: Person, name: str) -> str:
    try:
        return getattr(found, name) or ""
    except CannotOpen:
        return ""


@query()
def records_of_holder(actor: DraftHolder, *, organisation: int) -> tuple[UUID, ...]:
    """The records in this organisation of the holder's own account; none once it recorded that they have died."""
    if actor.account is None or holder_has_died(organisation, actor.account):
        return ()
    records = Person.objects.filter(organisation_id=organisation, account_id=actor.account)
    return tuple(records.values_list("id", flat=True))
