"""Which openings their person sees: the one rule, for every page, pack, export and message that shows them.

It is part of the statement that reads the lines, before anything is counted or limited, so that what is withheld leaves
no hole: the same statements run for everybody, and none of them knows how many lines it left out.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from commonweal.capabilities.protection.models import Withholding
from commonweal.capabilities.protection.rules.withholding import LONGEST_WITHHELD
from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.personal_data.models import Opening, Trace
from commonweal.foundations.personal_data.purposes import PURPOSES, Shown

_OTHERS = ("staff", "system", "supplier")
"""Who opens other people's data; a resident or a draft holder opens only their own."""


def shown_openings(organisation: int, subjects: Iterable[UUID]) -> "QuerySet[Trace]":
    """The lines of others' openings of these people's data that the people themselves may see, unordered.

    Listings and refusals are not openings.
    """
    lines = Trace.objects.filter(
        organisation_id=organisation, subject_id__in=list(subjects), kind=Opening.OPENED, actor_kind__in=_OTHERS
    )
    decided = Withholding.objects.filter(
        organisation_id=organisation, person_id=OuterRef("subject_id"), reference=OuterRef("reference")
    )
    standing = decided.exclude(exemption="").filter(lifted_at=None, review_on__gt=today())
    reviewed = decided.filter(decided_at__gte=OuterRef("at"))
    is_over = Q(at__lte=now() - LONGEST_WITHHELD)
    return lines.filter(
        _for(Shown.ALWAYS)
        | ~Exists(standing) & (_for(Shown.UNLESS_WITHHELD) | _for(Shown.AFTER_REVIEW) & (Exists(reviewed) | is_over))
    )


def waiting_for_review(organisation: int) -> "QuerySet[Trace]":
    """The lines that their person does not see yet, since nobody has decided about them."""
    decided = Withholding.objects.filter(
        organisation_id=organisation,
        person_id=OuterRef("subject_id"),
        reference=OuterRef("reference"),
        decided_at__gte=OuterRef("at"),
    )
    recent = Q(at__gt=now() - LONGEST_WITHHELD)
    lines = Trace.objects.filter(organisation_id=organisation, kind=Opening.OPENED, actor_kind__in=_OTHERS)
    return lines.filter(_for(Shown.AFTER_REVIEW), recent, ~Exists(decided))


def _for(shown: Shown) -> Q:
    return Q(purpose__in=[purpose.code for purpose in PURPOSES.values() if purpose.shown is shown])
