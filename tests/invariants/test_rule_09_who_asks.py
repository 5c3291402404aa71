"""Rule 9: every route and every query knows who asks."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from commonweal.capabilities.catalogue.actions import offer_service
from commonweal.capabilities.forms.actions.filling import start_draft
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.scope.actors import Visitor
from tests.keepers import calling
from tests.keepers.routes import ROUTES, Access, browser_of, faults, names, patterns


def routes_of(access: Access) -> list[str]:
    return sorted(name for name, rule in ROUTES.items() if rule is access)


class TestTheList:
    def test_every_route_has_its_rule_and_every_rule_its_route(self) -> None:
        assert list(faults()) == []

    def test_a_route_without_a_rule_would_be_missed(self) -> None:
        assert names() - (set(ROUTES) - {"worklist"}) == {"worklist"}


@pytest.mark.django_db
class TestEveryRoute:
    """Each is asked for as the address it has in Leeds, by those who may and those who may not."""

    @pytest.fixture
    def draft(self, cast: Cast, settings: LazySettings) -> str:
        declaration = (Path(settings.SERVICES) / "missed_collection" / "service.yaml").read_text()
        offer_service(SET_UP, organisation=cast.leeds, declaration=declaration)
        return str(start_draft(Visitor(), organisation=cast.leeds, service="missed_collection"))

    @pytest.mark.parametrize("name", routes_of(Access.ANYONE))
    def test_whoever_comes_is_answered(self, name: str, draft: str) -> None:
        answer = Client().get(address(name, draft))
        assert answer.status_code in {200, 302}

    @pytest.mark.parametrize("name", routes_of(Access.SIGNED_IN))
    def test_ones_own_pages_ask_who_it_is(self, name: str, draft: str) -> None:
        assert_asked_to_sign_in(name, draft)

    @pytest.mark.parametrize("name", routes_of(Access.HOLDER))
    def test_a_draft_is_shown_to_nobody_without_its_secret(self, name: str, draft: str, cast: Cast) -> None:
        for browser in (Client(), browser_of(cast.rosa), browser_of(cast.priya)):
            assert browser.get(address(name, draft)).status_code in {403, 404, 410}
            assert browser.post(address(name, draft), {}).status_code in {403, 404, 405, 410}

    @pytest.mark.parametrize("name", routes_of(Access.PROVEN))
    def test_an_application_is_shown_to_whoever_proves_it(self, name: str, draft: str, cast: Cast) -> None:
        for browser in (Client(), browser_of(cast.rosa), browser_of(cast.priya)):
            for answer in (browser.get(address(name, draft)), browser.post(address(name, draft), {"text": "Mine"})):
                assert answer.status_code in {302, 405}
                assert answer.status_code == 405 or answer["Location"].startswith("/leeds/status/")

    @pytest.mark.parametrize("name", routes_of(Access.DEMO))
    def test_the_demonstration_is_nowhere_else(self, name: str, draft: str, settings: LazySettings) -> None:
        settings.DEMO = False
        assert Client().get(address(name, draft)).status_code == 404

    @pytest.mark.parametrize("name", routes_of(Access.STAFF))
    def test_the_desk_asks_who_it_is(self, name: str, draft: str) -> None:
        assert_asked_to_sign_in(name, draft)

    @pytest.mark.parametrize("name", sorted(set(routes_of(Access.STAFF)) - {"workspace"}))
    def test_the_desk_is_not_there_for_residents_and_outsiders(self, name: str, draft: str, cast: Cast) -> None:
        for who in (cast.rosa, cast.huw):
            assert browser_of(who).get(address(name, draft)).status_code == 404

    @pytest.mark.parametrize("name", sorted(set(routes_of(Access.STAFF)) - {"workspace"}))
    def test_the_desk_wants_a_second_factor(self, name: str, draft: str, cast: Cast) -> None:
        priya = browser_of(replace(cast.priya, has_second_factor=False))
        assert priya.get(address(name, draft)).status_code == 403

    def test_residents_have_no_workspace_at_all(self, cast: Cast) -> None:
        assert browser_of(cast.rosa).get(reverse("workspace")).status_code == 404


def address(name: str, draft: str) -> str:
    """The address of a page in Leeds."""
    known = {"slug": "leeds", "service": "missed-collection", "page": "bin", "code": "cy", "reference": "AAAA-AAAA"}
    known |= {"number": "1", "language": "cy", "item": "1", "way_out": "out", "form": "json"}
    known |= {"zoom": "1", "column": "1", "row": "1"}
    (pattern,) = [each for each in patterns() if each.name == name]
    places = {part: known.get(part, draft) for part in pattern.pattern.converters}
    return reverse(name, kwargs=places)


def assert_asked_to_sign_in(name: str, draft: str) -> None:
    answer = Client().get(address(name, draft))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


class TestWhatOthersMayCall:
    def test_only_actions_and_queries(self) -> None:
        assert list(calling.outside_uses())
        assert list(calling.faults()) == []

    def test_a_function_that_is_neither_would_be_found(self, tmp_path: Path) -> None:
        path = tmp_path / "view.py"
        path.write_text(
            "from commonweal.capabilities.cases.queries.access import case_at\n"
            "from commonweal.capabilities.people.queries import records as people\n"
            "people.person\n"
        )
        found = list(calling.functions_used_from(path))
        assert found[0] == "commonweal.capabilities.cases.queries.access.case_at"
        assert found[-1] == "commonweal.capabilities.people.queries.records.person"
        assert [calling.is_neither(each) for each in (found[0], found[-1])] == [True, False]
