"""The versions of the services that organisations offer, and the drafts that become versions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.personal_data.declarations import (
    Category,
    Ground,
    Kept,
    SubjectKind,
    by_schedule,
    not_personal,
    personal,
)
from commonweal.foundations.personal_data.records import Record

_PUBLIC = Kept(
    Ground.LEGAL_OBLIGATION, _("What the organisation offered, and who answered for it, is part of its records.")
)


class State(models.TextChoices):
    """Where a version stands; a form or case stays with the version it began under, archived or not."""

    LIVE = "live", "offered to residents"
    ARCHIVED = "archived", "replaced or withdrawn"


class ServiceVersion(Record):
    """One version of one organisation's service. What it declares never changes.

    `declaration` is the shared `text` with the body's own `overrides` in it. `text` is empty where it was not kept yet.
    """

    name = not_personal(models.CharField(max_length=48))
    number = not_personal(models.PositiveIntegerField())
    state = not_personal(models.CharField(max_length=8, choices=State.choices))
    declaration = not_personal(models.JSONField())
    text = not_personal(models.TextField(db_default=""))
    overrides = not_personal(models.TextField(db_default=""))
    digest = not_personal(models.CharField(max_length=64))
    made_at = not_personal(models.DateTimeField())
    made_by = personal(
        models.UUIDField(null=True), Category.WORK, why="so that a named person answers for what went live"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "name", "number"], name="catalogue_version_number"),
            models.UniqueConstraint(
                fields=["organisation_id", "name"], condition=models.Q(state="live"), name="catalogue_one_live"
            ),
        ]

    class Privacy:
        label = "catalogue.service_version"
        subject = "made_by"
        keeps = by_schedule("identity.membership")
        kept = _PUBLIC
        kind = SubjectKind.ACCOUNT


class ServiceDraft(Record):
    """What a designer is writing: text, faulty or not, of which nothing typed is lost. One a service.

    `declaration` is there when nothing is wrong, else `faults` say what is. `based_on` is the number of the version
    that was live when the draft was begun, 0 when there was none; `revision` counts what was kept.
    """

    name = not_personal(models.CharField(max_length=48))
    text = not_personal(models.TextField())
    overrides = not_personal(models.TextField(blank=True))
    declaration = not_personal(models.JSONField(null=True))
    faults = not_personal(models.JSONField(default=list))
    based_on = not_personal(models.PositiveIntegerField())
    revision = not_personal(models.PositiveIntegerField())
    changed_at = not_personal(models.DateTimeField())
    changed_by = personal(
        models.UUIDField(null=True), Category.WORK, why="so that two designers know who else is writing"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "name"], name="catalogue_one_draft"),
        ]

    class Privacy:
        label = "catalogue.service_draft"
        subject = "changed_by"
        keeps = by_schedule("identity.membership")
        kept = _PUBLIC
        kind = SubjectKind.ACCOUNT
