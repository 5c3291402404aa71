"""The rounds of a case: how each ended, which one it is in, and who may decide that."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.capabilities.cases.models import Case, Decision, Round
from commonweal.capabilities.cases.rules import Decided, barred_from
from commonweal.capabilities.catalogue.queries.handling import CaseType, Review


@dataclass(frozen=True)
class Standing:
    """The round a case is in, or ended with: since when, for which review, and whom it is closed to for deciding.

    `decided` are the decisions so far, oldest first; `reviews` the keys of the reviews there were.
    """

    number: int
    began_at: datetime
    review: str
    barred: frozenset[UUID]
    decided: tuple[Decided, ...]
    reviews: tuple[str, ...]

    def declared_in(self, declared: CaseType) -> Review | None:
        """The review that this round is; None in the first and in one that staff reopened."""
        return next((review for review in declared.reviews if review.key == self.review), None)


def standing_of(case: Case) -> Standing:
    """Where a case stands in its rounds; two queries."""
    rounds = list(Round.objects.filter(organisation_id=case.organisation_id, case_id=case.id).order_by("number"))
    reviews = {each.number: each.review for each in rounds}
    decisions = Decision.objects.filter(organisation_id=case.organisation_id, case_id=case.id, undone_at=None)
    decided = tuple(
        (each.round, Decided(each.outcome, each.by_id, each.at, is_review=bool(reviews.get(each.round))))
        for each in decisions.order_by("round")
    )
    number = rounds[-1].number if rounds else 1
    review = reviews.get(number, "")
    return Standing(
        number=number,
        began_at=rounds[-1].began_at if rounds else case.opened_at,
        review=review,
        barred=barred_from([each for round_, each in decided if round_ < number], is_review=bool(review)),
        decided=tuple(each for _round, each in decided),
        reviews=tuple(key for key in reviews.values() if key),
    )


def in_review(organisation: int, cases: Collection[UUID]) -> frozenset[UUID]:
    """Those of these cases whose round is a review of what was decided before; one query."""
    rounds = Round.objects.filter(organisation_id=organisation, case_id__in=list(cases))
    latest = rounds.order_by("case_id", "-number").distinct("case_id")
    return frozenset(each.case_id for each in latest if each.review)


def latest_decision(case: Case, *, before: datetime | None = None) -> Decision | None:
    """What was decided last, `before` a moment if one is given, and not taken back."""
    decisions = Decision.objects.filter(organisation_id=case.organisation_id, case_id=case.id, undone_at=None)
    if before is not None:
        decisions = decisions.filter(at__lt=before)
    return decisions.order_by("-round").first()
