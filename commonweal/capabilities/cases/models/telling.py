"""What is asked of an applicant, written to them, and published of their case."""

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
from commonweal.foundations.personal_data.fields import sealed
from commonweal.foundations.personal_data.records import Record, SealedRecord, reference_to


class SentBack(SealedRecord):
    """A case waits for its applicant, who was asked something; their answer brings it back to `from_stage`.

    `ended_at` is when staff went on without an answer.
    """

    case = not_personal(reference_to("cases.Case"))
    person_id = personal(models.UUIDField(), Category.IDENTIFIER, why="to ask the right person")
    from_stage = not_personal(models.CharField(max_length=48))
    question = sealed(Category.FREE_TEXT, why="to ask for what is missing")
    answer = sealed(Category.FREE_TEXT, why="to deal with the application", is_optional=True, is_from_subject=True)
    by_id = personal(models.UUIDField(), Category.WORK, why="to know who needs the answer")
    asked_at = not_personal(models.DateTimeField())
    answered_at = not_personal(models.DateTimeField(null=True))
    ended_at = not_personal(models.DateTimeField(null=True))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "case"],
                name="cases_one_question_waits",
                condition=models.Q(answered_at=None, ended_at=None),
            )
        ]
        indexes = [
            models.Index(fields=["organisation_id", "case", "asked_at"], name="cases_sent_back"),
            models.Index(fields=["organisation_id", "person_id"], name="cases_sent_back_of"),
        ]

    class Privacy:
        label = "cases.sent_back"
        subject = "person_id"
        keeps = by_schedule("cases.closed")
        is_record = True
        through = "case_id"


class Letter(SealedRecord):
    """A letter about a decision, as its author wrote it: read on a page of the applicant's own, or posted."""

    case = not_personal(reference_to("cases.Case"))
    person_id = personal(models.UUIDField(), Category.IDENTIFIER, why="to write to the right person")
    round = not_personal(models.PositiveSmallIntegerField())
    title = sealed(Category.CORRESPONDENCE, why="to tell them what was decided")
    body = sealed(Category.CORRESPONDENCE, why="to tell them what was decided")
    language = personal(models.CharField(max_length=2), Category.PREFERENCE, why="to write in their language")
    by_id = personal(models.UUIDField(), Category.WORK, why="to know who wrote it")
    sent_at = not_personal(models.DateTimeField())
    posted_at = not_personal(models.DateTimeField(null=True))

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "case", "sent_at"], name="cases_letters"),
            models.Index(fields=["organisation_id", "person_id"], name="cases_letter_of"),
        ]

    class Privacy:
        label = "cases.letter"
        subject = "person_id"
        keeps = by_schedule("cases.closed")
        is_record = True
        through = "case_id"


class Disclosure(Record):
    """What is published of a closed case: a title and a summary, written for everybody. It names nobody.

    It outlives its case: once that is erased, it is of no case.
    """

    case = not_personal(reference_to("cases.Case", is_optional=True))
    service = not_personal(models.CharField(max_length=64))
    title = not_personal(models.CharField(max_length=200))
    summary = not_personal(models.TextField())
    by_id = personal(models.UUIDField(), Category.WORK, why="to ask who wrote it")
    published_at = not_personal(models.DateTimeField())
    withdrawn_at = not_personal(models.DateTimeField(null=True))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "case"], name="cases_one_disclosure", condition=models.Q(withdrawn_at=None)
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "service", "-published_at", "id"],
                name="cases_disclosures",
                condition=models.Q(withdrawn_at=None),
            ),
            models.Index(fields=["organisation_id", "case"], name="cases_disclosure_case"),
        ]

    class Privacy:
        label = "cases.disclosure"
        subject = "by_id"
        keeps = by_schedule("cases.published")
        kind = SubjectKind.ACCOUNT
        through = "case_id"
        kept = Kept(Ground.EXPRESSION, _("What was published of a closed case names nobody and stays published."))
