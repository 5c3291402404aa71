"""Dates written out for people, in their language."""

from datetime import date

from babel.dates import format_date

DAY, MONTH, YEAR = "d MMMM y", "MMMM y", "y"


def write_day(day: date, language: str | None, pattern: str = DAY) -> str:
    """A day in words: "22 November 2026", "22 Tachwedd 2026"."""
    return format_date(day, pattern, locale="cy" if (language or "").startswith("cy") else "en_GB")
