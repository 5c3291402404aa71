"""The register and its bodies' teams."""

import pytest

from commonweal.capabilities.organisations import actions, queries
from commonweal.capabilities.organisations.errors import BadColour, NoSuchOrganisation, NoSuchTeam
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.scope.actors import Visitor

pytestmark = pytest.mark.django_db


class TestTheRegister:
    def test_loading_it_again_changes_nothing(self, cast: Cast) -> None:
        before = queries.organisations(SET_UP)
        assert actions.load_register(SET_UP) == len(before)
        assert queries.organisations(SET_UP) == before

    def test_anyone_may_look(self, cast: Cast) -> None:
        assert queries.organisation_at(Visitor(), slug="leeds").name == "Leeds City Council"

    def test_a_body_that_is_not_there(self, cast: Cast) -> None:
        with pytest.raises(NoSuchOrganisation) as refusal:
            queries.organisation_at(Visitor(), slug="atlantis")
        assert refusal.value.status == 404

    def test_the_platform_is_no_council(self, cast: Cast) -> None:
        assert 0 not in {body.id for body in queries.organisations(SET_UP)}

    def test_bodies_are_found_by_their_words(self, cast: Cast) -> None:
        assert "Leeds" in {body.short_name for body in queries.organisations(SET_UP, words="lee")}


class TestOpening:
    def test_a_body_that_offers_services_here(self, cast: Cast) -> None:
        assert set(queries.open_organisations(SET_UP)) == {cast.leeds, cast.cardiff, cast.fife}

    @pytest.mark.parametrize("colour", ["red", "#12345", "#1d4f5c; color: red", "1d4f5c", "#gggggg"])
    def test_its_colour_is_a_colour(self, cast: Cast, colour: str) -> None:
        with pytest.raises(BadColour):
            actions.open_organisation(SET_UP, organisation=cast.leeds, colour=colour, contact="dpo@council.example")

    def test_a_body_that_is_not_in_the_register(self, cast: Cast) -> None:
        with pytest.raises(NoSuchOrganisation):
            actions.open_organisation(SET_UP, organisation=9999, colour="#1d4f5c", contact="dpo@council.example")


class TestTeams:
    def test_they_are_their_bodys_own(self, cast: Cast) -> None:
        here = {team.id for team in queries.teams(SET_UP, organisation=cast.leeds)}
        there = {team.id for team in queries.teams(SET_UP, organisation=cast.cardiff)}
        assert {cast.waste_team, cast.parks_team} == here
        assert not here & there

    def test_two_bodies_may_name_theirs_alike(self, cast: Cast) -> None:
        found = [
            queries.team_named(SET_UP, organisation=organisation, name="Waste and recycling")
            for organisation in (cast.leeds, cast.cardiff)
        ]
        assert found[0] == cast.waste_team != found[1]

    def test_a_team_that_is_not_there(self, cast: Cast) -> None:
        with pytest.raises(NoSuchTeam):
            queries.team_named(SET_UP, organisation=cast.cardiff, name="Parks")
