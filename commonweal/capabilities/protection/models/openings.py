"""What the officer decided not to show, and what people asked about openings."""

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
from commonweal.foundations.personal_data.fields import sealed
from commonweal.foundations.personal_data.records import Record, SealedRecord

_ANSWERABLE = Kept(
    Ground.LEGAL_OBLIGATION, _("What was decided about openings stays answerable for as long as the openings.")
)


class Withholding(Record):
    """The officer's decision about the openings of one person in one case (practice: tipping off).

    It stands until its review date, at most six months, or until it is lifted. Without an exemption it withholds
    nothing: a review that ended so. `may_download`: the officer has looked at what the person can download of their
    own, and it may go out as it would without the withholding.
    """

    person_id = personal(
        models.UUIDField(), Category.IDENTIFIER, why="to withhold the openings of this person in this case alone"
    )
    reference = not_personal(models.CharField(max_length=32))
    exemption = not_personal(models.CharField(max_length=32, blank=True))
    decided_by_id = personal(models.UUIDField(), Category.WORK, why="to answer for the decision")
    decided_at = not_personal(models.DateTimeField())
    review_on = not_personal(models.DateField())
    may_download = not_personal(models.BooleanField(db_default=False))
    lifted_by_id = personal(models.UUIDField(null=True), Category.WORK, why="to know who ended it")
    lifted_at = not_personal(models.DateTimeField(null=True))

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "person_id", "reference"], name="protection_withheld"),
            models.Index(fields=["organisation_id", "review_on"], name="protection_review"),
        ]

    class Privacy:
        label = "protection.withholding"
        subject = "person_id"
        keeps = by_schedule("protection.withholding")
        kept = _ANSWERABLE
        is_collected = False


class Outcome(models.TextChoices):
    """How the officer answered who it was."""

    DISCLOSED = "disclosed", "told which team or role it was, and why"
    REFUSED = "refused", "refused, with the reason"


class Question(SealedRecord):
    """A person asked who opened their information; the officer decides. The line is named by its id and moment."""

    person_id = personal(models.UUIDField(), Category.IDENTIFIER, why="to answer whoever asked")
    line_id = not_personal(models.UUIDField())
    line_at = not_personal(models.DateTimeField())
    text = sealed(Category.FREE_TEXT, why="to know what they want to be told", is_optional=True, is_from_subject=True)
    answer = sealed(Category.CORRESPONDENCE, why="to show them the answer", is_optional=True)
    outcome = not_personal(models.CharField(max_length=16, choices=Outcome.choices, blank=True))
    asked_at = not_personal(models.DateTimeField())
    due_on = not_personal(models.DateField())
    answered_at = not_personal(models.DateTimeField(null=True))
    answered_by_id = personal(models.UUIDField(null=True), Category.WORK, why="to know who decided")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "line_id"], name="protection_one_question_a_line")
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "due_on", "id"],
                name="protection_questions_open",
                condition=models.Q(answered_at=None),
            ),
            models.Index(fields=["organisation_id", "person_id"], name="protection_questions_of"),
        ]

    class Privacy:
        label = "protection.question"
        subject = "person_id"
        keeps = by_schedule("protection.question")
        kept = _ANSWERABLE
        is_record = True
