"""Grants of cases, and those that end soon."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

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


def grant_of(case: Case, *, before: datetime | None = None) -> GrantRow | None:
    """What a case granted and nobody reversed, as it was `before` a moment if one is given."""
    grants = Grant.objects.filter(organisation_id=case.organisation_id, case_id=case.id)
    if before is None:
        found = grants.filter(ended_at=None).first()
    else:
        found = grants.filter(Q(ended_at=None) | Q(ended_at__gte=before), granted_at__lt=before).first()
    return GrantRow(found.from_on, found.until_on) if found else None
