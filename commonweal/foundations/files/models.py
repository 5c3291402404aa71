"""Files and the parts of uploads: what is known of them. Their content lies sealed in the vault."""

from django.db import models

from commonweal.foundations.personal_data.declarations import Category, by_schedule, not_personal, personal
from commonweal.foundations.personal_data.fields import sealed
from commonweal.foundations.personal_data.records import Record, SealedRecord, reference_to


class State(models.TextChoices):
    """The life of a file."""

    UPLOADING = "uploading", "its parts are arriving"
    STORED = "stored", "examined and kept whole"
    REFUSED = "refused", "not accepted; nothing of it is kept"


class StoredFile(SealedRecord):
    """One file, under a data key of its own. `content_id` names its content, which `content_key` (sealed) opens.

    `record_id` is what it belongs to; a file that belongs to nothing goes at `expires_at`. `facts` are what the
    examination found.
    """

    subject_id = personal(models.UUIDField(), Category.IDENTIFIER, why="to know whose file this is")
    record_id = not_personal(models.UUIDField(null=True))
    holder_kind = not_personal(models.CharField(max_length=16))
    holder_id = personal(models.UUIDField(null=True), Category.IDENTIFIER, why="to let nobody else go on uploading it")
    retention_class = not_personal(models.CharField(max_length=64))
    state = not_personal(models.CharField(max_length=16, choices=State.choices, default=State.UPLOADING))
    name = sealed(Category.FREE_TEXT, why="to show people which file it is", is_from_subject=True)
    size = not_personal(models.BigIntegerField())
    received = not_personal(models.BigIntegerField(default=0))
    media_type = not_personal(models.CharField(max_length=96, blank=True))
    facts = not_personal(models.JSONField(default=dict))
    content_id = not_personal(models.UUIDField(null=True))
    content_key = sealed(Category.CREDENTIAL, why="to open what people sent us as evidence", is_optional=True)
    begun_at = not_personal(models.DateTimeField())
    stored_at = not_personal(models.DateTimeField(null=True))
    expires_at = not_personal(models.DateTimeField(null=True))

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "record_id"], name="files_record"),
            models.Index(fields=["organisation_id", "holder_id"], name="files_holder"),
            models.Index(fields=["organisation_id", "expires_at"], name="files_expiring"),
            models.Index(fields=["organisation_id", "content_id"], name="files_content"),
            models.Index(fields=["organisation_id", "subject_id"], name="files_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="stored", content_id__isnull=False, content_key__isnull=False)
                | models.Q(~models.Q(state="stored"), content_id__isnull=True, content_key__isnull=True),
                name="files_stored_has_content",
            ),
        ]

    class Privacy:
        label = "files.file"
        subject = "subject_id"
        keeps = by_schedule("files.stored")
        is_record = True
        through = "record_id"


class Part(Record):
    """A stretch of an upload, sealed as it arrived; gone when the upload is finished."""

    file = not_personal(reference_to("files.StoredFile"))
    offset = not_personal(models.BigIntegerField())
    size = not_personal(models.BigIntegerField())
    content_id = not_personal(models.UUIDField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "file", "offset"], name="files_one_part_an_offset"),
        ]
        indexes = [models.Index(fields=["organisation_id", "content_id"], name="files_part_content")]

    class Belongs:
        through = "file"
