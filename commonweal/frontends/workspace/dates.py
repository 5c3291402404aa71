"""Dates as they are typed in three parts."""

from datetime import date

from django.http import HttpRequest

DATE_PARTS = ("day", "month", "year")


def read_day(request: HttpRequest, name: str) -> date | None:
    """The day that was typed; None when it is none."""
    try:
        return date(*(int(request.POST.get(f"{name}-{part}", "")[:8]) for part in reversed(DATE_PARTS)))
    except (ValueError, OverflowError):
        return None
