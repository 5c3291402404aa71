"""Staff keep a filter of their worklist under a name, and drop it again."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from commonweal.capabilities.cases.models import SavedFilter
from commonweal.capabilities.cases.queries.filters import Filter
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.errors import Invalid
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.personal_data.reading import require_gates
from commonweal.foundations.scope.actors import Staff

_ABOUT = "cases.saved_filter"
LONGEST_NAME, MOST = 60, 20


@action()
def save_filter(actor: Staff, *, organisation: int, name: str, asked: Filter) -> UUID:
    """A filter is kept for the actor under this name; one of the same name is replaced. Raises Invalid."""
    require_gates(actor, CASEWORK, organisation)
    own = SavedFilter.objects.filter(organisation_id=organisation, account_id=actor.account)
    given = " ".join(name.replace("\x00", "").split())
    if not given:
        raise Invalid({"name": _("Give the filter a name")})
    if len(given) > LONGEST_NAME:
        raise Invalid({"name": _("The name must be 60 characters or fewer")})
    row = own.filter(name=given).first()
    if row is None and own.count() >= MOST:
        raise Invalid({"name": _("You have 20 saved filters. Remove one first")})
    row = row or SavedFilter(id=uuid7(), organisation_id=organisation, account_id=actor.account, name=given)
    row.kept, row.saved_at = asked.kept(), now()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # Of two at once the second replaces what the first kept.
        first = own.get(name=given)
        first.kept, first.saved_at = row.kept, row.saved_at
        first.save()
        row = first
    record(_ABOUT, row.id, changed=["kept"])
    return row.id


@action()
def remove_filter(actor: Staff, *, organisation: int, saved: UUID) -> None:
    """A filter of the actor's own is dropped; one that is gone already stays so."""
    SavedFilter.objects.filter(organisation_id=organisation, account_id=actor.account, id=saved).delete()
    record(_ABOUT, saved, changed=["kept"])
