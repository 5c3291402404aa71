"""Restricted services (social work, children, fraud): which staff may know that their cases exist."""

from collections.abc import Iterable

from django.db.models import Q

from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.catalogue.queries.services import Offered
from commonweal.foundations.scope.actors import Staff


def exist_for(actor: Staff, *, of: str = "") -> Q:
    """The rows of cases that exist for the actor; `of` is the path from the row to its case ("case__")."""
    return Q(**{f"{of}restricted_to": []}) | Q(**{f"{of}restricted_to__overlap": sorted(actor.roles)})


def exists_for(actor: Staff, case: Case) -> bool:
    """Whether the case exists for the actor: its service is open to all, or to one of their roles."""
    return not case.restricted_to or bool(actor.roles & set(case.restricted_to))


def hidden_among(actor: Staff, latest: Iterable[Offered]) -> frozenset[str]:
    """The services, offered still or not, of whose cases the actor learns nothing, not even how many there are."""
    return frozenset(
        each.service.name
        for each in latest
        if each.service.restriction and not actor.roles & set(each.service.restriction.roles)
    )
