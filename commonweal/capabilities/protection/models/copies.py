"""Copies that people made of what they had told, at once and without a person's check."""

from datetime import timedelta
from typing import ClassVar

from django.db import models

from commonweal.foundations.personal_data.declarations import (
    Category,
    SubjectKind,
    by_schedule,
    not_personal,
    personal,
)
from commonweal.foundations.personal_data.records import Record


class Copy(Record):
    """Somebody may fetch what they told of themselves, for a short while. Nothing of it is kept, only that it was.

    One a day: `made_on` is the local day.
    """

    FRESH: ClassVar[timedelta] = timedelta(minutes=30)

    account_id = personal(
        models.UUIDField(), Category.IDENTIFIER, why="so that nobody else fetches it, and only one is made a day"
    )
    made_on = not_personal(models.DateField())
    made_at = not_personal(models.DateTimeField())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "account_id", "made_on"], name="protection_one_copy_a_day"
            )
        ]

    class Privacy:
        label = "protection.copy"
        subject = "account_id"
        keeps = by_schedule("protection.copy")
        kind = SubjectKind.ACCOUNT
