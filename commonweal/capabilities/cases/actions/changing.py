"""Find and lock a case for someone who may change it, without overwriting what others did. Every change starts here."""

from uuid import UUID

from django.db.models import F

from commonweal.capabilities.cases.errors import CaseChanged, NoSuchCase
from commonweal.capabilities.cases.models import Case, Move
from commonweal.capabilities.cases.queries.gates import require_change
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.handling import CaseType
from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data.restricting import Restricted, restrictions
from commonweal.foundations.scope.actors import Actor, Staff

ABOUT = "cases.case"
RETENTION = "cases.closed"


def case_to_change(actor: Staff, organisation: int, case: UUID, *, is_used: bool = True) -> Case:
    """The case, if it is here and the actor may change it; others who do wait.

    One that is kept and not used is changed on one of the grounds of Article 18(2) alone; what only says who deals with
    it is no use of it. Raises NoSuchCase, ReadingRefused, Restricted.
    """
    found = Case.objects.select_for_update().filter(organisation_id=organisation, id=case).first()
    if found is None:
        raise NoSuchCase
    require_change(actor, found)
    if is_used and not actor.ground_for(found.reference) and restrictions().hold(found.person_id, found.reference):
        raise Restricted
    return found


def declared_of(actor: Actor, case: Case) -> CaseType:
    offered = catalogue.service_version(actor, organisation=case.organisation_id, version=case.version_id)
    return offered.service.case


def change(case: Case, revision: int, **values: object) -> None:
    """Change the case if nobody else has since `revision`. Raises CaseChanged."""
    seen = Case.objects.filter(organisation_id=case.organisation_id, id=case.id, revision=revision)
    if not seen.update(revision=F("revision") + 1, **values):
        raise CaseChanged


def write_move(actor: Actor, case: Case, *, stage: str, outcome: str = "") -> None:
    Move.objects.create(
        organisation_id=case.organisation_id,
        case_id=case.id,
        to_stage=stage,
        outcome=outcome,
        by_id=actor.account if isinstance(actor, Staff) else None,
        at=now(),
    )
