"""The trace: one row for each person whose data a reading opened, listed or refused, written before it ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from commonweal.foundations.clocks.now import now
from commonweal.foundations.errors import Forbidden, Words
from commonweal.foundations.personal_data.models import Opening, Trace
from commonweal.foundations.personal_data.purposes import Purpose
from commonweal.foundations.scope.actors import Actor, Staff
from commonweal.foundations.scope.scopes import reading_scope


@dataclass(frozen=True)
class Matter:
    """What a reading is about: the record it belongs to, by kind, id and the reference people know it by.

    `is_of_rights`: what is opened answers a request about the subject's own information, whatever kind it is of.
    """

    kind: str = ""
    id: UUID | None = None
    reference: str = ""
    team: UUID | None = None
    is_of_rights: bool = False

    @property
    def concerns_rights(self) -> bool:
        """Whether it is what somebody asked about their own information, or the answer: open though restricted."""
        return self.is_of_rights or self.kind in ("request", "question")


NO_MATTER = Matter()


@dataclass(frozen=True)
class Charge:
    """One person's data within one reading: the labels of the fields that were opened."""

    subject: UUID
    matter: Matter
    labels: frozenset[str]


class ReadingRefused(Forbidden):
    """The actor may not open this; the refusal itself is recorded for the data protection officer.

    `reason` is a code; `subject` is left out when nobody's record was reached.
    """

    code = "reading_refused"
    title: Words = _("You cannot open this")
    message: Words = _("This has been recorded. If you need it for your work, ask the team that deals with it.")

    def __init__(
        self,
        reason: str,
        *,
        purpose: Purpose,
        subject: UUID | None = None,
        matter: Matter = NO_MATTER,
        message: Words | None = None,
    ) -> None:
        super().__init__(message)
        self.reason, self.purpose, self.subject, self.matter = reason, purpose, subject, matter


_INSERT = """
insert into personal_data_trace (id, organisation_id, at, subject_id, kind, purpose, channel, actor_kind, actor_id,
    actor_role, team_id, matter, matter_id, reference, fields, reason, prompted)
select id, %(organisation)s, %(at)s, subject, %(kind)s, %(purpose)s, %(channel)s, %(actor_kind)s, %(actor_id)s,
    %(actor_role)s, team, matter, matter_id, reference, string_to_array(labels, ','), %(reason)s, %(prompted)s
from unnest(%(ids)s::uuid[], %(subjects)s::uuid[], %(teams)s::uuid[], %(matters)s::text[], %(matter_ids)s::uuid[],
    %(references)s::text[], %(labels)s::text[]) as t(id, subject, team, matter, matter_id, reference, labels)
"""


def write(
    actor: Actor, *, organisation: int, purpose: Purpose, kind: Opening, charges: Iterable[Charge], reason: str = ""
) -> None:
    """Write the lines of one reading in one statement, within its scope.

    `reason` is a code: why it was refused, or which reason a prompt was answered with.
    """
    lines = list(charges)
    if not lines:
        return
    values: dict[str, Any] = {
        "organisation": organisation,
        "at": now(),
        "kind": kind.value,
        "purpose": purpose.code,
        "channel": actor.channel.value,
        "actor_kind": actor.kind,
        "actor_id": actor.id,
        "actor_role": ",".join(sorted(actor.roles)) if isinstance(actor, Staff) else "",
        "reason": reason,
        "prompted": bool(reason) and kind is not Opening.REFUSED,
        "ids": [uuid7() for _line in lines],
        "subjects": [line.subject for line in lines],
        "teams": [_team(actor, line.matter) for line in lines],
        "matters": [line.matter.kind for line in lines],
        "matter_ids": [line.matter.id for line in lines],
        "references": [line.matter.reference for line in lines],
        "labels": [",".join(sorted(line.labels)) for line in lines],
    }
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, values)


def was_opened_by(
    account: UUID, *, organisation: int, purpose: Purpose, subject: UUID, matter: Matter, label: str, since: datetime
) -> bool:
    """Whether this account opened a field (its `label`) of somebody for this purpose and matter since; listed is not
    opened.
    """
    lines = Trace.objects.filter(
        organisation_id=organisation, subject_id=subject, at__gte=since, kind=Opening.OPENED, actor_id=account
    )
    return lines.filter(
        purpose=purpose.code, matter=matter.kind, matter_id=matter.id, fields__contains=[label]
    ).exists()


def record_refusal(actor: Actor, refusal: ReadingRefused, *, organisation: int) -> None:
    """Write the refusal in a transaction of its own, after the refused one was rolled back."""
    nobody = UUID(int=0)
    charge = Charge(refusal.subject or nobody, refusal.matter, frozenset())
    with reading_scope(actor, organisation):
        write(
            actor,
            organisation=organisation,
            purpose=refusal.purpose,
            kind=Opening.REFUSED,
            charges=[charge],
            reason=refusal.reason,
        )


def _team(actor: Actor, matter: Matter) -> UUID | None:
    """The team in whose name staff opened it: the matter's when they belong to it, else their only one."""
    if not isinstance(actor, Staff):
        return None
    if matter.team in actor.teams:
        return matter.team
    return next(iter(actor.teams)) if len(actor.teams) == 1 else None
