"""Practice: a resident who lands at a body without the power is told who does it, and led there."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from commonweal.capabilities.catalogue.actions import offer_service
from commonweal.capabilities.organisations import actions as organisations
from commonweal.capabilities.organisations import queries as bodies
from commonweal.conftest import SET_UP, Cast

BINS = (Path(settings.SERVICES) / "missed_collection" / "service.yaml").read_text()
BADGES = BINS.replace("name: missed_collection", "name: blue_badge").replace(
    "powers: [waste_collection]", "powers: [blue_badges]"
)


def open_body(slug: str) -> int:
    found = bodies.organisation_at(SET_UP, slug=slug).id
    organisations.open_organisation(SET_UP, organisation=found, colour="#1d4f5c", contact="dpo@council.example")
    organisations.add_team(SET_UP, organisation=found, name="Waste and recycling")
    return found


def words(page: object) -> str:
    return page.content.decode()  # type: ignore[attr-defined,no-any-return]


@pytest.fixture
def offered(cast: Cast) -> None:
    """Leeds, which has every power, offers both."""
    for declaration in (BINS, BADGES):
        offer_service(SET_UP, organisation=cast.leeds, declaration=declaration)


@pytest.mark.usefixtures("offered")
class TestWhoDoesIt:
    def test_a_district_leads_to_its_county(self) -> None:
        open_body("adur")
        county = open_body("west-sussex")
        page = Client().get("/adur/blue-badge/")
        assert page.status_code == 404
        assert "West Sussex County Council does this where you are." in words(page)
        assert "Use its own website" in words(page)
        offer_service(SET_UP, organisation=county, declaration=BADGES)
        assert 'href="/west-sussex/blue-badge/"' in words(Client().get("/adur/blue-badge/"))

    def test_a_county_names_its_districts_and_leads_to_those_that_offer_it(self) -> None:
        open_body("west-sussex")
        offer_service(SET_UP, organisation=open_body("adur"), declaration=BINS)
        page = words(Client().get("/west-sussex/missed-collection/"))
        assert "The council of your district or borough does this." in page
        assert '<a class="govuk-link" href="/adur/missed-collection/">Adur District Council</a>' in page
        assert "Horsham District Council" in page
        assert "Leeds" not in page

    def test_a_body_that_offers_nothing_here_says_it_too(self) -> None:
        assert "does this where you are" in words(Client().get("/adur/blue-badge/"))
        assert Client().get("/adur/missed-collection/")["Location"] == "/adur/"

    def test_where_no_council_does_it_the_body_that_does_is_named(self) -> None:
        open_body("belfast")
        page = words(Client().get("/belfast/blue-badge/"))
        assert "The Department for Infrastructure does this where you are." in page
        welsh = Client()
        welsh.cookies[settings.LANGUAGE_COOKIE_NAME] = "cy"
        assert "Yr Adran Seilwaith" in words(welsh.get("/belfast/blue-badge/"))

    def test_whoever_goes_straight_to_the_form_is_told_as_well(self) -> None:
        open_body("adur")
        assert "West Sussex County Council does this" in words(Client().get("/adur/blue-badge/apply/"))

    def test_a_body_that_could_and_does_not_offer_it_says_just_that(self, cast: Cast) -> None:
        page = Client().get("/cardiff/blue-badge/")
        assert page.status_code == 404
        assert "This service is not offered here" in words(page)

    def test_what_nobody_offers_is_not_found(self) -> None:
        assert "This service is not offered here" in words(Client().get("/leeds/space-flight/"))
