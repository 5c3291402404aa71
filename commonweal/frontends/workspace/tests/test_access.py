"""Who may come to a desk, and what they may open there."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.test import Client

from commonweal.capabilities.identity.actions import appointing
from commonweal.capabilities.identity.actions.accounts import register_account
from commonweal.capabilities.identity.actions.training import record_training
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.personal_data.models import Trace
from commonweal.foundations.scope.actors import Resident
from commonweal.foundations.scope.scopes import read_scope
from commonweal.frontends.workspace.tests.conftest import Report, SignIn
from commonweal.frontends.workspace.tests.pages import LEEDS, case_at, search, text_of

PAGES = ("", "cases/", "find/", "protection/openings/", "protection/requests/")


@pytest.mark.parametrize("page", PAGES)
def test_whoever_is_not_signed_in_is_asked_to_and_comes_back(client: Client, db: None, page: str) -> None:
    answer = client.get(f"{LEEDS}{page}")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/?next=%2Fworkspace%2Fleeds%2F")


def test_a_note_written_while_signed_out_is_shown_again(client: Client, db: None) -> None:
    answer = client.post(case_at("BCDF-2345-X"), {"do": "note", "text": "The crew <called>"})
    assert answer.status_code == 401
    assert "The crew <called>" in text_of(answer)


def test_the_workspace_leads_those_of_one_body_straight_to_their_work(cast: Cast, sign_in: SignIn) -> None:
    at_work = sign_in(cast.priya).get("/workspace/", follow=True)
    assert at_work.redirect_chain[-1][0] == f"{LEEDS}cases/"
    watching = sign_in(cast.olu).get("/workspace/", follow=True)
    assert watching.redirect_chain[-1][0] == f"{LEEDS}protection/requests/"


def test_a_shared_officer_chooses_the_body_to_act_for(cast: Cast, sign_in: SignIn) -> None:
    roles = ["data_protection_officer"]
    appointing.appoint(SET_UP, organisation=cast.cardiff, account=cast.olu.account, name="Olu Adeyemi", roles=roles)
    olu = sign_in(cast.olu)
    choice = olu.get("/workspace/")
    assert "Leeds City Council" in text_of(choice)
    assert "Cardiff Council" in text_of(choice)
    assert 'href="/workspace/"' in olu.get("/workspace/cardiff/protection/openings/").content.decode()


def test_a_resident_finds_no_workspace(cast: Cast, sign_in: SignIn) -> None:
    rosa = sign_in(cast.rosa)
    assert [rosa.get(page).status_code for page in ("/workspace/", LEEDS, f"{LEEDS}cases/")] == [404, 404, 404]


def test_staff_of_another_organisation_cannot_tell_it_from_one_that_does_not_exist(
    cast: Cast, sign_in: SignIn, reported_case: str
) -> None:
    huw = sign_in(cast.huw)
    here, nowhere = huw.get(case_at(reported_case)), huw.get(f"/workspace/atlantis/cases/{reported_case}/")
    assert here.status_code == nowhere.status_code == 404
    assert text_of(here) == text_of(nowhere)
    assert huw.get(f"/workspace/cardiff/cases/{reported_case}/").status_code == 404


def test_a_colleague_of_another_team_is_refused_and_it_is_recorded(
    cast: Cast, sign_in: SignIn, reported_case: str
) -> None:
    tom = sign_in(cast.tom)
    answer = tom.get(case_at(reported_case))
    assert answer.status_code == 403
    assert "belongs to another team" in text_of(answer)
    assert "Amina" not in text_of(answer)
    assert reported_case not in text_of(tom.get(f"{LEEDS}cases/"))
    assert reported_case not in text_of(search(tom, "amina"))
    assert _refusals(cast, cast.tom.account) == ["other_team"]


def test_without_a_second_factor_nothing_opens(cast: Cast, sign_in: SignIn, reported_case: str) -> None:
    priya = sign_in(replace(cast.priya, has_second_factor=False))
    for page in (case_at(reported_case), f"{LEEDS}cases/", LEEDS):
        answer = priya.get(page)
        assert answer.status_code == 403
        assert "authenticator app" in text_of(answer)
        assert "Amina" not in text_of(answer)


def test_untrained_staff_are_told_of_the_course_and_nothing_opens(
    cast: Cast, sign_in: SignIn, reported_case: str
) -> None:
    account = register_account(SET_UP, email="new@people.example", password="a long enough password")
    appointing.appoint(
        SET_UP, organisation=cast.leeds, account=account, name="Newt Smith", roles=["case_worker"], team=cast.waste_team
    )
    record_training(SET_UP, account=account, course="starter", passed_on=date(2020, 1, 1), expires_on=date(2021, 1, 1))
    newcomer = sign_in(replace(cast.priya, account=account))
    for page in (case_at(reported_case), f"{LEEDS}cases/", LEEDS):
        answer = newcomer.get(page)
        assert answer.status_code == 403
        assert "You need to pass the data protection course" in text_of(answer)
        assert "Amina" not in text_of(answer)


def test_the_officer_sees_openings_and_no_case(cast: Cast, sign_in: SignIn, reported_case: str) -> None:
    olu = sign_in(cast.olu)
    assert olu.get(case_at(reported_case)).status_code == 403
    assert olu.get(f"{LEEDS}cases/").status_code == 403
    assert _refusals(cast, cast.olu.account) == ["role", "role"]


def test_nobody_opens_their_own_record(cast: Cast, sign_in: SignIn, report: Report) -> None:
    own = report(account=Resident(account=cast.priya.account))
    assert sign_in(cast.priya).get(case_at(own)).status_code == 403


def _refusals(cast: Cast, account: UUID) -> list[str]:
    with read_scope(SET_UP, (cast.leeds,)):
        return list(
            Trace.objects.filter(actor_id=account, kind="refused").order_by("id").values_list("reason", flat=True)
        )
