"""Restriction is held by the reading (UK GDPR Article 18; data-protection.md section 3; practice: gates).

What is restricted is stored, and opened only on the four lawful grounds of Article 18(2), chosen explicitly.
"""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.personal_data import restricting
from commonweal.foundations.personal_data.models import DataKey
from commonweal.foundations.personal_data.prompts import ARTICLE_18
from commonweal.foundations.personal_data.purposes import CASEWORK, OWN_INFORMATION, RIGHTS, SENDING, Purpose
from commonweal.foundations.personal_data.reading import reading
from commonweal.foundations.personal_data.restricting import Restricted
from commonweal.foundations.personal_data.tests.conftest import acting
from commonweal.foundations.personal_data.tests.test_reading import lines
from commonweal.foundations.personal_data.trace import NO_MATTER, Matter
from commonweal.foundations.scope.actors import Actor, System

CASE = Matter("case", uuid4(), "LEE-1234")
OTHER = Matter("case", uuid4(), "LEE-5678")
DECISION = uuid4()


@pytest.fixture
def restricted(rosa_lund: UUID, cast: Cast) -> UUID:
    """Rosa Lund, of whom everything is restricted."""
    with acting(SET_UP, cast.leeds):
        restricting.restrict([rosa_lund], decision=DECISION)
    return rosa_lund


def open_name(
    people: Any,
    person: UUID,
    cast: Cast,
    *,
    actor: Actor | None = None,
    purpose: Purpose = CASEWORK,
    matter: Any = CASE,
) -> str:
    with reading(actor or cast.priya, purpose=purpose, organisation=cast.leeds) as opened:
        opened.is_of_own(person)
        opened.about(matter)
        name: str = people.objects.get(id=person).name
        return name


@pytest.mark.django_db
class TestWhatIsRestricted:
    def test_is_opened_by_nobody_without_a_ground(self, people: Any, restricted: UUID, cast: Cast) -> None:
        with pytest.raises(Restricted) as asked:
            open_name(people, restricted, cast)
        assert asked.value.prompt == ARTICLE_18
        assert lines(cast.leeds) == []

    def test_nor_by_a_task_of_ours_nor_by_whoever_broke_the_glass(
        self, people: Any, restricted: UUID, cast: Cast
    ) -> None:
        sender = System(task="messages.send", purposes=frozenset({"sending"}))
        for actor, purpose in ((sender, SENDING), (replace(cast.priya, glass="glass_danger"), CASEWORK)):
            with pytest.raises(Restricted):
                open_name(people, restricted, cast, actor=actor, purpose=purpose)

    @pytest.mark.parametrize("ground", sorted(ARTICLE_18.reasons))
    def test_opens_on_each_of_the_four_grounds_which_the_trace_keeps(
        self, people: Any, restricted: UUID, cast: Cast, ground: str
    ) -> None:
        actor = replace(cast.priya, grounds=frozenset({(CASE.reference, ground)}))
        assert open_name(people, restricted, cast, actor=actor) == "Rosa Lund"
        (line,) = lines(cast.leeds)
        assert (line.reason, line.prompted, line.reference) == (ground, True, CASE.reference)

    def test_a_ground_is_for_its_matter_alone(self, people: Any, restricted: UUID, cast: Cast) -> None:
        actor = replace(cast.priya, grounds=frozenset({(CASE.reference, "consent")}))
        for matter in (OTHER, NO_MATTER):
            with pytest.raises(Restricted):
                open_name(people, restricted, cast, actor=actor, matter=matter)

    @pytest.mark.parametrize("language", ["en", "cy"])
    def test_a_persons_own_look_and_the_answer_to_their_request_stay_open(
        self, people: Any, restricted: UUID, cast: Cast, language: str
    ) -> None:
        officer = replace(cast.olu, purposes=cast.olu.purposes | {RIGHTS.code})
        with translation.override(language):
            assert open_name(people, restricted, cast, actor=cast.rosa, purpose=OWN_INFORMATION)
            assert open_name(people, restricted, cast, actor=officer, purpose=RIGHTS)

    def test_a_message_about_the_request_itself_is_sent(self, people: Any, restricted: UUID, cast: Cast) -> None:
        sender = System(task="messages.send", purposes=frozenset({"sending"}))
        told = Matter("message", uuid4(), "REQ-1", is_of_rights=True)
        assert open_name(people, restricted, cast, actor=sender, purpose=SENDING, matter=told)

    def test_a_key_joined_by_a_list_is_no_way_round(self, people: Any, restricted: UUID, cast: Cast) -> None:
        with reading(cast.priya, purpose=CASEWORK, organisation=cast.leeds) as opened:
            row = people.objects.get(id=restricted)
            key = DataKey.objects.get(id=row.key_id)
            opened.knows_key(key.id, bytes(key.wrapped), key.wrapped_by)
            with pytest.raises(Restricted):
                _ = row.name

    def test_another_person_is_as_open_as_before(self, people: Any, restricted: UUID, cast: Cast) -> None:
        from commonweal.capabilities.people.actions import recording

        other = recording.record_person(
            SET_UP, organisation=cast.leeds, account=None, name="Ana Ruiz", email="", phone="", language="en"
        )
        assert open_name(people, other, cast) == "Ana Ruiz"


@pytest.mark.django_db
class TestOneMatterAlone:
    def test_is_restricted_and_the_others_are_not(self, people: Any, rosa_lund: UUID, cast: Cast) -> None:
        with acting(SET_UP, cast.leeds):
            restricting.restrict([rosa_lund], decision=DECISION, reference=CASE.reference)
        with pytest.raises(Restricted):
            open_name(people, rosa_lund, cast)
        assert open_name(people, rosa_lund, cast, matter=OTHER) == "Rosa Lund"

    def test_whoever_says_no_matter_opens_nothing(self, people: Any, rosa_lund: UUID, cast: Cast) -> None:
        """It may be of the matter that is restricted: a list says "Restricted", all else is refused."""
        with acting(SET_UP, cast.leeds):
            restricting.restrict([rosa_lund], decision=DECISION, reference=CASE.reference)
        with pytest.raises(Restricted):
            open_name(people, rosa_lund, cast, matter=NO_MATTER)


@pytest.mark.django_db
class TestLifting:
    def test_opens_again(self, people: Any, restricted: UUID, cast: Cast) -> None:
        with acting(SET_UP, cast.leeds):
            assert restricting.lift(DECISION) == 1
        assert open_name(people, restricted, cast) == "Rosa Lund"

    def test_ends_nothing_that_another_decision_restricted(self, people: Any, restricted: UUID, cast: Cast) -> None:
        with acting(SET_UP, cast.leeds):
            restricting.restrict([restricted], decision=uuid4())
            restricting.lift(DECISION)
        with pytest.raises(Restricted):
            open_name(people, restricted, cast)


@pytest.mark.django_db
def test_it_costs_no_statement_of_its_own(people: Any, rosa_lund: UUID, cast: Cast) -> None:
    """It comes with the first keys, whether somebody is restricted or not."""

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            open_name(people, rosa_lund, cast)
        return sum("personal_data_datakey" in each["sql"] or "restriction" in each["sql"] for each in asked)

    assert count() == 1


@pytest.mark.django_db
def test_nor_does_it_where_a_whole_column_is_opened(people: Any, rosa_lund: UUID, cast: Cast) -> None:
    with reading(cast.priya, purpose=CASEWORK, organisation=cast.leeds) as opened:
        opened.about(CASE)
        held = people.objects.filter(id=rosa_lund).values_list("name", flat=True).get().value
        with CaptureQueriesContext(connection) as asked:
            opened.open_column([held], label="people.person.name", rows=[rosa_lund], subjects=[rosa_lund])
    assert len(asked) == 1
