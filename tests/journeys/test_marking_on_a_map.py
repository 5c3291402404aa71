"""A place is marked on a map: by click, dragging, keyboard; narrow, in Welsh. Without scripts or squares, in words."""

from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from commonweal.frontends.cli import running
from commonweal.frontends.cli.children import Child
from tests.journeys.accessibility import require_accessible
from tests.journeys.acting import Person
from tests.journeys.conftest import Seat
from tests.journeys.keyboard import Keyboard
from tests.journeys.residents import Resident
from tests.journeys.staff import Colleague
from tests.journeys.test_every_way_of_reading import require_no_sideways_scrolling
from tests.journeys.test_in_welsh import require_welsh
from tests.stack.reporting import MissedBin
from tests.stack.stack import Stack, free_port

_PICTURE = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=")
_TOLD = MissedBin()


class Tiles(ThreadingHTTPServer):
    """A body's own server of tiles, which writes down what it was asked and by whom it was sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", free_port()), _Answer)
        self.asked: list[str] = []
        self.told: list[str] = []
        self.is_down = False

    @property
    def address(self) -> str:
        return f"http://localhost:{self.server_port}"


class _Answer(BaseHTTPRequestHandler):
    server: Tiles

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.server.told += [name for name in ("Referer", "Cookie") if name in self.headers]
        self.send_response(503 if self.server.is_down else 200)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        self.wfile.write(b"" if self.server.is_down else _PICTURE)

    def log_message(self, *_said: Any) -> None:
        """Say nothing."""


@pytest.fixture
def tiles(server: Tiles) -> Tiles:
    """The server of tiles, which nobody has asked anything yet."""
    server.asked.clear()
    server.told.clear()
    server.is_down = False
    return server


@pytest.fixture(scope="module")
def server() -> Iterator[Tiles]:
    with Tiles() as made:
        Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()


@pytest.fixture(scope="module")
def site(stack: Stack, server: Tiles) -> Iterator[str]:
    """The address of the same site, whose body has chosen that server."""
    installation = replace(stack.installation, port=free_port())
    named = {
        "COMMONWEAL_MAP_TILES": f"{server.address}/{{z}}/{{x}}/{{y}}.png",
        "COMMONWEAL_MAP_CREDIT": "Leeds & its surveyors",
    }
    log = installation.logs / "web-with-map.log"
    environment = {**stack.web.environment, **named}
    web = Child("web server", running.web_command(installation), log=log, environment=environment)
    web.start()
    try:
        running.wait_until_healthy(installation, web)
        yield f"http://127.0.0.1:{installation.port}"
    finally:
        running.stop_together([web])


class Marker(Resident):
    """Somebody at the page that asks where the bin is."""

    def comes_to_the_place(self, site: str) -> None:
        self.address = site
        self.opens("/leeds/missed-collection/apply/")
        self.answers({"bin": "recycling"})
        self.continues()
        due = {"due-day": _TOLD.due.day, "due-month": _TOLD.due.month, "due-year": _TOLD.due.year}
        self.answers({name: str(number) for name, number in due.items()})
        self.continues()

    @property
    def picture(self) -> Locator:
        return self.page.get_by_role("application")

    @property
    def mark(self) -> Locator:
        return self.picture.locator(".leaflet-marker-icon")

    @property
    def point(self) -> tuple[float, float]:
        """What would be sent."""
        latitude, longitude = self.page.locator('[name="place-point"]').input_value().split(",")
        return float(latitude), float(longitude)

    def opens_the_map(self, words: str = "Show a map") -> None:
        self.page.get_by_role("button", name=words).click()
        expect(self.picture).to_be_visible()

    def clicks(self, across: float, down: float) -> None:
        box = self.picture.bounding_box()
        assert box
        self.picture.click(position={"x": box["width"] * across, "y": box["height"] * down})


@pytest.fixture(params=[{}, {"viewport": {"width": 320, "height": 800}, "has_touch": True}], ids=["wide", "narrow"])
def marker(request: pytest.FixtureRequest, seat: Seat, site: str) -> Marker:
    someone = seat(Marker, **request.param)
    someone.checks.append(require_no_sideways_scrolling)
    someone.comes_to_the_place(site)
    return someone


def looked_at(person: Person) -> None:
    """What must hold of a page that changed while one looked at it."""
    for check in person.checks:
        check(person.page)


def test_a_place_is_marked_and_found_at_the_desk(marker: Marker, tiles: Tiles, seat: Seat, site: str) -> None:
    assert tiles.asked == []
    marker.opens_the_map()
    marker.sees("Leeds & its surveyors")
    looked_at(marker)
    marker.clicks(0.5, 0.4)
    first = marker.point
    expect(marker.page.get_by_role("status")).to_have_text(f"Point on the map: {first[0]:.5f}, {first[1]:.5f}")
    marker.clicks(0.6, 0.6)
    assert marker.point[0] < first[0]
    assert marker.point[1] > first[1]
    looked_at(marker)
    box = marker.mark.bounding_box()
    assert box
    before = marker.point
    marker.page.mouse.move(box["x"] + 18, box["y"] + 18)
    marker.page.mouse.down()
    marker.page.mouse.move(box["x"] - 30, box["y"] + 18, steps=5)
    marker.page.mouse.up()
    assert marker.point[1] < before[1]
    latitude, longitude = marker.point
    assert tiles.asked
    assert tiles.told == []

    marker.says_where(_TOLD)
    marker.says_who(_TOLD)
    marker.sees(f"Point on the map: {latitude:.5f}, {longitude:.5f}")
    marker.changes("Address the bin belongs to")
    assert marker.point == (latitude, longitude)
    marker.goes_on()
    receipt = marker.sends_it()

    priya = seat(Colleague, "priya@leeds.example")
    priya.address = site
    priya.opens(f"/workspace/leeds/cases/{receipt.reference}/")
    priya.sees(f"Point on the map {latitude:.5f}, {longitude:.5f}")
    tiles.asked.clear()
    priya.page.get_by_role("button", name="Show a map").click()
    expect(priya.page.locator(".leaflet-marker-icon")).to_be_visible()
    looked_at(priya)
    assert tiles.asked


def test_a_place_is_marked_moved_and_taken_off_by_keyboard(marker: Marker) -> None:
    keys, press = Keyboard(marker.page), marker.page.keyboard.press
    keys.goes_to("Show a map")
    press("Enter")
    expect(marker.picture).to_be_visible()
    press("Tab")
    expect(marker.picture).to_be_focused()
    press("Enter")
    expect(marker.mark).to_be_focused()
    north, east = marker.point
    press("ArrowUp")
    press("ArrowRight")
    assert marker.point[0] > north
    assert marker.point[1] > east
    small = marker.point[0] - north
    press("Shift+ArrowDown")
    assert marker.point[0] < north - 3 * small
    keys.goes_to("Remove the mark")
    press("Enter")
    expect(marker.mark).to_have_count(0)
    expect(marker.page.locator('[name="place-point"]')).to_have_value("")
    expect(marker.page.get_by_role("status")).to_have_text("No point is marked on the map.")
    expect(marker.page.get_by_role("button", name="Remove the mark")).to_be_hidden()


def test_nothing_is_marked_outside_the_united_kingdom(marker: Marker) -> None:
    marker.page.emulate_media(reduced_motion="reduce")  # and nothing moves while it is clicked
    marker.opens_the_map()
    farther = marker.page.get_by_role("button", name="Zoom out")
    while farther.get_attribute("aria-disabled") == "false":
        farther.click()
    marker.clicks(0.95, 0.2)
    marker.sees("That is outside the United Kingdom, so nothing was marked.")
    expect(marker.page.locator('[name="place-point"]')).to_have_value("")


def test_all_of_it_is_in_welsh(seat: Seat, site: str) -> None:
    someone = seat(Marker)
    someone.address = site
    someone.opens("/")
    someone.follows("Cymraeg")
    someone.comes_to_the_place(site)
    someone.opens_the_map("Dangos map")
    someone.clicks(0.5, 0.5)
    someone.sees("Pwynt ar y map: ", "Tynnu'r marc", "Cuddio'r map")
    require_welsh(someone.page)
    require_accessible(someone.page)


def test_a_server_that_is_down_is_in_nobodys_way(marker: Marker, tiles: Tiles) -> None:
    tiles.is_down = True
    marker.opens_the_map()
    expect(marker.page.get_by_role("alert")).to_have_text("The map does not load. You can go on without it.")
    marker.says_where(_TOLD)
    marker.sees_heading("How can we reach you?")


def test_without_scripts_the_question_is_what_it_was(seat: Seat, site: str, tiles: Tiles) -> None:
    someone = seat(Marker, java_script_enabled=False)
    someone.checks.clear()  # axe is a script itself
    someone.comes_to_the_place(site)
    someone.does_not_see("map", "Map")
    someone.says_where(_TOLD)
    someone.says_who(_TOLD)
    someone.sends_it()
    assert tiles.asked == []
