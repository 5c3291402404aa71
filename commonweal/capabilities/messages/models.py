"""Messages to people, sealed under a key of their own."""

from django.db import models

from commonweal.foundations.personal_data.declarations import Category, by_schedule, not_personal, personal
from commonweal.foundations.personal_data.fields import sealed
from commonweal.foundations.personal_data.records import Record, SealedRecord


class Status(models.TextChoices):
    """The life of a message. `uncertain`: the provider was called and no answer came; a person decides."""

    CREATED = "created", "waiting to be sent"
    SENDING = "sending", "handed to the provider"
    SENT = "sent", "taken by the provider"
    FAILED = "failed", "refused by the provider"
    UNCERTAIN = "uncertain", "the provider's answer was lost"
    CANCELLED = "cancelled", "not sent: the person has died"
    HELD = "held", "waits: the person's information is restricted"


class Message(SealedRecord):
    """One message to one person about one matter. Holds no answers: mail is read over shoulders.

    `recipient` is empty when the person's record knows the address: it is opened when the message is sent. One that
    `is_of_rights` answers a request about the person's own information: it is sent though that is restricted.
    """

    subject_id = personal(models.UUIDField(), Category.IDENTIFIER, why="to know whom it was written to")
    matter_id = not_personal(models.UUIDField(null=True))
    reference = not_personal(models.CharField(max_length=32, blank=True))
    template = not_personal(models.CharField(max_length=64))
    recipient = sealed(Category.CONTACT, why="to send it to an address that is on no record", is_optional=True)
    subject = sealed(Category.CORRESPONDENCE, why="to tell them what happened")
    body = sealed(Category.CORRESPONDENCE, why="to tell them what happened")
    is_of_rights = not_personal(models.BooleanField(default=False, db_default=False))
    status = not_personal(models.CharField(max_length=16, choices=Status.choices, default=Status.CREATED))
    created_at = not_personal(models.DateTimeField())
    tried_at = not_personal(models.DateTimeField(null=True))

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "status", "created_at"], name="messages_waiting"),
            models.Index(fields=["organisation_id", "matter_id"], name="messages_matter"),
            models.Index(fields=["organisation_id", "subject_id"], name="messages_of"),
        ]

    class Privacy:
        label = "messages.message"
        subject = "subject_id"
        keeps = by_schedule("messages.sent")
        is_record = True
        through = "matter_id"


class Stop(Record):
    """Nothing more is sent to somebody. It lies here so that the statement that claims a message asks for it."""

    subject_id = personal(models.UUIDField(), Category.IDENTIFIER, why="to write to them no more")
    since = not_personal(models.DateTimeField())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation_id", "subject_id"], name="messages_one_stop")]

    class Privacy:
        label = "messages.stop"
        subject = "subject_id"
        keeps = by_schedule("people.closed")
