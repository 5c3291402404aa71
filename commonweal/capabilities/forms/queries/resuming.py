"""Going on with a draft by its reference and code, and what is shown of them to whoever saved it."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from commonweal.capabilities.forms.errors import NoSuchDraft
from commonweal.capabilities.forms.models import Draft
from commonweal.capabilities.forms.queries.held import require_held
from commonweal.capabilities.forms.rules.secrets import is_same_secret, secret_of_draft
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data import keys
from commonweal.foundations.references.references import normal_reference
from commonweal.foundations.scope.actors import DraftHolder, Resident, Visitor


@dataclass(frozen=True)
class SavedRow:
    """What somebody needs to come back: both, until the day. Without a reference it was not saved yet."""

    reference: str
    secret: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True)
class ProvenDraft:
    """A draft whose code was shown."""

    id: UUID
    service: str


_NO_DRAFT = UUID(int=0)


@query()
def saved(actor: DraftHolder, *, organisation: int) -> SavedRow:
    """The reference and code of the holder's draft. Raises DraftGone, AlreadySubmitted, NotYourDraft."""
    expires_at = require_held(actor, organisation).draft.expires_at
    found = Draft.objects.get(organisation_id=organisation, id=actor.draft)
    if not found.reference:
        return SavedRow("", "", expires_at)
    return SavedRow(found.reference, secret_of_draft(_key_of(found.key_id), found.id), expires_at)


@query()
def draft_with_secret(actor: Visitor | Resident, *, organisation: int, reference: str, secret: str) -> ProvenDraft:
    """The draft that reference and code prove. Raises NoSuchDraft alike for a wrong code and an unknown reference.

    What staff take down is gone on with by them alone.
    """
    wanted = normal_reference(reference) or "-"
    held = Draft.objects.filter(organisation_id=organisation, reference=wanted, expires_at__gt=now(), taken_by=None)
    found = held.first()
    expected = secret_of_draft(_key_of(found.key_id if found else _NO_DRAFT), found.id if found else _NO_DRAFT)
    if not is_same_secret(secret, expected) or found is None:
        raise NoSuchDraft
    return ProvenDraft(found.id, found.service)


def _key_of(key: UUID) -> bytes:
    """The key that the code is derived from: asked for also where there is none, so that both take as long."""
    return keys.unwrapped([key]).get(key) or bytes(32)
