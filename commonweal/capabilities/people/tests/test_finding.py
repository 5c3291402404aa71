"""Staff find a person by what they can say: ranked, in their own organisation, and nobody who was forgotten."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonweal.capabilities.people.actions import recording as actions
from commonweal.capabilities.people.actions.correcting import correct_person
from commonweal.capabilities.people.errors import NoSuchPerson
from commonweal.capabilities.people.handlers import forget_again
from commonweal.capabilities.people.models import Person, PersonName
from commonweal.capabilities.people.queries import records as queries
from commonweal.capabilities.people.queries.listing import listed
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.models import Entry
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data import keys
from commonweal.foundations.personal_data.ledger import Line
from commonweal.foundations.personal_data.models import SearchToken
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.personal_data.reading import reading
from commonweal.foundations.personal_data.trace import ReadingRefused
from commonweal.foundations.scope.actors import Actor
from commonweal.foundations.scope.scopes import read_scope

pytestmark = pytest.mark.django_db
FORMER, ALIAS = PersonName.Kind.FORMER, PersonName.Kind.ALIAS


def keep(organisation: int, name: str, *, phone: str = "", born: date | None = None) -> UUID:
    return actions.record_person(
        SET_UP,
        organisation=organisation,
        account=None,
        name=name,
        email="",
        phone=phone,
        language="en",
        birth_date=born,
    )


def find(cast: Cast, words: str, near: tuple[UUID, ...] = ()) -> tuple[UUID, ...]:
    return queries.find_people(cast.priya, organisation=cast.leeds, words=words, near=near)


@action()
def destroy_keys(actor: Actor, *, organisation: int, person: UUID) -> None:
    """Destroy somebody's keys and leave all else behind, as a ledger replayed on a restored backup does."""
    keys.destroy(person)
    record("people.person", person)


@action()
def damage_name(actor: Actor, *, organisation: int, person: UUID) -> None:
    """Change one byte of what is sealed, as a failing disk or an owner of the database may."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update people_person set name = set_byte(name, 40, 255 - get_byte(name, 40)) where id = %s", [person]
        )
    record("people.person", person)


class TestByWhatTheySay:
    @pytest.mark.parametrize("words", ["Bob Smyth", "R Smith", "smith, robert", "Robret Smith", "ROBERT", "Rob Smi"])
    def test_by_a_name_that_is_not_quite_theirs(self, cast: Cast, words: str) -> None:
        person = keep(cast.leeds, "Robert Smith")
        keep(cast.leeds, "Amina Yusuf")
        assert find(cast, words) == (person,)

    def test_the_best_come_first(self, cast: Cast) -> None:
        likely = [keep(cast.leeds, name) for name in ("Robert Smith", "Bob Smith", "Robert Smyth")]
        assert find(cast, "Robert Smith") == tuple(likely)

    def test_among_namesakes_by_what_else_is_said(self, cast: Cast) -> None:
        number, day = "0113 496 0123", date(1961, 3, 4)
        others = [keep(cast.leeds, "Robert Smith") for _number in range(25)]
        born, reachable = keep(cast.leeds, "Robert Smith", born=day), keep(cast.leeds, "Robert Smith", phone=number)
        assert find(cast, "Bob Smith 4 March 1961")[0] == born
        assert find(cast, "Bob Smith +44 113 496 0123")[0] == reachable
        assert find(cast, "Bob Smith", near=(others[3],))[0] == others[3]
        assert find(cast, "0113 4960123") == (reachable,)
        assert len(find(cast, "Bob Smith")) == 20

    def test_by_a_name_they_had_or_also_go_by(self, cast: Cast) -> None:
        person = keep(cast.leeds, "Sarah Jones")
        actions.add_name(SET_UP, organisation=cast.leeds, person=person, kind=FORMER, name="Sarah Okonkwo")
        actions.add_name(SET_UP, organisation=cast.leeds, person=person, kind=ALIAS, name="Sadie Lund")
        for words in ("Sarah Jones", "sarah okonko", "Sadie Lund"):
            assert find(cast, words) == (person,)
        with reading(cast.priya, purpose=CASEWORK, organisation=cast.leeds):
            names = PersonName.objects.filter(person_id=person).order_by("id")
            assert [(name.kind, name.text) for name in names] == [("former", "Sarah Okonkwo"), ("alias", "Sadie Lund")]

    def test_by_their_new_name_and_no_longer_by_the_one_before(self, cast: Cast) -> None:
        person = keep(cast.leeds, "Rosa Lund", phone="0113 496 0123")
        correct_person(cast.olu, organisation=cast.leeds, people=[person], right={"name": "Rosa Hale"})
        assert find(cast, "Rosa Lund") == ()
        assert find(cast, "Rosa Hale") == find(cast, "01134960123") == (person,)
        assert queries.person(cast.priya, organisation=cast.leeds, person=person).name == "Rosa Hale"

    def test_a_name_of_nobody(self, cast: Cast) -> None:
        with pytest.raises(NoSuchPerson):
            actions.add_name(SET_UP, organisation=cast.leeds, person=uuid4(), kind=ALIAS, name="Rosa Lund")
        with pytest.raises(NoSuchPerson):
            correct_person(cast.olu, organisation=cast.leeds, people=[uuid4()], right={"name": "Rosa Lund"})

    def test_the_log_says_that_a_name_was_added_and_not_which(self, cast: Cast) -> None:
        person = keep(cast.leeds, "Sarah Jones")
        actions.add_name(SET_UP, organisation=cast.leeds, person=person, kind=FORMER, name="Sarah Okonkwo")
        with read_scope(SET_UP, (cast.leeds,)):
            entry = Entry.objects.get(action="people.add_name")
        assert (entry.about_id, entry.changed, entry.facts) == (person, ["names"], {"kind": "former"})


class TestByWhomAndWhom:
    def test_another_organisation_finds_nothing(self, cast: Cast) -> None:
        person = keep(cast.leeds, "Robert Smith", phone="0113 496 0123")
        keep(cast.cardiff, "Huw Evans")
        for words in ("Robert Smith", "Bob", "0113 496 0123"):
            assert queries.find_people(cast.huw, organisation=cast.cardiff, words=words, near=(person,)) == ()
        with pytest.raises(ReadingRefused):
            queries.find_people(cast.huw, organisation=cast.leeds, words="Robert Smith")

    def test_whoever_was_forgotten_is_not_found(self, cast: Cast) -> None:
        person, other = keep(cast.leeds, "Robert Smith"), keep(cast.leeds, "Bob Smith")
        actions.add_name(SET_UP, organisation=cast.leeds, person=person, kind=FORMER, name="Robert Okonkwo")
        actions.forget_person(SET_UP, organisation=cast.leeds, person=person)
        assert find(cast, "Robert Smith") == (other,)
        assert find(cast, "Robert Okonkwo") == ()
        with read_scope(SET_UP, (cast.leeds,)):
            assert not SearchToken.objects.filter(row=person).exists()

    def test_whose_keys_alone_were_destroyed_is_shown_in_no_list(self, cast: Cast) -> None:
        person, other = keep(cast.leeds, "Robert Smith"), keep(cast.leeds, "Bob Smith")
        destroy_keys(SET_UP, organisation=cast.leeds, person=person)
        found = listed(cast.priya, organisation=cast.leeds, people=[person, other])
        assert (found[person].name, found[other].name) == ("", "Bob S…")

    def test_a_name_that_was_damaged_keeps_nobody_from_the_others(self, cast: Cast) -> None:
        person, other = keep(cast.leeds, "Robert Smith"), keep(cast.leeds, "Bob Smith")
        damage_name(SET_UP, organisation=cast.leeds, person=person)
        found = listed(cast.priya, organisation=cast.leeds, people=[person, other])
        assert (found[person].name, found[other].name) == ("Damaged", "Bob S…")

    def test_whom_the_ledger_names_is_not_found_after_a_restore(self, cast: Cast) -> None:
        person, other = keep(cast.leeds, "Robert Smith"), keep(cast.leeds, "Bob Smith")
        destroy_keys(SET_UP, organisation=cast.leeds, person=person)
        line = Line(uuid4(), cast.leeds, now(), person, is_whole=False, classes=("people.closed",))
        for another in (
            line,
            line,
            replace(line, holder=other, classes=("cases.closed",)),
            replace(line, holder=uuid4()),
        ):
            forget_again(another)
        assert find(cast, "Robert Smith") == (other,)


class TestWhatItCosts:
    def test_the_database_is_asked_as_often_for_many_as_for_one(self, cast: Cast) -> None:
        counts = []
        for _number in range(2):
            for _person in range(12):
                keep(cast.leeds, "Robert Smith")
            with CaptureQueriesContext(connection) as asked:
                listed(cast.priya, organisation=cast.leeds, people=find(cast, "Bob Smith 4/3/1961"))
            counts.append(len(asked))
        assert counts[0] == counts[1]

    def test_a_person_has_a_bounded_number_of_tokens_written_in_one_statement(self, cast: Cast) -> None:
        name = "Maria-Magdalena Wilhelmina Featherstonehaugh Cholmondeley Bhattacharya O'Shaughnessy"
        with CaptureQueriesContext(connection) as asked:
            person = keep(cast.leeds, name, phone="0113 496 0123", born=date(1961, 3, 4))
        assert sum("into personal_data_searchtoken" in query["sql"] for query in asked) == 1
        with read_scope(SET_UP, (cast.leeds,)):
            assert SearchToken.objects.filter(row=person).count() == 27

    def test_nothing_is_kept_in_the_clear(self, cast: Cast) -> None:
        person = keep(cast.leeds, "Robert Smith", born=date(1961, 3, 4))
        with read_scope(SET_UP, (cast.leeds,)), connection.cursor() as cursor:
            cursor.execute("select birth_date from people_person where id = %s", [person])
            assert b"1961" not in bytes(cursor.fetchone()[0])
        assert Person._meta.get_field("birth_date").null
