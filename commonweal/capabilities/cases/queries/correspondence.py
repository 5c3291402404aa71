"""What was asked, answered, challenged and written in a case, as entries of its history. Needs an open reading."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language

from commonweal.capabilities.cases.models import Case, Decision, Letter, Round, SentBack
from commonweal.capabilities.catalogue.queries.handling import CaseType
from commonweal.foundations.personal_data.reading import current_reading


@dataclass(frozen=True)
class Said:
    """`by` is the member of staff, if it was one.

    `kind` is asked, answered, review, reopened, reasons or letter; or what `happened` adds: extended, ticked, unticked,
    handed, party or party_ended.
    """

    at: datetime
    kind: str
    label: str
    by: UUID | None
    text: str = field(repr=False)


def said_in(case: Case, declared: CaseType) -> list[Said]:
    """All of it; a fixed number of queries."""
    here = {"organisation_id": case.organisation_id, "case_id": case.id}
    asked, rounds = list(SentBack.objects.filter(**here)), list(Round.objects.filter(**here))
    current_reading().fetch_keys(row.key_id for row in (*asked, *rounds))
    letters = Letter.objects.filter(**here).values_list("sent_at", "by_id")
    return [
        *(said for each in asked for said in _ask(each)),
        *(_open(each, declared) for each in rounds),
        *_decide(case, declared),
        *(Said(at, "letter", "", by, "") for at, by in letters),
    ]


def _ask(each: SentBack) -> Iterator[Said]:
    yield Said(each.asked_at, "asked", "", each.by_id, each.question)
    if each.answered_at is not None:
        yield Said(each.answered_at, "answered", "", None, each.answer or "")


def _open(each: Round, declared: CaseType) -> Said:
    review = next((review for review in declared.reviews if review.key == each.review), None)
    label = review.label.in_language(get_language()) if review else ""
    return Said(each.began_at, "review" if each.review else "reopened", label, each.by_id, each.words)


def _decide(case: Case, declared: CaseType) -> Iterator[Said]:
    """The reasons of each decision, which stands in the history as the move it was."""
    decisions = Decision.objects.filter(organisation_id=case.organisation_id, case_id=case.id, undone_at=None)
    for each in decisions.exclude(reasons=[]):
        outcome = declared.outcome(each.outcome)
        labels = [
            reason.label.in_language(get_language())
            for reason in (outcome.reasons if outcome else ())
            if reason.key in each.reasons
        ]
        yield Said(each.at, "reasons", "", each.by_id, "\n".join(labels))
