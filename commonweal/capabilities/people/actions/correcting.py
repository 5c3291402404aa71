"""Correct a person's details in all their records (UK GDPR Article 16)."""

from collections.abc import Collection, Mapping
from uuid import UUID

from commonweal.capabilities.people.actions.recording import add_name
from commonweal.capabilities.people.errors import NoSuchPerson
from commonweal.capabilities.people.models import Person, PersonName
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data.tokens import write_tokens
from commonweal.foundations.scope.actors import Staff

CORRECTABLE = ("name", "email", "phone", "birth_date")
PROVING = frozenset({"email", "phone"})
"""Contact points: for three days after one changed, nothing goes out at once (decision 29)."""


@action()
def correct_person(
    actor: Staff, *, organisation: int, people: Collection[UUID], right: Mapping[str, str], former: str = ""
) -> int:
    """Correct these details in these records of one person, and in the search index; returns how many records.

    What was there before is gone, unless they want to be found by their `former` name. Joins the action of whoever
    checked what was typed. Raises NoSuchPerson.
    """
    rows = list(Person.objects.select_for_update().filter(organisation_id=organisation, id__in=people).order_by("id"))
    values = {field: right[field] for field in CORRECTABLE if right.get(field)}
    if not rows:
        raise NoSuchPerson
    for row in rows:
        for field, value in values.items():
            setattr(row, field, value)
        changed = list(values)
        if values.keys() & PROVING:
            row.tied_at = now()
            changed.append("tied_at")
        row.save(update_fields=changed)
        write_tokens(row, values)
    if former and "name" in values:
        add_name(actor, organisation=organisation, person=rows[0].id, kind=PersonName.Kind.FORMER, name=former)
    record("people.person", rows[0].id, changed=sorted(values), records=len(rows), former=bool(former))
    return len(rows)
