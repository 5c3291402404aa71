"""Proving a case by its reference and secret."""

from dataclasses import dataclass
from uuid import UUID

from commonweal.capabilities.cases.errors import NoSuchCase
from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.cases.rules import secret_of
from commonweal.foundations.actions.query import query
from commonweal.foundations.personal_data import keys
from commonweal.foundations.references.references import normal_reference
from commonweal.foundations.references.secrets import is_same_secret
from commonweal.foundations.scope.actors import Actor


@dataclass(frozen=True)
class ProvenCase:
    """A case whose secret was shown."""

    id: UUID
    person: UUID


_NO_SUBMISSION = UUID(int=0)


@query()
def case_with_secret(actor: Actor, *, organisation: int, reference: str, secret: str) -> ProvenCase:
    """The case that reference and secret prove. Raises NoSuchCase alike for a wrong secret and an unknown case."""
    found = Case.objects.filter(organisation_id=organisation, reference=normal_reference(reference) or "").first()
    key = keys.token_key() or bytes(32)
    expected = secret_of(key, found.submission_id if found else _NO_SUBMISSION)
    if not is_same_secret(secret, expected) or found is None:
        raise NoSuchCase
    return ProvenCase(found.id, found.person_id)
