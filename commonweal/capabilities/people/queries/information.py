"""A signed-in person's own records, as they told them, for the page and the copy of their information."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from commonweal.capabilities.people.models import Person
from commonweal.capabilities.people.queries.same import holder_has_died
from commonweal.foundations.actions.query import query
from commonweal.foundations.personal_data.fields import Sealed
from commonweal.foundations.personal_data.joining import takes_key, with_keys
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
    here = Person.objects.filter(organisation_id=organisation, account_id=actor.account).order_by("-created_at", "-id")
    columns = ("id", "key_id", *_SEALED, "language", "created_at", "tied_at", "wrapped", "wrapped_by")
    rows = list(with_keys(here).values(*columns))
    current_reading().is_of_own(*(row["id"] for row in rows))
    return tuple(
        OwnRecord(
            id=row["id"],
            told=_told(row) if takes_key(row) else {},
            language=row["language"],
            created_at=row["created_at"],
            tied_at=row["tied_at"],
        )
        for row in rows
    )


def _told(row: Mapping[str, Any]) -> dict[str, str]:
    return {name: _open(row["id"], name, row[name]) for name in _SEALED if row[name]}


def _open(person: UUID, name: str, value: Sealed) -> str:
    return current_reading().open_value(value.value, label=f"people.person.{name}", row=person, subject=person)
