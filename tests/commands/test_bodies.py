"""A body, its teams and its staff, set up at the command line: what stands before the first resident."""

from contextlib import nullcontext
from datetime import timedelta
from uuid import UUID

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from commonweal.capabilities.identity.actions.accounts import open_account
from commonweal.capabilities.identity.queries import acting, colleagues
from commonweal.capabilities.organisations import queries as organisations
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks.now import today
from commonweal.foundations.scope.actors import Staff, Visitor
from commonweal.frontends.cli import bodies, staff
from commonweal.frontends.cli.installation import Installation, read_installation
from commonweal.frontends.cli.main import build_parser
from commonweal.frontends.cli.problems import Problem

pytestmark = pytest.mark.django_db
ROSA = "rosa@people.example"
APPOINT = ("staff", "appoint", "leeds", ROSA, "--name", "R", "--role")


@pytest.fixture
def here(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Installation:
    """The test's own database, in which Rosa has confirmed her address."""
    EmailAddress.objects.create(user_id=account_of(cast), email=ROSA, verified=True, primary=True)
    for module in (bodies, staff):
        monkeypatch.setattr(module, "asking", lambda installation, purpose: nullcontext())
    return read_installation({})


def do(here: Installation, *words: str) -> None:
    options = build_parser().parse_args([*words])
    assert options.command(here, options) == 0


def test_a_council_opens_and_gets_a_team(cast: Cast, here: Installation) -> None:
    do(here, "bodies", "open", "bristol", "--contact", "dpo@bristol.example", "--colour", "#123456")
    do(here, "bodies", "team", "bristol", "Waste and recycling")
    bristol = organisations.organisation_at(SET_UP, slug="bristol")
    assert (bristol.is_open, bristol.colour, bristol.contact) == (True, "#123456", "dpo@bristol.example")
    assert [team.name for team in organisations.teams(SET_UP, organisation=bristol.id)] == ["Waste and recycling"]
    assert Client().get("/bristol/").status_code == 200
    with pytest.raises(Problem, match="already has a team Waste and recycling"):
        do(here, "bodies", "team", "bristol", "Waste and recycling")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("bodies", "open", "nowhere", "--contact", "x"), "No body has the web address nowhere"),
        (("bodies", "open", "leeds", "--contact", "x", "--colour", "green"), "green is not a colour"),
        (("staff", "appoint", "leeds", "who@else.example", "--name", "W", "--role", "case_worker"), "No account has"),
        ((*APPOINT, "king"), "The roles are case_worker"),
        ((*APPOINT, "case_worker", "--team", "Moon"), "no team Moon"),
        ((*APPOINT, "data_protection_officer", "--role", "administrator"), "may not hold a role that decides"),
        (
            ("staff", "appoint", "leeds", ROSA, "--name", " ", "--role", "case_worker"),
            "Enter the name that colleagues know them by",
        ),
        (("staff", "end", "leeds", ROSA), "does not work for Leeds City Council"),
        (("staff", "trained", ROSA, "--course", "starter", "--on", "2099-01-01", "--failed"), "is in the future"),
        (
            ("staff", "trained", ROSA, "--course", "starter", "--on", "2026-01-02", "--until", "2026-01-02"),
            "must be later",
        ),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    cast: Cast, here: Installation, words: tuple[str, ...], said: str
) -> None:
    with pytest.raises(Problem, match=said):
        do(here, *words)


def test_nobody_is_appointed_by_an_address_that_nobody_confirmed(cast: Cast, here: Installation) -> None:
    """Anybody may begin a sign-in with a colleague's address, and a password of their own."""
    begun = open_account(Visitor(), email="priya.new@leeds.example", password="a stranger's own password")
    EmailAddress.objects.create(user_id=begun, email="priya.new@leeds.example", verified=False, primary=True)
    words = ("staff", "appoint", "leeds", "priya.new@leeds.example", "--name", "Priya", "--role", "case_worker")
    with pytest.raises(Problem, match="has not confirmed"):
        do(here, *words)
    assert not colleagues.memberships(SET_UP, account=begun)
    EmailAddress.objects.filter(user_id=begun).update(verified=True)
    do(here, *words)
    assert len(colleagues.memberships(SET_UP, account=begun)) == 1


def test_somebody_is_appointed_trained_and_leaves(
    cast: Cast, here: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("staff", "appoint", "leeds", ROSA, "--name", "Rosa Lund", "--role", "case_worker", "--team", "Parks")
    do(here, *words)
    assert not at_work(cast).is_trained
    passed, until = today() - timedelta(days=1), today() + timedelta(days=364)
    do(here, "staff", "trained", ROSA, "--course", "starter", "--on", str(passed), "--until", str(until))
    assert at_work(cast).is_trained
    do(here, "staff", "list", "leeds")
    assert "Rosa Lund, case_worker, Parks" in capsys.readouterr().out
    do(here, "staff", "trained", ROSA, "--course", "refresher", "--on", str(today()), "--failed")
    assert not at_work(cast).is_trained
    do(here, "staff", "end", "leeds", ROSA)
    assert not colleagues.memberships(SET_UP, account=account_of(cast))


def at_work(cast: Cast) -> Staff:
    return acting.at_work(
        cast.rosa, organisation=cast.leeds, account=account_of(cast), has_second_factor=True, grounds={}
    ).staff


def account_of(cast: Cast) -> UUID:
    assert cast.rosa.account is not None
    return cast.rosa.account
