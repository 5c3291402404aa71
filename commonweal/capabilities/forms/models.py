"""Drafts and submissions. A draft and its answers are gone the moment it is submitted or expires."""

from django.db import models

from commonweal.foundations.personal_data.declarations import Category, SubjectKind, by_schedule, not_personal, personal
from commonweal.foundations.personal_data.fields import sealed
from commonweal.foundations.personal_data.records import Record, SealedRecord, reference_to
from commonweal.foundations.scope.actors import Channel

_DRAFT = "forms.draft"
_SUBMISSION = "forms.submission"


class Draft(SealedRecord):
    """A form being filled in. Its id is the holder's draft; its key seals its answers and nothing else.

    `reference` is there once it was saved to come back to. `taken_by` is the account of staff who takes it down for
    somebody who is not there, on the `channel` by which they came. `again_id` is the submission that it repeats.
    """

    service = not_personal(models.CharField(max_length=48))
    version = not_personal(reference_to("catalogue.ServiceVersion"))
    account_id = personal(
        models.UUIDField(null=True),
        Category.IDENTIFIER,
        why="so that after signing out nobody else at the same device can go on with it",
    )
    taken_by = personal(
        models.UUIDField(null=True), Category.WORK, why="so that only who takes it down for somebody goes on with it"
    )
    channel = not_personal(models.CharField(max_length=16, db_default=Channel.ONLINE.value))
    reference = not_personal(models.CharField(max_length=16, db_default=""))
    again_id = not_personal(models.UUIDField(null=True))
    started_at = not_personal(models.DateTimeField())
    changed_at = not_personal(models.DateTimeField())
    expires_at = not_personal(models.DateTimeField())

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "expires_at"], name="forms_draft_expiry"),
            models.Index(
                fields=["organisation_id", "reference"], name="forms_draft_reference", condition=~models.Q(reference="")
            ),
            models.Index(
                fields=["organisation_id", "account_id"],
                name="forms_draft_account",
                condition=models.Q(account_id__isnull=False),
            ),
            models.Index(
                fields=["organisation_id", "taken_by"],
                name="forms_draft_taken_by",
                condition=models.Q(taken_by__isnull=False),
            ),
        ]

    class Privacy:
        label = _DRAFT
        subject = "id"
        keeps = by_schedule(_DRAFT)
        kind = SubjectKind.DRAFT


class DraftAnswer(SealedRecord):
    """One answer of a draft; empty when an optional question was left so, which says that it was asked.

    `item` numbers the things of a page that repeats, from 1; it is 0 for all other questions.
    """

    draft = not_personal(reference_to("forms.Draft"))
    question = not_personal(models.CharField(max_length=48))
    item = not_personal(models.PositiveSmallIntegerField(db_default=0))
    value = sealed(Category.ANSWER, why="so that nothing is lost before you submit")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "draft", "question", "item"], name="forms_draft_answer_of_item"
            )
        ]

    class Privacy:
        label = "forms.draft_answer"
        subject = "draft_id"
        keeps = by_schedule(_DRAFT)
        kind = SubjectKind.DRAFT
        through = "draft_id"


class Submission(Record):
    """A form as it was submitted, once: the draft's id settles every retry."""

    draft_id = not_personal(models.UUIDField())
    service = not_personal(models.CharField(max_length=48))
    version = not_personal(reference_to("catalogue.ServiceVersion"))
    person = personal(reference_to("people.Person"), Category.IDENTIFIER, why="to know whose application it is")
    channel = not_personal(models.CharField(max_length=16, db_default=Channel.ONLINE.value))
    taken_by = personal(models.UUIDField(null=True), Category.WORK, why="to know who took it down for them")
    fee_pence = personal(
        models.PositiveIntegerField(null=True), Category.FINANCIAL, why="to ask for what was said to be paid"
    )
    submitted_at = not_personal(models.DateTimeField())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation_id", "draft_id"], name="forms_submission_once")]
        indexes = [models.Index(fields=["organisation_id", "person"], name="forms_submission_person")]

    class Privacy:
        label = _SUBMISSION
        subject = "person_id"
        keeps = by_schedule(_SUBMISSION)


class Answer(SealedRecord):
    """One submitted answer that fills no place of its own (the person's name lies with the person).

    A structured fact is sealed under a key of the person, free text under the key of the submission: which of them, and
    what it holds about whom, is declared by its question. `person` is whom it is about: the applicant, or a party.
    `item` numbers the things of a page that repeats, from 1.
    """

    submission = not_personal(reference_to("forms.Submission"))
    person = personal(reference_to("people.Person"), Category.IDENTIFIER, why="to know whose answer it is")
    question = not_personal(models.CharField(max_length=48))
    item = not_personal(models.PositiveSmallIntegerField(db_default=0))
    value = sealed(Category.ANSWER, why="to deal with the application")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "submission", "question", "item"], name="forms_answer_of_item"
            )
        ]
        indexes = [models.Index(fields=["organisation_id", "person"], name="forms_answer_person")]

    class Privacy:
        label = "forms.answer"
        subject = "person_id"
        keeps = by_schedule(_SUBMISSION)
        through = "submission_id"


class GivenFile(Record):
    """A file that answers a question: of a draft, then of the submission it became (`record_id`).

    `mark` tells the same file given twice: a keyed fingerprint under the draft's key, so that it says nothing once the
    draft is gone, when it is removed too. Name, content and whose it is lie with the file.
    """

    record_id = not_personal(models.UUIDField())
    subject_id = personal(models.UUIDField(), Category.IDENTIFIER, why="to know whose files these are")
    question = not_personal(models.CharField(max_length=48))
    file_id = not_personal(models.UUIDField())
    mark = personal(
        models.CharField(max_length=64, null=True),
        Category.IDENTIFIER,
        why="to keep the same photo once when it is sent twice",
    )
    given_at = not_personal(models.DateTimeField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "file_id"], name="forms_given_file_once"),
            models.UniqueConstraint(fields=["organisation_id", "record_id", "mark"], name="forms_given_file_mark"),
        ]
        indexes = [models.Index(fields=["organisation_id", "subject_id"], name="forms_given_file_of")]

    class Privacy:
        label = "forms.given_file"
        subject = "subject_id"
        keeps = by_schedule(_SUBMISSION)
        through = "record_id"
