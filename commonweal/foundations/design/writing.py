"""Dates, times and numbers as people read them, in English and Welsh."""

from datetime import date, datetime

from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from django.utils.translation import get_language, gettext, ngettext

from commonweal.foundations.clocks.due import Due
from commonweal.foundations.clocks.now import LONDON, local_date, today


def day(value: date) -> str:
    """A day or the London day of a moment: "22 November 2026"."""
    return _write(value, "d MMMM y")


def weekday(value: date) -> str:
    """With its day of the week: "Sunday 22 November 2026"."""
    return _write(value, "EEEE d MMMM y")


def short_day(value: date) -> str:
    """For narrow tables: "22 Nov 2026"."""
    return _write(value, "d MMM y")


def clock_time(value: datetime) -> str:
    """London time: "3:15pm"."""
    written = format_time(value.astimezone(LONDON), "h:mma", locale="en_GB")
    return written.replace(" ", "").lower()


def day_time(value: datetime) -> str:
    """A moment in London: "22 November 2026 at 3:15pm"."""
    return gettext("%(day)s at %(time)s") % {"day": day(value), "time": clock_time(value)}


def days_away(value: date) -> str:
    """How far a day is from today: "today", "tomorrow", "in 3 days", "2 days ago"."""
    away = (_as_date(value) - today()).days
    if away == 0:
        return gettext("today")
    if away == 1:
        return gettext("tomorrow")
    if away == -1:
        return gettext("yesterday")
    if away > 0:
        return ngettext("in %(days)s day", "in %(days)s days", away) % {"days": away}
    return ngettext("%(days)s day ago", "%(days)s days ago", -away) % {"days": -away}


def iso(value: date) -> str:
    """For machines: the datetime attribute of a time element."""
    return value.isoformat()


def number(value: int) -> str:
    """With thousands apart: "12,345"."""
    return format_decimal(value, locale=_locale())


def explain(due: Due) -> list[str]:
    """The steps that led to a due date, one sentence each, in the reader's language."""
    return [step.say(gettext, weekday) for step in due.explain]


def _write(value: date, pattern: str) -> str:
    return format_date(_as_date(value), pattern, locale=_locale())


def _as_date(value: date) -> date:
    return local_date(value) if isinstance(value, datetime) else value


def _locale() -> str:
    return "cy" if (get_language() or "").startswith("cy") else "en_GB"
