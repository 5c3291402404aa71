"""The privacy notice of a service, made from its declaration (UK GDPR Articles 13 and 14)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import ngettext

from commonweal.capabilities.catalogue.queries.declarations import LawfulBasis, Service
from commonweal.capabilities.catalogue.queries.handling import Keep
from commonweal.capabilities.catalogue.queries.questions import Fills, Whose
from commonweal.capabilities.catalogue.queries.wording import Nation

_MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Asked:
    """One thing that is asked: its label, why, and whether it may be left out."""

    label: str
    why: str
    is_optional: bool


@dataclass(frozen=True)
class Kept:
    """How long cases with these outcomes are kept, on which basis and why."""

    outcomes: tuple[str, ...]
    period: str
    basis: str
    reason: str


@dataclass(frozen=True)
class Notice:
    """What people are told before they give anything.

    `special` says why health data may be used (Article 9). `asked_about_others` is what is asked about other people
    (Article 14). `may_erase`: the right to erasure applies as a rule. `has_place`: the place lies open to those who
    deal with it. `draft_kept` is how long what was not sent is kept, in words. `has_routes`: not all are asked all.
    """

    purpose: str
    basis: str
    law: str
    special: str
    asked: tuple[Asked, ...]
    asked_about_others: tuple[Asked, ...]
    draft_kept: str
    has_routes: bool
    seen_by: tuple[str, ...]
    kept: tuple[Kept, ...]
    may_erase: bool
    has_place: bool


def notice_of(service: Service, nation: str, language: str) -> Notice:
    """The notice of a service as a body of this nation offers it, in this language."""
    lawfulness, special = service.lawfulness, service.lawfulness.special
    told = special and f"{special.words.in_language(language)} ({special.schedule.in_language(language)})"
    return Notice(
        purpose=lawfulness.purpose.in_language(language),
        basis=str(lawfulness.basis.words),
        law=lawfulness.law[Nation(nation)].in_language(language),
        special=told or "",
        asked=tuple(_asked(service, language, is_own=True)),
        asked_about_others=tuple(_asked(service, language, is_own=False)),
        draft_kept=days_of(service.draft_days),
        has_routes=any(page.shown_when or any(each.shown_when for each in page.questions) for page in service.pages),
        seen_by=tuple(recipient.in_language(language) for recipient in lawfulness.seen_by),
        kept=tuple(_kept(service, Nation(nation), language)),
        may_erase=lawfulness.basis is LawfulBasis.CONSENT,
        has_place=service.question_filling(Fills.CASE_PLACE) is not None,
    )


def period_of(months: int) -> str:
    """A number of months in words, in years where it is whole years."""
    if months % _MONTHS_A_YEAR == 0:
        years = months // _MONTHS_A_YEAR
        return ngettext("%(number)s year", "%(number)s years", years) % {"number": years}
    return ngettext("%(number)s month", "%(number)s months", months) % {"number": months}


def days_of(days: int) -> str:
    """A number of days in words."""
    return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}


def _asked(service: Service, language: str, *, is_own: bool) -> Iterator[Asked]:
    for question in service.questions():
        if question.why is not None and (question.whose is Whose.APPLICANT) is is_own:
            label, why = question.label.in_language(language), question.why.in_language(language)
            yield Asked(label, why, question.is_optional)


def _kept(service: Service, nation: Nation, language: str) -> Iterator[Kept]:
    """One entry for each period, with the outcomes that have it."""
    alike: dict[tuple[int, str, str], list[str]] = {}
    for outcome in service.case.outcomes:
        keep: Keep = outcome.keep[nation]
        period = keep.months, keep.basis.in_language(language), keep.reason.in_language(language)
        alike.setdefault(period, []).append(outcome.label.in_language(language))
    for (months, basis, reason), outcomes in sorted(alike.items()):
        yield Kept(tuple(outcomes), period_of(months), basis, reason)
