"""What may be withheld, by which exemption and for how long. Pure."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

LONGEST_WITHHELD = relativedelta(months=6)
"""The review date of a withholding is at most so far away (practice: tipping off)."""


WARNED_BEFORE = timedelta(days=30)
"""How long before its review date a withholding is on the officer's review list."""


EXEMPTIONS = (
    "crime",
    "privilege",
    "protecting_public",
    "regulatory",
    "judicial",
    "journalism",
    "research",
    "archiving",
    "serious_harm",
    "child_abuse",
    "forecasting",
    "negotiations",
    "references",
    "exams",
    "parliament",
    "honours",
    "immigration",
    "unfounded",
    "others",
)
"""The closed list of UK GDPR Article 23 and DPA 2018 Schedules 2 to 4, decided for each item, never for a class."""


def last_review_on(today: date) -> date:
    """The latest day that a withholding decided today may be reviewed on."""
    return today + LONGEST_WITHHELD


def is_within_limit(review_on: date, today: date) -> bool:
    """Whether a withholding decided today may stand until `review_on`: a later day, at most six months away."""
    return today < review_on <= last_review_on(today)
