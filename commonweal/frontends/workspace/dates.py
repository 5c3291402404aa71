"""Dates as they are typed in three parts."""

from datetime import date

from django.http import HttpRequest

DATE_PARTS = ("day", "month", "year")


def is_day_typed(request: HttpRequest, name: str) -> bool:
    """Whether anything was typed for a day."""
    return any(request.POST.get(f"{name}-{part}", "").strip() for part in DATE_PARTS)


def day_shown(request: HttpRequest, name: str, *, usual: date) -> dict[str, str]:
    """What stands in the three parts: what was typed, before that the usual day."""
    if request.method != "POST":
        return {part: str(getattr(usual, part)) for part in DATE_PARTS}
    return {part: request.POST.get(f"{name}-{part}", "")[:4] for part in DATE_PARTS}


def read_day(request: HttpRequest, name: str) -> date | None:
    """The day that was typed; None when it is none."""
    try:
        return date(*(int(request.POST.get(f"{name}-{part}", "")[:8]) for part in reversed(DATE_PARTS)))
    except (ValueError, OverflowError):
        return None
