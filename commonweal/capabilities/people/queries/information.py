"""A signed-in person's own records, as they told them, for the page and the copy of their information."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Subquery

from commonweal.capabilities.people.models import Person
from commonweal.capabilities.people.queries.same import holder_has_died
from commonweal.foundations.actions.query import query
from commonweal.foundations.personal_data.fields import Sealed
from commonweal.foundations.personal_data.models import DataKey
from commonweal.foundations.personal_data.purposes import OWN_INFORMATION
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.scope.actors import Resident

_SEALED = ("name", "email", "phone", "birth_date")


@dataclass(frozen=True)
class OwnRecord:
    """One record of a person: `told` are its fields as they gave them, by name; none where it was erased.

    `tied_at` is when what proves whose it is changed last; None when it never did.
    """

    id: UUID
    told: dict[str, str] = field(repr=False)
    language: str
    created_at: datetime
    tied_at: datetime | None


@query(opens=OWN_INFORMATION)
def own_records(actor: Resident, *, organisation: int) -> tuple[OwnRecord, ...]:
    """The records that are tied to the signed-in person's account here, the latest first; two statements.

    None once they are recorded as having died: whoever signs in then is somebody else.
    """
    if actor.account is None or holder_has_died(organisation, actor.account):
        return ()
    key = DataKey.objects.filter(organisation_id=organisation, id=OuterRef("key_id"))
    here = Person.objects.filter(organisation_id=organisation, account_id=actor.account).order_by("-created_at", "-id")
    found = here.annotate(wrapped=Subquery(key.values("wrapped")), wrapped_by=Subquery(key.values("wrapped_by")))
    rows = list(found.values("id", "key_id", *_SEALED, "language", "created_at", "tied_at", "wrapped", "wrapped_by"))
    current_reading().is_of_own(*(row["id"] for row in rows))
    for row in rows:
        if row["wrapped"] is not None:
            current_reading().knows_key(row["key_id"], bytes(row["wrapped"]), row["wrapped_by"])
    return tuple(
        OwnRecord(
            id=row["id"],
            told={name: _open(row["id"], name, row[name]) for name in _SEALED if row["wrapped"] and row[name]},
            language=row["language"],
            created_at=row["created_at"],
            tied_at=row["tied_at"],
        )
        for row in rows
    )


def _open(person: UUID, name: str, value: Sealed) -> str:
    return current_reading().open_value(value.value, label=f"people.person.{name}", row=person, subject=person)
