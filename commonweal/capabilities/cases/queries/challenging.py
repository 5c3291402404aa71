"""How a decision can be challenged: which reviews are open and until when, and where to go after them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.cases.queries.rounds import Standing
from commonweal.capabilities.cases.rules import review_until
from commonweal.capabilities.catalogue.queries.handling import CaseType, Review


@dataclass(frozen=True)
class ReviewRow:
    """A review that may be asked for, in words; `until` is the last day for it, None when there is no end."""

    key: str
    label: str
    words: str
    until: date | None


def reviews_open(
    declared: CaseType, *, outcome: str, decided_on: date, used: tuple[str, ...], today: date
) -> tuple[Review, ...]:
    """The reviews of this outcome that were not used yet and whose time is not over."""
    return tuple(
        review
        for review in declared.reviews
        if (not review.of or outcome in review.of)
        and review.key not in used
        and today <= (review_until(decided_on, review.within_months) or today)
    )


def review_rows(reviews: tuple[Review, ...], decided_on: date) -> tuple[ReviewRow, ...]:
    """These reviews, in the language of whoever reads it."""
    language = get_language()
    return tuple(
        ReviewRow(
            review.key,
            review.label.in_language(language),
            review.words.in_language(language),
            review_until(decided_on, review.within_months),
        )
        for review in reviews
    )


def where_next(case: Case, declared: CaseType, standing: Standing) -> str:
    """Where to go after the review that the case ended with (the ombudsman, a tribunal); empty before any."""
    review = standing.declared_in(declared)
    is_decided = case.closed_at is not None
    return review.next.in_language(get_language()) if review and review.next and is_decided else ""
