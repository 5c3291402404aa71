"""People of the cast who can sign in, and an application of somebody's."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from commonweal.capabilities.cases.actions.opening import Receipt, submit
from commonweal.capabilities.catalogue.actions import offer_service
from commonweal.capabilities.forms.actions.filling import answer_page, start_draft
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks.now import today
from commonweal.foundations.scope.actors import DraftHolder, Visitor
from commonweal.frontends.demo_people import DemoPerson, prepare_sign_in

PASSWORD = "a long enough password"  # the cast's
ROSA = DemoPerson("Rosa Delgado", "rosa@people.example", "leeds")
PRIYA = DemoPerson("Priya Nair", "priya@people.example", "leeds", "case_worker")


@pytest.fixture(autouse=True)
def no_attempts_yet() -> None:
    """Each test begins with nobody slowed down."""
    cache.clear()


@pytest.fixture
def rosa(cast: Cast, client: Client) -> Client:
    """Rosa's browser, signed in."""
    assert cast.rosa.account
    prepare_sign_in(ROSA, cast.rosa.account)
    client.post("/account/login/", {"login": ROSA.email, "password": PASSWORD})
    return client


@pytest.fixture
def leeds(cast: Cast) -> int:
    """Leeds, which offers to report a missed collection."""
    declaration = (settings.SERVICES / "missed_collection" / "service.yaml").read_text()
    offer_service(SET_UP, organisation=cast.leeds, declaration=declaration)
    return cast.leeds


@pytest.fixture
def receipt(leeds: int) -> Receipt:
    """An application to Leeds that somebody sent without signing in."""
    holder = DraftHolder(draft=start_draft(Visitor(), organisation=leeds, service="missed_collection"))
    for page, given in _answers().items():
        answer_page(holder, organisation=leeds, page=page, given=given)
    return submit(holder, organisation=leeds)


def _answers() -> dict[str, dict[str, str]]:
    day = today()
    return {
        "bin": {"bin": "recycling"},
        "due": {"due-day": str(day.day), "due-month": str(day.month), "due-year": str(day.year)},
        "where": {"place-address": "12 High Street", "place-postcode": "LS1 1UR", "left_at": "By the gate"},
        "contact": {"name": "Rosa Márquez", "email": "rosa@people.example", "phone": "01632 960 001"},
    }
