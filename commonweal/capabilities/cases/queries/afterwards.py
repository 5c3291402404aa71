"""What staff can do with a closed or waiting case, other than move it."""

from dataclasses import dataclass

from django.utils.translation import get_language

from commonweal.capabilities.cases.models import Case, Disclosure
from commonweal.capabilities.cases.queries.challenging import ReviewRow, review_rows, reviews_open
from commonweal.capabilities.cases.queries.granted import GrantRow, grant_of
from commonweal.capabilities.cases.queries.letters import LetterRow, letters_of
from commonweal.capabilities.cases.queries.rounds import standing_of
from commonweal.capabilities.catalogue.queries.handling import CaseType
from commonweal.foundations.clocks.now import local_date
from commonweal.foundations.scope.actors import Staff


@dataclass(frozen=True)
class Afterwards:
    """`review_label` names the review the case is in; `is_barred`: the actor decided it before.

    `reviews` may be written down for the applicant; `publication` names what may be published of it now (`may_publish`)
    or was before (`is_published`), and may then be taken back.
    """

    review_label: str
    is_barred: bool
    reviews: tuple[ReviewRow, ...]
    may_reopen: bool
    publication: str
    may_publish: bool
    is_published: bool
    letters: tuple[LetterRow, ...]
    grant: GrantRow | None


def afterwards_of(actor: Staff, case: Case, declared: CaseType, *, may_change: bool) -> Afterwards:
    """What may be done with this case by whoever looks at it."""
    standing, language = standing_of(case), get_language()
    review = standing.declared_in(declared)
    publication = declared.publication
    is_theirs = bool(may_change and publication and actor.roles & set(publication.roles))
    may_publish = bool(is_theirs and publication and case.outcome in publication.outcomes)
    published = Disclosure.objects.filter(organisation_id=case.organisation_id, case_id=case.id, withdrawn_at=None)
    is_published = published.exists()
    is_told = may_publish or (is_theirs and is_published)
    return Afterwards(
        review_label=review.label.in_language(language) if review and not case.closed_at else "",
        is_barred=actor.account in standing.barred and not case.closed_at,
        reviews=_reviews(case, declared, standing.reviews) if may_change else (),
        may_reopen=_may_reopen(actor, case, declared) and may_change,
        publication=publication.label.in_language(language) if publication and is_told else "",
        may_publish=may_publish,
        is_published=is_published,
        letters=letters_of(case),
        grant=grant_of(case),
    )


def _reviews(case: Case, declared: CaseType, used: tuple[str, ...]) -> tuple[ReviewRow, ...]:
    """Late ones too: staff write down what reached them in time, or is late for a good reason."""
    if case.closed_at is None:
        return ()
    decided_on = local_date(case.closed_at)
    found = reviews_open(declared, outcome=case.outcome, decided_on=decided_on, used=used, today=decided_on)
    return review_rows(found, decided_on)


def _may_reopen(actor: Staff, case: Case, declared: CaseType) -> bool:
    reopening = declared.reopening
    return bool(case.closed_at and reopening and actor.roles & set(reopening.roles))
