"""The append-only table of the audit log."""

from django.db import models

from commonweal.foundations.personal_data.declarations import Category, by_schedule, not_personal, personal


class Entry(models.Model):
    """One change: the action that made it, the record it was made to, and who made it."""

    id = not_personal(models.BigAutoField(primary_key=True))
    organisation_id = not_personal(models.BigIntegerField())
    at = not_personal(models.DateTimeField())
    action = not_personal(models.CharField(max_length=64))
    about = not_personal(models.CharField(max_length=64, blank=True))
    about_id = not_personal(models.UUIDField(null=True))
    changed = not_personal(models.JSONField(default=list))
    facts = not_personal(models.JSONField(default=dict))
    actor_kind = not_personal(models.CharField(max_length=16))
    actor_id = personal(models.UUIDField(null=True), Category.WORK, why="to answer who changed a record")
    channel = not_personal(models.CharField(max_length=16))

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "about_id", "id"], name="audit_entry_about"),
            models.Index(fields=["organisation_id", "-id"], name="audit_entry_latest"),
        ]

    class Privacy:
        label = "audit.entry"
        subject = "actor_id"
        keeps = by_schedule("audit.log")
