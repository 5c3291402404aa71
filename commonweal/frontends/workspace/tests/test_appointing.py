"""An administrator's pages of who works for the body."""

from uuid import UUID

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonweal.capabilities.cases.actions.assigning import assign
from commonweal.capabilities.cases.queries.opening import case_page
from commonweal.capabilities.identity.actions import accounts
from commonweal.conftest import SET_UP, Appoint, Cast
from commonweal.foundations.audit.models import Entry
from commonweal.foundations.scope.actors import Staff
from commonweal.foundations.scope.scopes import read_scope
from commonweal.frontends.workspace.tests.conftest import SignIn
from commonweal.frontends.workspace.tests.pages import text_of

pytestmark = pytest.mark.django_db

STAFF = "/workspace/leeds/staff/"
COURSE = {"do": "course", "result": "passed", "passed_on-day": "2", "passed_on-month": "11", "passed_on-year": "2026"}


@pytest.fixture
def noor(appoint: Appoint) -> Staff:
    """The administrator of Leeds."""
    return appoint("Noor Haddad", "administrator")


@pytest.fixture
def ada() -> UUID:
    """Somebody with a confirmed sign-in who works nowhere yet."""
    account = accounts.register_account(SET_UP, email="ada@leeds.example", password="a long enough password")
    EmailAddress.objects.create(user_id=account, email="ada@leeds.example", verified=True, primary=True)
    return account


def test_somebody_is_appointed_and_trained(cast: Cast, noor: Staff, ada: UUID, sign_in: SignIn) -> None:
    browser = sign_in(noor)
    given = {"email": "ada@leeds.example", "name": "Ada <W>", "roles": ["case_worker"], "team": str(cast.waste_team)}
    refused = browser.post(f"{STAFF}new/", {**given, "roles": [], "do": "appoint"})
    assert refused.status_code == 422
    assert "Choose what they do" in text_of(refused)
    assert "Ada &lt;W&gt;" in refused.content.decode()
    listed = text_of(browser.post(f"{STAFF}new/", {**given, "do": "appoint"}, follow=True))
    for words in ("They are appointed.", "Ada <W> ada@leeds.example Case worker Waste and recycling None"):
        assert words in listed
    until = {"expires_on-day": "2", "expires_on-month": "11", "expires_on-year": "2027"}
    wrong = browser.post(f"{STAFF}{ada}/", {**COURSE, **until, "expires_on-year": "2025"})
    assert wrong.status_code == 422
    assert "It must count until a later day" in text_of(wrong)
    assert browser.post(f"{STAFF}{ada}/", {**COURSE, "expires_on-day": "x"}).status_code == 422
    assert "2 November 2027" in text_of(browser.post(f"{STAFF}{ada}/", {**COURSE, **until}, follow=True))
    changed = {"do": "change", "name": "Ada W", "roles": ["team_manager", "wizard"], "team": ""}
    assert "Ada W ada@leeds.example Team manager 2 November" in text_of(
        browser.post(f"{STAFF}{ada}/", changed, follow=True)
    )
    assert browser.post(f"{STAFF}{ada}/", {"do": "rule"}).status_code == 400


def test_whoever_leaves_hands_their_cases_back(cast: Cast, noor: Staff, reported_case: str, sign_in: SignIn) -> None:
    """Nobody waits for somebody who is not there any more."""
    page = case_page(cast.priya, organisation=cast.leeds, reference=reported_case)
    account = cast.priya.account
    assign(cast.priya, organisation=cast.leeds, case=page.id, revision=page.revision, assignee=account)
    priya, browser = sign_in(cast.priya), sign_in(noor)
    asked = text_of(browser.get(f"{STAFF}{account}/end/"))
    assert "Does Priya Nair no longer work here?" in asked
    assert "They have 1 open case." in asked
    assert priya.get("/workspace/leeds/cases/").status_code == 200
    done = text_of(browser.post(f"{STAFF}{account}/end/", follow=True))
    assert "Their appointment has ended." in done
    assert "Priya Nair" not in done
    assert priya.get("/workspace/leeds/cases/").status_code == 404
    with read_scope(noor, (cast.leeds,)):
        entry = Entry.objects.filter(about_id=page.id, action="cases.end_work").latest("id")
    assert (entry.changed, entry.facts["left"], entry.actor_id) == (["assignee_id"], str(account), noor.account)
    assert browser.get(f"{STAFF}{account}/end/").status_code == 404
    assert browser.post(f"{STAFF}{account}/end/").status_code == 404


def test_the_officer_and_oneself_are_not_changed_here(cast: Cast, noor: Staff, sign_in: SignIn) -> None:
    browser = sign_in(noor)
    change = {"do": "change", "name": "Somebody", "roles": ["case_worker"], "team": ""}
    for who, words in (
        (cast.olu, "nobody is removed by those whose work they oversee"),
        (noor, "Only another administrator"),
    ):
        page = browser.get(f"{STAFF}{who.account}/")
        assert words in text_of(page)
        assert "What do they do?" not in text_of(page)
        assert browser.post(f"{STAFF}{who.account}/", change).status_code == 403
        assert browser.post(f"{STAFF}{who.account}/end/").status_code == 403
    assert "data_protection_officer" not in browser.get(f"{STAFF}new/").content.decode()


def test_others_at_the_desk_have_no_such_pages(cast: Cast, sign_in: SignIn) -> None:
    for who in (cast.priya, cast.olu):
        browser = sign_in(who)
        for page in ("", "new/", f"{cast.tom.account}/", f"{cast.tom.account}/end/"):
            assert browser.get(f"{STAFF}{page}").status_code == 403
            assert browser.post(f"{STAFF}{page}", {"do": "change"}).status_code in {403, 405}


def test_who_works_here_takes_as_many_statements_for_many_as_for_few(
    cast: Cast, noor: Staff, sign_in: SignIn, appoint: Appoint
) -> None:
    browser = sign_in(noor)
    counts = []
    for name in ("Ada", "Bea", "Cy"):
        appoint(f"{name} Lund", "case_worker", cast.waste_team)
        with CaptureQueriesContext(connection) as asked:
            browser.get(STAFF)
        counts.append(len(asked))
    assert counts[1] == counts[2]
