"""To whom staff are related."""

from uuid import UUID

from commonweal.capabilities.identity.actions.appointing import _require_officer
from commonweal.capabilities.identity.errors import NoSuchRelation
from commonweal.capabilities.identity.models import Relation
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.scope.actors import Staff


@action()
def declare_relation(actor: Staff, *, organisation: int, person: UUID, reference: str) -> None:
    """Declare that a member of staff is related to the person of a case. Repeating it changes nothing."""
    relation, _made = Relation.objects.get_or_create(
        organisation_id=organisation,
        account_id=actor.account,
        person_id=person,
        ended_at=None,
        defaults={"reference": reference, "declared_at": now()},
    )
    record("identity.relation", relation.id, changed=["declared_at"], person=person)


@action()
def end_relation(actor: Staff, *, organisation: int, relation: UUID) -> None:
    """End a relation, as the officer: staff cannot end one that they declared. Raises NoSuchRelation."""
    _require_officer(actor, organisation)
    found = Relation.objects.filter(organisation_id=organisation, id=relation, ended_at=None)
    if not found.update(ended_at=now()):
        raise NoSuchRelation
    record("identity.relation", relation, changed=["ended_at"])
