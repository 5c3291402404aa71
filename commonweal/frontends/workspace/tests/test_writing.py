"""Colleagues are told who is writing on a case, and nothing is locked."""

from datetime import UTC, datetime, timedelta

import pytest

from commonweal.conftest import Appoint, Cast
from commonweal.foundations.clocks.now import at
from commonweal.frontends.workspace.tests.conftest import Report, SignIn
from commonweal.frontends.workspace.tests.pages import case_at, press, text_of

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_a_colleague_is_told_since_when_and_the_writer_is_not(
    cast: Cast, sign_in: SignIn, report: Report, appoint: Appoint
) -> None:
    asha, priya = sign_in(appoint("Asha Rao", "case_worker", cast.waste_team)), sign_in(cast.priya)
    with at(MONDAY) as clock:
        case = case_at(report())
        assert asha.post(f"{case}writing/").status_code == 204
        assert "Asha Rao has just started writing on this case" in text_of(priya.get(case))
        clock.advance(timedelta(minutes=2))
        asha.post(f"{case}writing/")
        assert "Asha Rao began writing on this case 2 minutes ago" in text_of(priya.get(case))
        assert "writing on this case" not in text_of(asha.get(case))
        clock.advance(timedelta(minutes=4))
        assert "Asha Rao began writing on this case 6 minutes ago" in text_of(priya.get(case))
        clock.advance(timedelta(minutes=2))
        assert "writing on this case" not in text_of(priya.get(case))


@pytest.mark.parametrize("button", ["note", "take", "move.schedule"])
def test_it_ends_with_the_button_and_hinders_nobody(
    cast: Cast, sign_in: SignIn, report: Report, appoint: Appoint, button: str
) -> None:
    asha, priya = sign_in(appoint("Asha Rao", "case_worker", cast.waste_team)), sign_in(cast.priya)
    reference = report()
    asha.post(f"{case_at(reference)}writing/")
    press(priya, reference, "note", text="I rang them")
    assert "Asha Rao has just started" in text_of(priya.get(case_at(reference)))
    press(asha, reference, button, text="So did I")
    page = text_of(priya.get(case_at(reference)))
    assert "has just started" not in page
    assert "So did I" in page
    assert "I rang them" in page


def test_without_script_a_page_that_comes_back_with_ones_note_says_it(
    cast: Cast, sign_in: SignIn, report: Report, appoint: Appoint
) -> None:
    asha, priya = sign_in(appoint("Asha Rao", "case_worker", cast.waste_team)), sign_in(cast.priya)
    reference = report()
    press(asha, reference, "note", text="x" * 10_001)
    assert "Asha Rao has just started" in text_of(priya.get(case_at(reference)))


def test_another_team_writes_on_nothing(cast: Cast, sign_in: SignIn, report: Report) -> None:
    case = case_at(report())
    assert sign_in(cast.tom).post(f"{case}writing/").status_code == 403
    assert "writing on this case" not in text_of(sign_in(cast.priya).get(case))
