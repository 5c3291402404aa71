"""Public bodies and the holidays of nations (platform tables, public data); the teams and closures of each body."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from uuid6 import uuid7

from commonweal.foundations.personal_data.declarations import not_personal
from commonweal.foundations.personal_data.records import Record


class Organisation(models.Model):
    """A public body, controller of its own data. `is_open` means that it offers services here."""

    id = not_personal(models.BigIntegerField(primary_key=True))
    code = not_personal(models.CharField(max_length=16, unique=True))
    slug = not_personal(models.SlugField(max_length=80, unique=True))
    name = not_personal(models.CharField(max_length=120))
    short_name = not_personal(models.CharField(max_length=120))
    nation = not_personal(models.CharField(max_length=16))
    kind = not_personal(models.CharField(max_length=8))
    powers = not_personal(ArrayField(models.CharField(max_length=32), default=list))
    colour = not_personal(models.CharField(max_length=7, default="#1d4f5c"))
    contact = not_personal(models.CharField(max_length=120, blank=True))
    is_open = not_personal(models.BooleanField(default=False))


class Team(Record):
    """A team of one organisation: cases are dealt with by teams, and residents see the team in their trace."""

    name = not_personal(models.CharField(max_length=80))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "name"], name="organisations_team_name"),
        ]


class Holiday(models.Model):
    """A bank holiday of one nation, packaged or proclaimed. Withdrawn it stays, so that no seeding brings it back."""

    id = not_personal(models.UUIDField(primary_key=True, default=uuid7, editable=False))
    nation = not_personal(models.CharField(max_length=3))
    day = not_personal(models.DateField())
    name = not_personal(models.CharField(max_length=80))
    name_cy = not_personal(models.CharField(max_length=80, blank=True, db_default=""))
    is_withdrawn = not_personal(models.BooleanField(db_default=False))
    told_at = not_personal(models.DateTimeField(null=True))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["nation", "day"], name="organisations_one_holiday")]


class Closure(Record):
    """A day on which one body does not work. `is_holiday`: proclaimed as a holiday there, so the law counts it too."""

    day = not_personal(models.DateField())
    name = not_personal(models.CharField(max_length=80))
    name_cy = not_personal(models.CharField(max_length=80, blank=True, db_default=""))
    is_holiday = not_personal(models.BooleanField(db_default=False))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation_id", "day"], name="organisations_one_closure")]
