"""Staff as the officer looks after them: who is never named, who is related to whom."""

from dataclasses import dataclass

from commonweal.capabilities.identity.queries import colleagues as identity
from commonweal.capabilities.identity.queries import relations
from commonweal.capabilities.protection.queries.officers import require_officer
from commonweal.foundations.actions.query import query
from commonweal.foundations.scope.actors import Staff


@dataclass(frozen=True)
class StaffPage:
    """Who works here by name, and the relations that stand, latest first."""

    colleagues: tuple[identity.MembershipRow, ...]
    relations: tuple[relations.RelationRow, ...]


@query()
def staff_page(actor: Staff, *, organisation: int) -> StaffPage:
    """The colleagues and the relations they declared. Raises NotTheOfficer."""
    require_officer(actor, organisation)
    return StaffPage(
        identity.colleagues(actor, organisation=organisation),
        relations.relations(actor, organisation=organisation),
    )
