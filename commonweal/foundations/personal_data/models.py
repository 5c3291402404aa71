"""Keys, tokens and the trace: the tables behind sealing, finding and opening."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.personal_data.declarations import (
    Category,
    Ground,
    Kept,
    by_schedule,
    not_personal,
    personal,
)
from commonweal.foundations.personal_data.records import Record


class KeyScope(models.TextChoices):
    """What a data key seals."""

    SUBJECT = "subject", "structured facts about one person within a retention class"
    RECORD = "record", "one record: free text, files, whatever may concern several people"
    DRAFT = "draft", "a draft that is not yet submitted"
    TOKENS = "tokens", "the search tokens of an organisation"


class DataKey(Record):
    """A key that seals values, itself wrapped by the keyring. Deleting the row is forgetting."""

    scope = not_personal(models.CharField(max_length=8, choices=KeyScope.choices))
    holder = personal(models.UUIDField(), Category.IDENTIFIER, why="to know whose key this is")
    retention_class = not_personal(models.CharField(max_length=64))
    wrapped = not_personal(models.BinaryField())
    wrapped_by = not_personal(models.CharField(max_length=32))
    made_at = not_personal(models.DateTimeField())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "holder", "scope", "retention_class"], name="personal_data_one_key_a_class"
            )
        ]

    class Privacy:
        label = "personal_data.key"
        subject = "holder"
        keeps = by_schedule("personal_data.keys")
        is_collected = False


class SearchToken(Record):
    """A keyed hash of something staff must find a row by. Pseudonymous: deleted with the person."""

    token = personal(models.BinaryField(), Category.IDENTIFIER, why="to find a person by what they tell us")
    label = not_personal(models.CharField(max_length=64))
    row = personal(models.UUIDField(), Category.IDENTIFIER, why="to know which person was found")

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "token", "row"], name="personal_data_token_find"),
            models.Index(fields=["organisation_id", "row"], name="personal_data_token_row"),
        ]

    class Privacy:
        label = "personal_data.token"
        subject = "row"
        keeps = by_schedule("people.closed")
        is_collected = False


class Opening(models.TextChoices):
    """What happened to somebody's data."""

    OPENED = "opened", "shown in full"
    LISTED = "listed", "shown masked in a list"
    REFUSED = "refused", "asked for and refused"


class Trace(Record):
    """Who opened whose data, for what, when and over which channel. Append only; outlives the erasure of the person."""

    at = not_personal(models.DateTimeField())
    subject_id = personal(models.UUIDField(), Category.IDENTIFIER, why="to show people who opened their data")
    kind = not_personal(models.CharField(max_length=8, choices=Opening.choices))
    purpose = not_personal(models.CharField(max_length=32))
    channel = not_personal(models.CharField(max_length=16))
    actor_kind = not_personal(models.CharField(max_length=16))
    actor_id = personal(
        models.UUIDField(null=True), Category.WORK, why="to answer who opened the data after a breach or a complaint"
    )
    actor_role = not_personal(models.CharField(max_length=64))
    team_id = not_personal(models.UUIDField(null=True))
    matter = not_personal(models.CharField(max_length=32, blank=True))
    matter_id = not_personal(models.UUIDField(null=True))
    reference = not_personal(models.CharField(max_length=32, blank=True))
    fields = not_personal(ArrayField(models.CharField(max_length=96)))
    reason = not_personal(models.CharField(max_length=64, blank=True))
    prompted = not_personal(models.BooleanField(db_default=False))

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "subject_id", "-at"], name="personal_data_trace_subject"),
            models.Index(fields=["organisation_id", "-at"], name="personal_data_trace_time"),
            models.Index(fields=["organisation_id", "actor_id", "-at"], name="personal_data_trace_actor"),
        ]

    class Privacy:
        label = "personal_data.trace"
        subject = "subject_id"
        keeps = by_schedule("personal_data.trace")
        kept = Kept(Ground.LEGAL_OBLIGATION, _("Who opened what stays known under a random number."))
        is_collected = False


class Erasure(Record):
    """A line of the erasure ledger: keys that were destroyed, so that a restore destroys them again. Append only.

    Names nobody: the holder's id is random, and what it stood for is gone. `is_whole` says that all of the holder's
    keys were meant and not those of single retention classes; `plan`, that their rows went by the plan of that kind of
    subject, so that a restore erases them by it again.
    """

    at = not_personal(models.DateTimeField())
    holder = personal(models.UUIDField(), Category.IDENTIFIER, why="to erase them again when a backup is restored")
    is_whole = not_personal(models.BooleanField())
    classes = not_personal(ArrayField(models.CharField(max_length=64)))
    keys = not_personal(ArrayField(models.UUIDField()))
    wrapped_by = not_personal(ArrayField(models.CharField(max_length=32)))
    action = not_personal(models.CharField(max_length=64))
    plan = not_personal(models.CharField(max_length=16, db_default=""))

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "holder"], name="personal_data_erasure_holder"),
            models.Index(fields=["organisation_id", "-at"], name="personal_data_erasure_latest"),
        ]

    class Privacy:
        label = "personal_data.erasure"
        subject = "holder"
        keeps = by_schedule("personal_data.erasures")
        kept = Kept(
            Ground.LEGAL_OBLIGATION, _("That it was erased, under a random number: older copies are cleared by it.")
        )
        is_collected = False


class Restriction(Record):
    """A subject's information is kept and not used, wholly or in the matter with `reference` (UK GDPR Article 18).

    It stands until it is lifted. Several decisions may restrict the same: each ends what it began.
    """

    subject_id = personal(models.UUIDField(), Category.IDENTIFIER, why="so that what they asked not to be used is not")
    reference = not_personal(models.CharField(max_length=32, blank=True))
    decision_id = not_personal(models.UUIDField())
    since = not_personal(models.DateTimeField())
    ended_at = not_personal(models.DateTimeField(null=True))

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation_id", "subject_id"],
                name="personal_data_restricted",
                condition=models.Q(ended_at=None),
            ),
            models.Index(fields=["organisation_id", "subject_id"], name="personal_data_restriction_of"),
            models.Index(fields=["organisation_id", "decision_id"], name="personal_data_restriction_by"),
        ]

    class Privacy:
        label = "personal_data.restriction"
        subject = "subject_id"
        keeps = by_schedule("personal_data.restriction")


class RetiredKey(models.Model):
    """A key-encryption key that wraps nothing new: being emptied, and then destroyed. Written by the owner alone."""

    name = not_personal(models.CharField(max_length=32, primary_key=True))
    made_at = not_personal(models.DateTimeField(null=True))
    retired_at = not_personal(models.DateTimeField())
    destroyed_at = not_personal(models.DateTimeField(null=True))


class Installation(models.Model):
    """The one row that says which installation this is, and where its tables lie: a restored copy lies elsewhere."""

    id = not_personal(models.UUIDField(primary_key=True))
    place = not_personal(models.CharField(max_length=96))
