"""Changes to an organisation's records of people."""

from datetime import date
from uuid import UUID

from uuid6 import uuid7

from commonweal.capabilities.people.errors import NoSuchPerson
from commonweal.capabilities.people.models import Death, Marker, Person, PersonName
from commonweal.capabilities.people.queries.same import dead_among, holder_has_died, same_people
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data import keys
from commonweal.foundations.personal_data.tokens import delete_tokens, write_tokens
from commonweal.foundations.scope.actors import Actor

_RETENTION = "people.closed"


@action()
def record_person(
    actor: Actor,
    *,
    organisation: int,
    account: UUID | None,
    name: str,
    email: str,
    phone: str,
    language: str,
    birth_date: date | None = None,
) -> UUID:
    """Create a record of a person who told us who they are; returns their id.

    Each time is a new record: an equal e-mail address proves nothing. The account ties a signed-in person's records
    together; somebody else uses that of a person who has died, and is not tied to it.
    """
    person_id = uuid7()
    is_of_holder = account is not None and not holder_has_died(organisation, account)
    person = Person(
        id=person_id,
        organisation_id=organisation,
        key_id=keys.key_for_subject(person_id, _RETENTION),
        account_id=account if is_of_holder else None,
        name=name,
        email=email or None,
        phone=phone or None,
        birth_date=birth_date.isoformat() if birth_date else None,
        language=language,
        created_at=now(),
    )
    person.save(force_insert=True)
    told = {"name": name, "email": email, "phone": phone, "birth_date": birth_date.isoformat() if birth_date else ""}
    given = {field: value for field, value in told.items() if value}
    write_tokens(person, given, is_new=True)
    record("people.person", person_id, changed=sorted(given))
    return person_id


@action()
def claim_person(actor: Actor, *, organisation: int, person: UUID, account: UUID) -> bool:
    """Tie a record to the account of a signed-in person who proved that it is theirs, by reference and secret.

    False when it was tied to their account already. Raises NoSuchPerson when it is tied to another, and when either is
    of somebody who has died.
    """
    if holder_has_died(organisation, account) or dead_among(organisation, same_people(organisation, [person])):
        raise NoSuchPerson
    found = Person.objects.filter(id=person, organisation_id=organisation)
    if found.filter(account_id=None).update(account_id=account, tied_at=now()):
        record("people.person", person, changed=["account_id"], account=account)
        return True
    if not found.filter(account_id=account).exists():
        raise NoSuchPerson
    record("people.person", person, account=account, repeat=True)
    return False


@action()
def add_name(actor: Actor, *, organisation: int, person: UUID, kind: str, name: str) -> None:
    """Add a former name or alias that a person told us, to find them by. Raises NoSuchPerson."""
    if not Person.objects.filter(id=person, organisation_id=organisation).exists():
        raise NoSuchPerson
    added = PersonName(
        organisation_id=organisation,
        key_id=keys.key_for_subject(person, _RETENTION),
        person_id=person,
        kind=PersonName.Kind(kind),
        text=name,
        recorded_at=now(),
    )
    added.save(force_insert=True)
    write_tokens(added, {"text": name}, is_new=True)
    record("people.person", person, changed=["names"], kind=kind)


@action()
def forget_person(actor: Actor, *, organisation: int, person: UUID) -> None:
    """Forget a person here: nobody can find them, and their name and contact details never open again.

    The row stays as long as a case names it. That they have died stays known, without who said so; a marker stays until
    its day, since whoever meets them is no less in danger.
    """
    keys.destroy(person, retention_classes=[_RETENTION])
    _forget_beside(organisation, person)
    delete_tokens(person)
    PersonName.objects.filter(organisation_id=organisation, person_id=person).delete()
    record("people.person", person)


def _forget_beside(organisation: int, person: UUID) -> None:
    """Markers that ended, and what was said of a death."""
    ended = Marker.objects.filter(organisation_id=organisation, person_id=person, ended_at__isnull=False)
    deaths = Death.objects.filter(organisation_id=organisation, person_id=person)
    for row in (*ended.values_list("id", flat=True), *deaths.values_list("id", flat=True)):
        keys.destroy(row)
    ended.delete()
