"""Who may offer a service, and the versions of it."""

import pytest

from commonweal.capabilities.catalogue.actions import offer_service, withdraw_service
from commonweal.capabilities.catalogue.errors import BadDeclaration, NotOffered, PowerMissing, TeamMissing
from commonweal.capabilities.catalogue.queries.services import service, service_version, services
from commonweal.capabilities.catalogue.tests.declared import SMALLEST, changed
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.scope.actors import Visitor

VISITOR = Visitor()
NEWER = changed("Report lost property", "Tell us what you lost")


def test_a_council_offers_a_service_and_visitors_find_it(cast: Cast) -> None:
    version = offer_service(SET_UP, organisation=cast.leeds, declaration=SMALLEST)
    found = service(VISITOR, organisation=cast.leeds, name="lost_property")
    assert (found.version, found.number) == (version, 1)
    assert found.service.title.en == "Report lost property"
    assert services(VISITOR, organisation=cast.leeds) == (found,)


def test_other_councils_do_not_offer_it_and_cannot_see_the_version(cast: Cast) -> None:
    version = offer_service(SET_UP, organisation=cast.leeds, declaration=SMALLEST)
    service_version(VISITOR, organisation=cast.leeds, version=version)
    with pytest.raises(NotOffered):
        service(VISITOR, organisation=cast.fife, name="lost_property")
    with pytest.raises(NotOffered):
        service_version(VISITOR, organisation=cast.fife, version=version)


def test_a_council_in_another_nation_cannot_offer_it(cast: Cast) -> None:
    with pytest.raises(PowerMissing):
        offer_service(SET_UP, organisation=cast.cardiff, declaration=SMALLEST)


def test_a_council_without_the_power_cannot_offer_it(cast: Cast) -> None:
    flying = changed("powers: [waste_collection]", "powers: [waste_collection, space_flight]")
    with pytest.raises(PowerMissing):
        offer_service(SET_UP, organisation=cast.leeds, declaration=flying)


def test_a_council_without_the_team_cannot_offer_it(cast: Cast) -> None:
    """What somebody sends must arrive with somebody: found out when it goes live, not when the last page is sent."""
    with pytest.raises(TeamMissing) as refusal:
        offer_service(SET_UP, organisation=cast.leeds, declaration=changed("Waste and recycling", "Lost things"))
    assert "no team called “Lost things”" in str(refusal.value.message)
    assert services(VISITOR, organisation=cast.leeds) == ()


def test_the_same_declaration_again_makes_no_new_version(cast: Cast) -> None:
    first = offer_service(SET_UP, organisation=cast.leeds, declaration=SMALLEST)
    assert offer_service(SET_UP, organisation=cast.leeds, declaration=SMALLEST + "\n# a remark\n") == first


def test_a_changed_declaration_is_a_new_version_and_the_old_one_stays_readable(cast: Cast) -> None:
    first = offer_service(SET_UP, organisation=cast.leeds, declaration=SMALLEST)
    second = offer_service(SET_UP, organisation=cast.leeds, declaration=NEWER)
    live = service(VISITOR, organisation=cast.leeds, name="lost_property")
    assert (live.version, live.number, live.service.title.en) == (second, 2, "Tell us what you lost")
    assert service_version(VISITOR, organisation=cast.leeds, version=first).service.title.en == "Report lost property"


def test_a_withdrawn_service_is_no_longer_offered_and_can_come_back(cast: Cast) -> None:
    offer_service(SET_UP, organisation=cast.leeds, declaration=SMALLEST)
    withdraw_service(SET_UP, organisation=cast.leeds, name="lost_property")
    assert services(VISITOR, organisation=cast.leeds) == ()
    with pytest.raises(NotOffered):
        withdraw_service(SET_UP, organisation=cast.leeds, name="lost_property")
    offer_service(SET_UP, organisation=cast.leeds, declaration=SMALLEST)
    assert service(VISITOR, organisation=cast.leeds, name="lost_property").number == 2


def test_a_faulty_declaration_says_where(cast: Cast) -> None:
    with pytest.raises(BadDeclaration) as caught:
        offer_service(SET_UP, organisation=cast.leeds, declaration="name: x", file="services/x/service.yaml")
    assert caught.value.faults[0].startswith("services/x/service.yaml, line 1, ")


def test_a_version_is_read_from_the_database_once_a_process(cast: Cast) -> None:
    version = offer_service(SET_UP, organisation=cast.leeds, declaration=SMALLEST)
    first = service_version(VISITOR, organisation=cast.leeds, version=version)
    assert service_version(VISITOR, organisation=cast.leeds, version=version) is first
