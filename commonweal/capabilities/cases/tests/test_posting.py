"""A letter that is posted has the address that the applicant gave for themselves, and nobody else's."""

from typing import Any

import pytest

from commonweal.capabilities.cases.actions.bereavement import Representative, choose_next, record_death
from commonweal.capabilities.cases.queries import letters
from commonweal.capabilities.cases.tests.variants import offer
from commonweal.conftest import Cast, Report
from commonweal.foundations.documents.letters import Letter

pytestmark = pytest.mark.django_db

HOME = ("12 High Street", "LS1 1UR")


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[Letter]:
    """The letters that were set."""
    sheets: list[Letter] = []

    def set_letter(content: Letter) -> bytes:
        sheets.append(content)
        return b"%PDF"

    monkeypatch.setattr(letters, "letter", set_letter)
    return sheets


def _case(cast: Cast, report: Report, **post: str) -> str:
    def change(declared: dict[str, Any]) -> None:
        if post:
            declared["post"] = post

    offer(cast.leeds, change)
    return report(cast.rosa)


def _preview(cast: Cast, reference: str) -> None:
    letters.preview_letter(
        cast.priya, organisation=cast.leeds, reference=reference, title="Your bin", body="Dear Rosa", language="en"
    )


def test_it_goes_to_where_they_said_they_live(cast: Cast, report: Report, printed: list[Letter]) -> None:
    _preview(cast, _case(cast, report, question="place"))
    assert [sheet.address for sheet in printed] == [("Rosa Delgado", *HOME)]


@pytest.mark.parametrize(
    ("when", "lines"),
    [("answers.bin == 'recycling'", HOME), ("answers.bin == 'food'", ())],
    ids=["theirs", "another's"],
)
def test_an_address_that_is_another_s_is_not_theirs(
    cast: Cast, report: Report, printed: list[Letter], when: str, lines: tuple[str, ...]
) -> None:
    _preview(cast, _case(cast, report, question="place", when=when))
    assert [sheet.address for sheet in printed] == [("Rosa Delgado", *lines)]


def test_where_nothing_says_that_it_is_theirs_there_is_the_name_alone(
    cast: Cast, report: Report, printed: list[Letter]
) -> None:
    _preview(cast, _case(cast, report))
    assert [sheet.address for sheet in printed] == [("Rosa Delgado",)]


def test_who_speaks_for_the_estate_does_not_live_there(cast: Cast, report: Report, printed: list[Letter]) -> None:
    reference = _case(cast, report, question="place")
    here: dict[str, Any] = {"organisation": cast.leeds, "reference": reference}
    record_death(cast.priya, **here, died_on=None, told_by="His son", certainty="told")
    son = Representative(name="Luis Delgado", email="luis@people.example", capacity="executor")
    choose_next(cast.priya, **here, choice="representative", representative=son)
    _preview(cast, reference)
    assert [sheet.address for sheet in printed] == [("Luis Delgado",)]
