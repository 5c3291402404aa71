"""A person as one organisation knows them."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.capabilities.people.actions import recording as actions
from commonweal.capabilities.people.errors import NoSuchPerson
from commonweal.capabilities.people.queries import records as queries
from commonweal.capabilities.people.queries.listing import listed
from commonweal.capabilities.people.rules import mask
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.audit.models import Entry
from commonweal.foundations.personal_data.models import Opening, Trace
from commonweal.foundations.personal_data.trace import ReadingRefused
from commonweal.foundations.scope.scopes import read_scope


def keep(organisation: int, name: str, *, email: str = "", account: UUID | None = None) -> UUID:
    return actions.record_person(
        SET_UP, organisation=organisation, account=account, name=name, email=email, phone="", language="cy"
    )


def claims(cast: Cast) -> list[list[str]]:
    """What the log says that each claim in Leeds changed, oldest first."""
    with read_scope(SET_UP, (cast.leeds,)):
        entries = Entry.objects.filter(action="people.claim_person").order_by("id")
        return list(entries.values_list("changed", flat=True))


@pytest.mark.django_db
class TestKeeping:
    def test_who_deals_with_them_reads_what_they_gave(self, cast: Cast) -> None:
        person = keep(cast.leeds, "Siân Davies", email="sian@people.example")
        row = queries.person(cast.priya, organisation=cast.leeds, person=person)
        assert (row.name, row.email, row.phone, row.language) == ("Siân Davies", "sian@people.example", "", "cy")

    def test_what_they_gave_is_in_no_error_that_shows_the_row(self, cast: Cast) -> None:
        person = keep(cast.leeds, "Siân Davies", email="sian@people.example")
        shown = repr(queries.person(cast.priya, organisation=cast.leeds, person=person))
        assert str(person) in shown
        assert "Davies" not in shown
        assert "sian@" not in shown

    def test_others_do_not_find_that_they_exist(self, cast: Cast) -> None:
        person = keep(cast.leeds, "Siân Davies")
        with pytest.raises(ReadingRefused):
            queries.person(cast.huw, organisation=cast.leeds, person=person)
        with pytest.raises(NoSuchPerson):
            queries.person(cast.huw, organisation=cast.cardiff, person=person)
        assert queries.find_people(cast.huw, organisation=cast.cardiff, words="Davies") == ()

    def test_an_equal_address_proves_nothing(self, cast: Cast) -> None:
        """Two people may share an e-mail address: each time is a record of its own."""
        one, other = (keep(cast.leeds, name, email="home@people.example") for name in ("Ann Hale", "Ben Hale"))
        assert one != other
        found = queries.find_people(cast.priya, organisation=cast.leeds, words="home@people.example")
        assert set(found) == {one, other}

    def test_the_log_names_them_by_id_only(self, cast: Cast) -> None:
        person = keep(cast.leeds, "Siân Davies", email="sian@people.example")
        with read_scope(SET_UP, (cast.leeds,)):
            (entry,) = Entry.objects.filter(about="people.person")
        assert (entry.about_id, entry.changed, entry.facts) == (person, ["email", "name"], {})


@pytest.mark.django_db
class TestFinding:
    @pytest.mark.parametrize("words", ["davies", "sian davies", "SIAN@people.example", "Davies Siân"])
    def test_by_name_or_address(self, cast: Cast, words: str) -> None:
        person = keep(cast.leeds, "Siân Davies", email="sian@people.example")
        keep(cast.leeds, "Siân Evans")
        assert queries.find_people(cast.priya, organisation=cast.leeds, words=words) == (person,)

    def test_at_most_twenty(self, cast: Cast) -> None:
        for _number in range(22):
            keep(cast.leeds, "Siân Davies")
        assert len(queries.find_people(cast.priya, organisation=cast.leeds, words="Davies")) == 20

    def test_names_in_a_list_are_masked_and_listed_not_opened(self, cast: Cast) -> None:
        person = keep(cast.leeds, "Siân Davies")
        found = listed(cast.priya, organisation=cast.leeds, people=[person])
        assert found[person].name == "Siân D…"
        with read_scope(SET_UP, (cast.leeds,)):
            assert [line.kind for line in Trace.objects.all()] == [Opening.LISTED]


@pytest.mark.django_db
class TestClaiming:
    def test_a_record_is_tied_to_the_account_that_proved_it(self, cast: Cast) -> None:
        assert cast.rosa.account
        person = keep(cast.leeds, "Rosa Lund")
        actions.claim_person(cast.rosa, organisation=cast.leeds, person=person, account=cast.rosa.account)
        actions.claim_person(cast.rosa, organisation=cast.leeds, person=person, account=cast.rosa.account)
        mine = queries.people_of_account(cast.rosa, organisation=cast.leeds, account=cast.rosa.account)
        assert mine == (person,)
        assert claims(cast) == [["account_id"], []]

    def test_nobody_takes_what_is_anothers(self, cast: Cast) -> None:
        assert cast.sam.account
        person = keep(cast.leeds, "Rosa Lund", account=cast.rosa.account)
        with pytest.raises(NoSuchPerson):
            actions.claim_person(cast.sam, organisation=cast.leeds, person=person, account=cast.sam.account)
        assert claims(cast) == []
        assert queries.people_of_account(cast.sam, organisation=cast.leeds, account=cast.sam.account) == ()

    def test_a_record_that_is_not_there(self, cast: Cast) -> None:
        with pytest.raises(NoSuchPerson):
            queries.language_of(SET_UP, organisation=cast.leeds, person=uuid4())


class TestMasking:
    @pytest.mark.parametrize(
        ("name", "masked"), [("Siân Davies", "Siân D…"), ("Ana María de la Cruz", "Ana C…"), ("Cher", "C…")]
    )
    def test_the_first_name_and_an_initial(self, name: str, masked: str) -> None:
        assert mask(name) == masked

    @given(st.text(min_size=1).filter(lambda name: len(name.split()) > 1))
    def test_it_never_shows_the_whole_of_a_longer_last_name(self, name: str) -> None:
        (_first, *_between, last) = name.split()
        assert mask(name).endswith(f" {last[0]}…")

    @given(st.text(min_size=2).filter(lambda name: len(name.split()) == 1))
    def test_one_word_is_not_shown_whole(self, name: str) -> None:
        assert mask(name) == f"{name.split(maxsplit=1)[0][0]}…"
