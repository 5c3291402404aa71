"""`commonweal calendar`: a holiday that was proclaimed in a whole nation, or withdrawn again."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from commonweal.frontends.cli.asking import asking, day, operator_of
from commonweal.frontends.cli.installation import Installation
from commonweal.frontends.cli.problems import Problem
from commonweal.frontends.cli.progress import say
from commonweal.frontends.cli.steps import Command, steps_of

NATIONS = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern-ireland": "NIR"}
_ALL = "all"


def offer(parser: argparse.ArgumentParser) -> None:
    """Add what can be done with the calendars of the nations, each with its options."""
    add = steps_of(parser)

    def of_day(name: str, step: Command, words: str) -> argparse.ArgumentParser:
        added = add(name, step, words)
        added.add_argument("day", type=day, help="the day, as 2027-05-07")
        added.add_argument("--nation", choices=[*NATIONS, _ALL], required=True, help="in which nation, or in all four")
        return added

    proclaiming = of_day("proclaim", proclaim, "enter a holiday: deadlines move, and what moved is listed in each body")
    proclaiming.add_argument("--name", required=True, help="what the day is called")
    proclaiming.add_argument("--name-cy", default="", help="what it is called in Welsh")
    of_day("withdraw", withdraw, "withdraw a holiday")


def proclaim(installation: Installation, options: argparse.Namespace) -> int:
    """Enter it in each nation that was named; where it is known already it stays as it is."""
    with asking(installation, "calendar proclaim"), _refusals(options.day):
        from commonweal.capabilities.organisations.actions import add_holiday
        from commonweal.capabilities.organisations.errors import DayTaken
        from commonweal.foundations.clocks.calendars import Nation

        for name, code in _named(options.nation):
            try:
                add_holiday(
                    operator_of("calendar.command"),
                    nation=Nation(code),
                    day=options.day,
                    name=options.name,
                    name_cy=options.name_cy,
                )
                say(f"Calendar: {options.day} is a holiday in {_said(name)}. Every body there recounts its clocks.")
            except DayTaken:
                say(f"Calendar: {options.day} was already a holiday in {_said(name)}.")
    return 0


def withdraw(installation: Installation, options: argparse.Namespace) -> int:
    """Withdraw it in each nation that was named. Raises Problem where it is none."""
    with asking(installation, "calendar withdraw"), _refusals(options.day):
        from commonweal.capabilities.organisations.actions import remove_holiday
        from commonweal.foundations.clocks.calendars import Nation

        for name, code in _named(options.nation):
            remove_holiday(operator_of("calendar.command"), nation=Nation(code), day=options.day)
            say(f"Calendar: {options.day} is not a holiday in {_said(name)}. Every body there recounts its clocks.")
    return 0


@contextmanager
def _refusals(day: date) -> Iterator[None]:
    """Raises Problem, in a sentence, for what the calendar refuses."""
    from commonweal.capabilities.organisations.errors import NoSuchDay
    from commonweal.foundations.errors import Invalid

    try:
        yield
    except NoSuchDay:
        raise Problem(f"{day} is not a holiday there.") from None
    except Invalid as refusal:
        raise Problem(f"{'. '.join(str(words) for words in refusal.fields.values())}.") from None


def _named(nation: str) -> list[tuple[str, str]]:
    return list(NATIONS.items()) if nation == _ALL else [(nation, NATIONS[nation])]


def _said(name: str) -> str:
    return name.replace("-", " ").title()
