"""The versions of the services that organisations offer."""

from django.db import models

from commonweal.foundations.personal_data.declarations import not_personal
from commonweal.foundations.personal_data.records import Record


class State(models.TextChoices):
    """Where a version stands; a draft or case stays with the version it began under, archived or not."""

    DRAFT = "draft", "being written"
    LIVE = "live", "offered to residents"
    ARCHIVED = "archived", "replaced or withdrawn"


class ServiceVersion(Record):
    """One version of one organisation's service. Its declaration never changes."""

    name = not_personal(models.CharField(max_length=48))
    number = not_personal(models.PositiveIntegerField())
    state = not_personal(models.CharField(max_length=8, choices=State.choices))
    declaration = not_personal(models.JSONField())
    digest = not_personal(models.CharField(max_length=64))
    made_at = not_personal(models.DateTimeField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "name", "number"], name="catalogue_version_number"),
            models.UniqueConstraint(
                fields=["organisation_id", "name"], condition=models.Q(state="live"), name="catalogue_one_live"
            ),
        ]
