"""Roles, what each may read for, and which may not be held together. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

GRACE = timedelta(days=14)
"""How long an expired refresher still counts, with the manager told (practice: gates that must not harm)."""

READABLE = timedelta(days=14)
"""How long, after the grace, one's own open cases can still be read and nothing else."""

REMINDED_BEFORE = timedelta(days=30)
"""How long before it expires somebody is reminded of the refresher."""

GLASS_LASTS = timedelta(hours=12)
"""How long a broken glass opens, at any hour, for one reason and without anybody's approval."""

GLASS_PURPOSES = frozenset({"casework", "safety"})
"""What whoever breaks the glass may read for, though their role may not."""


class Standing(StrEnum):
    """How somebody stands with data protection training (practice: gates that must not harm)."""

    NONE = "none"
    CURRENT = "current"
    DUE = "due"
    GRACE = "grace"
    READ_ONLY = "read_only"
    STOPPED = "stopped"

    @property
    def counts(self) -> bool:
        """Whether they work as always."""
        return self in (Standing.CURRENT, Standing.DUE, Standing.GRACE)

    @property
    def may_break_glass(self) -> bool:
        """Not before the first course, nor after a failed test: these are a hard stop."""
        return self is not Standing.NONE


@dataclass(frozen=True)
class Role:
    """What a role may read personal data for, and whether its holder decides purposes or means."""

    code: str
    purposes: frozenset[str]
    decides_means: bool = False


OFFICER = "data_protection_officer"

ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        Role("case_worker", frozenset({"casework", "safety"})),
        Role("team_manager", frozenset({"casework", "safety"}), decides_means=True),
        Role("medical_assessor", frozenset({"casework", "safety"})),
        Role("social_worker", frozenset({"casework", "safety"})),
        Role("service_designer", frozenset(), decides_means=True),
        Role("administrator", frozenset(), decides_means=True),
        Role(OFFICER, frozenset({"oversight", "rights"})),
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
    if OFFICER in held and any(ROLES[role].decides_means for role in held):
        return "officer_decides_means"
    return ""


def first_id_of(moment: datetime) -> UUID:
    """The id below which every UUIDv7 was made before a moment."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)


@dataclass(frozen=True)
class Sat:
    """A data protection course that somebody sat on a day: passed until it expires, or failed."""

    on: date
    expires_on: date
    is_passed: bool = True


def expiry_of(courses: Iterable[Sat]) -> date | None:
    """Until when training counts, of courses in the order they were sat: a failed test ends all that was before it."""
    expires: date | None = None
    for course in courses:
        if not course.is_passed:
            expires = None
        elif expires is None or course.expires_on > expires:
            expires = course.expires_on
    return expires


def standing_of(courses: Iterable[Sat], today: date) -> Standing:
    """How somebody stands who sat these courses, in this order."""
    expires = expiry_of(courses)
    if expires is None:
        return Standing.NONE
    if today > expires + GRACE + READABLE:
        return Standing.STOPPED
    if today > expires + GRACE:
        return Standing.READ_ONLY
    if today > expires:
        return Standing.GRACE
    return Standing.DUE if today >= expires - REMINDED_BEFORE else Standing.CURRENT
