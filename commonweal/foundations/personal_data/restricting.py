"""Restriction (UK GDPR Article 18): every reading enforces it, so it is more than a banner.

The rows are written by whoever decides about a restriction, in an action. A reading takes them with the first keys it
fetches, so that holding them costs it no statement of its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from commonweal.foundations.clocks.now import now
from commonweal.foundations.errors import Words
from commonweal.foundations.personal_data.models import Restriction
from commonweal.foundations.personal_data.prompts import ARTICLE_18, ReasonNeeded
from commonweal.foundations.personal_data.purposes import APPLYING, OWN_INFORMATION, RIGHTS
from commonweal.foundations.scope.scopes import current_scope

OPEN_PURPOSES = frozenset({APPLYING, OWN_INFORMATION, RIGHTS})
"""People's own look at what is theirs, and the answer to what they ask about it, are never restricted."""


class Restricted(ReasonNeeded):
    """The person's information is restricted and no lawful ground was chosen. Nothing was opened."""

    code = "restricted"
    title: Words = _("This person’s information is restricted")
    message: Words = _("We keep it, but nobody may use it, including your team, except on one of four grounds.")

    def __init__(self) -> None:
        super().__init__(ARTICLE_18)


@dataclass(frozen=True)
class Restrictions:
    """Which subjects are restricted now: wholly (reference ""), or in the matters with these references."""

    of: Mapping[UUID, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))

    def hold(self, subject: UUID, reference: str) -> bool:
        """Whether the subject's information in the matter with this reference is kept and not used.

        Without a reference it may be of any matter, and is held once one of theirs is.
        """
        references = self.of.get(subject)
        return references is not None and (not reference or "" in references or reference in references)


NONE = Restrictions()

_RESTRICTED = """
select null::uuid, null::bytea, null::varchar, subject_id, reference
from personal_data_restriction where ended_at is null
"""
_WITH_KEYS = """
select id, wrapped, wrapped_by, null::uuid, null::varchar from personal_data_datakey where id = any(%s)
union all
select null, null, null, subject_id, reference from personal_data_restriction where ended_at is null
"""


def restrictions() -> Restrictions:
    """Who is restricted in the organisations of the scope, in one small statement."""
    with connection.cursor() as cursor:
        cursor.execute(_RESTRICTED)
        return _gather(cursor.fetchall())


def restrictions_with_keys(key_ids: Iterable[UUID]) -> tuple[Restrictions, list[tuple[UUID, bytes, str]]]:
    """Who is restricted, and the wrapped keys with these ids, in the statement that fetches keys anyway."""
    with connection.cursor() as cursor:
        cursor.execute(_WITH_KEYS, [list(key_ids)])
        rows = cursor.fetchall()
    return _gather(rows), [(row[0], bytes(row[1]), row[2]) for row in rows if row[0] is not None]


def restrict(subjects: Iterable[UUID], *, decision: UUID, reference: str = "") -> int:
    """Restrict these subjects, in the matter with this reference or in all; returns how many. Inside an action."""
    rows = [
        Restriction(
            id=uuid7(),
            organisation_id=current_scope().organisation,
            subject_id=subject,
            reference=reference,
            decision_id=decision,
            since=now(),
        )
        for subject in sorted(set(subjects))
    ]
    return len(Restriction.objects.bulk_create(rows))


def lift(decision: UUID) -> int:
    """End what a decision restricted, and nothing that another did; returns how many. Inside an action."""
    standing = Restriction.objects.filter(
        organisation_id=current_scope().organisation, decision_id=decision, ended_at=None
    )
    return standing.update(ended_at=now())


def _gather(rows: Iterable[tuple[Any, ...]]) -> Restrictions:
    found: dict[UUID, set[str]] = {}
    for *_key, subject, reference in rows:
        if subject is not None:
            found.setdefault(subject, set()).add(reference)
    return Restrictions({subject: frozenset(references) for subject, references in found.items()}) if found else NONE
