"""What stands beside the data in a copy (UK GDPR Article 15(1)(a) to (h)), generated from the declarations."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext

from commonweal.capabilities.cases.queries.held_about import HeldCase
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.questions import Whose
from commonweal.capabilities.catalogue.queries.wording import Nation
from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.capabilities.protection.queries.beside import kinds_of
from commonweal.capabilities.protection.queries.challenging import ways_to_challenge
from commonweal.foundations.documents.packs import Section
from commonweal.foundations.personal_data.subjects.collecting import Collected


@dataclass(frozen=True)
class ServiceTold:
    """What is said of one service the person is in: the parts of Article 15(1) that differ from service to service."""

    title: str
    references: tuple[str, ...]
    purpose: str
    basis: str
    law: str
    categories: tuple[str, ...]
    seen_by: tuple[str, ...]
    kept: tuple[str, ...]
    sources: tuple[str, ...]

    def section(self) -> Section:
        told = (
            (gettext("Why we use it"), (self.purpose,)),
            (gettext("Why we may"), (self.basis, self.law)),
            (gettext("What kinds of data"), self.categories),
            (gettext("Who sees it"), self.seen_by),
            (gettext("How long we keep it"), self.kept),
            (gettext("Where it came from"), self.sources),
        )
        lines = (f"{name}: {'; '.join(values)}" for name, values in told if any(values))
        return Section(f"{self.title} ({', '.join(self.references)})", tuple(lines))


def services_told(cases: Iterable[HeldCase], body: OrganisationRow) -> tuple[ServiceTold, ...]:
    """What is said of each service of these cases, in the language in use."""
    by_name: dict[str, list[HeldCase]] = {}
    for case in cases:
        by_name.setdefault(case.service.name, []).append(case)
    return tuple(_told(each, Nation(body.nation)) for each in by_name.values())


def rights_told(body: OrganisationRow) -> tuple[str, ...]:
    """The person's rights, the way to complain, and what is known of decisions by machines (Article 15(1)(e) to (h)).

    Nothing is known here of what other systems decide: the officer answers for those.
    """
    contact = body.contact or body.name
    return (
        gettext("You can ask us to correct or erase your data or to stop using it for a time, and object to its use."),
        *ways_to_challenge(body),
        gettext("In the system that this copy comes from, rules only propose. A member of staff makes each decision."),
        gettext("We tell you whether any other system that we use decides about you by machine alone: %(contact)s.")
        % {"contact": contact},
    )


def as_data(services: Iterable[ServiceTold], rights: tuple[str, ...], collected: Iterable[Collected]) -> dict[str, Any]:
    """The same for programs, with why each column is held."""
    return {
        "services": [vars(service) for service in services],
        "rights": list(rights),
        "held": [
            {
                "table": one.table.label,
                "keeps": one.table.declaration.keeps,
                "fields": {
                    column.name: {"category": column.category.value, "why": str(column.why)}
                    for column in one.columns
                    if column.category is not None
                },
            }
            for one in collected
            if one.rows
        ],
    }


def _told(cases: list[HeldCase], nation: Nation) -> ServiceTold:
    service, language = cases[-1].service, get_language()
    lawfulness = service.lawfulness
    law = lawfulness.law.get(nation)
    return ServiceTold(
        title=service.title.in_language(language),
        references=tuple(case.reference for case in cases if case.is_own),
        purpose=lawfulness.purpose.in_language(language),
        basis=str(lawfulness.basis.words),
        law=law.in_language(language) if law else "",
        categories=tuple(map(str, kinds_of(service))),
        seen_by=tuple(each.in_language(language) for each in lawfulness.seen_by),
        kept=tuple(dict.fromkeys(_kept(cases, nation))),
        sources=tuple(dict.fromkeys(_sources(service))),
    )


def _kept(cases: Iterable[HeldCase], nation: Nation) -> Iterator[str]:
    """The period of how each case ended; of an open one the longest that it may have."""
    for case in cases:
        outcomes = [each for each in case.service.case.outcomes if not case.outcome or each.key == case.outcome]
        months = [keep.months for each in outcomes if (keep := each.keep.get(nation)) is not None]
        if months:
            yield gettext(
                "%(months)s months after the last decision in the case, or after it is closed if nothing was decided. "
                "Longer while we need it for a legal claim"
            ) % {"months": max(months)}


def _sources(service: Service) -> Iterator[str]:
    yield gettext("You, or whoever asked for you")
    if any(question.whose is not Whose.APPLICANT for question in service.questions()):
        yield gettext("Somebody else who named you in theirs")
    yield gettext("Our staff, while they dealt with it")
