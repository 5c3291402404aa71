"""A signed-in person's own cases, with how much there is in each that they gave or were given. Opens nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from commonweal.capabilities.cases.events import TAKEN_BACK_WITHIN
from commonweal.capabilities.cases.models import Attachment, Case, Decision, Letter, Party, SentBack, Undoable
from commonweal.capabilities.cases.models.attaching import Way
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import now
from commonweal.foundations.scope.actors import Resident


@dataclass(frozen=True)
class OwnCase:
    """One case as its person may know it: a decision that may still be taken back is none yet.

    `kept_from` is the moment from which its retention counts, None while it is open. `has_party`: its form named
    somebody else; `has_added_party`: staff did, which its person may not know. `files` are those they gave later or
    were shown, `questions` those they were asked.
    """

    id: UUID
    reference: str
    submission: UUID
    place: str
    postcode: str
    point: str
    opened_at: datetime
    outcome: str
    kept_from: datetime | None
    letters: int
    files: int
    questions: int
    has_party: bool
    has_added_party: bool


@query()
def own_cases(actor: Resident, *, organisation: int, people: Collection[UUID]) -> tuple[OwnCase, ...]:
    """The cases of these records of the actor's, the latest first; one statement."""
    case = {"organisation_id": organisation, "case_id": OuterRef("id")}
    given = Attachment.objects.filter(**case).filter(Q(way=Way.IN, by_id=None) | Q(is_shown=True))
    closing = Undoable.objects.filter(**case, what="close", revision=OuterRef("revision"))
    decided = Decision.objects.filter(**case, undone_at=None).order_by("-round")
    parties = Party.objects.filter(**case)
    found = Case.objects.filter(organisation_id=organisation, person_id__in=people).annotate(
        held=Exists(closing.filter(at__gte=now() - TAKEN_BACK_WITHIN)),
        kept_from=Subquery(decided.values("kept_from")[:1]),
        letters=_number(Letter.objects.filter(**case)),
        files=_number(given),
        questions=_number(SentBack.objects.filter(**case)),
        has_party=Exists(parties.filter(added_by_id=None)),
        has_added_party=Exists(parties.exclude(added_by_id=None)),
    )
    return tuple(_row(row) for row in found.order_by("-opened_at", "-id"))


def _number(rows: Any) -> Coalesce:
    """How many rows there are of a case."""
    counted = rows.order_by().values("case_id").annotate(number=Count("id")).values("number")
    return Coalesce(Subquery(counted), 0)


def _row(row: Any) -> OwnCase:
    is_closed = row.closed_at is not None and not row.held
    return OwnCase(
        id=row.id,
        reference=row.reference,
        submission=row.submission_id,
        place=row.place,
        postcode=row.postcode,
        point=row.point,
        opened_at=row.opened_at,
        outcome=row.outcome if is_closed else "",
        kept_from=(row.kept_from or row.closed_at) if is_closed else None,
        letters=row.letters,
        files=row.files,
        questions=row.questions,
        has_party=row.has_party,
        has_added_party=row.has_added_party,
    )
