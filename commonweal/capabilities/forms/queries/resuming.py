"""Resume a draft by its reference and code, and show these to the person who saves it."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from commonweal.capabilities.forms.errors import NoSuchDraft
from commonweal.capabilities.forms.models import Draft
from commonweal.capabilities.forms.queries.held import require_held
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data import keys
from commonweal.foundations.references.references import normal_reference
from commonweal.foundations.references.secrets import derive_secret, is_same_secret
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
    return SavedRow(found.reference, _secret_of(found), expires_at)


@query()
def draft_with_secret(actor: Visitor | Resident, *, organisation: int, reference: str, secret: str) -> ProvenDraft:
    """The draft that reference and code prove. Raises NoSuchDraft alike for a wrong code and an unknown reference.

    What staff take down is gone on with by them alone.
    """
    wanted = normal_reference(reference) or "-"
    held = Draft.objects.filter(organisation_id=organisation, reference=wanted, expires_at__gt=now(), taken_by=None)
    found = held.first()
    expected = _secret_of(found)
    if not is_same_secret(secret, expected) or found is None:
        raise NoSuchDraft
    return ProvenDraft(found.id, found.service)


def _secret_of(draft: Draft | None) -> str:
    """The code, derived from the draft's own key, so that it is gone with it.

    Worked out also where there is no draft, so that both take as long.
    """
    key, subject = (draft.key_id, draft.id) if draft else (_NO_DRAFT, _NO_DRAFT)
    return derive_secret(keys.unwrapped([key]).get(key) or bytes(32), b"forms.resume", subject)
