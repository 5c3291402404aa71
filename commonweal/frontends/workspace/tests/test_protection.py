"""The officer's pages beside the trace, the prompt before another team's case, and declaring a relation."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from commonweal.capabilities.identity.actions import appointing
from commonweal.capabilities.protection.actions.asking import ask_who
from commonweal.capabilities.protection.queries.openings import openings
from commonweal.conftest import Appoint, Cast
from commonweal.foundations.clocks.now import at, today
from commonweal.foundations.scope.actors import Staff
from commonweal.frontends.workspace.tests.conftest import Report, SignIn
from commonweal.frontends.workspace.tests.pages import LEEDS, case_at, text_of

PROTECTION = f"{LEEDS}protection/"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def grace(cast: Cast, appoint: Appoint) -> Staff:
    """The manager of parks."""
    return appoint("Grace Bell", "team_manager", cast.parks_team)


class TestAReasonBeforeAnotherTeamsCase:
    def test_it_is_asked_once_an_hour_and_shown_to_the_officer(
        self, cast: Cast, sign_in: SignIn, grace: Staff, reported_case: str
    ) -> None:
        client = sign_in(grace)
        with at(NOON) as clock:
            page = client.get(case_at(reported_case))
            assert "Say why you need to open this" in text_of(page)
            assert "Amina" not in text_of(page)
            assert page.content.decode().count('type="radio"') == 5
            answer = client.post(case_at(reported_case), {"do": "open", "reason": "complaint"}, follow=True)
            assert "Amina Yusuf" in text_of(answer)
            assert "You can look at this case, but only its team can change it" in text_of(answer)
            clock.advance(timedelta(minutes=59))
            assert "Amina Yusuf" in text_of(client.get(case_at(reported_case)))
            clock.advance(timedelta(minutes=1))
            assert "Amina" not in text_of(client.get(case_at(reported_case)))
            trace = text_of(sign_in(cast.olu).get(f"{PROTECTION}openings/", {"kind": "opened"}))
            assert "Reason given: I am dealing with a complaint about it" in trace
            assert "50.0%" not in trace
            assert "100.0% Above 2%" in text_of(sign_in(cast.olu).get(f"{PROTECTION}prompts/"))

    def test_without_a_reason_it_is_asked_again(self, sign_in: SignIn, grace: Staff, reported_case: str) -> None:
        client = sign_in(grace)
        for reason in ("", "curious"):
            client.post(case_at(reported_case), {"do": "open", "reason": reason})
            page = client.get(case_at(reported_case))
            assert "Amina" not in text_of(page)
        again = client.post(case_at(reported_case), {"do": "open", "reason": ""}, follow=True)
        assert again.status_code == 422
        assert "Choose a reason" in text_of(again)


class TestQuestions:
    def test_the_officer_answers_and_the_question_is_off_the_list(
        self, cast: Cast, sign_in: SignIn, report: Report
    ) -> None:
        reference = report(account=cast.rosa)
        sign_in(cast.priya).get(case_at(reference))
        entry = openings(cast.rosa, organisation=cast.leeds).rows[0].key
        ask_who(cast.rosa, organisation=cast.leeds, entry=entry, text="Was it <b>her</b>?")
        appointing.mark_never_named(cast.olu, organisation=cast.leeds, account=cast.priya.account, is_never_named=True)
        olu = sign_in(cast.olu)
        listed = olu.get(f"{PROTECTION}questions/")
        assert "days left" in text_of(listed)
        address = re.search(rf'href="({PROTECTION}questions/[^"]+/)"', listed.content.decode())[1]  # type: ignore[index]
        page = olu.get(address)
        for words in ("Was it <b>her</b>?", "Priya Nair", "Never named", reference, "Waste and recycling"):
            assert words in text_of(page)
        wrong = olu.post(address, {"outcome": "disclosed", "text": "It was Priya"})
        assert wrong.status_code == 422
        assert "Do not name this member of staff: give the team or the role" in text_of(wrong)
        assert "It was Priya" in wrong.content.decode()
        done = olu.post(address, {"outcome": "disclosed", "text": "It was the waste team"}, follow=True)
        assert "Your answer is on their page" in text_of(done)
        assert "Nobody is waiting for an answer" in text_of(done)
        assert "It was the waste team" in text_of(olu.get(address))
        late = olu.post(address, {"outcome": "refused", "text": "No"})
        assert late.status_code == 409

    def test_nobody_else_sees_them(self, cast: Cast, sign_in: SignIn) -> None:
        for page in ("questions", "withheld", "prompts", "staff"):
            assert sign_in(cast.priya).get(f"{PROTECTION}{page}/").status_code == 403
            assert sign_in(cast.huw).get(f"{PROTECTION}{page}/").status_code == 404


class TestWithheld:
    def test_the_officer_withholds_and_ends_it(self, cast: Cast, sign_in: SignIn, reported_case: str) -> None:
        olu = sign_in(cast.olu)
        address = f"{PROTECTION}withheld/"
        assert f'value="{reported_case}"' in olu.get(address, {"reference": reported_case}).content.decode()
        day = today() + timedelta(days=90)
        given = {
            "do": "withhold",
            "reference": reported_case,
            "exemption": "crime",
            "may_download": "yes",
            "review_on-day": str(day.day),
            "review_on-month": str(day.month),
            "review_on-year": str(day.year),
        }
        done = olu.post(address, given, follow=True)
        assert "The openings are withheld until the review date" in text_of(done)
        assert f"{reported_case} Crime and taxation Olu Adeyemi" in text_of(done)
        lift = re.search(r'value="(lift\.[^"]+)"', done.content.decode())[1]  # type: ignore[index]
        assert "Nothing is withheld" in text_of(olu.post(address, {"do": lift}, follow=True))
        assert olu.post(address, {"do": lift}).status_code == 302

    @pytest.mark.parametrize(
        ("changed", "told"),
        [
            ({"reference": "BCDF-GHJK-B"}, "No case has this reference"),
            ({"exemption": ""}, "Choose the exemption that applies"),
            ({"review_on-year": "2099"}, "at most six months away"),
            ({"review_on-day": "x"}, "at most six months away"),
        ],
    )
    def test_what_is_wrong_is_told_and_nothing_typed_is_lost(
        self, cast: Cast, sign_in: SignIn, reported_case: str, changed: dict[str, str], told: str
    ) -> None:
        day = today() + timedelta(days=90)
        given = {
            "do": "withhold",
            "reference": reported_case,
            "exemption": "privilege",
            "may_download": "no",
            "review_on-day": str(day.day),
            "review_on-month": str(day.month),
            "review_on-year": str(day.year),
            **changed,
        }
        page = sign_in(cast.olu).post(f"{PROTECTION}withheld/", given)
        assert page.status_code == 422
        assert told in text_of(page)
        assert f'value="{given["reference"]}"' in page.content.decode()

    def test_what_no_page_of_ours_sends_is_refused(self, cast: Cast, sign_in: SignIn) -> None:
        olu = sign_in(cast.olu)
        for do in ("", "lift.x", "nonsense"):
            assert olu.post(f"{PROTECTION}withheld/", {"do": do}).status_code == 400
        for do in ("", "never.x", "end"):
            assert olu.post(f"{PROTECTION}staff/", {"do": do}).status_code == 400


class TestStaff:
    def test_the_officer_says_who_is_never_named(self, cast: Cast, sign_in: SignIn) -> None:
        olu = sign_in(cast.olu)
        address = f"{PROTECTION}staff/"
        page = olu.post(address, {"do": f"never.{cast.priya.account}"}, follow=True)
        assert "Priya Nair Case worker Never named" in text_of(page)
        page = olu.post(address, {"do": f"may.{cast.priya.account}"}, follow=True)
        assert "Priya Nair Case worker You decide" in text_of(page)

    def test_one_declares_a_relation_and_the_officer_ends_it(
        self, cast: Cast, sign_in: SignIn, reported_case: str
    ) -> None:
        priya, olu = sign_in(cast.priya), sign_in(cast.olu)
        wrong = priya.post(f"{LEEDS}related/", {"reference": "nonsense"})
        assert wrong.status_code == 422
        assert 'value="nonsense"' in wrong.content.decode()
        done = priya.post(f"{LEEDS}related/", {"reference": reported_case}, follow=True)
        assert "Their cases are closed to you" in text_of(done)
        refused = priya.get(case_at(reported_case))
        assert refused.status_code == 403
        assert "You said that you are related to this person" in text_of(refused)
        page = olu.get(f"{PROTECTION}staff/")
        assert f"{reported_case} Priya Nair" in text_of(page)
        end = re.search(r'value="(end\.[^"]+)"', page.content.decode())[1]  # type: ignore[index]
        assert "Nobody has declared a relation" in text_of(olu.post(f"{PROTECTION}staff/", {"do": end}, follow=True))
        assert priya.get(case_at(reported_case)).status_code == 200
