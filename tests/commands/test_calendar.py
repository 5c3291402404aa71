"""A holiday of a whole nation, proclaimed and withdrawn at the command line."""

from contextlib import nullcontext
from datetime import timedelta

import pytest

from commonweal.capabilities.organisations.queries import calendar
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks.calendars import Calendar, Nation
from commonweal.foundations.clocks.now import today
from commonweal.frontends.cli import calendars
from commonweal.frontends.cli.installation import Installation, read_installation
from commonweal.frontends.cli.main import build_parser
from commonweal.frontends.cli.problems import Problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Installation:
    """The test's own database."""
    monkeypatch.setattr(calendars, "asking", lambda installation, purpose: nullcontext())
    return read_installation({})


def say(here: Installation, *words: str) -> int:
    options = build_parser().parse_args(["calendar", *words])
    code: int = options.command(here, options)
    return code


def working_day() -> str:
    """A day that is a working day anywhere."""
    return Calendar(frozenset(Nation)).roll_forward(today() + timedelta(days=200)).isoformat()


def works(organisation: int, day: str) -> bool:
    return calendar(SET_UP, organisation=organisation).is_working_day(type(today()).fromisoformat(day))


def test_it_holds_in_its_nation_until_it_is_withdrawn(
    cast: Cast, here: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    day = working_day()
    assert say(here, "proclaim", day, "--nation", "wales", "--name", "A day of mourning") == 0
    assert (works(cast.cardiff, day), works(cast.leeds, day)) == (False, True)
    assert f"{day} is a holiday in Wales" in capsys.readouterr().out
    say(here, "proclaim", day, "--nation", "all", "--name", "A day of mourning", "--name-cy", "Diwrnod o alaru")
    said = capsys.readouterr().out
    assert f"{day} was already a holiday in Wales" in said
    assert "in Northern Ireland" in said
    assert not works(cast.leeds, day)
    say(here, "withdraw", day, "--nation", "wales")
    assert works(cast.cardiff, day)


def test_what_cannot_be_is_said_in_a_sentence(cast: Cast, here: Installation) -> None:
    with pytest.raises(Problem, match="is not a holiday there"):
        say(here, "withdraw", working_day(), "--nation", "wales")
    with pytest.raises(Problem, match="Choose today or a later day"):
        say(here, "proclaim", "2020-01-01", "--nation", "wales", "--name", "Long ago")
