"""What every declared service keeps to, beyond what its declaration is checked for when it is loaded."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.rules.loading import load
from commonweal.capabilities.identity.rules import ROLES
from commonweal.capabilities.organisations.rules import authorities
from commonweal.frontends.demo_people import TEAMS

FILES = sorted(Path(settings.SERVICES).glob("*/service.yaml"))
REGISTER = (settings.ROOT / "commonweal/capabilities/organisations/uk_local_authorities.csv").read_text()


@pytest.fixture(params=FILES, ids=lambda path: path.parent.name)
def service(request: pytest.FixtureRequest) -> Service:
    path: Path = request.param
    return load(path.read_text(), file=str(path))


def test_the_seven_services_are_there() -> None:
    assert [path.parent.name for path in FILES] == [
        "blue_badge", "bulky_waste", "care_referral", "complaint", "council_tax_discount", "information_request",
        "missed_collection",
    ]  # fmt: skip


def test_its_roles_exist(service: Service) -> None:
    assert set(roles_of(service)) <= set(ROLES)


def test_its_team_works_in_the_demonstration(service: Service) -> None:
    assert service.team in TEAMS


def test_someone_may_offer_it_in_each_of_its_nations(service: Service) -> None:
    for nation in service.offered_by.nations:
        bodies = [body for body in authorities(REGISTER) if body.nation == nation.value]
        assert any(set(service.offered_by.powers) <= set(body.powers) for body in bodies), nation


def test_a_significant_refusal_says_how_to_challenge_it(service: Service) -> None:
    """Practice: a plain refusal with what would change it and how to challenge."""
    for outcome in service.case.outcomes:
        if outcome.is_refusal and outcome.is_significant:
            assert any(not review.of or outcome.key in review.of for review in service.case.reviews), outcome.key


def test_nobody_decides_who_may_not_open_the_case(service: Service) -> None:
    allowed = set(service.restriction.roles) if service.restriction else set(ROLES)
    assert all(set(outcome.roles) <= allowed for outcome in service.case.outcomes)


def roles_of(service: Service) -> Iterator[str]:
    case = service.case
    for parts in (case.moves, case.tasks, case.outcomes, case.reviews):
        for part in parts:
            yield from part.roles
    for question in (*service.questions(), *case.facts):
        yield from question.opened_by
    if service.restriction is not None:
        yield from (*service.restriction.roles, *service.restriction.harm_checked_by)
    yield from case.reopening.roles if case.reopening else ()
    yield from case.publication.roles if case.publication else ()
