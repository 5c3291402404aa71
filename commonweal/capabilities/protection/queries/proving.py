"""Proving a request by its reference and secret."""

from uuid import UUID

from commonweal.capabilities.protection.errors import NoSuchRequest
from commonweal.capabilities.protection.models import Request
from commonweal.foundations.actions.query import query
from commonweal.foundations.personal_data import keys
from commonweal.foundations.references.references import normal_reference
from commonweal.foundations.references.secrets import derive_secret, is_same_secret
from commonweal.foundations.scope.actors import Actor

_NO_REQUEST = UUID(int=0)


def secret_of(key: bytes, request: UUID) -> str:
    """The secret of a receipt: 48 bits, derived, stored nowhere."""
    return derive_secret(key, b"protection.secret", request)


@query()
def request_with_secret(actor: Actor, *, organisation: int, reference: str, secret: str) -> UUID:
    """The request that reference and secret prove. Raises NoSuchRequest alike for a wrong secret and an unknown one."""
    found = Request.objects.filter(organisation_id=organisation, reference=normal_reference(reference) or "").first()
    expected = secret_of(keys.token_key() or bytes(32), found.id if found else _NO_REQUEST)
    if not is_same_secret(secret, expected) or found is None:
        raise NoSuchRequest
    return found.id
