"""The append-only tables of the audit log: its entries, and the seals over them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Cast
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

_THIS_TRANSACTION = Cast(Cast(models.Func(function="pg_current_xact_id"), models.TextField()), models.BigIntegerField())


class Entry(models.Model):
    """One change: the action that made it, the record it was made to, and who made it.

    `transaction` is the number of the transaction that wrote it (xid8, which never comes round again).
    """

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
    transaction = not_personal(models.BigIntegerField(db_default=_THIS_TRANSACTION))

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "about_id", "id"], name="audit_entry_about"),
            models.Index(fields=["organisation_id", "-id"], name="audit_entry_latest"),
            models.Index(fields=["organisation_id", "transaction", "id"], name="audit_entry_settled"),
        ]

    class Privacy:
        label = "audit.entry"
        subject = "actor_id"
        keeps = by_schedule("audit.log")
        kept = Kept(Ground.LEGAL_OBLIGATION, _("Who changed what is accounted for under a random number."))
        kind = SubjectKind.ACCOUNT


class Seal(models.Model):
    """The seal over one batch of settled entries, of all bodies; it belongs to the platform.

    `tree` is the Merkle root over `leaves` (32 bytes for each of `entries`, in their order); `root` covers everything
    else in the row and the root before, so the latest root stands for the whole log. Entries up to
    (`upto_transaction`, `upto_id`), of those whose id is above `floor`, are sealed. A restore begins another epoch.
    """

    id = not_personal(models.BigAutoField(primary_key=True))
    organisation_id = not_personal(models.BigIntegerField())
    number = not_personal(models.BigIntegerField())
    epoch = not_personal(models.IntegerField())
    cluster = not_personal(models.BigIntegerField())
    at = not_personal(models.DateTimeField())
    size = not_personal(models.IntegerField())
    first = not_personal(models.BigIntegerField(null=True))
    last = not_personal(models.BigIntegerField(null=True))
    floor = not_personal(models.BigIntegerField())
    upto_transaction = not_personal(models.BigIntegerField())
    upto_id = not_personal(models.BigIntegerField())
    previous = not_personal(models.BinaryField())
    tree = not_personal(models.BinaryField())
    root = not_personal(models.BinaryField())
    entries = not_personal(ArrayField(models.BigIntegerField()))
    leaves = not_personal(models.BinaryField())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation_id", "number"], name="audit_seal_number")]
