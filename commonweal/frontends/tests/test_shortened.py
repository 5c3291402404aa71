"""Whoever shortens an address by hand, as people do to go up, comes to a page and opens nothing by it."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import resolve
from tests.keepers.routes import browser_of, is_shortened, whole_routes

from commonweal.conftest import Cast

PICTURES = re.compile(r"^demo/tiles/")
"""Pieces of a map, which no browser shows as an address."""

DRAFT = "019a0000-0000-7000-8000-000000000000"
PLACES = {"slug": "leeds", "service": "missed-collection", "reference": "AAAA-AAAA", "language": "cy", "page": "bin"}


def written(route: str) -> str:
    """A route as somebody would type it."""
    return "/" + re.sub(r"<\w+:(\w+)>", lambda place: PLACES.get(place[1], DRAFT), route)


def cut(route: str) -> Iterator[str]:
    parts = route.rstrip("/").split("/")
    yield from ("/".join(parts[:number]) + "/" for number in range(1, len(parts)))


def test_every_address_can_be_cut_at_every_part() -> None:
    """Each answers by itself: none is taken for the page of a service, or of a council, of that name."""
    routes = whole_routes()
    missing = {short for route in routes for short in cut(route) if short not in routes and not PICTURES.match(short)}
    assert missing == set()


@pytest.mark.django_db
class TestAShortenedAddress:
    @pytest.mark.parametrize("route", [route for route, pattern in whole_routes().items() if is_shortened(pattern)])
    def test_leads_to_a_page_and_tells_nothing(self, route: str) -> None:
        """The database is not asked: the page it leads to asks who it is."""
        pattern = whole_routes()[route]
        assert resolve(written(route)).func is pattern.callback
        answer = Client().get(written(route))
        assert answer.status_code == 302
        assert answer["Location"].startswith("/")
        assert not answer.content
        led = resolve(answer["Location"])
        assert led.url_name
        assert not led.func.__module__.endswith("shortened")
        assert Client().post(written(route)).status_code == 405

    def test_leads_the_officer_to_their_first_page_and_nobody_else(self, cast: Cast) -> None:
        answer = browser_of(cast.olu).get("/workspace/leeds/protection/", follow=True)
        assert answer.status_code == 200
        assert answer.redirect_chain == [("/workspace/leeds/protection/requests/", 302)]
        for who, status in ((cast.priya, 403), (cast.huw, 404), (cast.rosa, 404)):
            assert browser_of(who).get("/workspace/leeds/protection/", follow=True).status_code == status

    def test_leads_to_ones_own_applications_or_to_asking_where_one_stands(self, cast: Cast) -> None:
        assert browser_of(cast.rosa).get("/leeds/applications/")["Location"] == "/leeds/your/"
        assert Client().get("/leeds/applications/")["Location"] == "/leeds/status/"
