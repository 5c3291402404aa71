"""Roles, what each may read for, and which may not be held together. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

GRACE = timedelta(days=14)
"""How long an expired refresher still counts, with the manager told (practice: gates that must not harm)."""


@dataclass(frozen=True)
class Role:
    """What a role may read personal data for, and whether its holder decides purposes or means."""

    code: str
    purposes: frozenset[str]
    decides_means: bool = False


ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        Role("case_worker", frozenset({"casework", "safety"})),
        Role("team_manager", frozenset({"casework", "safety"}), decides_means=True),
        Role("medical_assessor", frozenset({"casework", "safety"})),
        Role("social_worker", frozenset({"casework", "safety"})),
        Role("service_designer", frozenset(), decides_means=True),
        Role("administrator", frozenset(), decides_means=True),
        Role("data_protection_officer", frozenset({"oversight", "rights"})),
    )
}


def purposes_of(roles: Iterable[str]) -> frozenset[str]:
    """The codes of all purposes that these roles may read for."""
    return frozenset().union(*(ROLES[role].purposes for role in roles))


def conflict_of(roles: Iterable[str]) -> str:
    """Why these roles may not be held together; empty when they may.

    UK GDPR Article 38(6): a data protection officer may hold no role that decides purposes or means.
    """
    held = set(roles)
    if "data_protection_officer" in held and any(ROLES[role].decides_means for role in held):
        return "officer_decides_means"
    return ""


def first_id_of(moment: datetime) -> UUID:
    """The id below which every UUIDv7 was made before a moment."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)


def is_trained(expires_on: date | None, today: date) -> bool:
    """Whether data protection training counts today: passed, and not expired for longer than the grace."""
    return expires_on is not None and today <= expires_on + GRACE
