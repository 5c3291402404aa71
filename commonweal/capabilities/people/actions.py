"""Changes to an organisation's records of people."""

from uuid import UUID

from uuid6 import uuid7

from commonweal.capabilities.people.models import Person
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data import keys
from commonweal.foundations.personal_data.tokens import write_tokens
from commonweal.foundations.scope.actors import Actor

_RETENTION = "people.closed"


@action()
def record_person(
    actor: Actor, *, organisation: int, account: UUID | None, name: str, email: str, phone: str, language: str
) -> UUID:
    """A person told us who they are; returns their id.

    Each time is a new record: an equal e-mail address proves nothing. The account ties a signed-in person's records
    together.
    """
    person_id = uuid7()
    person = Person(
        id=person_id,
        organisation_id=organisation,
        key_id=keys.key_for_subject(person_id, _RETENTION),
        account_id=account,
        name=name,
        email=email or None,
        phone=phone or None,
        language=language,
        created_at=now(),
    )
    person.save(force_insert=True)
    given = {"name": name, "email": email, "phone": phone}
    write_tokens(person, {field: value for field, value in given.items() if value}, is_new=True)
    record("people.person", person_id, changed=sorted(field for field, value in given.items() if value))
    return person_id


@action()
def claim_person(actor: Actor, *, organisation: int, person: UUID, account: UUID) -> None:
    """A signed-in person proved that this record is theirs, by the reference and secret of their case."""
    Person.objects.filter(id=person, organisation_id=organisation, account_id=None).update(account_id=account)
    record("people.person", person, changed=["account_id"], account=account)
