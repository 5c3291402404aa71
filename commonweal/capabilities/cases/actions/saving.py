"""Save a worklist filter under a name, or remove it."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

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
    """Save a filter for the actor under this name, replacing one of the same name. Raises Invalid."""
    require_gates(actor, CASEWORK, organisation)
    own = SavedFilter.objects.filter(organisation_id=organisation, account_id=actor.account)
    given = " ".join(name.replace("\x00", "").split())
    if not given:
        raise Invalid({"name": _("Give the filter a name")})
    if len(given) > LONGEST_NAME:
        raise Invalid({"name": _("The name must be 60 characters or fewer")})
    if own.count() >= MOST and not own.filter(name=given).exists():
        raise Invalid({"name": _("You have 20 saved filters. Remove one first")})
    row, _is_new = SavedFilter.objects.update_or_create(
        organisation_id=organisation,
        account_id=actor.account,
        name=given,
        defaults={"kept": asked.kept(), "saved_at": now()},
    )
    record(_ABOUT, row.id, changed=["kept"])
    return row.id


@action()
def remove_filter(actor: Staff, *, organisation: int, saved: UUID) -> None:
    """Remove one of the actor's filters; one that is already gone stays so."""
    SavedFilter.objects.filter(organisation_id=organisation, account_id=actor.account, id=saved).delete()
    record(_ABOUT, saved, changed=["kept"])
