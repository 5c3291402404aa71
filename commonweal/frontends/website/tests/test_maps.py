"""A place may be marked on a map: an enhancement, asked of nobody else unless a body chose so, and on no other page."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import Settings

from commonweal.foundations.clocks.now import today
from commonweal.foundations.design.tiles import Tiles
from commonweal.frontends.website.tests.test_applying import begin
from commonweal.frontends.website.tests.typed import pages

POINT = "53.79970,-1.54920"
THEIRS = Tiles("https://tiles.leeds.example/{z}/{x}/{y}.png", "Leeds <City>", 17)


@pytest.fixture
def where(leeds: int, client: Client) -> str:
    """The address of the page that asks for the place, come to as people come to it."""
    draft = begin(client)
    for page in ("bin", "due"):
        client.post(f"{draft}{page}/", pages(today())[page])
    return f"{draft}where/"


def typed(**more: str) -> dict[str, str]:
    return {**pages(today())["where"], **more}


def policy(answer: object) -> str:
    found: str = answer["Content-Security-Policy"]  # type: ignore[index]
    return found


def test_only_its_page_may_load_the_squares_and_only_from_there(where: str, client: Client, settings: Settings) -> None:
    settings.MAP = THEIRS
    assert "img-src 'self' https://tiles.leeds.example;" in f"{policy(client.get(where))};"
    assert "tiles.leeds.example" not in policy(client.get(where.replace("/where/", "/due/")))
    wrong = client.post(where, typed(**{"place-postcode": "LS1"}))
    assert wrong.status_code == 422
    assert "img-src 'self' https://tiles.leeds.example;" in f"{policy(wrong)};"


def test_the_map_begins_at_the_council(where: str, client: Client, settings: Settings) -> None:
    settings.MAP = THEIRS
    found = re.search(r'data-map-settings="([^"]+)"', client.get(where).text)
    assert found
    told = json.loads(found[1].replace("&#34;", '"').replace("&lt;", "<").replace("&gt;", ">"))
    latitude, longitude = told["middle"]
    assert (round(latitude, 1), round(longitude, 1), told["zoom"]) == (53.8, -1.5, 10)
    assert (told["tiles"], told["credit"], told["closest"]) == (THEIRS.address, "Leeds <City>", 17)


def test_the_squares_of_this_site_need_no_permission(where: str, client: Client, settings: Settings) -> None:
    settings.MAP = Tiles("/tiles/{z}/{x}/{y}.png", "Leeds", 17)
    assert re.search(r"img-src 'self'(;|$)", policy(client.get(where)))


def test_where_no_map_is_set_there_is_none(where: str, client: Client, settings: Settings) -> None:
    settings.MAP = None
    page = client.get(where).text
    assert "data-map" not in page
    assert "place-point" not in page
    assert client.post(where, typed()).status_code == 302


def test_a_point_is_kept_shown_and_shown_again(where: str, client: Client) -> None:
    assert client.post(where, typed(**{"place-point": "53.7997, -1.5492"})).status_code == 302
    page = client.get(where).text
    assert f'name="place-point" value="{POINT}"' in page
    assert "Point on the map: 53.79970, -1.54920" in page
    client.post(where.replace("/where/", "/contact/"), pages(today())["contact"])
    check = client.get(where.replace("/where/", "/check/")).text
    assert "12 High Street<br>LS1 1UR<br>Point on the map: 53.79970, -1.54920" in check


def test_a_mistake_elsewhere_on_the_page_keeps_the_point(where: str, client: Client) -> None:
    wrong = client.post(where, typed(**{"place-postcode": "LS1", "place-point": POINT}))
    assert wrong.status_code == 422
    assert f'name="place-point" value="{POINT}"' in wrong.text


def test_a_wrong_point_is_told_and_is_not_in_the_way_of_whoever_has_no_script(where: str, client: Client) -> None:
    wrong = client.post(where, typed(**{"place-point": "48.85,2.35"}))
    assert wrong.status_code == 422
    assert '<a href="#place-address">Mark a point in the United Kingdom, or remove the mark</a>' in wrong.text
    assert 'value="12 High Street"' in wrong.text
    assert 'name="place-point" value=""' in wrong.text


class TestTheDemonstration:
    def test_its_map_is_drawn_by_us(self, where: str, client: Client) -> None:
        page = client.get(where)
        assert "/demo/tiles/{z}/{x}/{y}.svg" in page.text
        assert re.search(r"img-src 'self'(;|$)", policy(page))
        square = client.get("/demo/tiles/10/507/330.svg")
        assert square["Content-Type"] == "image/svg+xml"
        drawn = ElementTree.fromstring(square.content)  # noqa: S314 (we drew it)
        assert "Leeds" in {each.text for each in drawn.iter("{http://www.w3.org/2000/svg}text")}

    @pytest.mark.parametrize("square", ["0/1/0", "3/8/0", "23/0/0", "99999999999999999999/0/0"])
    def test_it_has_no_square_outside_the_world(self, client: Client, db: None, square: str) -> None:
        assert client.get(f"/demo/tiles/{square}.svg").status_code == 404

    @pytest.mark.parametrize("square", ["0/0/0", "5/15/10", "22/2075000/1350000"])
    def test_it_has_every_square_inside(self, client: Client, db: None, square: str) -> None:
        ElementTree.fromstring(client.get(f"/demo/tiles/{square}.svg").content)  # noqa: S314 (we drew it)

    def test_elsewhere_it_does_not_exist(self, client: Client, db: None, settings: Settings) -> None:
        settings.DEMO = False
        assert client.get("/demo/tiles/0/0/0.svg").status_code == 404
