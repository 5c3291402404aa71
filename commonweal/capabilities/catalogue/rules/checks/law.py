"""What must hold for the law: of each nation, how long things are kept, and what health data need."""

from collections.abc import Iterable, Iterator

from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.handling import Keep
from commonweal.capabilities.catalogue.queries.wording import Bilingual, Nation
from commonweal.capabilities.catalogue.rules.checks.found import Found
from commonweal.foundations.declaring.yaml_lines import Loc
from commonweal.foundations.personal_data.declarations import Category

_WITHOUT_LIMITATION_ACT = {Nation.SCOTLAND, Nation.NORTHERN_IRELAND}


def faults_of_law(service: Service) -> Found:
    """Every nation without its law or its retention, or with another's."""
    nations = set(service.offered_by.nations)
    if len(nations) != len(service.offered_by.nations):
        yield ("offered_by", "nations"), "A nation is named twice."
    for nation in sorted(nations - set(service.lawfulness.law)):
        yield ("lawfulness", "law"), f"The law for {nation} is missing."
    for loc, laws in _laws_of(service):
        for nation in sorted(set(laws) - nations):
            yield (*loc, nation), f"The service is not offered in {nation}."
    for number, clock in enumerate(service.case.clocks):
        for nation in sorted(set(clock.nations or nations) - set(clock.law)) if clock.law else ():
            yield ("case", "clocks", number, "law"), f"The law for {nation} is missing."
    holds_health = any(each.category is Category.HEALTH for each in (*service.questions(), *service.case.facts))
    if holds_health and service.lawfulness.special is None:
        yield ("lawfulness", "special"), "Answers about health need a condition of Article 9(2)."
    yield from _faults_of_retention(service, nations)


def _laws_of(service: Service) -> Iterator[tuple[Loc, dict[Nation, Bilingual]]]:
    yield ("lawfulness", "law"), service.lawfulness.law
    yield from _laws_of_clocks(service)
    for number, outcome in enumerate(service.case.outcomes):
        for place, reason in enumerate(outcome.reasons):
            yield ("case", "outcomes", number, "reasons", place, "law"), reason.law


def _laws_of_clocks(service: Service) -> Iterator[tuple[Loc, dict[Nation, Bilingual]]]:
    return (
        (("case", "clocks", number, "law"), clock.law)
        for number, clock in enumerate(service.case.clocks)
        if clock.is_law and clock.law
    )


def _faults_of_retention(service: Service, nations: Iterable[Nation]) -> Found:
    for number, outcome in enumerate(service.case.outcomes):
        loc: Loc = ("case", "outcomes", number, "keep")
        for nation in sorted(set(nations) - set(outcome.keep)):
            yield loc, f"How long it is kept in {nation} is missing."
        for nation, keep in outcome.keep.items():
            if nation not in nations:
                yield (*loc, nation), f"The service is not offered in {nation}."
            elif nation in _WITHOUT_LIMITATION_ACT and _cites_limitation_act(keep):
                yield (*loc, nation), f"The Limitation Act 1980 does not extend to {nation}."


def _cites_limitation_act(keep: Keep) -> bool:
    return "limitation act 1980" in f"{keep.basis.en} {keep.reason.en}".lower()
