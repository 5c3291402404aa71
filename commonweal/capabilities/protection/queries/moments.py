"""Moments as they come from outside: read so that no text breaks what is asked with them."""

from datetime import UTC, datetime

_YEARS = range(2000, 2201)


def read_moment(text: str) -> datetime | None:
    """The moment in UTC that `text` (ISO 8601, with its offset) is; None when it is none, or not of 2000 to 2200."""
    try:
        moment = datetime.fromisoformat(text)
        in_utc = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return in_utc if moment.utcoffset() is not None and in_utc.year in _YEARS else None
