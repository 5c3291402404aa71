"""Staff-safety markers on their pages: asked for, approved by another, read as an instruction, seen by their person."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonweal.capabilities.cases.actions.marking import ask_for_marker
from commonweal.capabilities.people.actions.marking import approve_marker
from commonweal.capabilities.protection.actions.deciding import withhold
from commonweal.conftest import Appoint, Cast
from commonweal.foundations.clocks.now import today
from commonweal.foundations.scope.actors import Staff
from commonweal.frontends.workspace.tests.conftest import Report, SignIn
from commonweal.frontends.workspace.tests.pages import LEEDS, case_at, text_of

OWN = "/leeds/your/safety/"
GROUND = "On 3 March he pushed a collector."
Mark = Callable[..., UUID]


@pytest.fixture
def grace(cast: Cast, appoint: Appoint) -> Staff:
    return appoint("Grace Bell", "team_manager", cast.waste_team)


@pytest.fixture
def mark(cast: Cast, grace: Staff) -> Mark:
    """An approved marker on the person of a case."""

    def make(reference: str, *, told: str = "told") -> UUID:
        marker = ask_for_marker(
            cast.priya,
            organisation=cast.leeds,
            reference=reference,
            danger="violence",
            evidence=GROUND,
            told=told,
            review_on=today() + timedelta(days=20),
        )
        approve_marker(grace, organisation=cast.leeds, marker=marker)
        return marker

    return make


def test_it_is_asked_for_approved_by_another_and_read_before_a_visit(
    cast: Cast, sign_in: SignIn, grace: Staff, reported_case: str
) -> None:
    priya, manager = sign_in(cast.priya), sign_in(grace)
    day = today() + timedelta(days=60)
    typed = {"review_on-day": str(day.day), "review_on-month": str(day.month), "review_on-year": str(day.year)}
    address = f"{case_at(reported_case)}safety/"
    wrong = priya.post(address, {**typed, "evidence": GROUND})
    assert wrong.status_code == 422
    assert "Choose whether the person was told, or why not" in text_of(wrong)
    assert GROUND in wrong.content.decode()
    done = priya.post(address, {**typed, "evidence": GROUND, "danger": "violence", "told": "told"}, follow=True)
    assert "shown once another manager has approved it" in text_of(done)
    assert "Visit in pairs" not in text_of(done)

    listed = manager.get(f"{LEEDS}safety/")
    assert "Waiting for approval" in text_of(listed)
    assert GROUND not in text_of(listed)
    (link,) = re.findall(rf'href="({LEEDS}safety/[0-9a-f-]+/)"', listed.content.decode())
    assert GROUND in text_of(manager.get(link))
    assert "colleagues read the instruction from now on" in text_of(manager.post(link, {"do": "approve"}, follow=True))

    for page in (case_at(reported_case), f"{case_at(reported_case)}visit/"):
        assert "Before you meet them: Visit in pairs" in text_of(priya.get(page))
        assert "pushed" not in text_of(priya.get(page))
    assert priya.get(f"{LEEDS}safety/").status_code == 403
    assert priya.get(link).status_code == 403
    manager.post(link, {"do": "end"})
    assert "Visit in pairs" not in text_of(priya.get(case_at(reported_case)))
    assert manager.get(link).status_code == 404


def test_a_worklist_shows_a_mark_and_no_word_of_it(cast: Cast, sign_in: SignIn, mark: Mark, reported_case: str) -> None:
    priya = sign_in(cast.priya)
    before = priya.get(f"{LEEDS}cases/").content.decode()
    mark(reported_case)
    after = priya.get(f"{LEEDS}cases/").content.decode()
    assert (before.count("cw-mark"), after.count("cw-mark")) == (0, 1)
    assert "pairs" not in after
    assert "violen" not in after


def test_a_list_asks_no_more_of_the_database_when_more_are_marked(
    cast: Cast, sign_in: SignIn, mark: Mark, report: Report
) -> None:
    priya, references = sign_in(cast.priya), [report() for _case in range(4)]
    counts = []
    priya.get(f"{LEEDS}cases/")
    for reference in references[:2]:
        mark(reference)
        with CaptureQueriesContext(connection) as asked:
            priya.get(f"{LEEDS}cases/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_their_person_reads_it_unless_the_officer_withholds_it(
    cast: Cast, sign_in: SignIn, mark: Mark, report: Report
) -> None:
    reference = report(account=cast.rosa)
    rosa = sign_in(cast.rosa)
    nothing = rosa.get(OWN).content
    mark(reference, told="danger")
    page = text_of(rosa.get(OWN))
    assert "Visit in pairs" in page
    assert "Somebody was hurt or attacked" in page
    assert GROUND not in page
    assert "Visit in pairs" not in text_of(sign_in(cast.sam).get(OWN))
    olu = sign_in(cast.olu)
    overview = text_of(olu.get(f"{LEEDS}protection/safety/"))
    assert "They see it on their page" in overview
    assert "Due for review" in overview
    assert "Visit in pairs" not in overview
    withhold(
        cast.olu,
        organisation=cast.leeds,
        reference=reference,
        exemption="crime",
        review_on=today() + timedelta(days=30),
    )
    assert _without_token(rosa.get(OWN).content) == _without_token(nothing)
    assert "They see it on their page" not in text_of(olu.get(f"{LEEDS}protection/safety/"))


def test_the_overview_is_the_officers(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(cast.priya).get(f"{LEEDS}protection/safety/").status_code == 403


def _without_token(page: bytes) -> bytes:
    return re.sub(rb'(nonce|value)="[^"]*"', b"", page)
