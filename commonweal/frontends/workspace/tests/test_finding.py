"""The search box: what it finds, in which order, and what it leaves behind."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonweal.capabilities.cases.queries.opening import case_page
from commonweal.capabilities.people.actions import recording as people
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks.now import at, now
from commonweal.foundations.personal_data.models import Trace
from commonweal.foundations.scope.scopes import read_scope
from commonweal.frontends.workspace.tests.conftest import Report, SignIn
from commonweal.frontends.workspace.tests.pages import LEEDS, references_in, search, text_of

pytestmark = pytest.mark.django_db
FIND = f"{LEEDS}find/"


def test_by_a_name_as_it_was_heard_the_best_first(cast: Cast, sign_in: SignIn, report: Report) -> None:
    exact, alike = report(name="Robert Smyth"), report(name="Bob Smith")
    report(name="Amina Yusuf")
    priya = sign_in(cast.priya)
    assert references_in(search(priya, "Robert Smyth")) == [exact, alike]
    assert references_in(search(priya, "smith, bob")) == [alike, exact]
    assert references_in(search(priya, "R Smith")) == [exact]


def test_by_the_postcode_of_the_case_alone_or_beside_a_name(cast: Cast, sign_in: SignIn, report: Report) -> None:
    one, other = report(name="Amina Yusuf"), report(name="Bo Larsen")
    priya = sign_in(cast.priya)
    assert set(references_in(search(priya, "ls14hr"))) == {one, other}
    assert references_in(search(priya, "Larson LS1 4HR")) == [other]
    assert references_in(search(priya, "LS9 9ZZ")) == []


def test_by_a_former_name_which_is_not_shown(cast: Cast, sign_in: SignIn, report: Report) -> None:
    reference = report(name="Sarah Jones")
    person = case_page(cast.priya, organisation=cast.leeds, reference=reference).person.id
    people.add_name(SET_UP, organisation=cast.leeds, person=person, kind="former", name="Sarah Okonkwo")
    page = search(sign_in(cast.priya), "sarah okonko")
    assert references_in(page) == [reference]
    assert "Sarah J…" in text_of(page)
    assert "Okonkwo" not in text_of(page)


def test_only_cases_of_ones_own_team_and_organisation(cast: Cast, sign_in: SignIn, report: Report) -> None:
    report(name="Robert Smith")
    assert references_in(search(sign_in(cast.tom), "Robert Smith")) == []
    assert references_in(search(sign_in(cast.huw), "Robert Smith LS1 4HR", "/workspace/cardiff/")) == []


def test_a_reference_leads_to_the_case_which_itself_asks_who_may_open_it(
    cast: Cast, sign_in: SignIn, report: Report
) -> None:
    reference = report(name="Robert Smith")
    tom, priya = sign_in(cast.tom), sign_in(cast.priya)
    assert search(priya, f" {reference.lower()} ").status_code == 200
    assert "belongs to another team" in text_of(search(tom, reference))
    assert "No case of your team was found" in text_of(search(priya, "BCDF-2345-2"))


def test_each_person_found_is_listed_and_nobody_else(cast: Cast, sign_in: SignIn, report: Report) -> None:
    for name in ("Robert Smith", "Bob Smith", "Amina Yusuf"):
        report(name=name)
    with at(now() + timedelta(hours=2)):
        moment = now()
        search(sign_in(cast.priya), "Rob Smith")
    with read_scope(SET_UP, (cast.leeds,)):
        lines = list(Trace.objects.filter(at__gte=moment, kind__in=["listed", "opened"]))
    assert [line.kind for line in lines] == ["listed", "listed"]
    assert {tuple(line.fields) for line in lines} == {("people.person.name",)}


def test_the_database_is_asked_as_often_for_many_as_for_one(cast: Cast, sign_in: SignIn, report: Report) -> None:
    priya, counts = sign_in(cast.priya), []
    for more in (1, 8):
        for _number in range(more):
            report(name="Robert Smith")
        search(priya, "Bob Smith LS1 4HR")
        with CaptureQueriesContext(connection) as asked:
            found = references_in(search(priya, "Bob Smith LS1 4HR"))
        counts.append(len(asked))
    assert len(found) == 9
    assert counts[0] == counts[1]


def test_the_address_holds_no_words_and_leads_back_to_what_was_found(
    cast: Cast, sign_in: SignIn, report: Report
) -> None:
    amina, bo, priya = report(name="Amina Yusuf"), report(name="Bo Larsen"), sign_in(cast.priya)
    first, other = (priya.post(FIND, {"q": words})["Location"] for words in ("yusuf", "larsen"))
    assert first.startswith(f"{FIND}?search=")
    assert "yusuf" not in first
    assert references_in(priya.get(other)) == [bo]
    assert references_in(priya.get(first)) == [amina]
    assert "no-store" in priya.get(first)["Cache-Control"]
    assert "yusuf" not in str(dict(priya.session.items())).lower()


def test_words_that_led_nowhere_can_be_mended(cast: Cast, sign_in: SignIn, report: Report) -> None:
    report(name="Amina Yusuf")
    assert 'value="nobody at all"' in search(sign_in(cast.priya), "nobody at all").content.decode()


def test_a_search_is_ones_own_and_only_the_latest_are_kept(cast: Cast, sign_in: SignIn, report: Report) -> None:
    reference, priya = report(name="Amina Yusuf"), sign_in(cast.priya)
    searches = [priya.post(FIND, {"q": "yusuf"})["Location"] for _number in range(6)]
    assert "Type a reference" in text_of(priya.get(searches[0]))
    assert references_in(priya.get(searches[5])) == [reference]
    assert references_in(sign_in(cast.priya).get(searches[5])) == []
    assert references_in(priya.get(f"{FIND}?q=yusuf")) == []
