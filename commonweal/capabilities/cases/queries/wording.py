"""What messages and letters about a case are filled with."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from commonweal.capabilities.cases.models import Case, Clock
from commonweal.capabilities.cases.queries.challenging import review_rows, reviews_open
from commonweal.capabilities.cases.queries.rounds import Standing
from commonweal.capabilities.cases.queries.timing import NEVER
from commonweal.capabilities.catalogue.queries.clocks import Reason
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.handling import Outcome
from commonweal.capabilities.catalogue.queries.wording import Nation
from commonweal.capabilities.organisations import queries as organisations
from commonweal.foundations.clocks.now import today
from commonweal.foundations.scope.actors import Actor


def words_of(
    actor: Actor, case: Case, service: Service, language: str, *, due_on: date | None = None
) -> dict[str, str]:
    """What any message may be filled with: never an answer. `due_on` is told in place of the case's own date."""
    body = organisations.organisation(actor, organisation=case.organisation_id)
    outcome = service.case.outcome(case.outcome)
    with override(language):
        told_due = date_format(due_on or _due_of(case), "j F Y")
    return {
        "reference": case.reference,
        "organisation": body.name,
        "service": service.title.in_language(language),
        "due_on": told_due,
        "outcome": outcome.words.in_language(language) if outcome else "",
        "link": f"{settings.ADDRESS}/{body.slug}/status/",
        "again": f"{settings.ADDRESS}/{body.slug}/{service.slug}/again/{case.reference}/",
    }


def _due_of(case: Case) -> date:
    """The day to write of: while the time is stopped, the earliest that it can be."""
    if case.due_on != NEVER:
        return case.due_on
    clocks = Clock.objects.filter(organisation_id=case.organisation_id, case_id=case.id)
    return min(clocks.values_list("due_on", flat=True), default=today())


def reason_lines(outcome: Outcome, reasons: Sequence[str], nation: str, language: str | None) -> tuple[str, ...]:
    """The reasons in the applicant's words, each with the law of the nation where it names one."""
    chosen = [reason for reason in outcome.reasons if reason.key in reasons]
    return tuple(_tell_reason(reason, nation, language) for reason in chosen)


def letter_words(
    actor: Actor,
    case: Case,
    service: Service,
    standing: Standing,
    *,
    outcome: Outcome,
    reasons: Sequence[str],
    name: str,
    language: str,
    on: date,
) -> dict[str, str]:
    """What a letter about an outcome is filled with: besides, who it is to, why, and how to challenge it."""
    body = organisations.organisation(actor, organisation=case.organisation_id)
    lines = reason_lines(outcome, reasons, body.nation, language)
    return words_of(actor, case, service, language) | {
        "outcome": outcome.words.in_language(language),
        "name": name,
        "reasons": "\n".join(f"- {line}" for line in lines),
        "review": _tell_review(service, standing, outcome, language, on),
    }


def _tell_reason(reason: Reason, nation: str, language: str | None) -> str:
    words, law = reason.words.in_language(language), reason.law.get(Nation(nation))
    return f"{words} ({law.in_language(language)})" if law else words


def _tell_review(service: Service, standing: Standing, outcome: Outcome, language: str, on: date) -> str:
    declared = service.case
    with override(language):
        found = reviews_open(declared, outcome=outcome.key, decided_on=on, used=standing.reviews, today=on)
        told = [_tell_until(row.words, row.until) for row in review_rows(found, on)]
        review = standing.declared_in(declared)
    if review and review.next:
        told.append(review.next.in_language(language))
    return "\n\n".join(told)


def _tell_until(words: str, until: date | None) -> str:
    if until is None:
        return words
    return f"{words} {gettext('You can do this until %(day)s.') % {'day': date_format(until, 'j F Y')}}"
