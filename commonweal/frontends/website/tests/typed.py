"""What a resident types to report a missed bin, and how the tests look at the tables afterwards."""

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.db import connection

NAME = "missed_collection"
MISSED_COLLECTION = (settings.SERVICES / NAME / "service.yaml").read_text()


def pages(today: date) -> Mapping[str, Mapping[str, str]]:
    """The fields of each page, in the order they are asked."""
    return {
        "bin": {"bin": "recycling"},
        "due": {"due-day": str(today.day), "due-month": str(today.month), "due-year": str(today.year)},
        "where": {"place-address": "12 High Street", "place-postcode": "ls1 1ur", "left_at": "By the gate"},
        "contact": {"name": "Rosa Márquez", "email": "rosa@people.example", "phone": "01632 960 001"},
    }


def count_drafts(organisation: int) -> int:
    return _count("select count(*) from forms_draft", organisation)


def count_submissions(organisation: int) -> int:
    return _count("select count(*) from forms_submission", organisation)


def _count(statement: str, organisation: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select set_config('commonweal.organisations', %s, true)", [f"{{{organisation}}}"])
        cursor.execute(statement)
        return int(cursor.fetchone()[0])


_PROOF = (settings.ROOT / "commonweal" / "capabilities" / "forms" / "tests" / "proof.yaml").read_text()
WITH_FILES = MISSED_COLLECTION.replace("  - key: contact\n", f"{_PROOF}  - key: contact\n", 1)
"""The same, with a page that asks for photos and papers."""
