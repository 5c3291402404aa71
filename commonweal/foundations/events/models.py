"""The outbox and the marks of what was handled: platform tables, ids and codes only."""

from django.db import models

from commonweal.foundations.personal_data.declarations import not_personal


class Outgoing(models.Model):
    """An event that was committed with its action and is delivered by the dispatcher, or given up by a person."""

    id = not_personal(models.BigAutoField(primary_key=True))
    organisation_id = not_personal(models.BigIntegerField())
    at = not_personal(models.DateTimeField())
    name = not_personal(models.CharField(max_length=96))
    body = not_personal(models.JSONField())
    subject_id = not_personal(models.UUIDField())
    delivered_at = not_personal(models.DateTimeField(null=True))
    attempts = not_personal(models.PositiveIntegerField(default=0))
    next_at = not_personal(models.DateTimeField())
    error = not_personal(models.CharField(max_length=96, blank=True))
    given_up_at = not_personal(models.DateTimeField(null=True))

    class Meta:
        indexes = [
            models.Index(
                fields=["subject_id", "id"], name="events_waiting_subject", condition=models.Q(delivered_at=None)
            ),
            models.Index(fields=["id"], name="events_waiting", condition=models.Q(delivered_at=None)),
            models.Index(fields=["id"], name="events_failing", condition=models.Q(delivered_at=None, attempts__gt=0)),
        ]


class Handled(models.Model):
    """A handler has done its work for an event; inserted in the handler's own transaction."""

    id = not_personal(models.BigAutoField(primary_key=True))
    event = not_personal(models.ForeignKey(Outgoing, on_delete=models.CASCADE, related_name="+"))
    handler = not_personal(models.CharField(max_length=96))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "handler"], name="events_handled_once")]
