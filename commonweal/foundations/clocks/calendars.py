"""Which days are working days: per nation, for any part of the United Kingdom, and for one organisation.

Bank holidays come packaged (no network). The packaged list is a start: a proclaimed holiday is added as data.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Self

from holidays import country_holidays

from commonweal.foundations.clocks.explaining import translatable

ONE_DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6

# What the package calls the days, given here so that they reach the translators.
BANK_HOLIDAY_NAMES = (
    translatable("New Year's Day"),
    translatable("New Year Holiday"),
    translatable("Saint Patrick's Day"),
    translatable("Good Friday"),
    translatable("Easter Monday"),
    translatable("May Day"),
    translatable("Spring Bank Holiday"),
    translatable("Battle of the Boyne"),
    translatable("Summer Bank Holiday"),
    translatable("Late Summer Bank Holiday"),
    translatable("Saint Andrew's Day"),
    translatable("Christmas Day"),
    translatable("Boxing Day"),
)
SUBSTITUTE_MARK = " (observed)"


class Nation(StrEnum):
    """The four nations, by the codes of ISO 3166-2:GB."""

    ENGLAND = "ENG"
    WALES = "WLS"
    SCOTLAND = "SCT"
    NORTHERN_IRELAND = "NIR"


@dataclass(frozen=True)
class Calendar:
    """The working days of a body. Its closures stop its service clocks but never a statutory one.

    `extra_holidays` were proclaimed since the package was made; `withdrawn` are packaged holidays that no longer apply.
    """

    nations: frozenset[Nation]
    extra_holidays: frozenset[date] = frozenset()
    closures: frozenset[date] = frozenset()
    withdrawn: frozenset[date] = frozenset()

    @classmethod
    def of(cls, nation: Nation, *, extra_holidays: Iterable[date] = (), closures: Iterable[date] = ()) -> Self:
        """The calendar of a body in one nation, with holidays proclaimed since and days the body is closed."""
        return cls(frozenset({nation}), frozenset(extra_holidays), frozenset(closures))

    def holiday_name(self, day: date) -> str | None:
        """The English name of the holiday on that day (a message id), or None when it is not a holiday."""
        if day not in self.withdrawn:
            for nation in sorted(self.nations):
                if name := _bank_holidays(nation, day.year).get(day):
                    return name
        return translatable("a public holiday") if day in self.extra_holidays else None

    def is_working_day(self, day: date) -> bool:
        """Whether the law counts the day as a working day, whatever the body's own closures."""
        return day.weekday() < SATURDAY and self.holiday_name(day) is None

    def is_service_day(self, day: date) -> bool:
        """Whether the body works on that day: a working day on which it is not closed."""
        return self.is_working_day(day) and day not in self.closures

    def roll_forward(self, day: date) -> date:
        """The day itself when it is a working day in law, else the next that is."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day


def packaged_holidays(nation: Nation, year: int) -> dict[date, str]:
    """The bank holidays of a nation in a year as they come packaged, with their English names (message ids)."""
    return dict(_bank_holidays(nation, year))


@cache
def _bank_holidays(nation: Nation, year: int) -> dict[date, str]:
    named = country_holidays("GB", subdiv=nation.value, years=year, language="en_GB")
    return {day: name.removesuffix(SUBSTITUTE_MARK) for day, name in named.items() if day.year == year}
