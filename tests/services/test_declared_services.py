"""What every declared service keeps to, beyond what its declaration is checked for when it is loaded."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.needing import kept_too_long
from commonweal.capabilities.catalogue.queries.wording import Nation
from commonweal.capabilities.catalogue.rules.loading import load
from commonweal.capabilities.forms.rules.conditions import Known
from commonweal.capabilities.forms.rules.path import work_out_path
from commonweal.capabilities.identity.rules import ROLES
from commonweal.capabilities.organisations.rules import authorities
from commonweal.frontends.demo_people import TEAMS

PLACEHOLDER = re.compile(r"\{\w+\}")
FILES = sorted(Path(settings.SERVICES).glob("*/service.yaml"))
REGISTER = (settings.ROOT / "commonweal/capabilities/organisations/uk_local_authorities.csv").read_text()


@pytest.fixture(params=FILES, ids=lambda path: path.parent.name)
def service(request: pytest.FixtureRequest) -> Service:
    path: Path = request.param
    return load(path.read_text(), file=str(path))


def test_the_first_seven_services_are_there() -> None:
    assert {path.parent.name for path in FILES} >= {
        "blue_badge", "bulky_waste", "care_referral", "complaint", "council_tax_discount", "information_request",
        "missed_collection",
    }  # fmt: skip


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


def test_what_was_asked_for_and_came_late_is_not_lost(service: Service) -> None:
    """A case that asked its applicant something and was closed without it goes on when it comes."""
    if any(stage.waits for stage in service.case.stages):
        assert service.case.reopening is not None


def test_nobody_decides_who_may_not_open_the_case(service: Service) -> None:
    allowed = set(service.restriction.roles) if service.restriction else set(ROLES)
    assert all(set(outcome.roles) <= allowed for outcome in service.case.outcomes)


def test_nothing_is_kept_longer_than_what_it_names_needs(service: Service) -> None:
    assert [(each.outcome.en, each.nation, each.needed) for each in kept_too_long(service)] == []


def test_it_says_in_welsh_what_it_says_in_english(service: Service) -> None:
    """Names and numbers are the same in both; a sentence is not, and fills in the same places."""
    for each in bilinguals(service.model_dump(mode="json")):
        assert each["en"] != each["cy"] or len(each["en"].split()) == 1, each["en"]
        assert sorted(PLACEHOLDER.findall(each["en"])) == sorted(PLACEHOLDER.findall(each["cy"])), each["en"]


@pytest.mark.parametrize(
    ("nation", "promised"),
    [
        (Nation.ENGLAND, {"": [5], "stage_one": [10], "stage_two": [20]}),
        (Nation.WALES, {"": [5], "stage_one": [10], "stage_two": [20]}),
        (Nation.SCOTLAND, {"": [5], "stage_two": [20]}),
        (Nation.NORTHERN_IRELAND, {"": [5], "stage_two": [20]}),
    ],
)
def test_a_complaint_is_answered_in_the_days_of_the_nations_ombudsman(
    nation: Nation, promised: dict[str, list[int | None]]
) -> None:
    """In Scotland and Northern Ireland stage one is answered five working days after the complaint came."""
    days: dict[str, list[int | None]] = {}
    for clock in _loaded("complaint").case.clocks:
        if not clock.nations or nation in clock.nations:
            days.setdefault(clock.starts_in or "", []).append(clock.working_days)
    assert days == promised


@pytest.mark.parametrize(
    ("benefit", "nation", "is_right"),
    [
        ("pip_journeys", "England", True), ("pip_following", "England", False), ("pip_journeys", "Wales", False),
        ("pip_following", "Wales", True), ("pip_following", "Scotland", True), ("none", "England", False),
        ("dla", "Scotland", True),
    ],
)  # fmt: skip
def test_what_gives_a_right_to_a_badge_by_itself_is_the_nations(benefit: str, nation: str, is_right: bool) -> None:
    service = _loaded("blue_badge")
    stored = {("what", 0): "new", ("for_whom", 0): "self", ("benefits", 0): benefit}
    path = work_out_path(service, stored, Known(date(2026, 11, 23), nation, "online", is_staff=False))
    assert (path.step("evidence") is not None) is is_right
    assert (path.step("condition") is not None) is not is_right


def test_whoever_told_of_an_adult_is_told_nothing_of_them() -> None:
    """What social workers found of somebody is not for the neighbour who rang: no outcome or reason says it."""
    for outcome in _loaded("care_referral").case.outcomes:
        for words in (outcome.words, *(reason.words for reason in outcome.reasons)):
            assert not any(told in words.en for told in ("decide for themselves", "no need", "does not want"))


def _loaded(name: str) -> Service:
    path = Path(settings.SERVICES) / name / "service.yaml"
    return load(path.read_text(), file=str(path))


def bilinguals(part: Any) -> Iterator[dict[str, str]]:
    if isinstance(part, dict) and set(part) == {"en", "cy"}:
        yield part
    elif isinstance(part, dict | list):
        for each in part.values() if isinstance(part, dict) else part:
            yield from bilinguals(each)


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
