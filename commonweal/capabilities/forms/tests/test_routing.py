"""A form that asks only what it must: routes, things that repeat, exits, parties, staff and a fee."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.db import connection

from commonweal.capabilities.catalogue.actions import offer_service
from commonweal.capabilities.forms.actions.filling import answer_page, finish_items, go_on, remove_item, start_draft
from commonweal.capabilities.forms.actions.keeping import Progress
from commonweal.capabilities.forms.errors import Incomplete, InvalidAnswers, NoSuchPage, NotAsked
from commonweal.capabilities.forms.models import Submission
from commonweal.capabilities.forms.queries.filling import (
    complete_answers,
    draft,
    draft_answers,
    draft_exit,
    draft_page,
    where_to_go_on,
)
from commonweal.capabilities.forms.queries.submitting import submitted
from commonweal.capabilities.forms.rules.paths import Place
from commonweal.capabilities.forms.tests.filled import look_at, submit
from commonweal.capabilities.forms.tests.routed import (
    ANIMAL,
    HAT,
    NAME,
    NEITHER,
    OWNER,
    ROUTED,
    THINGS,
    UMBRELLA,
    YOU,
)
from commonweal.capabilities.people.queries.records import person
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks import now as clock
from commonweal.foundations.personal_data.reading import Reading
from commonweal.foundations.scope.actors import DraftHolder, Visitor

DAY = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    """It is some weeks since the umbrella was lost."""
    with clock.ticking(DAY):
        yield


@pytest.fixture(autouse=True)
def leeds(the_day: None, cast: Cast) -> int:
    """Leeds, which offers a form that routes."""
    offer_service(SET_UP, organisation=cast.leeds, declaration=ROUTED)
    return cast.leeds


class Filler:
    """Somebody who fills the form in."""

    def __init__(self, organisation: int) -> None:
        self.organisation = organisation
        self.holder = DraftHolder(draft=start_draft(Visitor(), organisation=organisation, service=NAME))

    def answer(self, page: str, given: dict[str, str], item: int = 0, *, is_new: bool = False) -> Progress:
        return answer_page(
            self.holder, organisation=self.organisation, page=page, given=given, item=item, is_new=is_new
        )

    def finish(self, page: str = "things") -> Progress:
        return finish_items(self.holder, organisation=self.organisation, page=page)

    def value(self, question: str, item: int = 0) -> str:
        return draft_answers(self.holder, organisation=self.organisation).value(question, item)

    def answer_the_rest(self) -> None:
        self.answer("whose", {"is_own": "yes"})
        self.answer("you", YOU)


@pytest.fixture
def rosa(leeds: int) -> Filler:
    return Filler(leeds)


def at(page: str, item: int = 0, way_out: str = "") -> Place:
    return Place(page, item, way_out)


def test_what_is_answered_decides_what_comes_next(rosa: Filler) -> None:
    assert rosa.answer("kind", NEITHER).following == at("whose")
    assert rosa.answer("kind", THINGS).following == at("things", 1)


def test_a_page_that_is_not_asked_leads_on_to_what_is(rosa: Filler) -> None:
    rosa.answer("kind", NEITHER)
    with pytest.raises(NotAsked) as caught:
        draft_page(rosa.holder, organisation=rosa.organisation, service=NAME, page="things", item=1)
    assert caught.value.place == at("whose")
    for page in ("owner", "desk"):
        with pytest.raises(NotAsked):
            draft_page(rosa.holder, organisation=rosa.organisation, service=NAME, page=page)


def test_a_change_of_mind_loses_nothing_and_sends_nothing_of_the_way_not_taken(rosa: Filler, cast: Cast) -> None:
    rosa.answer("kind", THINGS)
    rosa.answer("things", UMBRELLA, 1)
    rosa.finish()
    rosa.answer("kind", NEITHER)
    assert rosa.value("what", 1) == ""
    rosa.answer("kind", THINGS)
    assert rosa.value("what", 1) == "An umbrella"
    rosa.answer("kind", NEITHER)
    rosa.answer_the_rest()
    completed = submit(rosa.holder, rosa.organisation)
    answers = submitted(cast.priya, organisation=rosa.organisation, submission=completed.submission).answers
    assert [answer.question for answer in answers] == ["is_animal", "has_things", "is_own"]


def test_a_stale_page_that_is_no_longer_asked_is_kept_and_stops_nobody(rosa: Filler) -> None:
    rosa.answer("kind", NEITHER)
    progress = rosa.answer("owner", {"owner_name": "", "owner_job": "Baker"})
    assert progress.following == at("whose")
    rosa.answer("whose", {"is_own": "no"})
    assert rosa.value("owner_job") == "Baker"


def test_a_change_that_asks_more_names_what_is_missing_and_else_nothing_is(rosa: Filler) -> None:
    rosa.answer("kind", NEITHER)
    rosa.answer_the_rest()
    assert rosa.answer("kind", NEITHER).missing is None
    assert rosa.answer("whose", {"is_own": "no"}).missing == at("owner")
    assert rosa.answer("owner", OWNER).missing is None


class TestThings:
    """A page that repeats."""

    @pytest.fixture(autouse=True)
    def begun(self, rosa: Filler) -> None:
        rosa.answer("kind", THINGS)
        rosa.answer("things", UMBRELLA | {"when-day": "", "when-month": "", "when-year": ""} | UMBRELLA, 1)

    def test_each_leads_to_the_overview_which_leads_on(self, rosa: Filler) -> None:
        assert rosa.answer("things", HAT, 2).following == at("things")
        found = draft_page(rosa.holder, organisation=rosa.organisation, service=NAME, page="things")
        assert [(row.item, row.text) for row in found.rows if row.question == "what"] == [
            (1, "An umbrella"),
            (2, "A hat"),
        ]
        assert rosa.finish().following == at("whose")

    def test_one_more_asks_for_the_overview_again(self, rosa: Filler) -> None:
        rosa.finish()
        rosa.answer_the_rest()
        assert rosa.answer("things", HAT, 2).missing == at("things")
        assert rosa.finish().missing is None

    def test_a_changed_one_replaces_only_itself(self, rosa: Filler) -> None:
        rosa.answer("things", HAT, 2)
        rosa.answer("things", HAT | {"what": "A cap"}, 2)
        assert (rosa.value("what", 1), rosa.value("what", 2)) == ("An umbrella", "A cap")

    def test_one_that_is_removed_is_gone_and_removing_it_again_takes_no_other(self, rosa: Filler) -> None:
        rosa.answer("things", HAT, 2)
        for _time in range(2):
            remove_item(rosa.holder, organisation=rosa.organisation, page="things", item=1)
        found = draft_page(rosa.holder, organisation=rosa.organisation, service=NAME, page="things")
        assert found.items == (2,)
        assert rosa.value("what", 2) == "A hat"

    def test_without_the_last_the_first_is_asked_for_again(self, rosa: Filler) -> None:
        remove_item(rosa.holder, organisation=rosa.organisation, page="things", item=1)
        assert rosa.finish().following == at("things", 1)

    def test_a_double_click_makes_one_and_two_windows_make_two(self, rosa: Filler) -> None:
        for _time in range(2):
            rosa.answer("things", HAT, 2, is_new=True)
        rosa.answer("things", HAT | {"what": "A cap"}, 2, is_new=True)
        found = draft_page(rosa.holder, organisation=rosa.organisation, service=NAME, page="things")
        assert found.items == (1, 2, 3)
        assert [rosa.value("what", item) for item in found.items] == ["An umbrella", "A hat", "A cap"]

    def test_no_more_than_there_may_be(self, rosa: Filler) -> None:
        for item in (2, 3):
            rosa.answer("things", HAT, item)
        with pytest.raises(NotAsked):
            rosa.answer("things", HAT, 4)
        assert rosa.finish().following == at("many"), "the condition counts them"

    def test_a_wrong_one_stores_nothing(self, rosa: Filler) -> None:
        with pytest.raises(InvalidAnswers):
            rosa.answer("things", {"what": ""}, 2)
        with pytest.raises(NoSuchPage):
            rosa.answer("whose", {"is_own": "yes"}, 1)
        with pytest.raises(NoSuchPage):
            rosa.answer("things", HAT)

    def test_they_arrive_as_a_list_without_gaps(self, rosa: Filler, cast: Cast) -> None:
        for item in (2, 3):
            rosa.answer("things", HAT | {"what": f"Hat {item}"}, item)
        remove_item(rosa.holder, organisation=rosa.organisation, page="things", item=2)
        rosa.finish()
        rosa.answer_the_rest()
        completed = submit(rosa.holder, rosa.organisation)
        found = submitted(cast.priya, organisation=rosa.organisation, submission=completed.submission).answers
        assert [(row.item, row.text) for row in found if row.question == "what"] == [(1, "An umbrella"), (2, "Hat 3")]


class TestExits:
    """A form decides nothing."""

    def test_an_exit_comes_after_its_page_and_stops_sending(self, rosa: Filler) -> None:
        assert rosa.answer("kind", ANIMAL).following == at("kind", 0, "animal")
        found = draft_exit(rosa.holder, organisation=rosa.organisation, service=NAME, page="kind", way_out="animal")
        assert found.way_out.title.en == "Animals are not kept here"
        rosa.answer_the_rest()
        with pytest.raises(Incomplete) as caught:
            complete_answers(rosa.holder, organisation=rosa.organisation)
        assert caught.value.place == at("kind", 0, "animal")

    def test_who_applies_anyway_is_not_asked_twice_and_the_case_says_so(self, rosa: Filler, cast: Cast) -> None:
        rosa.answer("kind", ANIMAL)
        progress = go_on(rosa.holder, organisation=rosa.organisation, page="kind", way_out="animal")
        assert progress.following == at("whose")
        assert rosa.answer("kind", ANIMAL).following == at("whose")
        rosa.answer_the_rest()
        completed = submit(rosa.holder, rosa.organisation)
        found = submitted(cast.priya, organisation=rosa.organisation, submission=completed.submission)
        assert [each.key for each in found.although] == ["animal"]
        assert "went.on" not in [answer.question for answer in found.answers]

    def test_an_exit_passed_and_then_avoided_is_no_fact_of_the_case(self, rosa: Filler, cast: Cast) -> None:
        rosa.answer("kind", ANIMAL)
        go_on(rosa.holder, organisation=rosa.organisation, page="kind", way_out="animal")
        rosa.answer("kind", NEITHER)
        rosa.answer_the_rest()
        completed = submit(rosa.holder, rosa.organisation)
        assert submitted(cast.priya, organisation=rosa.organisation, submission=completed.submission).although == ()

    def test_an_exit_that_does_not_hold_is_not_shown_or_passed(self, rosa: Filler) -> None:
        rosa.answer("kind", NEITHER)
        with pytest.raises(NotAsked):
            draft_exit(rosa.holder, organisation=rosa.organisation, service=NAME, page="kind", way_out="animal")
        with pytest.raises(NotAsked):
            go_on(rosa.holder, organisation=rosa.organisation, page="kind", way_out="animal")

    def test_where_nobody_may_go_on_nobody_does(self, cast: Cast) -> None:
        closed = ROUTED.replace(
            "        when: answers.is_animal\n", "        when: answers.is_animal\n        may_go_on: false\n"
        )
        offer_service(SET_UP, organisation=cast.leeds, declaration=closed)
        sam = Filler(cast.leeds)
        sam.answer("kind", ANIMAL)
        with pytest.raises(NotAsked):
            go_on(sam.holder, organisation=cast.leeds, page="kind", way_out="animal")


def test_each_party_is_a_person_of_their_own_and_answers_about_them_are_theirs(rosa: Filler, cast: Cast) -> None:
    rosa.answer("kind", NEITHER)
    rosa.answer("whose", {"is_own": "no"})
    rosa.answer("owner", OWNER)
    rosa.answer("you", YOU)
    completed = submit(rosa.holder, rosa.organisation)
    ((key, owner),) = completed.parties
    assert (key, owner != completed.person) == ("owner", True)
    known = person(cast.priya, organisation=rosa.organisation, person=owner)
    assert (known.name, known.email) == ("Ines Márquez", "")
    look_at(rosa.organisation)
    with connection.cursor() as cursor:
        cursor.execute(
            "select a.person_id, k.scope from forms_answer a join personal_data_datakey k on k.id = a.key_id"
            " where a.question = 'owner_job'"
        )
        assert cursor.fetchall() == [(owner, "record")]


def test_a_party_that_was_not_asked_about_is_nobody(rosa: Filler) -> None:
    rosa.answer("kind", NEITHER)
    rosa.answer_the_rest()
    assert submit(rosa.holder, rosa.organisation).parties == ()


def test_the_fee_is_worked_out_shown_and_kept_in_pence(rosa: Filler) -> None:
    rosa.answer("kind", THINGS)
    for item in (1, 2):
        rosa.answer("things", UMBRELLA, item)
    rosa.finish()
    rosa.answer_the_rest()
    assert complete_answers(rosa.holder, organisation=rosa.organisation).fee_pence == 500
    completed = submit(rosa.holder, rosa.organisation)
    assert completed.fee_pence == 500
    assert submit(rosa.holder, rosa.organisation).fee_pence == 500
    look_at(rosa.organisation)
    assert Submission.objects.get().fee_pence == 500


def test_a_draft_is_kept_as_long_as_its_service_says(leeds: int) -> None:
    with clock.at(DAY):
        rosa = Filler(leeds)
        rosa.answer("kind", NEITHER)
        assert draft(rosa.holder, organisation=leeds).expires_at == DAY + timedelta(days=21)


def test_one_goes_on_at_the_first_page_not_answered(rosa: Filler) -> None:
    assert where_to_go_on(rosa.holder, organisation=rosa.organisation) == at("kind")
    rosa.answer("kind", ANIMAL)
    assert where_to_go_on(rosa.holder, organisation=rosa.organisation) == at("kind", 0, "animal")
    rosa.answer("kind", NEITHER)
    rosa.answer_the_rest()
    assert where_to_go_on(rosa.holder, organisation=rosa.organisation) is None


def test_only_what_routes_is_opened_to_find_the_way(rosa: Filler) -> None:
    rosa.answer("kind", NEITHER)
    rosa.answer("you", YOU)
    with patch.object(Reading, "open_value", autospec=True, side_effect=Reading.open_value) as opened:
        rosa.answer("whose", {"is_own": "yes"})
    assert opened.call_count == 2, "what kind, and whether it is known: not the name, nor the address"
