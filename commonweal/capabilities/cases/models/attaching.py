"""Documents of a case besides those that came with its form."""

from django.db import models

from commonweal.foundations.personal_data.declarations import Category, by_schedule, not_personal, personal
from commonweal.foundations.personal_data.records import Record, reference_to


class Way(models.TextChoices):
    """Which way a document went."""

    IN = "in", "given to us"
    OUT = "out", "made by us"


class Attachment(Record):
    """A file that was added to a case: by its applicant when they were asked, or by staff (`by_id`).

    What the applicant gave is theirs to see; of what staff add they say whether it `is_shown`. Name and content lie
    with the file, which belongs to the case.
    """

    case = not_personal(reference_to("cases.Case"))
    person_id = personal(models.UUIDField(), Category.IDENTIFIER, why="to know whose case it belongs to")
    file_id = not_personal(models.UUIDField())
    way = not_personal(models.CharField(max_length=3, choices=Way.choices))
    is_shown = not_personal(models.BooleanField(default=False))
    by_id = personal(models.UUIDField(null=True), Category.WORK, why="to ask whoever added it")
    at = not_personal(models.DateTimeField())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation_id", "file_id"], name="cases_attached_once")]
        indexes = [
            models.Index(fields=["organisation_id", "case", "at"], name="cases_attachment_case"),
            models.Index(fields=["organisation_id", "person_id"], name="cases_attachment_of"),
        ]

    class Privacy:
        label = "cases.attachment"
        subject = "person_id"
        keeps = by_schedule("cases.closed")
        through = "case_id"
