"""Check, in the action, that what a move or outcome requires is there and that its condition holds."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from commonweal.capabilities.cases.errors import NoSuchCase, StillMissing
from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.cases.queries.access import matter_of
from commonweal.capabilities.cases.queries.gates import require_change
from commonweal.capabilities.cases.queries.requirements import Known, known_in_full, known_there
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.handling import Move, Outcome
from commonweal.foundations.expressions.expressions import Value
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.scope.actors import Actor, Staff
from commonweal.foundations.scope.scopes import read_scope


def rests_on_answers(actor: Actor, *, organisation: int, case: UUID, **asked: Any) -> bool:
    """Whether the asked move or outcome has a condition, so that answers and facts are opened for it."""
    if not isinstance(actor, Staff):
        return False
    with read_scope(actor, (organisation,)):
        found = Case.objects.filter(organisation_id=organisation, id=case).first()
        wanted = _wanted(actor, found, asked) if found else None
        return wanted is not None and wanted.when is not None


def load_known(actor: Staff, *, organisation: int, case: UUID, **_asked: Any) -> Mapping[str, Value]:
    """What the condition of the asked move (`to`) or `outcome` rests on. Raises NoSuchCase, ReadingRefused."""
    found = Case.objects.filter(organisation_id=organisation, id=case).first()
    if found is None:
        raise NoSuchCase
    require_change(actor, found)
    current_reading().about(matter_of(found))
    service = catalogue.service_version(actor, organisation=organisation, version=found.version_id).service
    return known_in_full(actor, found, service).values


def require_there(actor: Staff, case: Case, wanted: Move | Outcome, opened: Mapping[str, Value] | None) -> None:
    """Raises StillMissing unless all that is required is there now, and the condition held when it was opened."""
    if not wanted.requires and wanted.when is None:
        return
    service = catalogue.service_version(actor, organisation=case.organisation_id, version=case.version_id).service
    known = Known(service, known_there(case, service).there, opened or {})
    if missing := known.lacks(wanted):
        raise StillMissing(missing)


def _wanted(actor: Staff, case: Case, asked: Mapping[str, Any]) -> Move | Outcome | None:
    declared = catalogue.service_version(actor, organisation=case.organisation_id, version=case.version_id).service.case
    return declared.move(asked["to"]) if "to" in asked else declared.outcome(asked.get("outcome", ""))
