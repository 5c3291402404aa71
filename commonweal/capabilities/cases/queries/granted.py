"""What cases granted, and whose end is near."""

from dataclasses import dataclass
from datetime import date

from commonweal.capabilities.cases.models import Case, Grant
from commonweal.foundations.actions.query import query
from commonweal.foundations.scope.actors import Actor


@dataclass(frozen=True)
class GrantRow:
    """What was granted is valid from a day until another, both included."""

    from_on: date
    until_on: date


@query()
def has_grants_to_remind(actor: Actor, *, organisation: int, on: date) -> bool:
    """Whether somebody is due a reminder that day."""
    return Grant.objects.filter(
        organisation_id=organisation, reminded_at=None, ended_at=None, remind_on__lte=on, until_on__gte=on
    ).exists()


def grant_of(case: Case) -> GrantRow | None:
    """What a case granted and nobody reversed."""
    found = Grant.objects.filter(organisation_id=case.organisation_id, case_id=case.id, ended_at=None).first()
    return GrantRow(found.from_on, found.until_on) if found else None
